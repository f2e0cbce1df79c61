import type { components } from '../api/generated/scheduling';
import { PROTOCOL } from '../api/generated/protocol';
import type { Tone } from '../parts/Tone';

type Schemas = components['schemas'];
export type Session = Schemas['SessionAnswer'];
export type Reading = Schemas['VitalsAnswer'];

/** What can be done to a session, with the body that each takes. */
export interface Bodies {
  'check-in': object;
  escort: Schemas['EscortRequest'];
  move: Schemas['MoveRequest'];
  cancel: Schemas['CancelRequest'];
  miss: object;
  gate: Schemas['GateRequest'];
  order: Schemas['OrderRequest'];
  draw: Schemas['DrawRequest'];
  titrate: Schemas['TitrateRequest'];
  pump: Schemas['PumpRequest'];
  'second-check': object;
  'iv-access': Schemas['IvAccessRequest'];
  setting: Schemas['SettingRequest'];
  weigh: Schemas['WeighRequest'];
  'review-drugs': Schemas['DrugsReviewRequest'];
  'escort-code': object;
  start: Schemas['StartRequest'];
  device: Schemas['DeviceRequest'];
  stop: Schemas['StopRequest'];
  finish: object;
  rescue: Schemas['RescueRequest'];
  'adverse-event': Schemas['AdverseEventRequest'];
  'end-effect': Schemas['EndEffectRequest'];
  'review-adverse-event': Schemas['ReviewRequest'];
  discharge: Schemas['DischargeRequest'];
  'leave-against-advice': object;
  transfer: object;
  'call-for-help': object;
  note: Schemas['NoteRequest'];
  'sign-note': object;
  addendum: Schemas['AddendumRequest'];
}
export type Action = keyof Bodies;
/** An action, or a reading of vital signs. */
export type Act = Action | 'vitals';

/** Never refused because somebody else wrote something down meanwhile: they go with an id of their own, without a version. */
export const AT_ONCE: ReadonlySet<Action> = new Set<Action>(['stop', 'rescue', 'call-for-help', 'adverse-event', 'leave-against-advice', 'transfer']);

const MINUTE = 60_000;
/** How often a patient is watched, by route, and when a reading counts as overdue. */
const watching = (route: string) => (PROTOCOL['vitals-limits'].monitoring as Record<string, { firstAfterMinutes: number; everyMinutes: number; untilMinutesAfterDose: number; untilThePatientLeaves: boolean }>)[route];
export const READING_OVERDUE_MIN = PROTOCOL['vitals-limits'].overdueByMinutes;

export const STATES: Record<string, { word: string; tone: Tone }> = {
  booked: { word: 'Booked', tone: 'waiting' },
  'checked-in': { word: 'Checked in', tone: 'info' },
  held: { word: 'Held', tone: 'hold' },
  'ready-to-dose': { word: 'Ready to dose', tone: 'ready' },
  dosing: { word: 'Dosing', tone: 'ready' },
  stopped: { word: 'Dose stopped', tone: 'hold' },
  recovering: { word: 'Recovering', tone: 'info' },
  discharged: { word: 'Discharged', tone: 'done' },
  cancelled: { word: 'Cancelled', tone: 'waiting' },
  'no-show': { word: 'Did not come', tone: 'waiting' },
  'left-against-advice': { word: 'Left against advice', tone: 'hold' },
  transferred: { word: 'Transferred', tone: 'danger' },
};
export const stateOf = (session: Session) => STATES[session.state] ?? { word: humanized(session.state), tone: 'waiting' as Tone };

const OVER = new Set(['discharged', 'cancelled', 'no-show', 'left-against-advice', 'transferred']);
export const isOver = (session: Session) => OVER.has(session.state);
export const isHere = (session: Session) => !isOver(session) && session.state !== 'booked';
export const afterDose = (session: Session) => session.state === 'recovering' || session.state === 'stopped';

