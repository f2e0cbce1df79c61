import type { Tone } from '../parts/Tone';
import { CONDITIONS, spoken } from '../patients/words';

const word = (words: Record<string, string>) => (code: string) => words[code] ?? spoken(code);

/** What made the rules judge again. */
export const becauseWord = word({
  'screening-recorded': 'Screening recorded',
  'assessment-completed': 'An instrument was answered',
  'workup-recorded': 'A work-up result came in',
  'registration-changed': 'Registration changed',
  'registration-history': 'History changed',
  'registration-drugs': 'Drugs changed',
  'registration-allergies': 'Allergies changed',
  'registration-previous-treatments': 'Previous treatments changed',
  'finding-overridden': 'A finding was overridden',
});

export const markWord: Record<string, string> = { P: 'Published', K: 'Practice, to be confirmed by the medical director' };

export const workupWord = word({
  'pdmp-query': 'Prescription-monitoring query',
  'urine-drug-screen': 'Urine drug screen',
  weight: 'Weight, measured',
  'vital-signs': 'Vital signs at rest',
  ecg: 'ECG',
  'pregnancy-test': 'Pregnancy test',
  lab: 'Laboratory result',
});

export const resultWord = word({ expected: 'As expected', unexpected: 'Not as expected' });
export const resultTone = (result: string | null | undefined): Tone => (result === 'unexpected' || result === 'positive' ? 'hold' : 'done');

export const kindWord = word({ 'mental-health': 'Mental health', medical: 'Medical' });
export type Kind = 'mental-health' | 'medical';

/** Conditions that some rule judges, as one asks for them: by part of the body. */
export const CONDITION_GROUPS: readonly { title: string; codes: readonly (keyof typeof CONDITIONS)[] }[] = [
  { title: 'Mind', codes: ['psychosis', 'schizophrenia-history', 'uncontrolled-mania', 'bipolar-disorder', 'delirium', 'dementia', 'substance-use-active', 'substance-use-history'] },
  { title: 'Heart and vessels', codes: ['unstable-angina', 'recent-heart-attack', 'heart-failure', 'cardiac-history', 'aneurysmal-vascular-disease', 'arteriovenous-malformation'] },
  { title: 'Brain and eyes', codes: ['recent-stroke', 'intracerebral-haemorrhage', 'raised-intracranial-pressure', 'raised-eye-pressure', 'seizures'] },
  { title: 'Breathing and anaesthetics', codes: ['sleep-apnoea', 'copd', 'difficult-airway', 'bad-reaction-before', 'ketamine-allergy'] },
  { title: 'Other', codes: ['severe-liver-disease', 'interstitial-cystitis', 'uncontrolled-thyroid-disease', 'breast-feeding', 'no-reliable-contraception'] },
];

export const conditionWord = word(CONDITIONS);
export const className = (code: string) => code.replace(/-/g, ' ');
