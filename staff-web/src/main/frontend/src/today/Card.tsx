import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconFlag, IconHandStop, IconWalk } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import { measured } from '../alarms/words';
import { useNow, useZone } from '../live/clock';
import { ProblemNotice } from '../parts/ProblemNotice';
import { shortName } from '../parts/patients';
import { duration, timeOf } from '../parts/time';
import { type Act, afterDose, alarmsOf, breaks, capital, isOver, isStepOfToday, lastReading, plannedEnd, ruleWords, type Session, stateOf, VERBS, verbOf } from '../session/model';
import { useAct } from '../session/useSession';
import type { Known } from './TodayPage';
import type { BoardCard, BoardVerdict } from './useBoard';
import classes from './TodayPage.module.css';

const SOON_MS = 2 * 3_600_000;

type Look = (session: Session, act?: Act) => void;

/** One session in its lane: who, what, what is alarming, and the one thing to do. */
export function Card({ session, known, style, onLook }: { session: Session; known: Known; style: CSSProperties; onLook: Look }) {
  const now = useNow();
  const zone = useZone();
  const state = stateOf(session);
  const name = shortName(known.patient);
  const last = lastReading(session.vitals);
  const from = Date.parse(session.startsAt);
  const share = ((now - from) / (Date.parse(session.endsAt) - from)) * 100;
  const passing = share > 0 && share < 100 && !isOver(session);
  // whoever comes hours from now can be checked in from the drawer; the board stays calm
  const act = session.state === 'booked' && from - now > SOON_MS ? undefined : known.next;
  return (
    <article className={classes.card} data-tone={state.tone} data-now={passing || undefined} data-over={isOver(session) || undefined} style={passing ? { ...style, ['--gone' as string]: `${share.toFixed(2)}%` } : style} aria-label={`${name}, ${state.word}`}>
      {soundingAt(known.card, now).map((alarm) => (
        <div key={alarm.text} className={classes.alarm} data-tone={alarm.tone}>
          {alarm.tone === 'danger' ? <IconAlertTriangle size={14} aria-hidden /> : <IconHandStop size={14} aria-hidden />}
          {alarm.text}
        </div>
      ))}
      <div className={classes.row}>
        <button type="button" className={classes.name} onClick={() => onLook(session)} title={name}>
          {name}
        </button>
        {known.flagged ? (
          <span className={classes.fact} data-tone="danger">
            <IconFlag size={14} aria-hidden />
            Safety
          </span>
        ) : null}
      </div>
      <div className={classes.row}>
        <span className={classes.phase}>
          {state.word} <b>{clockOf(session, now)}</b>
        </span>
        <span className={classes.dim}>{session.state === 'booked' ? timeOf(session.startsAt, zone) : `no. ${session.number}`}</span>
      </div>
      {last ? (
        <div className={classes.vitals}>
          <b data-alarm={!!(breaks('systolic', last.systolic) ?? breaks('diastolic', last.diastolic)) || undefined}>
            {last.systolic}/{last.diastolic}
          </b>{' '}
          SpO2 <b data-alarm={!!breaks('spo2', last.spo2) || undefined}>{last.spo2}</b> <span className={classes.dim}>{timeOf(last.takenAt, zone)}</span>
        </div>
      ) : null}
      {session.hold ? (
        <div className={classes.fact} data-tone="hold">
          Recheck by {timeOf(session.hold.recheckUntil, zone)}, {session.hold.rechecksLeft} left
        </div>
      ) : null}
      {isOver(session) ? null : (
        <div className={classes.facts}>
          <span className={classes.fact} data-tone={session.escortNamed ? undefined : 'hold'}>
            <IconWalk size={14} aria-hidden />
            {session.escortNamed ? 'Escort named' : 'No escort'}
          </span>
          {known.card.verdict && (session.state === 'booked' || session.state === 'checked-in') ? <Verdict verdict={known.card.verdict} /> : null}
        </div>
      )}
      {act ? <ActButton session={session} act={act} patient={name} onLook={onLook} /> : null}
    </article>
  );
}

/** What of the session's time is left, by the server's clock. */
function clockOf(session: Session, now: number): string {
  const end = session.state === 'dosing' ? plannedEnd(session) : undefined;
  if (end !== undefined) return end > now ? `${duration(end - now)} left` : `+${duration(now - end)}`;
  if (afterDose(session) && session.dischargeNotBefore) {
    const left = Date.parse(session.dischargeNotBefore) - now;
    return left > 0 ? `${duration(left)} left` : 'time over';
  }
  if (session.state === 'checked-in' && session.checkedInAt) return duration(now - Date.parse(session.checkedInAt));
  return '';
}

/** Alarms that are raised, and what only the clock says: a phase that is over. */
function soundingAt(card: BoardCard, now: number): { tone: 'danger' | 'hold'; text: string }[] {
  const raised = card.alarms.map((alarm) => ({
    tone: alarm.acknowledged ? ('hold' as const) : ('danger' as const),
    text: `${capital(ruleWords(alarm.kind))}${measured(alarm) ? ` ${measured(alarm)}` : ''}${alarm.acknowledged ? ', looked after' : ''}`,
  }));
  const words = new Set(card.alarms.map((alarm) => capital(ruleWords(alarm.kind))));
  const overdue = card.alarms.some((alarm) => alarm.kind === 'reading-overdue');
  return [...raised, ...alarmsOf(card.session, card.session.vitals, now).filter((alarm) => !words.has(alarm.text) && !(overdue && alarm.text.startsWith('Vitals overdue')))];
}

/** What stands against today’s dose besides today’s own steps; the drawer tells who can clear it. */
function Verdict({ verdict }: { verdict: BoardVerdict }) {
  const rules = verdict.rules.filter((rule) => !isStepOfToday(rule) && rule !== 'escort-missing');
  const [first, ...others] = rules;
  if (!first) {
    return (
      <span className={classes.fact}>
        <IconCircleCheck size={14} aria-hidden />
        Clear so far
      </span>
    );
  }
  return (
    <span className={classes.fact} data-tone="hold" title={rules.map((rule) => capital(ruleWords(rule))).join('\n')}>
      <IconHandStop size={14} aria-hidden />
      {capital(ruleWords(first))}
      {others.length > 0 ? ` +${others.length}` : ''}
    </span>
  );
}

/** The next action. What needs no words is done here; everything else opens its form beside the board. */
export function ActButton({ session, act, patient, onLook, small, quiet }: { session: Session; act: Act; patient: string; onLook: Look; small?: boolean; quiet?: boolean }) {
  const checkIn = useAct(session, 'check-in');
  const verb = act === 'miss' ? VERBS.miss : verbOf(session, act);
  const soon = session.state !== 'booked' || Date.parse(session.startsAt) - useNow() < 60 * 60_000;
  const run = () => (act === 'check-in' ? checkIn.run({}) : onLook(session, act));
  return (
    <>
      <ProblemNotice problem={checkIn.problem} onRetry={run} />
      <Button size={small ? 'sm' : 'xs'} className={small ? undefined : classes.do} variant={quiet ? 'default' : soon ? 'filled' : 'default'} loading={checkIn.busy} onClick={run} aria-label={`${verb}: ${patient}`}>
        {verb}
      </Button>
    </>
  );
}