/** The verbs on the buttons. */
export const VERBS: Record<Act, string> = {
  'check-in': 'Check in',
  escort: 'Name escort',
  move: 'Move session',
  cancel: 'Cancel session',
  miss: 'Mark as missed',
  gate: 'Pre-dose gate',
  order: 'Order dose',
  draw: 'Draw drug',
  titrate: 'Titrate',
  pump: 'Set pump',
  'second-check': 'Second check',
  'iv-access': 'IV line',
  setting: 'Set and setting',
  weigh: 'Weigh soft hold',
  'review-drugs': 'Review drugs',
  'escort-code': 'New escort code',
  start: 'Start dose',
  device: 'Device used',
  stop: 'Stop',
  finish: 'End dose',
  rescue: 'Rescue drug',
  'adverse-event': 'Effect',
  'end-effect': 'Effect is over',
  'review-adverse-event': 'Review adverse event',
  discharge: 'Discharge',
  'leave-against-advice': 'Leaves against advice',
  transfer: 'Transfer to hospital',
  'call-for-help': 'Call for help',
  note: 'Write assessment',
  'sign-note': 'Sign note',
  addendum: 'Add to the note',
  vitals: 'Record vitals',
};

const RULES: Record<string, string> = {
  'not-today': 'the session is on another day',
  'not-yet-due': 'the session has not begun yet',
  'escort-missing': 'no escort named',
  'vitals-missing': 'no vitals since check-in',
  'vitals-too-old': 'vitals too old',
  'vitals-hard-hold': 'vitals beyond the limits for a dose',
  'vitals-soft-hold': 'vitals above the soft limit: weigh it',
  'order-missing': 'no dose ordered',
  'order-outdated': 'plan revised since the order',
  'draw-missing': 'drug not drawn',
  'second-check-missing': 'second check missing',
  'pump-setting-missing': 'pump not set',
  'soft-hold-not-weighed': 'soft hold not weighed',
  'effect-unresolved': 'an effect has not ended',
  'nothing-to-check': 'all is checked',
  aldrete: 'Aldrete score too low',
  dissociation: 'dissociation not over',
  gait: 'does not walk steadily',
  'iv-out': 'IV line not out',
  instructions: 'instructions not given',
  'suicide-risk-high': 'suicide risk high',
  'escort-not-present': 'escort not here',
  'escort-id-not-seen': 'escort neither by code nor by ID',
  'vitals-near-baseline': 'vitals far from baseline',
  'observation-time': 'observation time not over',
  'adverse-event-unreviewed': 'serious adverse event not reviewed',
  'gate-not-asked': 'pre-dose questions not asked',
  'fasting-solids': 'solid food too recent',
  'fasting-liquids': 'clear liquids too recent',
  'pregnancy-test': 'pregnancy test positive',
  'drugs-changed': 'drugs changed since last time',
  'consent-missing': 'no consent for this drug and route',
  'plan-missing': 'no treatment plan in force',
  'plan-changed': 'plan asks for another drug or route',
  'payment-open': 'nobody pays yet',
  'drug-not-on-site': 'no drug for this patient in stock',
  'house-check-missing': 'crash cart, oxygen or AED not checked today',
  'rems-not-certified': 'clinic not certified for the REMS',
  'rems-not-enrolled': 'patient not enrolled in the REMS',
  'not-in-stock': 'not in stock by the drug log',
  'lot-expired': 'the lot has expired',
  'for-another-patient': 'this shipment is for another patient',
  'clearance-missing': 'clearance missing',
  'clearance-lapsed': 'clearance lapsed',
  'clearance-expired': 'clearance expired',
  'patient-declined': 'treatment was declined',
  'gap-since-last-dose': 'too soon after the last dose',
  'no-session-today': 'no session booked today',
  'safety-alert-open': 'safety alert not resolved',
  'patient-merged': 'record merged into another',
  'pregnancy-test-due': 'pregnancy test due',
  'decongestant-too-recent': 'nasal steroid or decongestant too recent',
  'escort-unreachable': 'escort has no number to call',
  'course-still-open': 'sessions of a course still to come',
  'reading-overdue': 'reading overdue',
  help: 'called for help',
  'left-against-advice': 'left against advice',
  transferred: 'transferred to hospital',
  'note-overdue': 'note not signed in time',
  'systolic-high': 'systolic high',
  'systolic-low': 'systolic low',
  'diastolic-high': 'diastolic high',
  'spo2-low': 'SpO2 low',
  'heart-rate-high': 'heart rate high',
  'heart-rate-low': 'heart rate low',
  'respiratory-rate-low': 'breathing slow',
  sedation: 'deeply sedated (MOAA/S)',
  'systolic-rise': 'systolic far above the own baseline',
  'diastolic-rise': 'diastolic far above the own baseline',
  'heart-rate-rise': 'heart rate far above the own baseline',
  'spo2-drop': 'SpO2 far below the own baseline',
  'in-the-future': 'taken in the future',
  'before-check-in': 'taken before check-in',
  'after-the-end': 'taken after the session',
  implausible: 'a value that can’t be',
  'blood-pressure': 'blood pressure upside down or half',
};
/** A rule's name in words. */
export const ruleWords = (rule: string) => RULES[rule] ?? humanized(rule);
export const humanized = (code: string) => code.replaceAll('-', ' ').replaceAll(' > ', ' above ').replaceAll(' < ', ' below ');
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export const ROUTES: Record<string, string> = { iv: 'IV', im: 'IM', nasal: 'nasal' };
export const treatment = (session: Pick<Session, 'drug' | 'route'>) => `${capital(session.drug)} ${ROUTES[session.route] ?? session.route}`;

