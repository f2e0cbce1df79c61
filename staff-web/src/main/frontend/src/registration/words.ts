import { spoken } from '../patients/words';

const word = (words: Record<string, string>) => (code: string) => words[code] ?? spoken(code);

export const pregnancyWord = word({ no: 'No', yes: 'Yes', unknown: 'Not certain', 'not-applicable': 'Does not apply' });
export const outcomeWord = word({
  'no-response': 'No response',
  'partial-response': 'Partial response',
  remission: 'Remission',
  'not-tolerated': 'Stopped for side effects',
  unknown: 'Not known',
});
export const holderWord = word({ self: 'The patient', spouse: 'Spouse', parent: 'Parent', other: 'Somebody else' });
export const rankWord = (rank: number) => ['Primary', 'Secondary', 'Third'][rank - 1] ?? `Rank ${rank}`;

/** Why two entries may be one person, in words for the front desk. */
export const reasonWord = word({
  'same-birth-date': 'same birth date',
  'birth-date-slip': 'birth dates differ by a slip',
  'same-phone': 'same phone',
  'same-email': 'same e-mail',
  'same-name': 'same name',
  'similar-name': 'names sound or look alike',
  'swapped-names': 'given and family name swapped',
});

/** A score of 0 to 1 in words; the numbers stay behind it. */
export const likely = (score: number) => (score >= 0.93 ? 'Almost certainly the same' : score >= 0.79 ? 'Very likely the same' : 'Possibly the same');

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language' });
/** A BCP 47 tag as its English name; the tag itself when it has none. */
export function tongue(tag: string): string {
  try {
    return LANGUAGES.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Spoken most in the United States; a section keeps whatever else it holds. */
export const TONGUES = ['en', 'es', 'zh', 'tl', 'vi', 'fr', 'ar', 'ko', 'ru', 'pt', 'ht', 'de', 'hi', 'pl', 'it', 'ase'];

export const ZONES = ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Phoenix', 'America/Los_Angeles', 'America/Anchorage', 'Pacific/Honolulu', 'America/Puerto_Rico'];
export const zoneWord = (zone: string) => zone.replace(/_/g, ' ');

/** Empty text is nothing. */
export const said = (text: string) => text.trim() || null;
