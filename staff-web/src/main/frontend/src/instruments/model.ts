import type { components } from '../api/generated/intake';
import type { Tone } from '../parts/Tone';
import { spoken } from '../patients/words';

type Schemas = components['schemas'];
export type Instrument = Schemas['InstrumentView'];
export type InstrumentLine = Schemas['InstrumentLine'];
export type Assessment = Schemas['AssessmentView'];
export type Scale = Schemas['ScaleView'];
export type Item = Schemas['AskedItem'];
export type Trend = Schemas['Trend'];
export type TrendPoint = Schemas['TrendPoint'];
export type Answers = Readonly<Record<string, string>>;
export type Language = 'en' | 'es';

/** True when an earlier answer passes over this item. */
export const skipped = (instrument: Instrument, item: string, answers: Answers) =>
  instrument.skips.some((skip) => skip.items.includes(item) && skip.when.every((when) => answers[when.item] === when.answer));

/** The items that are asked, as the answers stand. */
export const asked = (instrument: Instrument, answers: Answers) => instrument.items.filter((item) => !skipped(instrument, item.id, answers));

/** Items without which it can't be completed. */
export const missing = (instrument: Instrument, answers: Answers) =>
  asked(instrument, answers).filter((item) => answers[item.id] === undefined && (item.required || tooFew(instrument, item.id, answers)));

const tooFew = (instrument: Instrument, item: string, answers: Answers) =>
  instrument.scales.some(
    (scale) =>
      scale.leastAnswered != null &&
      scale.items.includes(item) &&
      scale.items.filter((counted) => answers[counted] !== undefined || skipped(instrument, counted, answers)).length < scale.leastAnswered,
  );

/** The answers after one more; what it now passes over is taken back, so that nothing contradicts it. */
export function withAnswer(instrument: Instrument, answers: Answers, item: string, code: string): { answers: Answers; changes: Record<string, string> } {
  const next: Record<string, string> = { ...answers };
  if (code === '') delete next[item];
  else next[item] = code;
  const changes: Record<string, string> = { [item]: code };
  for (const { id } of instrument.items) {
    if (next[id] !== undefined && skipped(instrument, id, next)) {
      delete next[id];
      changes[id] = '';
    }
  }
  return { answers: next, changes };
}

export interface Score {
  scale: Scale;
  /** Undefined as long as too little is answered for it to hold. */
  value: number | undefined;
  /** What the answers given add up to; for a sum it can only rise. */
  sofar: number | undefined;
  band: string | undefined;
  cuts: string[];
  answered: number;
  of: number;
}

const points = (instrument: Instrument, item: string, code: string) => instrument.items.find((i) => i.id === item)?.choices.find((c) => c.code === code)?.points ?? 0;

/**
 * What the answers come to by the instrument's own data, shown while somebody answers. The server scores again and its word counts:
 * this one is provisional.
 */
export function scoreOf(instrument: Instrument, scale: Scale, answers: Answers, sex: string): Score {
  const counted = scale.items.filter((item) => !skipped(instrument, item, answers));
  const given = counted.filter((item) => answers[item] !== undefined);
  const worth = (item: string) => {
    const choices = instrument.items.find((i) => i.id === item)?.choices ?? [];
    const all = choices.map((c) => c.points);
    const own = points(instrument, item, answers[item] as string);
    return scale.reversed.includes(item) ? Math.min(...all) + Math.max(...all) - own : own;
  };
  let value: number | undefined;
  let sofar: number | undefined;
  if (scale.kind === 'graded') {
    // the gravest level that some answer reaches; holds for a part of the answers too
    const rank = scale.levels.findLastIndex((level) => level.anyOf.some((any) => answers[any.item] === any.answer));
    sofar = Math.max(0, rank);
    value = given.length === counted.length ? sofar : undefined;
    if (given.length === 0) sofar = undefined;
  } else {
    const sum = given.reduce((total, item) => total + worth(item), 0);
    if (scale.kind === 'mean') {
      const least = scale.leastAnswered ?? counted.length;
      value = given.length > 0 && given.length >= least ? Math.round((sum / given.length) * 100 + 1e-9) / 100 : undefined;
      sofar = value;
    } else {
      value = given.length === counted.length ? sum : undefined;
      sofar = given.length > 0 ? sum : undefined;
    }
  }
  const reached = value ?? (scale.kind === 'graded' || scale.kind === 'sum' ? sofar : undefined);
  return {
    scale,
    value,
    sofar,
    band: reached === undefined ? undefined : bandOf(scale, reached),
    cuts: reached === undefined ? [] : scale.cuts.filter((cut) => (cut.sexes as string[]).includes(sex) && reached >= cut.atLeast).map((cut) => cut.name),
    answered: given.length,
    of: counted.length,
  };
}