type Routes = (typeof PROTOCOL)['session-times']['routes'];
const timesOf = (route: string) => (PROTOCOL['session-times'].routes as Record<string, Routes[keyof Routes]>)[route];
export const fastingOf = (route: string) => (PROTOCOL.fasting.routes as Record<string, { solidsHours: number; liquidsHours: number }>)[route];
/** Least hours since a nasal steroid or decongestant; undefined for routes without that rule. */
export const sprayGapOf = (route: string) => (PROTOCOL['readiness-terms'].decongestantHours as Record<string, number>)[route];
export const doseMinutes = (route: string) => timesOf(route)?.doseMinutes;

/** Whether the dose runs through a pump. */
export const byPump = (route: string) => !!timesOf(route)?.needsPump;
/** What one device of a route has, where the dose comes in devices. */
export const deviceOf = (route: string) => (PROTOCOL.vials.devices as Record<string, { mg: number; gapMinutes: number }>)[route];
export const hasLine = (route: string) => (PROTOCOL['discharge-gate'].withIvLine as readonly string[]).includes(route);

/** The pump's newest setting. */
export const pumpNow = (session: Session) => session.pumpSettings.at(-1);
/** Draw or pump waits for a second person. */
export function unchecked(session: Session): 'draw' | 'pump' | undefined {
  if (session.draw && !session.secondCheck) return 'draw';
  const pump = pumpNow(session);
  return pump && !pump.check ? 'pump' : undefined;
}

/** A pressure above the soft limit that nobody has weighed since it was measured. */
export function toWeigh(session: Session, readings: readonly Reading[]): boolean {
  if (session.state !== 'ready-to-dose') return false;
  const soft = PROTOCOL['vitals-limits'].preDoseSoftHold;
  const last = lastReading(readings);
  const high = last && (last.systolic > soft.systolicAbove || last.diastolic > soft.diastolicAbove);
  return !!high && (!session.weighed || Date.parse(session.weighed.at) < Date.parse(last.takenAt));
}

