import { Button, Skeleton, VisuallyHidden } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconLock, IconMoon, IconSun, IconUrgent, IconX } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { Activity, type ReactNode, useEffect, useRef, useState } from 'react';
import { useMe, useHas } from '../api/me';
import { useNow } from '../live/clock';
import { SafetyFlag } from '../safety/SafetyFlag';
import { shortTitle } from '../instruments/model';
import { Loaded } from '../parts/Loaded';
import { Page, Panel } from '../parts/Page';
import { ageOn, shortName, usePatients } from '../parts/patients';
import { duration } from '../parts/time';
import { Badge, Banner } from '../parts/Tone';
import { When } from '../parts/When';
import { ActionForm } from './ActionForm';
import { useStaffName } from './dose';
import { DoseLog } from './DoseLog';
import { NoteLines } from './ending';
import { FeeBox } from './fees';
import { type Act, type Action, afterDose, capital, comingStep, humanized, isHere, may, nextAct, plannedEnd, pumpNow, ruleWords, type Session, type Sign, signOfAlarm, stateOf, treatment, VERBS, verbOf } from './model';
import { ReadinessLine } from './Verdict';
import { useDim } from './lock/dim';
import { SessionAlarms } from './SessionAlarms';
import { useIdleLock } from './lock/lock';
import { OfflineBand, WaitingList } from './offline/OfflineBand';
import { lockedBy, useLink, useSilentSince } from './offline/link';
import { isHeld } from './offline/outbox';
import { useMeans } from '../admin/resources/means';
import { type Done, useChairs, useNurses, useReadiness, useSession, WAITING } from './useSession';
import { Overrides } from './Overrides';
import { isLate, VitalsChart } from './VitalsChart';
import { VitalsForm } from './VitalsForm';
import classes from './SessionPage.module.css';

export default function SessionPage() {
  const { sessionId } = useParams({ from: '/sessions/$sessionId' });
  const query = useSession(sessionId);
  const session = query.data;
  // its own band says that nothing answers, and what can be done all the same
  const silent = useSilentSince() !== undefined;
  const { dim, toggle } = useDim();
  const patient = usePatients(session ? [session.patientId] : []).data?.get(session?.patientId ?? '');
  return (
    <Page title={session ? shortName(patient) : 'Session'} tab="Session" aside={
        <>
          {session ? <Badge tone={stateOf(session).tone}>{stateOf(session).word}</Badge> : null}
          {session ? (
            <Link className={classes.link} to="/patients/$patientId" params={{ patientId: session.patientId }}>
              Patient’s page
            </Link>
          ) : null}
          <Button size="compact-md" variant="default" leftSection={dim ? <IconSun size={16} aria-hidden /> : <IconMoon size={16} aria-hidden />} onClick={toggle} aria-pressed={dim}>
            Dim
          </Button>
        </>
      }
    >
      <Loaded query={silent && query.data ? { ...query, error: null } : query} skeleton={<PageSkeleton />}>
        {(found) => <Running key={found.id} session={found} {...(patient ? { age: ageOn(patient.birthDate, Date.parse(found.startsAt)) } : {})} />}
      </Loaded>
    </Page>
  );
}

function PageSkeleton() {
  return (
    <div className={classes.left} role="status" aria-label="Loading">
      <Skeleton height={24} width="60%" />
      <Skeleton height={56} />
      <div className={classes.work}>
        <Skeleton height={420} radius="lg" />
        <Skeleton height={420} radius="lg" />
      </div>
    </div>
  );
}

const OTHERS = ['check-in', 'gate', 'review-drugs', 'order', 'draw', 'titrate', 'pump', 'start', 'device', 'finish', 'end-effect', 'discharge', 'review-adverse-event', 'note', 'sign-note', 'addendum', 'iv-access', 'setting', 'escort', 'escort-code', 'move', 'cancel', 'miss'] as const;

