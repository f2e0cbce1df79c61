import type { Tone } from '../parts/Tone';

/** Words for the codes that services use about patients; a code without a word is shown readably, never hidden. */
export const spoken = (code: string) => code.replace(/-/g, ' ').replace(/^./, (c) => c.toUpperCase());

const word = (words: Record<string, string>) => (code: string) => words[code] ?? spoken(code);

export const STATUSES = {
  referred: { word: 'Referred', tone: 'waiting', filter: 'Referred' },
  screened: { word: 'Screened', tone: 'waiting', filter: 'Screened' },
  'needs-review': { word: 'Needs review', tone: 'hold', filter: 'Needs review' },
  'awaiting-safety-review': { word: 'Awaiting safety review', tone: 'danger', filter: 'Safety review' },
  cleared: { word: 'Cleared', tone: 'ready', filter: 'Cleared' },
  excluded: { word: 'Excluded', tone: 'info', filter: 'Excluded' },
  declined: { word: 'Declined', tone: 'info', filter: 'Declined' },
  merged: { word: 'Merged', tone: 'info', filter: 'Merged' },
} as const satisfies Record<string, { word: string; tone: Tone; filter: string }>;

export type Status = keyof typeof STATUSES;
export const isStatus = (code: unknown): code is Status => typeof code === 'string' && code in STATUSES;

export const indicationWord = word({ depression: 'Depression', anxiety: 'Anxiety', ptsd: 'PTSD', 'chronic-pain': 'Chronic pain' });
export const routeWord = word({ iv: 'IV', im: 'IM', nasal: 'Nasal', oral: 'By mouth' });
export const sexWord = word({ unknown: 'Not known' });
export const languageWord = word({ en: 'English', es: 'Spanish' });
export const clearanceWord = word({ 'mental-health': 'Mental-health clearance', medical: 'Medical clearance' });

export const ruleWord = word({
  'reported-allergy': 'Allergy',
  'substance-screen': 'Alcohol or drug questionnaires',
  'pressure-in-the-head': 'Raised pressure in the head',
  'pressure-in-the-eye': 'Raised eye pressure',
  liver: 'Severe liver disease',
  bladder: 'Interstitial cystitis',
  thyroid: 'Thyroid disease',
  'pregnancy-unknown': 'Pregnancy not certain',
  contraception: 'No reliable contraception',
  theophylline: 'Theophylline or aminophylline',
  'sleep-apnoea': 'Sleep apnoea',
  'other-condition': 'A condition that no rule knows',
  age: 'Under 18',
  'age-65-or-older': '65 or older',
  'treatment-resistance': 'Fewer than two failed treatments',
  'ketamine-elsewhere': 'Ketamine from elsewhere',
  'psychosis-or-mania': 'Psychosis or mania',
  'brain-vessels-or-allergy': 'Brain vessels, allergy',
  'substance-use': 'Substance use',
  'blood-pressure': 'Blood pressure',
  'heart-or-stroke-acute': 'Heart attack, stroke, angina',
  'unknown-drug': 'Drug not on the list',
  'mao-inhibitors': 'MAO inhibitors',
  copd: 'Chronic lung disease (COPD)',
  'ecg-or-laboratory': 'ECG or laboratory',
  'vitals-hard-hold': 'Vitals outside the limits',
  'payment-open': 'Who pays is open',
  'gap-since-last-dose': 'Too soon after the last dose',
  'course-still-open': 'A course is still open',
  'escort-missing': 'No escort named',
  'route-needs-no-chair': 'Nothing to plan in a chair',
  'plan-missing': 'No treatment plan',
  'consent-missing': 'No consent',
  'clearance-missing': 'Not cleared',
  'clearance-lapsed': 'Clearance lapsed',
  'clearance-expired': 'Clearance expired',
  'suicide-risk-high': 'High suicide risk',
  'adverse-event-unreviewed': 'Adverse event to review',
  'patient-declined': 'Declined for treatment',
  'gate-not-asked': 'Pre-dose questions open',
  'fasting-solids': 'Ate too recently',
  'fasting-liquids': 'Drank too recently',
  'drugs-changed': 'Drugs changed',
  'no-session-today': 'No session today',
  'drug-not-on-site': 'Drug not on site',
  'house-check-missing': 'House not checked',
  'rems-not-certified': 'Clinic not certified (REMS)',
  'rems-not-enrolled': 'Not enrolled in the REMS',
});

