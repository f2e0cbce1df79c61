import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type CSSProperties, lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { body, scheduling } from '../api/clients';
import type { components } from '../api/generated/scheduling';
import { useHas, useMe } from '../api/me';
import { BrokenNotice } from '../calendar/BrokenNotice';
import { OfferNotice } from '../waitlist/OfferNotice';
import { ReplanNotice } from '../calendar/ReplanNotice';
import { useClinicClock, useNow, useZone } from '../live/clock';
import { Empty, Loaded } from '../parts/Loaded';
import { Page } from '../parts/Page';
import { type PatientLine, shortName, usePatients } from '../parts/patients';
import { dateOf, dayIn, timeOf } from '../parts/time';
import { Badge } from '../parts/Tone';
import { unresolvedQuery } from '../safety/alerts';
import { type Act, isHere, nextAct, type Session } from '../session/model';
import { useChairs, useNurses } from '../session/useSession';
import { addDays, arriving, columnsOf, gone, offBoard, type Span, spanOf } from './board';
import { ActButton, Card } from './Card';
import { type BoardCard, useBoard } from './useBoard';
import classes from './TodayPage.module.css';

const SessionDrawer = lazy(() => import('./SessionDrawer'));
// its menus and popovers are no part of the first screen's script
const HouseBar = lazy(() => import('../house/HouseBar').then(({ HouseBar: bar }) => ({ default: bar })));
const COMING_MS = 60 * 60_000;

// the day that somebody looks at stays while they look into a session and come back; undefined follows the clinic's today
let chosenDay: string | undefined;

const hoursQuery = { queryKey: ['opening-hours'], queryFn: () => body(scheduling.GET('/api/opening-hours')), staleTime: 10 * 60_000 };

/** Which day today is, only the clinic's clock and zone tell; this device's would ask for another day's patients. */
export default function TodayPage() {
  const clock = useClinicClock();
  const hours = useQuery(hoursQuery);
  if (clock.isPending || hours.isPending) {
    return (
      <Page title="Today">
        <BoardSkeleton />
      </Page>
    );
  }
  return <DayPage />;
}

function DayPage() {
  const zone = useZone();
  const now = useNow();
  const today = dayIn(now, zone);
  const [day, setDay] = useState(chosenDay);
  const choose = (next: string | undefined) => {
    chosenDay = next === today ? undefined : next;
    setDay(chosenDay);
  };
  const shown = day ?? today;
  const board = useBoard(shown, shown === today);
  return (
    <Page title={shown === today ? 'Today' : dateOf(`${shown}T12:00:00Z`, 'UTC')} tab="Today" aside={<><Counts counts={board.data?.counts} /><Suspense fallback={null}><HouseBar /></Suspense><Days shown={shown} today={today} onChoose={choose} /></>}>
      <BrokenNotice />
      <OfferNotice />
      <ReplanNotice />
      <Loaded query={board} skeleton={<BoardSkeleton />}>
        {({ cards }) => <Day key={shown} day={shown} today={shown === today} cards={cards} />}
      </Loaded>
    </Page>
  );
}

function Counts({ counts }: { counts: components['schemas']['BoardCounts'] | undefined }) {
  if (!counts || counts.here + counts.toCome + counts.done === 0) return null;
  return (
    <div className={classes.counts}>
      {counts.alarms > 0 ? <Badge tone="danger">{counts.alarms} alarm{counts.alarms === 1 ? '' : 's'}</Badge> : null}
      <Badge tone="info">{counts.here} here</Badge>
      <Badge tone="waiting">{counts.toCome} to come</Badge>
      <Badge tone="done">{counts.done} done</Badge>
    </div>
  );
}

function Days({ shown, today, onChoose }: { shown: string; today: string; onChoose: (day: string | undefined) => void }) {
  return (
    <div className={classes.days} role="group" aria-label="Day">
      <button type="button" aria-label="Day before" onClick={() => onChoose(addDays(shown, -1))}>
        <IconChevronLeft size={18} aria-hidden />
      </button>
      <button type="button" aria-pressed={shown === today} onClick={() => onChoose(undefined)}>
        Today
      </button>
      <button type="button" aria-label="Day after" onClick={() => onChoose(addDays(shown, 1))}>
        <IconChevronRight size={18} aria-hidden />
      </button>
      <input type="date" aria-label="Choose a day" value={shown} onChange={(e) => e.currentTarget.value && onChoose(e.currentTarget.value)} />
    </div>
  );
}