function Running({ session, age }: { session: Session; age?: number }) {
  const me = useMe();
  const now = useNow();
  const next = nextAct(session, session.vitals, me.roles, me.username, now);
  const canRecord = may(session, 'vitals', me.roles);
  const link = useLink(session.id);
  useIdleLock(me.username);
  // forms that were opened stay mounted: nothing typed is lost by looking at another one
  const [opened, setOpened] = useState<Action[]>([]);
  const [shown, setShown] = useState<Act | undefined>(canRecord ? 'vitals' : undefined);
  const [told, setSaid] = useState<{ tone: 'done' | 'hold' | 'waiting'; text: string; done?: string }>();
  // what waited is on record when nothing waits any more; what was refused, the band above tells
  const said = told?.tone !== 'waiting' || link.waiting.some((e) => !e.refused) ? told : link.waiting.length > 0 ? undefined : { tone: 'done' as const, text: told.done ?? '' };
  const panel = useRef<HTMLDivElement>(null);

  const open = (act: Act) => {
    if (act !== 'vitals') setOpened((before) => (before.includes(act) ? before : [...before, act]));
    asked.current = true;
    setShown(act);
    setSaid(undefined);
  };
  const done = (act: Action) => (answer: Done) => {
    setOpened((before) => before.filter((one) => one !== act));
    setShown(undefined);
    // whose session it is, its alarms and the next entry are at the top
    window.scrollTo({ top: 0 });
    if (answer === WAITING) setSaid({ tone: 'waiting', text: `Waits to be sent: ${VERBS[act].toLowerCase()}`, done: `Done: ${VERBS[act].toLowerCase()}` });
    else setSaid(act === 'gate' && answer.state !== 'ready-to-dose' ? { tone: 'hold', text: `The gate did not let the patient pass: ${stateOf(answer).word.toLowerCase()}` } : { tone: 'done', text: `Done: ${VERBS[act].toLowerCase()}` });
  };
  const asked = useRef(false);
  useEffect(() => {
    // on a narrow screen the form may be out of sight; only what somebody asked for moves the page
    // and a form begins at its first field: the longest is taller than a tablet
    const top = panel.current?.getBoundingClientRect().top ?? 0;
    if (asked.current && shown && (top < 72 || top > window.innerHeight / 2)) panel.current?.scrollIntoView({ block: 'start' });
    asked.current = false;
  }, [shown]);

  const work: Act | undefined = shown ?? (canRecord ? 'vitals' : undefined);
  // what is possible now beside the next step; the discharge form may be begun early
  const others = OTHERS.filter((act) => act !== next && may(session, act, me.roles) && (act === 'discharge' || !session.nextActions.find((n) => n.action === act)?.waitsFor.length));
  return (
    <>
      <OfflineBand session={session} />
      <Header session={session} onOpen={open} {...(age !== undefined ? { age } : {})} />
      <div className={classes.alarms}>
        <SessionAlarms session={session} />
        {session.hold ? <HoldBanner session={session} /> : null}
      </div>
      {session.fee ? <FeeBox sessionId={session.id} version={session.version} fee={session.fee} /> : null}
      <div className={classes.work} data-single={(!work && others.length === 0) || undefined}>
        <div className={classes.left}>
          <Panel title="Vitals">
            <VitalsChart session={session} waiting={link.waiting.filter((e) => e.kind === 'vitals' && !e.refused && !isHeld(e))} />
          </Panel>
          {link.waiting.some((e) => !e.refused && !isHeld(e)) ? (
            <Panel title="Waits to be sent">
              <WaitingList session={session} />
            </Panel>
          ) : null}
          {session.vitals.length > 0 ? <Readings session={session} /> : null}
          <DoseLog session={session} />
          <WhatHappened session={session} />
        </div>
        <div className={classes.right} ref={panel}>
          {work ? (
            <Panel
              title={work === 'vitals' ? 'Record vitals' : verbOf(session, work)}
              aside={
                shown && shown !== 'vitals' ? (
                  <Button size="compact-md" variant="subtle" color="gray" leftSection={<IconX size={16} aria-hidden />} onClick={() => setShown(canRecord ? 'vitals' : undefined)}>
                    Put aside
                  </Button>
                ) : null
              }
            >
              {canRecord ? (
                <Activity mode={work === 'vitals' ? 'visible' : 'hidden'}>
                  <VitalsForm session={session} />
                </Activity>
              ) : null}
              {opened.map((action) => (
                <Activity key={action} mode={work === action ? 'visible' : 'hidden'}>
                  <ActionForm action={action} session={session} onDone={done(action)} />
                </Activity>
              ))}
            </Panel>
          ) : null}
          <div role="status" className={classes.tabs}>
            {said ? <Badge tone={said.tone}>{said.text}</Badge> : null}
          </div>
          {others.length > 0 ? (
            <div className={classes.more} role="group" aria-label="Other actions">
              {others.map((act) => (
                <Button key={act} size="md" variant="default" onClick={() => open(act)}>
                  {verbOf(session, act)}
                </Button>
              ))}
            </div>
          ) : null}
          <Overrides session={session} />
          <InSession session={session} />
        </div>
      </div>
      <div className={classes.foot}>
        <Steps session={session} />
        <Coming session={session} next={next} onOpen={open} />
        <Emergency session={session} onOpen={open} />
      </div>
    </>
  );
}

