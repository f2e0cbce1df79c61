import type { Registration } from './door';

export const SECTIONS = [
  'demographics',
  'contact',
  'emergency-contact',
  'therapist',
  'history',
  'drugs',
  'allergies',
  'previous-treatments',
  'coverage',
] as const;
export type SectionName = (typeof SECTIONS)[number];

/**
 * Where to go on: the first part that the patient has not filled in, or not to its end; null when there is none. What was tried
 * before may stay partial, since nobody has to remember for how many weeks.
 */
export function firstOpen({ sections }: Pick<Registration, 'sections'>): SectionName | null {
  const open = (name: SectionName) => {
    const section = sections.find((s) => s.section === name);
    return section?.filledBy !== 'patient' || (section.state !== 'complete' && name !== 'previous-treatments');
  };
  return SECTIONS.find(open) ?? null;
}

/** Empty text is no answer. */
export const orNull = (text: string | null | undefined): string | null => (text == null || text.trim() === '' ? null : text.trim());

export const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