function BoardSkeleton() {
  return (
    <div className={classes.skeleton} role="status" aria-label="Loading">
      {[1, 2, 3, 4].map((lane) => (
        <Skeleton key={lane} height={96} radius="md" />
      ))}
    </div>
  );
}

/** What the board knows of a session beside its line. */
export interface Known {
  patient: PatientLine | undefined;
  card: BoardCard;
  flagged: boolean;
  next: Act | undefined;
}

function Day({ day, today, cards }: { day: string; today: boolean; cards: BoardCard[] }) {
  const zone = useZone();
  const now = useNow();
  const me = useMe();
  const has = useHas();
  const chairs = useChairs();
  const nurses = useNurses().data;
  const hours = useQuery(hoursQuery).data?.hours;
  const patients = usePatients(cards.map((card) => card.session.patientId)).data;
  const alerts = useQuery(unresolvedQuery).data;
  const [open, setOpen] = useState<{ id: string; act: Act | undefined }>();

  const flagged = useMemo(() => new Set(alerts?.items.map((alert) => alert.patientId)), [alerts]);
  const all = cards.map((card) => card.session);
  const ofSession = useMemo(() => new Map(cards.map((card) => [card.session.id, card])), [cards]);
  const known = (session: Session): Known => ({
    patient: patients?.get(session.patientId),
    card: ofSession.get(session.id) as BoardCard,
    flagged: flagged.has(session.patientId),
    next: today ? nextAct(session, session.vitals, me.roles, me.username, now) : undefined,
  });
  const look = (session: Session, act?: Act) => setOpen({ id: session.id, act });

  const lanes = chairs.data ?? [];
  const placed = new Set(lanes.map((c) => c.id));
  const onBoard = all.filter((s) => !offBoard(s));
  const span = spanOf(day, zone, hours ?? [], onBoard);
  const missed = all.filter((s) => s.state === 'booked' && s.probablyMissed);
  const coming = today ? arriving(all, now, COMING_MS).filter((s) => !s.probablyMissed) : [];
  const waiting = all.filter((s) => s.state === 'checked-in' && onBoard.some((other) => other.id !== s.id && other.chairId === s.chairId && isHere(other)));
  const unplaced = onBoard.filter((s) => chairs.data && !placed.has(s.chairId));
  const unsigned = has('prescriber') ? all.filter((s) => s.note && !s.note.signedAt) : [];
  const off = all.filter(offBoard);
  const line = (session: Session, note: string, act?: Act) => <TrayLine key={session.id} session={session} known={known(session)} note={note} act={act} zone={zone} chair={lanes.find((c) => c.id === session.chairId)?.name} onLook={look} />;

  if (all.length === 0) {
    return (
      <Empty title={today ? 'Nobody is booked today' : 'Nobody is booked on this day'}>
        Sessions come from courses: open a patient whose plan is approved and book the course. They show here, chair by chair.
      </Empty>
    );
  }
  return (
    <>
      <div className={classes.tray}>
        <Group title="Perhaps not coming" sessions={missed} render={(s) => line(s, 'overdue', has('front-desk') ? 'miss' : undefined)} />
        {has('front-desk') ? <Group title="Check in next" sessions={coming} render={(s) => line(s, s.escortNamed ? 'escort named' : 'no escort yet', undefined)} /> : null}
        <Group title="Waiting for their chair" sessions={waiting} render={(s) => line(s, `here since ${timeOf(s.checkedInAt ?? s.startsAt, zone)}`)} />
        <Group title="Without a chair" sessions={unplaced} render={(s) => line(s, 'the chair is gone: move the session')} />
        <Group title="Notes to sign" sessions={unsigned} render={(s) => line(s, 'drafted, not signed')} />
        <Group title="Not coming" sessions={off} render={(s) => line(s, s.state === 'no-show' ? 'did not come' : 'cancelled')} />
      </div>
      <Loaded query={chairs} skeleton={<BoardSkeleton />}>
        {(found) =>
          found.length === 0 ? (
            <Empty title="No chairs yet">An administrator adds chairs under Admin.</Empty>
          ) : (
            <Board span={span} now={today ? now : undefined} zone={zone}>
              {found.filter((chair) => !chair.retiredOn || chair.retiredOn > day || onBoard.some((s) => s.chairId === chair.id)).map((chair) => {
                const inLane = onBoard.filter((s) => s.chairId === chair.id);
                const current = inLane.find(isHere) ?? inLane.find((s) => s.state === 'booked');
                return (
                  <Lane key={chair.id} name={chair.name} nurse={nurses?.find((n) => n.id === current?.nurseId)?.name}>
                    {inLane.map((s) => {
                      const { start, end } = columnsOf(span, s);
                      return <Card key={s.id} session={s} known={known(s)} style={{ gridColumn: `${start} / ${end}` }} onLook={look} />;
                    })}
                  </Lane>
                );
              })}
            </Board>
          )
        }
      </Loaded>
      <Suspense>
        {open ? <SessionDrawer key={`${open.id} ${open.act ?? ''}`} id={open.id} act={open.act} onClose={() => setOpen(undefined)} /> : null}
      </Suspense>
    </>
  );
}