/** Questions that belong to a session: how far away the patient is, and whether they are safe. */
function InSession({ session }: { session: Session }) {
  const has = useHas();
  if (session.state === 'booked' || !has('nurse', 'prescriber', 'therapist')) return null;
  return (
    <div className={classes.more} role="group" aria-label="Ask in this session">
      {(['cadss-6', 'c-ssrs-since-last-contact'] as const).map((instrumentId) => (
        <Button
          key={instrumentId}
          size="md"
          variant="default"
          renderRoot={(props) => <Link to="/patients/$patientId/instruments/ask/$instrumentId" params={{ patientId: session.patientId, instrumentId }} search={{ session: session.id }} {...props} />}
        >
          Ask {shortTitle(instrumentId)}
        </Button>
      ))}
    </div>
  );
}

function Header({ session, age, onOpen }: { session: Session; age?: number; onOpen: (act: Act) => void }) {
  const me = useMe();
  const chairs = useChairs().data;
  const nurses = useNurses().data;
  const pump = useMeans('pump').data?.find((p) => p.id === session.pumpId);
  const readiness = useReadiness([session.patientId]).data?.get(session.patientId);
  const early = ['booked', 'checked-in', 'held', 'ready-to-dose'].includes(session.state);
  return (
    <>
      <div className={classes.head}>
        {age !== undefined ? <span>{age} years</span> : null}
        <span>
          {treatment(session)}, session {session.number}
        </span>
        <span>
          <When at={session.startsAt} {...(isHere(session) ? { show: 'time' as const } : {})} />
        </span>
        <span>{chairs?.find((c) => c.id === session.chairId)?.name ?? 'No chair'}</span>
        <span>{nurses?.find((n) => n.id === session.nurseId)?.name ?? ''}</span>
        {pump ? <span>{pump.name}</span> : null}
        <span>{session.escort ? `Escort: ${session.escort.name} (${session.escort.relation}), ${session.escort.phone}` : session.escortNamed ? 'Escort named' : 'No escort named'}</span>
      </div>
      <SafetyFlag patientId={session.patientId} />
      {early && readiness ? <ReadinessLine readiness={readiness} onAct={(act) => (may(session, act, me.roles) ? onOpen(act) : undefined)} /> : null}
    </>
  );
}

function HoldBanner({ session }: { session: Session }) {
  const now = useNow();
  const hold = session.hold;
  if (!hold) return null;
  const left = Date.parse(hold.recheckUntil) - now;
  return (
    <Banner tone="hold" title={left > 0 ? `Held: ${hold.rechecksLeft} recheck${hold.rechecksLeft === 1 ? '' : 's'} in the next ${duration(left)}` : 'Held: the time for rechecks is over'}>
      Recheck with new vitals until <When at={hold.recheckUntil} show="time" />; after that the session is cancelled without fee.
    </Banner>
  );
}

