import { money } from '../parts/Money';
import type { Tone } from '../parts/Tone';
import type { Journey, Readiness } from './queries';

export interface Next {
  /** What has to happen, as a verb phrase. */
  step: string;
  /** Whose turn it is. */
  who?: string;
  tone: Tone;
}

const BLOCKED: Record<string, [step: string, who: string]> = {
  'consent-missing': ['Sign consent', 'Nurse'],
  'plan-missing': ['Approve treatment plan', 'Prescriber'],
  'payment-open': ['Settle who pays', 'Biller'],
  'adverse-event-unreviewed': ['Review adverse event', 'Prescriber'],
  'suicide-risk-high': ['Safety review', 'Nurse or prescriber'],
  'clearance-missing': ['Give clearances', 'Therapist and prescriber'],
  'clearance-lapsed': ['Renew clearance', 'Therapist and prescriber'],
  'clearance-expired': ['Renew clearance', 'Therapist and prescriber'],
};

/** What is next for a patient, as far as journey and readiness tell: the first thing that somebody has to do. */
export function nextOf(status: string, journey: Journey | undefined, readiness: Readiness | undefined): Next | undefined {
  if ((journey?.intake.openSafetyAlerts ?? 0) > 0) return { step: 'Acknowledge safety alert', who: 'Nurse or prescriber', tone: 'danger' };
  switch (status) {
    case 'referred':
      return { step: 'Take screening', who: 'Front desk or nurse', tone: 'waiting' };
    case 'needs-review':
      return { step: 'Review findings', who: 'Prescriber', tone: 'hold' };
    case 'screened':
      return { step: 'Give clearances', who: 'Therapist and prescriber', tone: 'waiting' };
    case 'awaiting-safety-review':
      return { step: 'Safety review', who: 'Nurse or prescriber', tone: 'danger' };
    case 'excluded':
    case 'declined':
      return { step: 'Nothing: not treated here', tone: 'done' };
    case 'merged':
      return { step: 'Nothing: merged into another patient', tone: 'done' };
  }
  if (!journey) return undefined;
  const { scheduling, billing } = journey;
  const here = ['checked-in', 'held', 'ready-to-dose', 'dosing', 'stopped', 'recovering'].some((state) => (scheduling.sessionsByState[state] ?? 0) > 0);
  if (here) return { step: 'Session under way', who: 'Nurse', tone: 'ready' };
  if (readiness?.blockers.some((b) => b.rule === 'adverse-event-unreviewed')) return { step: 'Review adverse event', who: 'Prescriber', tone: 'hold' };
  if (scheduling.notesSigned < scheduling.sessionsDone) return { step: 'Sign session note', who: 'Prescriber', tone: 'hold' };
  if (scheduling.nextSessionAt) {
    const blocked = readiness?.blockers.filter((b) => b.rule in BLOCKED && b.rule !== 'payment-open' && b.blocks.includes('treating'))[0];
    if (blocked) {
      const [step, who] = BLOCKED[blocked.rule] as [string, string];
      return { step, who, tone: 'hold' };
    }
    return { step: `Session ${scheduling.sessionsDone + 1}`, who: 'Nurse', tone: 'waiting' };
  }
  if (scheduling.courseComplete) {
    if (!billing) return { step: 'Course complete', tone: 'done' };
    if (billing.openClaims > 0) return { step: `${billing.openClaims} ${billing.openClaims === 1 ? 'session' : 'sessions'} awaiting the payer`, who: 'Biller', tone: 'waiting' };
    if ((billing.balance?.cents ?? 0) > 0 && billing.balance) return { step: `Balance ${money(billing.balance)}`, who: 'Front desk', tone: 'waiting' };
    return { step: 'Course complete, nothing owed', tone: 'done' };
  }
  if (readiness) {
    if (readiness.canBook) return { step: 'Book the course', who: 'Front desk', tone: 'ready' };
    const first = readiness.blockers.find((b) => b.blocks.includes('booking') && b.rule !== 'course-still-open');
    if (!first) return { step: 'Session to come', who: 'Nurse', tone: 'waiting' };
    if (first.rule === 'route-needs-no-chair') return { step: 'Tablets at home', who: 'Prescriber', tone: 'ready' };
    if (first) {
      const [step, who] = BLOCKED[first.rule] ?? ['Clear what blocks booking', undefined];
      return { step, ...(who ? { who } : {}), tone: 'hold' };
    }
  }
  if (journey.intake.status === 'clearance-lapsed') return { step: 'Renew clearance', who: 'Therapist and prescriber', tone: 'hold' };
  if (!journey.intake.consents.some((c) => !c.withdrawnAt)) return { step: 'Sign consent', who: 'Nurse', tone: 'waiting' };
  if (journey.intake.plan !== 'approved') return { step: 'Approve treatment plan', who: 'Prescriber', tone: 'waiting' };
  return { step: 'Book the course', who: 'Front desk', tone: 'waiting' };
}
