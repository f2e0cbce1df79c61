import { PROTOCOL } from '../api/generated/protocol';
import type { Sign } from './model';

/** Signs that are typed; MOAA/S is touched. */
export type Typed = Exclude<Sign, 'moaas'>;
export type Values = Record<Typed, string>;

export interface Spec {
  sign: Typed;
  label: string;
  unit: string;
  /** Beyond these it is a slip of the finger. */
  least: number;
  most: number;
}

const plausible = PROTOCOL['vitals-limits'].plausible as Record<Typed, { least: number; most: number }>;
const spec = (sign: Typed, label: string, unit: string): Spec => ({ sign, label, unit, ...plausible[sign] });

/** In the order in which a monitor is read. */
export const SIGNS: readonly Spec[] = [
  spec('systolic', 'Systolic', 'mmHg'),
  spec('diastolic', 'Diastolic', 'mmHg'),
  spec('spo2', 'SpO2', '%'),
  spec('heartRate', 'Heart rate', '/min'),
  spec('respiratoryRate', 'Breathing', '/min'),
  spec('cadss6', 'CADSS-6', '0–24'),
];
export const EMPTY: Values = { systolic: '', diastolic: '', spo2: '', heartRate: '', respiratoryRate: '', cadss6: '' };

/** What makes a set; CADSS-6 is asked for now and then. */
const SET: readonly Typed[] = ['systolic', 'diastolic', 'spo2', 'heartRate', 'respiratoryRate'];

export const numberIn = (values: Values, sign: Typed) => (values[sign] === '' ? undefined : Number(values[sign]));

/** No further digit can follow: the cursor goes on by itself. */
export function complete(text: string, { least, most }: { least: number; most: number }): boolean {
  const value = Number(text);
  return text !== '' && value >= least && value * 10 > most;
}

/** What is wrong with a field as it stands; undefined when nothing is. */
export function wrongIn(values: Values, { sign, least, most }: Spec): string | undefined {
  const value = numberIn(values, sign);
  if (value === undefined) return undefined;
  if (value < least || value > most) return `${least} to ${most}`;
  const systolic = numberIn(values, 'systolic');
  return sign === 'diastolic' && systolic !== undefined && systolic <= value ? 'Above the systolic' : undefined;
}

const sound = (values: Values) => SIGNS.every((one) => wrongIn(values, one) === undefined);

/** All five values, none of them impossible. */
export const isSet = (values: Values) => sound(values) && SET.every((sign) => values[sign] !== '');

/** Some values, none of them impossible, a blood pressure by both. */
export const isPart = (values: Values) => sound(values) && SIGNS.some(({ sign }) => values[sign] !== '') && (values.systolic === '') === (values.diastolic === '');

/** One more digit in a field: what stands there then, where the cursor goes, and whether the set is whole and goes by itself. */
export function typed(values: Values, field: Spec, text: string): { values: Values; next: Spec | undefined; whole: boolean } {
  const digits = text.replace(/\D/g, '').slice(0, 3);
  const now = { ...values, [field.sign]: digits };
  const full = complete(digits, field);
  return { values: now, next: full ? SIGNS[SIGNS.indexOf(field) + 1] : undefined, whole: full && isSet(now) };
}

/** The values that were typed, as the server takes them. */
export const readingOf = (values: Values) => Object.fromEntries(SIGNS.flatMap(({ sign }) => (values[sign] === '' ? [] : [[sign, Number(values[sign])]]))) as Partial<Record<Typed, number>>;

/** The words for what a part of a set holds. */
export const namesIn = (values: Values) =>
  [...(values.systolic === '' ? [] : ['blood pressure']), ...SIGNS.filter(({ sign }) => sign !== 'systolic' && sign !== 'diastolic' && values[sign] !== '').map(({ label }) => (/^[A-Z][a-z]+( |$)/.test(label) ? label.toLowerCase() : label))].join(', ').replace('spo2', 'SpO2');