function Group({ title, sessions, render }: { title: string; sessions: Session[]; render: (session: Session) => React.ReactNode }) {
  if (sessions.length === 0) return null;
  return (
    <section className={classes.group}>
      <h2>
        {title} ({sessions.length})
      </h2>
      <ul>{sessions.map(render)}</ul>
    </section>
  );
}

function TrayLine({ session, known, note, act, zone, chair, onLook }: { session: Session; known: Known; note: string; act?: Act | undefined; zone: string; chair: string | undefined; onLook: (session: Session, act?: Act) => void }) {
  return (
    <li className={classes.line}>
      <span>
        <button type="button" className={classes.name} onClick={() => onLook(session)}>
          {shortName(known.patient)}
        </button>
        <small>
          {timeOf(session.startsAt, zone)}
          {chair ? `, ${chair}` : ''}, {note}
        </small>
      </span>
      {known.next ? <ActButton session={session} act={known.next} patient={shortName(known.patient)} onLook={onLook} small /> : null}
      {act ? <ActButton session={session} act={act} patient={shortName(known.patient)} onLook={onLook} small quiet /> : null}
    </li>
  );
}

function Board({ span, now, zone, children }: { span: Span; now: number | undefined; zone: string; children: React.ReactNode }) {
  const scroller = useRef<HTMLDivElement>(null);
  const at = now === undefined ? undefined : gone(span, now);
  const hours = Array.from({ length: span.quarters / 4 }, (_, i) => span.from + i * 3_600_000);
  // on a narrow screen the board opens at what happens now
  const first = useRef(true);
  useEffect(() => {
    const box = scroller.current;
    if (!box || at === undefined || !first.current) return;
    first.current = false;
    if (box.scrollWidth > box.clientWidth) box.scrollLeft = Math.max(0, at * (box.scrollWidth - 92) - box.clientWidth * 0.45);
  }, [at]);
  return (
    <div className={classes.board} ref={scroller} role="region" aria-label="Chairs" tabIndex={0} style={{ ['--quarters']: span.quarters } as CSSProperties}>
      <div className={classes.inner}>
        <div className={classes.corner} />
        <div className={classes.hours} aria-hidden>
          {hours.map((hour) => (
            <span key={hour} style={{ gridColumn: 'span 4' }}>
              {timeOf(hour, zone)}
            </span>
          ))}
        </div>
        {children}
        {at !== undefined && now !== undefined ? (
          <div className={classes.now} style={{ left: `calc(92px + (100% - 92px) * ${at.toFixed(4)})` }}>
            <span>{timeOf(now, zone)}</span>
          </div>
        ) : null}
      </div>
    </div>
  );
}

function Lane({ name, nurse, children }: { name: string; nurse: string | undefined; children: React.ReactNode }) {
  return (
    <>
      <div className={classes.chair}>
        {name}
        {nurse ? <small>{nurse}</small> : null}
      </div>
      <div className={classes.lane} role="group" aria-label={name}>
        {children}
      </div>
    </>
  );
}
