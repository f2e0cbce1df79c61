/** Which answers a kind of event makes old. The key of every query begins with its subject. */
const TOUCHED: [prefix: string, keys: string[]][] = [
  [
    'intake.',
    [
      'patients',
      // the treatment plan's revisions too, which hang beneath it
      'patient',
      'worklist',
      'registration',
      'duplicates',
      'links',
      'documents',
      'assessments',
      'workup',
      'evaluations',
      'verdicts',
      'safety-alerts',
      'safety-plan',
      'on-call',
      'outcomes',
      'readiness',
      'journeys',
    ],
  ],
  // a treated session begins a follow-up
  ['scheduling.', ['integration', 'home-tablets', 'calls', 'drug-stock', 'drug-log', 'counts', 'standing-orders', 'rems', 'day-close', 'sessions', 'session', 'session-fees', 'waitlist', 'overrides', 'notes', 'alarms', 'boosters', 'broken-sessions', 'courses', 'holds', 'outcomes', 'readiness', 'board', 'journeys', 'unbilled']],
  ['billing.', ['money', 'balance', 'claims', 'payments', 'statements', 'estimates', 'authorizations', 'coverages', 'unbilled', 'readiness', 'journeys']],
  // a check-in that a patient answers comes back through here
  ['notification.', ['notices', 'staff-tasks', 'links', 'assessments', 'journeys', 'inbox']],
];

/** Pulses: nothing has happened that a journey tells of, but a screen looks different. */
const MOVED: Record<string, string[]> = {
  'scheduling.readiness-changed': ['readiness', 'board'],
  'scheduling.session-progressed': ['sessions', 'session', 'board', 'alarms'],
};
const pulseOf = (type: string) => MOVED[type.replace(/\.v\d+$/, '')];
export const isPulse = (type: string) => pulseOf(type) !== undefined;

/** The subjects that events of these types make old. */
export function touched(types: string[]) {
  const told = types.filter((type) => !isPulse(type));
  return new Set([...TOUCHED.filter(([prefix]) => told.some((type) => type.startsWith(prefix))).flatMap(([, keys]) => keys), ...types.flatMap((type) => pulseOf(type) ?? [])]);
}