/** The state machine in the order in which a session usually runs; what a session ended with stands in its place. */
function Steps({ session }: { session: Session }) {
  const order = ['booked', 'checked-in', 'ready-to-dose', 'dosing', 'recovering', 'discharged'];
  const place: Record<string, number> = { held: 1, stopped: 4 };
  const { state } = session;
  const reached = session.doseEndedAt ? 4 : session.doseStartedAt ? 3 : session.gate && session.gate.blockers.length === 0 && session.order ? 2 : session.checkedInAt ? 1 : 0;
  const cut = ['cancelled', 'no-show', 'left-against-advice', 'transferred'].includes(state);
  const at = cut ? 5 : (place[state] ?? order.indexOf(state));
  const times = [session.startsAt, session.checkedInAt, session.gate?.at, session.doseStartedAt, session.doseEndedAt, session.discharge?.at ?? session.ending?.at];
  return (
    <ol className={classes.steps} aria-label="Steps of the session">
      {order.map((step, i) => {
        const here = i === at;
        const shown = here ? stateOf(session) : stateOf({ ...session, state: step });
        const done = i < at && (!cut || i <= reached);
        return (
          <li key={step} aria-current={here ? 'step' : undefined} data-at={here ? undefined : done ? 'done' : 'ahead'} data-tone={here ? shown.tone : undefined}>
            {shown.word}
            <small>{(done || here) && times[i] && !(state === 'held' && i === 2) ? <When at={times[i]} show="time" /> : '\u00a0'}</small>
          </li>
        );
      })}
    </ol>
  );
}

