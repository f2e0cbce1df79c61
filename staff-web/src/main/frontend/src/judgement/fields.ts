import type { components } from '../api/generated/intake';
import type { Kind } from './words';

type Schemas = components['schemas'];
type Mental = Schemas['MentalHealthExam'];
type Medical = Schemas['MedicalExam'];

/** An evaluation as it is typed: one text per field, by the name that the service gives it. */
export type Values = Readonly<Record<string, string>>;

export const RECOMMENDATIONS = [
  { value: 'treat', label: 'Treat' },
  { value: 'treat-with-conditions', label: 'Treat, with conditions' },
  { value: 'do-not-treat', label: 'Do not treat' },
] as const;

export const ASA = [
  { value: '1', label: '1: healthy' },
  { value: '2', label: '2: mild disease' },
  { value: '3', label: '3: severe disease' },
  { value: '4', label: '4: threat to life' },
  { value: '5', label: '5: moribund' },
] as const;

export const LABELS: Record<Kind, Record<string, string>> = {
  'mental-health': {
    diagnosisCodes: 'Diagnoses',
    history: 'Present illness and psychiatric history',
    'mentalStatus.appearanceAndBehaviour': 'Appearance and behaviour',
    'mentalStatus.speech': 'Speech',
    'mentalStatus.moodAndAffect': 'Mood and affect',
    'mentalStatus.thought': 'Thought',
    'mentalStatus.perception': 'Perception',
    'mentalStatus.cognition': 'Cognition',
    'mentalStatus.insightAndJudgement': 'Insight and judgement',
    risk: 'Risk and protective factors',
    treatmentResistance: 'Treatment resistance',
    recommendation: 'Recommendation',
    note: 'Note',
  },
  medical: {
    reviewOfSystems: 'Review of systems',
    physicalExam: 'Physical examination',
    systolic: 'Systolic',
    diastolic: 'Diastolic',
    heartRate: 'Pulse',
    spo2: 'SpO2',
    asaClass: 'ASA physical status',
    airway: 'Airway',
    cardiac: 'Heart',
    labs: 'Results reviewed',
    recommendation: 'Recommendation',
    note: 'Note',
  },
};

const NUMBERS = new Set(['systolic', 'diastolic', 'heartRate', 'spo2', 'asaClass']);

export function valuesOf(kind: Kind, evaluation: { mentalHealth?: Mental | null; medical?: Medical | null } | undefined): Values {
  const exam: Record<string, unknown> = { ...((kind === 'medical' ? evaluation?.medical : evaluation?.mentalHealth) ?? {}) };
  const values: Record<string, string> = {};
  for (const field of Object.keys(LABELS[kind])) {
    const [group, name] = field.split('.') as [string, string | undefined];
    const found = name ? (exam[group] as Record<string, unknown> | null | undefined)?.[name] : exam[group];
    values[field] = Array.isArray(found) ? found.join(' ') : found === null || found === undefined ? '' : String(found);
  }
  return values;
}

const text = (values: Values, field: string) => values[field]?.trim() || null;

export function mentalHealthOf(values: Values): Mental {
  const status = Object.fromEntries(
    Object.keys(LABELS['mental-health'])
      .filter((f) => f.startsWith('mentalStatus.'))
      .map((f) => [f.slice('mentalStatus.'.length), text(values, f)]),
  );
  return {
    diagnosisCodes: codesOf(values['diagnosisCodes'] ?? ''),
    history: text(values, 'history'),
    mentalStatus: Object.values(status).some(Boolean) ? (status as Mental['mentalStatus']) : null,
    risk: text(values, 'risk'),
    treatmentResistance: text(values, 'treatmentResistance'),
    recommendation: text(values, 'recommendation') as Mental['recommendation'],
    note: text(values, 'note'),
  } as Mental;
}

export function medicalOf(values: Values): Medical {
  return Object.fromEntries(
    Object.keys(LABELS.medical).map((field) => {
      const typed = text(values, field);
      return [field, NUMBERS.has(field) && typed !== null ? Number(typed) : typed];
    }),
  ) as unknown as Medical;
}

export const codesOf = (typed: string) => typed.split(/[\s,;]+/).filter(Boolean);

/** What a signature still lacks; the service decides, this only leads there. */
export const openFields = (kind: Kind, values: Values) => Object.keys(LABELS[kind]).filter((field) => field !== 'note' && !values[field]?.trim());

/** Fields in which two versions of an evaluation differ. */
export const differing = (kind: Kind, mine: Values, theirs: Values) => Object.keys(LABELS[kind]).filter((field) => (mine[field] ?? '').trim() !== (theirs[field] ?? '').trim());
