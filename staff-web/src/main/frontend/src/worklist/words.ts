import type { components } from '../api/generated/intake';
import type { Tone } from '../parts/Tone';

export type WorkItem = components['schemas']['WorkItem'];
export type Stage = WorkItem['stage'];
export type Missing = WorkItem['missing'][number];

export const STAGES: Record<Stage, { word: string; tone: Tone; hint: string }> = {
  screening: { word: 'Screening', tone: 'waiting', hint: 'for the instruments and the history' },
  'safety-review': { word: 'Safety review', tone: 'danger', hint: 'for somebody to look after the patient’s safety' },
  findings: { word: 'Findings', tone: 'hold', hint: 'for a prescriber to weigh what the rules found' },
  clearance: { word: 'Clearance', tone: 'waiting', hint: 'for the evaluations and both clearances' },
  consent: { word: 'Consent', tone: 'waiting', hint: 'for the patient’s consent' },
  plan: { word: 'Plan', tone: 'waiting', hint: 'for a prescriber’s treatment plan' },
  ready: { word: 'Ready', tone: 'ready', hint: 'for nothing of intake: the course can be booked' },
};

export const MISSING: Record<Missing, string> = {
  paperwork: 'Paperwork',
  'phq-9': 'PHQ-9',
  'c-ssrs': 'C-SSRS',
  workup: 'Work-up',
  'mental-health-evaluation': 'Mental-health evaluation',
  'medical-evaluation': 'Medical evaluation',
  'finding-review': 'Review of findings',
  'mental-health-clearance': 'Mental-health clearance',
  'medical-clearance': 'Medical clearance',
  consent: 'Consent',
  plan: 'Treatment plan',
};

/** What to do next, and whose turn it is. */
export const NEXT: Record<WorkItem['nextAction'], { step: string; who: string }> = {
  'take-screening': { step: 'Take screening', who: 'Front desk or nurse' },
  'review-safety': { step: 'Safety review', who: 'Prescriber or therapist' },
  'review-findings': { step: 'Review findings', who: 'Prescriber' },
  'give-clearances': { step: 'Give clearances', who: 'Therapist and prescriber' },
  'sign-consent': { step: 'Sign consent', who: 'Nurse' },
  'approve-plan': { step: 'Approve treatment plan', who: 'Prescriber' },
  'book-course': { step: 'Book the course', who: 'Front desk' },
};

export type Count = components['schemas']['WorkCount'];

/** What of the list is counted; `stage` left out: everything to do. */
export interface Counted {
  stage?: Stage | undefined;
  urgent?: boolean | undefined;
  safety?: boolean | undefined;
}

/** How many the list shows under these, as its server narrows it. */
export const count = (counts: Count[], of: Counted): number =>
  counts
    .filter((c) => (of.stage ? c.stage === of.stage : c.stage !== 'ready' || c.safetyFlag))
    .filter((c) => (!of.urgent || c.urgency === 'urgent') && (!of.safety || c.safetyFlag))
    .reduce((sum, c) => sum + c.patients, 0);

export const isStage = (code: unknown): code is Stage => typeof code === 'string' && code in STAGES;
export const isMissing = (code: unknown): code is Missing => typeof code === 'string' && code in MISSING;

/** How long somebody has waited, in the largest unit that says enough. */
export function waited(since: string, now: number): string {
  const hours = Math.max(0, Math.floor((now - Date.parse(since)) / 3_600_000));
  if (hours < 1) return 'less than an hour';
  if (hours < 24) return `${hours} ${hours === 1 ? 'hour' : 'hours'}`;
  const days = Math.floor(hours / 24);
  return `${days} ${days === 1 ? 'day' : 'days'}`;
}