export const bandOf = (scale: Pick<Scale, 'bands'>, value: number) => scale.bands.findLast((band) => value >= band.from)?.name;

/** Colour of a band by how grave it is within its instrument. */
export function bandTone(scale: Pick<Scale, 'bands'>, band: string | null | undefined): Tone {
  const at = scale.bands.findIndex((b) => b.name === band);
  const last = scale.bands.length - 1;
  if (at < 0) return 'info';
  if (at === 0) return 'done';
  if (last === 1) return 'hold';
  const share = at / last;
  return share < 0.4 ? 'info' : share < 0.8 ? 'hold' : 'danger';
}

/** Where each band begins and ends, in points of the scale. */
export function bandRanges(scale: Pick<Scale, 'bands' | 'most' | 'kind'>) {
  return scale.bands.map((band, i) => {
    const next = scale.bands[i + 1]?.from;
    return { name: band.name, from: band.from, to: next ?? (scale.kind === 'graded' ? scale.most + 1 : scale.most) };
  });
}

const BANDS: Record<string, string> = {
  'moderately-severe': 'Moderately severe',
  'low-risk': 'Low risk',
  'possible-dependence': 'Possible dependence',
  'below-cut': 'Below the cut',
  'provisional-ptsd': 'Provisional PTSD',
};
export const bandWord = (instrument: string, band: string) =>
  instrument.startsWith('c-ssrs') ? (band === 'none' ? 'No risk found' : `${spoken(band)} risk`) : (BANDS[band] ?? spoken(band));

const CUTS: Record<string, string> = { positive: 'Positive', 'payer-28': 'At or above 28, a payer’s threshold' };
export const cutWord = (cut: string) => CUTS[cut] ?? spoken(cut);

const SCALES: Record<string, string> = { total: 'Total', risk: 'Risk', severity: 'Severity', interference: 'Interference', mood: 'Mood' };
export const scaleWord = (scale: string) => SCALES[scale] ?? spoken(scale);

const NAMES: Record<string, string> = {
  'phq-9': 'PHQ-9',
  'gad-7': 'GAD-7',
  'c-ssrs': 'C-SSRS screener',
  'c-ssrs-since-last-contact': 'C-SSRS since last contact',
  'pcl-5': 'PCL-5',
  'audit-c': 'AUDIT-C',
  audit: 'AUDIT',
  'dast-10': 'DAST-10',
  'pain-nrs': 'Pain NRS',
  bpi: 'BPI',
  cadss: 'CADSS',
  'cadss-6': 'CADSS-6',
  madrs: 'MADRS',
  'mood-check-in': 'Mood check-in',
};
export const shortTitle = (instrument: string) => NAMES[instrument] ?? spoken(instrument);

/** What to type for each choice: its own number where all have one, else its place. */
export function keysOf(item: Item): string[] {
  const numbers = item.choices.every((choice) => /^\d{1,3}$/.test(choice.code));
  if (numbers && item.choices.every((choice) => Number(choice.code) <= 10)) return item.choices.map((choice) => choice.code);
  if (item.choices.length === 2 && item.choices.every((choice) => choice.code === 'no' || choice.code === 'yes')) return item.choices.map((choice) => choice.code[0] as string);
  return item.choices.map((_, i) => String(i + 1));
}

export const number = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(2));
/** A change with its sign, and a true minus. */
export const signed = (value: number) => (value > 0 ? `+${number(value)}` : value < 0 ? `−${number(-value)}` : '0');
