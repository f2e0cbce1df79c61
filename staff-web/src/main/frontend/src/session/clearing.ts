import type { Act } from './model';

/** Where a blocker is cleared: a page of the patient, another place, or an action on the session at hand. */
export type Way =
  | { page: '/patients/$patientId/clearance' | '/patients/$patientId/consent' | '/patients/$patientId/plan' | '/patients/$patientId/treatment' | '/patients/$patientId/money' | '/patients/$patientId/safety' | '/patients/$patientId/record' | '/today/drugs' | '/today'; verb: string }
  | { act: Act; verb: string };

const WAYS: Record<string, Way> = {
  'clearance-missing': { page: '/patients/$patientId/clearance', verb: 'Open clearances' },
  'clearance-lapsed': { page: '/patients/$patientId/clearance', verb: 'Open clearances' },
  'clearance-expired': { page: '/patients/$patientId/clearance', verb: 'Open clearances' },
  'patient-declined': { page: '/patients/$patientId/clearance', verb: 'Open clearances' },
  'pregnancy-test-due': { page: '/patients/$patientId/clearance', verb: 'Record the test' },
  'consent-missing': { page: '/patients/$patientId/consent', verb: 'Open consent' },
  'plan-missing': { page: '/patients/$patientId/plan', verb: 'Open the plan' },
  'route-needs-no-chair': { page: '/patients/$patientId/treatment', verb: 'Open tablets at home' },
  'plan-changed': { page: '/patients/$patientId/plan', verb: 'Open the plan' },
  'gap-since-last-dose': { page: '/patients/$patientId/plan', verb: 'Open the plan' },
  'payment-open': { page: '/patients/$patientId/money', verb: 'Open money' },
  'safety-alert-open': { page: '/patients/$patientId/safety', verb: 'Open the alert' },
  'patient-merged': { page: '/patients/$patientId/record', verb: 'Open the record' },
  'drug-not-on-site': { page: '/today/drugs', verb: 'Open the stock' },
  'house-check-missing': { page: '/today', verb: 'Open Today' },
  'rems-not-enrolled': { page: '/patients/$patientId/record', verb: 'Open the record' },
  'escort-missing': { act: 'escort', verb: 'Name escort' },
  'escort-unreachable': { act: 'escort', verb: 'Change escort' },
  'adverse-event-unreviewed': { act: 'review-adverse-event', verb: 'Review' },
  'gate-not-asked': { act: 'gate', verb: 'Pre-dose gate' },
  'fasting-solids': { act: 'gate', verb: 'Ask again' },
  'fasting-liquids': { act: 'gate', verb: 'Ask again' },
  'decongestant-too-recent': { act: 'gate', verb: 'Ask again' },
  'drugs-changed': { act: 'gate', verb: 'Ask again' },
  'vitals-missing': { act: 'vitals', verb: 'Record vitals' },
  'vitals-too-old': { act: 'vitals', verb: 'Record vitals' },
  'vitals-hard-hold': { act: 'vitals', verb: 'Record vitals' },
};

/** Another service's feature may say where its own blockers are cleared. */
export const wayOf = (rule: string): Way | undefined => WAYS[rule];