/** Effects that have not ended. */
export const goingOn = (session: Session) => session.adverseEvents.filter((e) => !e.endedAt);
/** Effects that keep the patient: more than mild, neither ended nor reviewed. */
export const unresolved = (session: Session) => goingOn(session).filter((e) => e.severity !== 'mild' && !e.reviewedAt);

/** When the running dose should end; undefined before it began. */
export function plannedEnd(session: Session): number | undefined {
  const minutes = doseMinutes(session.route);
  return session.doseStartedAt && minutes ? Date.parse(session.doseStartedAt) + minutes * MINUTE : undefined;
}

/** What stands on record without doubt: the only readings that anything goes by. */
export const counted = (readings: readonly Reading[]) => readings.filter((r) => r.doubts.length === 0);

/** Which sign an alarm of a reading is about. */
export const signOfAlarm = (kind: string): Sign =>
  kind.startsWith('systolic') ? 'systolic' : kind.startsWith('diastolic') ? 'diastolic' : kind.startsWith('spo2') ? 'spo2' : kind.startsWith('heart') ? 'heartRate' : kind.startsWith('respiratory') ? 'respiratoryRate' : 'moaas';

/** The newest value of each sign, as old as the oldest of those that a gate asks for. */
export interface Newest {
  takenAt: string;
  systolic: number;
  diastolic: number;
  spo2: number;
  heartRate: number;
  respiratoryRate: number | null;
  moaas: number | null;
  cadss6: number | null;
  alarms: string[];
}

/** Undefined before blood pressure, saturation and heart rate were each taken once. */
export function lastReading(readings: readonly Reading[]): Newest | undefined {
  const inOrder = counted(readings);
  const newest = (sign: Sign) => inOrder.findLast((r) => (r[sign] ?? null) !== null);
  const parts = [newest('systolic'), newest('spo2'), newest('heartRate')];
  const [pressure, oxygen, heart] = parts;
  if (!pressure || !oxygen || !heart) return undefined;
  const alarms = [...new Set((['systolic', 'diastolic', 'spo2', 'heartRate', 'respiratoryRate', 'moaas'] as const).flatMap((sign) => newest(sign)?.alarms.filter((kind) => signOfAlarm(kind) === sign) ?? []))];
  return {
    takenAt: [pressure, oxygen, heart].map((r) => r.takenAt).sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? pressure.takenAt,
    systolic: pressure.systolic ?? 0,
    diastolic: pressure.diastolic ?? 0,
    spo2: oxygen.spo2 ?? 0,
    heartRate: heart.heartRate ?? 0,
    respiratoryRate: newest('respiratoryRate')?.respiratoryRate ?? null,
    moaas: newest('moaas')?.moaas ?? null,
    cadss6: newest('cadss6')?.cadss6 ?? null,
    alarms,
  };
}

/** Moment at which the next reading is due, while somebody watches the patient; undefined otherwise. */
export function readingDueAt(session: Session, readings: readonly Reading[]): number | undefined {
  if (!session.doseStartedAt || !(session.state === 'dosing' || afterDose(session))) return undefined;
  const rule = watching(session.route);
  if (!rule) return undefined;
  const started = Date.parse(session.doseStartedAt);
  const last = lastReading(readings);
  const taken = last ? Date.parse(last.takenAt) : 0;
  const due = taken < started ? started + rule.firstAfterMinutes * MINUTE : taken + rule.everyMinutes * MINUTE;
  return session.doseEndedAt && !rule.untilThePatientLeaves && due > Date.parse(session.doseEndedAt) + rule.untilMinutesAfterDose * MINUTE ? undefined : due;
}

/** Vitals that the gate would take: after check-in and not too old; in a hold newer than the gate that held. */
export function vitalsForGate(session: Session, readings: readonly Reading[], now: number): boolean {
  const last = lastReading(readings);
  if (!last || !session.checkedInAt) return false;
  const taken = Date.parse(last.takenAt);
  if (now - taken > PROTOCOL['vitals-limits'].preDoseReadingMaxAgeMinutes * MINUTE) return false;
  return session.state !== 'held' || !session.gate || taken > Date.parse(session.gate.at);
}

