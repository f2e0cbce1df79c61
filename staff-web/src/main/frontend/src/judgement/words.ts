import type { Tone } from '../parts/Tone';
import { spoken } from '../patients/words';

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
export const CONDITION_GROUPS = [
  {
    title: 'Mind',
    items: {
      psychosis: 'Psychosis now',
      'schizophrenia-history': 'Schizophrenia, now or before',
      'uncontrolled-mania': 'Mania not under control',
      'bipolar-disorder': 'Bipolar disorder',
      delirium: 'Delirium',
      dementia: 'Dementia',
      'substance-use-active': 'Substance use disorder now',
      'substance-use-history': 'Substance use disorder before',
    },
  },
  {
    title: 'Heart and vessels',
    items: {
      'unstable-angina': 'Unstable angina',
      'recent-heart-attack': 'Heart attack within 6 weeks',
      'heart-failure': 'Heart failure',
      'cardiac-history': 'Other heart disease, now or before',
      'aneurysmal-vascular-disease': 'Aneurysmal vascular disease',
      'arteriovenous-malformation': 'Arteriovenous malformation',
    },
  },
  {
    title: 'Brain and eyes',
    items: {
      'recent-stroke': 'Stroke within 6 weeks',
      'intracerebral-haemorrhage': 'Bleed in the brain, ever',
      'raised-intracranial-pressure': 'Raised pressure in the head',
      'raised-eye-pressure': 'Glaucoma or raised eye pressure',
      seizures: 'Seizures',
    },
  },
  {
    title: 'Breathing and anaesthetics',
    items: {
      'sleep-apnoea': 'Sleep apnoea',
      copd: 'COPD',
      'difficult-airway': 'Difficult airway',
      'bad-reaction-before': 'Bad reaction to ketamine or an anaesthetic',
      'ketamine-allergy': 'Allergy to ketamine or esketamine',
    },
  },
  {
    title: 'Other',
    items: {
      'severe-liver-disease': 'Severe liver disease',
      'interstitial-cystitis': 'Interstitial cystitis',
      'uncontrolled-thyroid-disease': 'Thyroid disease not under control',
      'breast-feeding': 'Breast-feeding',
      'no-reliable-contraception': 'No reliable contraception',
    },
  },
] as const;

const CONDITION_WORDS: Record<string, string> = Object.assign({}, ...CONDITION_GROUPS.map((g) => g.items));
export const conditionWord = word(CONDITION_WORDS);
export const className = (code: string) => code.replace(/-/g, ' ');