function Coming({ session, next, onOpen }: { session: Session; next: Act | undefined; onOpen: (act: Act) => void }) {
  const me = useMe();
  const now = useNow();
  const coming = comingStep(session, session.vitals, now);
  const link = useLink(session.id);
  const locked = next && next !== 'vitals' ? lockedBy(next, link) : undefined;
  if (!coming) return null;
  const end = session.state === 'dosing' ? plannedEnd(session) : undefined;
  const leave = afterDose(session) && session.dischargeNotBefore ? Date.parse(session.dischargeNotBefore) : undefined;
  let clock: ReactNode = null;
  if (end !== undefined) clock = end > now ? <>{duration(end - now)} <small>of the dose left</small></> : <>+{duration(now - end)} <small>over the planned time</small></>;
  if (leave !== undefined && leave > now) clock = <>{duration(leave - now)} <small>of observation left</small></>;
  const done = coming.act === 'sign-note' && session.note?.signedAt;
  return (
    <section className={classes.next} aria-label="Next step">
      {clock ? <span className={classes.clock}>{clock}</span> : null}
      <strong>{done ? 'Done' : `Next: ${coming.title.charAt(0).toLowerCase()}${coming.title.slice(1)}`}</strong>
      <ul className={classes.needs}>
        {coming.requirements.map((need) => {
          const inside = (
            <>
              {need.met ? <IconCircleCheck size={18} aria-hidden /> : <IconCircleDashed size={18} aria-hidden />}
              {need.label}
              <VisuallyHidden>{need.met ? ', done' : ', missing'}</VisuallyHidden>
            </>
          );
          const does = need.act;
          return (
            <li key={need.label}>
              {does && !need.met && may(session, does, me.roles) ? (
                <button type="button" className={classes.need} onClick={() => onOpen(does)}>
                  {inside}
                </button>
              ) : (
                <span className={classes.need} data-met={need.met || undefined}>
                  {inside}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {next ? (
        <Button size="md" onClick={() => onOpen(next)} {...(locked ? { variant: 'default', leftSection: <IconLock size={16} aria-hidden />, title: locked } : {})}>
          {verbOf(session, next)}
        </Button>
      ) : null}
      {(session.draw && !session.secondCheck && session.draw.by === me.username) || (pumpNow(session) && !pumpNow(session)?.check && pumpNow(session)?.by === me.username) ? <span>Somebody else checks your draw and pump.</span> : null}
    </section>
  );
}

const COLUMNS: { sign: Sign; label: string }[] = [
  { sign: 'spo2', label: 'SpO2 %' },
  { sign: 'heartRate', label: 'Heart rate' },
  { sign: 'respiratoryRate', label: 'Breathing' },
  { sign: 'moaas', label: 'MOAA/S' },
  { sign: 'cadss6', label: 'CADSS-6' },
];

function Readings({ session }: { session: Session }) {
  const who = useStaffName();
  return (
    <Panel title="Readings" flush>
      <div className={classes.scroll} role="region" aria-label="Readings" tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th>Taken</th>
              <th>Blood pressure</th>
              {COLUMNS.map((c) => (
                <th key={c.sign}>{c.label}</th>
              ))}
              <th>Recorded by</th>
            </tr>
          </thead>
          <tbody>
            {session.vitals.toReversed().map((r) => (
              <tr key={r.readingId} data-doubt={r.doubts.length > 0 || undefined}>
                <td>
                  <When at={r.takenAt} show="time" />
                  {isLate(r) ? <div>Told late, <When at={r.recordedAt} show="time" /></div> : null}
                  {r.toldAt ? <div>Clock corrected, told as <When at={r.toldAt} show="time" /></div> : null}
                  {r.doubts.length > 0 ? <div>Counts for nothing: {r.doubts.map(ruleWords).join(', ')}</div> : null}
                </td>
                <td data-alarm={r.alarms.some((kind) => kind.startsWith('systolic') || kind.startsWith('diastolic')) || undefined}>{typeof r.systolic === 'number' ? `${r.systolic}/${r.diastolic ?? '–'}` : '–'}</td>
                {COLUMNS.map(({ sign }) => {
                  const value = r[sign];
                  return (
                    <td key={sign} data-alarm={r.alarms.some((kind) => signOfAlarm(kind) === sign) || undefined}>
                      {value ?? '–'}
                    </td>
                  );
                })}
                <td>{who(r.recorder)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** An entry that came in so long after it happened was told late. */
const LATE_MS = 60_000;

function WhatHappened({ session }: { session: Session }) {
  const who = useStaffName();
  const entries: { at: string; text: ReactNode; by?: string }[] = [];
  const add = (at: string | null | undefined, text: ReactNode, by?: string | null) => {
    if (at) entries.push({ at, text, ...(by ? { by } : {}) });
  };
  add(session.checkedInAt, 'Checked in');
  if (session.gate) add(session.gate.at, session.gate.blockers.length === 0 ? `Pre-dose gate passed${session.gate.softHolds.length ? `; weighed: ${session.gate.softHolds.map(ruleWords).join(', ')}` : ''}` : `Pre-dose gate held: ${session.gate.blockers.map(ruleWords).join(', ')}`, session.gate.by);
  session.ivAttempts.forEach((a) => add(a.at, `IV line, ${humanized(a.site)}, ${a.gauge} G: ${a.success ? 'lies' : 'failed'}`, a.by));
  if (session.surroundings) add(session.surroundings.at, `Setting: music ${session.surroundings.music}, light ${session.surroundings.light}${session.surroundings.mask ? ', eye mask' : ''}`, session.surroundings.by);
  if (session.drugsReview) add(session.drugsReview.at, `Changed drugs reviewed: ${session.drugsReview.conclusion}`, session.drugsReview.by);
  if (session.weighed) add(session.weighed.at, `Soft hold weighed: ${session.weighed.why}`, session.weighed.by);
  add(session.doseStartedAt, 'Dose started');
  session.stops.forEach((stop) => add(stop.at, `Stop: ${humanized(stop.reason)}, while ${humanized(stop.during)}`, stop.by));
  add(session.doseEndedAt, 'Dose ended');
  session.rescues.forEach((r) => add(r.at, `Rescue drug: ${r.drug} ${r.amountMg} mg`, r.by));
  session.adverseEvents.forEach((e) => {
    add(e.onset ?? e.at, `Effect: ${humanized(e.effect)}, ${e.severity}`, e.by);
    add(e.endedAt, `${capital(humanized(e.effect))} is over${e.done ? `: ${e.done}` : ''}`);
    add(e.reviewedAt, `Review of ${humanized(e.effect)} closed: ${e.conclusion ?? ''}`, e.reviewedBy);
  });
  session.exits.forEach((exit) => {
    const late = Date.parse(exit.recordedAt) - Date.parse(exit.at) > LATE_MS;
    if (exit.action === 'call-for-help') add(exit.at, late ? <>Called for help; told at <When at={exit.recordedAt} show="time" /></> : 'Called for help', exit.by);
    else if (late) add(exit.recordedAt, <>Told late: {VERBS[exit.action as Action]?.toLowerCase() ?? exit.action} at <When at={exit.at} show="time" /></>, exit.by);
  });
  if (session.discharge) add(session.discharge.at, session.discharge.overrideReason ? `Discharged by override (${session.discharge.failed.map(ruleWords).join(', ')}): ${session.discharge.overrideReason}` : `Handed over to ${session.discharge.handover?.to ?? 'the escort'}${session.discharge.handover ? (session.discharge.handover.by === 'code' ? ', by code' : `, ID seen by ${session.discharge.handover.seenBy ?? ''}`) : ''}`, session.discharge.by);
  if (session.ending) add(session.ending.at, `Ended: ${humanized(session.ending.reason)}`);
  if (session.note?.signedAt) add(session.note.signedAt, 'Note signed', session.note.signedBy);
  entries.sort((x, y) => Date.parse(y.at) - Date.parse(x.at));
  if (entries.length === 0) return null;
  return (
    <>
      <Panel title="What happened">
        <ul className={classes.events}>
          {entries.map((entry, i) => (
            <li key={i}>
              <When at={entry.at} show="time" />
              <span>
                {entry.text} {entry.by ? <small>by {who(entry.by)}</small> : null}
              </span>
            </li>
          ))}
        </ul>
      </Panel>
      {session.note ? (
        <Panel title="Session note" aside={<Badge tone={session.note.signedAt ? 'done' : 'waiting'}>{session.note.signedAt ? 'Signed' : 'Not signed yet'}</Badge>}>
          <NoteLines lines={session.note.lines} />
          {session.note.assessment ? (
            <p>
              <strong>Assessment:</strong> {session.note.assessment}
            </p>
          ) : null}
          {(session.note.addenda ?? []).map((addendum) => (
            <p key={addendum.at}>
              <strong>
                Addendum <When at={addendum.at} /> by {who(addendum.by)}:
              </strong>{' '}
              {addendum.text}
            </p>
          ))}
        </Panel>
      ) : null}
    </>
  );
}

/** In every phase while the patient is here, whoever changed the session meanwhile. */
function Emergency({ session, onOpen }: { session: Session; onOpen: (act: Act) => void }) {
  const { roles } = useMe();
  const clinical = roles.includes('nurse') || roles.includes('prescriber');
  const left = session.checkedInAt && clinical && !isHere(session) && session.state !== 'cancelled';
  const help = (
    <Button size="md" color="red.9" leftSection={<IconUrgent size={18} aria-hidden />} onClick={() => onOpen('call-for-help')}>
      {VERBS['call-for-help']}
    </Button>
  );
  if (session.state === 'booked' && may(session, 'call-for-help', roles)) {
    return (
      <div className={classes.emergency} role="group" aria-label="Emergency">
        {help}
      </div>
    );
  }
  if (!isHere(session)) {
    return left ? (
      <div className={classes.emergency} role="group" aria-label="After the session">
        <Button size="md" variant="default" onClick={() => onOpen('adverse-event')}>
          {VERBS['adverse-event']}
        </Button>
      </div>
    ) : null;
  }
  return (
    <div className={classes.emergency} role="group" aria-label="Emergency">
      {may(session, 'call-for-help', roles) ? help : null}
      {clinical ? (
        <>
          <Button size="md" color="red.9" onClick={() => onOpen('stop')}>
            Stop
          </Button>
          <Button size="md" variant="default" onClick={() => onOpen('rescue')}>
            {VERBS.rescue}
          </Button>
          <Button size="md" variant="default" onClick={() => onOpen('adverse-event')}>
            {VERBS['adverse-event']}
          </Button>
          <Button size="md" variant="default" onClick={() => onOpen('transfer')}>
            {VERBS.transfer}
          </Button>
        </>
      ) : null}
      {clinical || roles.includes('front-desk') ? (
        <Button size="md" variant="default" onClick={() => onOpen('leave-against-advice')}>
          {VERBS['leave-against-advice']}
        </Button>
      ) : null}
    </div>
  );
}