/** Vitals that the discharge gate takes: after the dose and fresh. */
export function vitalsForDischarge(session: Session, readings: readonly Reading[], now: number): boolean {
  const last = lastReading(readings);
  if (!last || !session.doseEndedAt) return false;
  const taken = Date.parse(last.takenAt);
  return taken >= Date.parse(session.doseEndedAt) && now - taken <= PROTOCOL['discharge-gate'].readingMaxAgeMinutes * MINUTE;
}

export const openReviews = (session: Session) => session.adverseEvents.filter((e) => e.severity === 'serious' && !e.reviewedAt);

export interface Alarm {
  tone: 'danger' | 'hold';
  text: string;
}

function overdue(ms: number): string {
  const minutes = Math.floor(ms / MINUTE);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** What somebody has to look at now, worst first. */
export function alarmsOf(session: Session, readings: readonly Reading[], now: number): Alarm[] {
  const found: Alarm[] = [];
  if (!isOver(session)) {
    const last = lastReading(readings);
    last?.alarms.forEach((alarm) => found.push({ tone: 'danger', text: capital(ruleWords(alarm)) }));
    const due = readingDueAt(session, readings);
    // after the observation time the discharge gate asks for a reading of its own
    const watched = !session.dischargeNotBefore || now < Date.parse(session.dischargeNotBefore);
    if (due !== undefined && watched && now > due + READING_OVERDUE_MIN * MINUTE) {
      found.push({ tone: 'danger', text: `Vitals overdue by ${overdue(now - due)}` });
    }
    const end = session.state === 'dosing' ? plannedEnd(session) : undefined;
    if (end !== undefined && now > end) found.push({ tone: 'hold', text: 'Infusion time over' });
    if (session.hold && now > Date.parse(session.hold.recheckUntil)) found.push({ tone: 'hold', text: 'Time for rechecks is over' });
  }
  if (openReviews(session).length > 0) found.push({ tone: 'danger', text: 'Adverse event to review' });
  return found;
}

const offered = (session: Session, action: Action) => session.nextActions.find((n) => n.action === action);

/** Whether one of these roles may do it, whatever it still waits for. */
export function may(session: Session, act: Act, roles: readonly string[]): boolean {
  if (act === 'vitals') return isHere(session) && roles.includes('nurse');
  return offered(session, act)?.roles.some((role) => roles.includes(role)) ?? false;
}

export interface Requirement {
  label: string;
  met: boolean;
  /** What would meet it. */
  act?: Act;
}

/** The step that comes next, what it needs, and what is there already. */
export function comingStep(session: Session, readings: readonly Reading[], now: number): { act: Action; title: string; requirements: Requirement[] } | undefined {
  switch (session.state) {
    case 'booked':
      return {
        act: 'check-in',
        title: 'Check in',
        requirements: [
          { label: 'Today is the day', met: !offered(session, 'check-in')?.waitsFor.includes('not-today') },
          { label: 'Escort named', met: session.escortNamed, act: 'escort' },
        ],
      };
    case 'checked-in':
    case 'held':
      return {
        act: 'gate',
        title: session.state === 'held' ? 'Recheck' : 'Pass the pre-dose gate',
        requirements: [
          { label: 'Escort named', met: session.escortNamed, act: 'escort' },
          { label: session.state === 'held' ? 'New vitals' : 'Vitals before the dose', met: vitalsForGate(session, readings, now), act: 'vitals' },
          { label: 'Pre-dose questions', met: false, act: 'gate' },
        ],
      };
    case 'ready-to-dose': {
      const device = deviceOf(session.route);
      const pump = byPump(session.route);
      return {
        act: 'start',
        title: 'Start the dose',
        requirements: [
          { label: 'Dose ordered', met: !!session.order, act: 'order' },
          ...(device ? [] : [{ label: 'Drug drawn', met: !!session.draw, act: 'draw' as const }]),
          ...(pump ? [{ label: 'Pump set', met: !!pumpNow(session), act: 'pump' as const }] : []),
          ...(device ? [] : [{ label: 'Checked by a second person', met: !!session.secondCheck && (!pump || !!pumpNow(session)?.check), act: 'second-check' as const }]),
          ...(toWeigh(session, readings) ? [{ label: 'Soft hold weighed', met: false, act: 'weigh' as const }] : []),
          { label: 'Escort named', met: session.escortNamed, act: 'escort' },
        ],
      };
    }
    case 'dosing': {
      const end = plannedEnd(session);
      if (session.devicesWanted > 0) {
        return { act: 'finish', title: 'End the dose', requirements: [{ label: `${session.devices.length} of ${session.devicesWanted} devices used`, met: session.devices.length >= session.devicesWanted, act: 'device' }] };
      }
      return {
        act: 'finish',
        title: 'End the dose',
        requirements: [
          { label: 'Infusion time over', met: end !== undefined && now >= end },
          ...(unchecked(session) ? [{ label: 'Pump checked by a second person', met: false, act: 'second-check' as const }] : []),
        ],
      };
    }
    case 'stopped':
    case 'recovering':
      return {
        act: 'discharge',
        title: 'Discharge',
        requirements: [
          { label: 'Observation time over', met: !!session.dischargeNotBefore && now >= Date.parse(session.dischargeNotBefore) },
          { label: `Vitals of the last ${PROTOCOL['discharge-gate'].readingMaxAgeMinutes} min`, met: vitalsForDischarge(session, readings, now), act: 'vitals' },
          { label: 'No adverse event waits for review', met: openReviews(session).length === 0, act: 'review-adverse-event' },
          ...(unresolved(session).length > 0 ? [{ label: 'Effects are over', met: false, act: 'end-effect' as const }] : []),
          { label: 'Escort named', met: session.escortNamed, act: 'escort' },
        ],
      };
    default:
      return session.note
        ? { act: 'sign-note', title: 'Sign the note', requirements: [{ label: 'Note drafted', met: true }, { label: 'Note signed', met: !!session.note.signedAt, act: 'sign-note' }] }
        : undefined;
  }
}

/** The one thing that somebody with these roles does next here; undefined when nothing waits for them. */
export function nextAct(session: Session, readings: readonly Reading[], roles: readonly string[], username: string, now: number): Act | undefined {
  const ok = (act: Act) => may(session, act, roles);
  if (openReviews(session).length > 0 && ok('review-adverse-event')) return 'review-adverse-event';
  const due = readingDueAt(session, readings);
  const vitalsDue = due !== undefined && now >= due;
  const candidates: (Act | false | undefined | null | '')[] = [];
  switch (session.state) {
    case 'booked':
      candidates.push(!session.escortNamed && 'escort', offered(session, 'check-in')?.waitsFor.length === 0 && 'check-in');
      // who is here is let in first; the escort can be named after
      candidates.reverse();
      break;
    case 'checked-in':
    case 'held':
      candidates.push(
        session.gate?.answers.drugsChanged && !session.drugsReview && 'review-drugs',
        !session.escortNamed && 'escort',
        !vitalsForGate(session, readings, now) && 'vitals',
        session.escortNamed && vitalsForGate(session, readings, now) && 'gate',
        !session.order && !roles.includes('nurse') && 'order',
      );
      break;
    case 'ready-to-dose': {
      const device = !!deviceOf(session.route);
      const pump = byPump(session.route);
      const open = unchecked(session);
      const mine = open === 'draw' ? session.draw?.by === username : pumpNow(session)?.by === username;
      const prepared = device ? !!session.order : !!session.secondCheck && !open && (!pump || !!pumpNow(session));
      candidates.push(
        !session.order && 'order',
        !device && session.order && !session.draw && 'draw',
        pump && session.draw && !pumpNow(session) && 'pump',
        open && !mine && 'second-check',
        toWeigh(session, readings) && 'weigh',
        !session.escortNamed && 'escort',
        prepared && session.escortNamed && 'start',
      );
      break;
    }
    case 'dosing': {
      const end = plannedEnd(session);
      const devicesLeft = session.devicesWanted > session.devices.length;
      const waits = session.nextDeviceNotBefore ? now < Date.parse(session.nextDeviceNotBefore) : false;
      const pump = pumpNow(session);
      candidates.push(
        pump && !pump.check && pump.by !== username && 'second-check',
        devicesLeft && !waits && 'device',
        vitalsDue && 'vitals',
        session.devicesWanted > 0 ? !devicesLeft && 'finish' : end !== undefined && now >= end && 'finish',
        'vitals',
      );
      break;
    }
    case 'stopped':
      candidates.push(vitalsDue && 'vitals', 'finish');
      break;
    case 'recovering': {
      const over = session.dischargeNotBefore && now >= Date.parse(session.dischargeNotBefore);
      candidates.push(over && unresolved(session).length > 0 && 'end-effect', over && !vitalsForDischarge(session, readings, now) && 'vitals', over && 'discharge', 'vitals', !session.escortNamed && 'escort');
      break;
    }
    default:
      candidates.push('sign-note');
  }
  return candidates.find((act): act is Act => !!act && ok(act));
}

/** The button's words here and now. */
export function verbOf(session: Session, act: Act): string {
  if (act === 'gate' && session.state === 'held') return 'Recheck';
  if (act === 'finish' && session.state === 'stopped') return 'Go on to recovery';
  if (act === 'discharge') return 'Start discharge';
  if (act === 'escort' && session.escortNamed) return 'Change escort';
  return VERBS[act];
}

/** Rules of the readiness verdict that today's own steps answer; they are no obstacles as long as the steps are still to come. */
const STEPS_OF_TODAY = new Set(['gate-not-asked', 'vitals-missing', 'vitals-too-old', 'no-session-today']);
export const isStepOfToday = (rule: string) => STEPS_OF_TODAY.has(rule);

/** mg/kg times kg, rounded down to the protocol's step, as the server computes it. */
export function doseMg(mgPerKg: number, kg: number): number {
  const step = PROTOCOL['dose-rule'].roundDownToMg;
  // whole micrograms first: 0.7 * 90 must not become 62.9
  return Math.floor(Math.round(mgPerKg * kg * 1e6) / 1e6 / step + 1e-9) * step;
}

/** Ordered dose over the infusion time, in mg per hour. */
export const pumpRate = (mg: number, route: string) => Math.floor(((mg * 60) / (doseMinutes(route) ?? 60)) * 10 + 1e-9) / 10;

export type Sign = 'systolic' | 'diastolic' | 'spo2' | 'heartRate' | 'respiratoryRate' | 'moaas' | 'cadss6';

/** The in-session alarm that a value would raise; undefined when none. */
export function breaks(sign: Sign, value: number): string | undefined {
  const a = PROTOCOL['vitals-limits'].alarm;
  switch (sign) {
    case 'systolic':
      return value > a.systolicAbove ? 'systolic-high' : value < a.systolicBelow ? 'systolic-low' : undefined;
    case 'diastolic':
      return value > a.diastolicAbove ? 'diastolic-high' : undefined;
    case 'spo2':
      return value < a.spo2Below ? 'spo2-low' : undefined;
    case 'heartRate':
      return value > a.heartRateAbove ? 'heart-rate-high' : value < a.heartRateBelow ? 'heart-rate-low' : undefined;
    case 'respiratoryRate':
      return value < a.respiratoryRateBelow ? 'respiratory-rate-low' : undefined;
    case 'moaas':
      return value <= a.moaasAtMost ? 'sedation' : undefined;
    case 'cadss6':
      return undefined;
  }
}
