import type { components } from '../api/generated/scheduling';
import type { Tone } from '../parts/Tone';

export type Talk = components['schemas']['IntegrationView'];
export type Prescription = components['schemas']['HomePrescriptionView'];
export type Call = components['schemas']['PatientCallView'];

const BROKEN: Record<string, string> = {
  'session-moved': 'its session has moved away from it',
  'therapist-away': 'the therapist is away then',
  'therapist-retired': 'the therapist is no longer here',
  'chair-retired': 'the room is no more',
  'chair-out-of-order': 'the room is out of order',
  'unknown-room': 'the room is no room any more',
  closed: 'the clinic is closed then',
  'opening-hours': 'the clinic does not open then',
};

const ENDED: Record<string, string> = { patient: 'by the patient', clinic: 'by the clinic', 'session-off': 'its session is not given' };

/** Where an integration session stands, in a word; what is broken comes first. */
export function talkState(talk: Talk): { tone: Tone; text: string } {
  if (talk.broken) return { tone: 'danger', text: `To be moved: ${BROKEN[talk.broken] ?? talk.broken.replace(/-/g, ' ')}` };
  switch (talk.state) {
    case 'booked':
      return { tone: 'waiting', text: talk.external ? 'Planned' : 'Booked' };
    case 'done':
      return { tone: 'done', text: talk.heldMinutes ? `Held, ${talk.heldMinutes} min` : 'Held' };
    case 'missed':
      return { tone: 'hold', text: 'Missed: the patient did not come' };
    case 'cancelled':
      return { tone: 'hold', text: `Cancelled${talk.endReason ? `: ${ENDED[talk.endReason] ?? talk.endReason}` : ''}` };
  }
}

/** Whether somebody may say that it was held or missed. */
export const begun = (talk: Talk, now: number, today: string) => (talk.startsAt ? Date.parse(talk.startsAt) <= now : talk.plannedOn <= today);

const DIRECTIONS: Record<string, string> = {
  'one-between-sessions': 'One between sessions',
  'one-every-third-day': 'One every third day',
  'one-at-bedtime-when-needed': 'One at bedtime when needed',
};
export const directionsWord = (code: string) => DIRECTIONS[code] ?? code.replace(/-/g, ' ');

export const COUNT_REASONS = [
  { value: 'taken', label: 'Taken' },
  { value: 'lost', label: 'Lost' },
  { value: 'disposed', label: 'Given to an authorized collector' },
] as const;

const REASONS: Record<Call['reason'], string> = {
  'left-against-advice': 'Left against advice',
  transferred: 'Transferred to a hospital',
  'adverse-event': 'Serious adverse event',
  'home-tablets': 'Tablets at home: check-in',
  concern: 'Was not well: a prescriber calls',
};
export const callReason = (call: Call) => REASONS[call.reason];

export const OUTCOMES = [
  { value: 'well', label: 'All is well', said: 'All is well' },
  { value: 'concern', label: 'A concern: a prescriber calls next', said: 'A concern' },
  { value: 'no-answer', label: 'No answer: try again', said: 'No answer' },
  { value: 'declined', label: 'Wants no calls', said: 'Wants no calls' },
  { value: 'unreachable', label: 'Unreachable after several tries', said: 'Not reached' },
] as const;
export const outcomeWord = (outcome: string) => OUTCOMES.find((one) => one.value === outcome)?.said ?? outcome;

/** What is left of the latest tablets; the next ones follow when nothing is. */
export const leftOf = (all: Prescription[]) => all.at(-1)?.left ?? 0;
