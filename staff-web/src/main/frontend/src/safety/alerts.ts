import { body, intake } from '../api/clients';
import type { components } from '../api/generated/intake';
import type { Tone } from '../parts/Tone';

export type Alert = components['schemas']['SafetyAlert'];
export type Outcome = components['schemas']['ResolutionRequest']['outcome'];

/** Every alert that is not resolved yet, raised or acknowledged: one answer for the bell, the boards and the patient's pages. */
export const unresolvedQuery = {
  queryKey: ['safety-alerts', 'unresolved'],
  queryFn: () => body(intake.GET('/api/safety-alerts', { params: { query: { resolved: false, limit: 200 } } })),
  staleTime: 30_000,
  refetchInterval: 60_000,
};

/** What changes with an alert. */
export const afterAlert = [['safety-alerts'], ['safety-plan'], ['patients'], ['patient'], ['worklist'], ['journey'], ['journeys'], ['readiness']];

export const REASONS: Record<Alert['reason'], string> = {
  'c-ssrs-high': 'High risk on the suicide-risk screener (C-SSRS)',
  'phq-9-item-9': 'Thoughts of death or self-harm (PHQ-9, item 9)',
};

export const THROUGH: Record<Alert['raisedThrough'], string> = {
  staff: 'answered before staff',
  session: 'answered in a session',
  link: 'answered alone, by link',
};

export const CALLS: Record<Alert['calls'][number]['state'], { word: string; tone: Tone }> = {
  waiting: { word: 'Being called', tone: 'waiting' },
  answered: { word: 'Answered', tone: 'done' },
  unanswered: { word: 'No answer', tone: 'hold' },
  'nobody-on-call': { word: 'Nobody was on call', tone: 'danger' },
  'not-needed': { word: 'Not needed any more', tone: 'done' },
};

export const OUTCOMES: { value: Outcome; label: string; about: string }[] = [
  { value: 'safety-plan', label: 'Safety plan made', about: 'Written and signed with the patient after this alert' },
  { value: 'emergency-care', label: 'Emergency care', about: '911, or brought to an emergency department' },
  { value: 'hospital-admission', label: 'Admitted to hospital', about: 'Handed over to inpatient care' },
  { value: 'other-care', label: 'In other care now', about: 'Who has taken over, and since when' },
  { value: 'no-danger', label: 'No danger found', about: 'What was asked, and why the answer does not stand' },
];

export const outcomeWord = (outcome: string) => OUTCOMES.find((o) => o.value === outcome)?.label ?? outcome;