export const CONDITIONS = {
  psychosis: 'Psychosis now',
  'schizophrenia-history': 'Schizophrenia, now or before',
  'uncontrolled-mania': 'Mania not under control',
  'aneurysmal-vascular-disease': 'Aneurysmal vascular disease',
  'arteriovenous-malformation': 'Arteriovenous malformation',
  'intracerebral-haemorrhage': 'Bleed in the brain, ever',
  'ketamine-allergy': 'Allergy to ketamine or esketamine',
  'substance-use-active': 'Substance use disorder now',
  'substance-use-history': 'Substance use disorder before',
  'unstable-angina': 'Unstable angina',
  'recent-stroke': 'Stroke in the last 6 weeks',
  'recent-heart-attack': 'Heart attack in the last 6 weeks',
  'heart-failure': 'Heart failure',
  'cardiac-history': 'Other heart disease, now or before',
  'raised-intracranial-pressure': 'Raised pressure inside the head',
  'raised-eye-pressure': 'Glaucoma or raised eye pressure',
  'severe-liver-disease': 'Severe liver disease',
  'interstitial-cystitis': 'Interstitial cystitis',
  'uncontrolled-thyroid-disease': 'Thyroid disease not under control',
  'breast-feeding': 'Breast-feeding',
  'no-reliable-contraception': 'No reliable contraception',
  'bipolar-disorder': 'Bipolar disorder',
  delirium: 'Delirium',
  dementia: 'Dementia',
  seizures: 'Seizures, now or before',
  'sleep-apnoea': 'Sleep apnoea',
  copd: 'Chronic lung disease (COPD)',
  'difficult-airway': 'Difficult airway',
  'bad-reaction-before': 'Bad reaction to ketamine or an anaesthetic',
} as const;

export const instrumentWord = word({ 'phq-9': 'PHQ-9', 'c-ssrs': 'C-SSRS screener', 'gad-7': 'GAD-7', 'pcl-5': 'PCL-5', madrs: 'MADRS', 'pain-nrs': 'Pain NRS', bpi: 'BPI' });

export const RISKS: Record<string, { word: string; tone: Tone }> = {
  none: { word: 'No suicide risk found', tone: 'done' },
  low: { word: 'Low suicide risk', tone: 'info' },
  moderate: { word: 'Moderate suicide risk', tone: 'hold' },
  high: { word: 'High suicide risk', tone: 'danger' },
};

export const OUTCOMES: Record<string, { word: string; tone: Tone }> = {
  cleared: { word: 'Clear', tone: 'done' },
  'needs-review': { word: 'Needs review', tone: 'hold' },
  excluded: { word: 'Excluded', tone: 'danger' },
};

export const noticeWord = word({
  welcome: 'Welcome',
  'course-booked': 'Course booked',
  'escort-request': 'Who takes you home?',
  'reminder-72h': 'Reminder, three days before',
  'reminder-24h': 'Reminder, the day before',
  'reminder-2h': 'Reminder, two hours before',
  'check-in': 'Next-day check-in',
  'after-session': 'After the session',
  'authorization-granted': 'Authorization granted',
  'authorization-denied': 'Authorization denied',
  'estimate-ready': 'Estimate ready',
  'payment-received': 'Payment received',
  'session-cancelled': 'Session cancelled',
  'session-moved': 'Session moved',
  'place-offered': 'A freed place',
  'safety-alert': 'Safety alert',
  'safety-alert-nurse': 'Safety alert to the nurse',
  'safety-alert-prescriber': 'Safety alert to the prescriber',
});
