import type { Tone } from '../parts/Tone';

/** What a notice is about, by its template's name. */
const TEMPLATES: Record<string, string> = {
  welcome: 'Welcome',
  'course-booked': 'Course booked',
  'session-moved': 'Session moved',
  'place-offered': 'A freed place',
  'session-cancelled': 'Session cancelled',
  'reminder-72h': 'Reminder, 72 hours before',
  'reminder-24h': 'Reminder, 24 hours before',
  'reminder-2h': 'Reminder, 2 hours before',
  'escort-request': 'Who drives you home?',
  'after-session': 'After the session',
  'check-in': 'How are you?',
  'authorization-granted': 'Authorization granted',
  'authorization-denied': 'Authorization denied',
  'estimate-ready': 'Estimate ready',
  'payment-received': 'Payment received',
  statement: 'Statement',
  'safety-alert': 'Safety alert',
  'safety-alert-nurse': 'Safety alert, to the nurses',
  'safety-alert-prescriber': 'Safety alert, to the prescribers',
};

export const templateName = (template: string) => TEMPLATES[template] ?? template.replaceAll('-', ' ').replace(/^./, (c) => c.toUpperCase());

export const STATUSES = ['pending', 'waiting', 'delivered', 'suppressed', 'failed'] as const;

const STATES: Record<string, [Tone, string]> = {
  pending: ['waiting', 'Planned'],
  waiting: ['hold', 'Waiting for contact details'],
  delivered: ['done', 'Delivered'],
  suppressed: ['info', 'Not sent'],
  failed: ['danger', 'Failed'],
};
export const stateOf = (status: string): [Tone, string] => STATES[status] ?? ['waiting', status];

const REASONS: Record<string, string> = {
  'no-consent': 'the patient did not allow it',
  'useless-by-then': 'it would have come too late',
  withdrawn: 'what it told of was withdrawn',
  'daily-limit': 'the patient had enough notices that day',
};
export const reasonOf = (reason: string | null | undefined) => (reason ? (REASONS[reason] ?? reason.replaceAll('-', ' ')) : '');
