import { Skeleton, UnstyledButton } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { roleName, useHas } from '../api/me';
import { useNow, useZone } from '../live/clock';
import { Empty, Loaded } from '../parts/Loaded';
import { Money } from '../parts/Money';
import { Panel } from '../parts/Page';
import { Badge } from '../parts/Tone';
import { calendarDay, dayIn, timeOf } from '../parts/time';
import { When } from '../parts/When';
import { KINDS, type Kind, type Told, tell } from './events';
import { nextOf } from './next';
import { type Entry, type Journey, useClaimSessions, useClinical, useJourney, usePatient, useReadiness } from './queries';
import { countOf, type Node, timeline } from './timeline';
import { verdictOf } from './verdict';
import { ruleWord } from './words';
import { useCourses } from './queries';
import classes from './JourneyTab.module.css';

const SHOWN_CHILDREN = 4;

/** What happened to the patient, from all services, newest first; live. */
export default function JourneyTab() {
  const { patientId } = useParams({ strict: false }) as { patientId: string };
  const journey = useJourney(patientId);
  return (
    <div className={classes.layout}>
      <Loaded query={journey} skeleton={<Waiting />}>
        {(found) => <TimeLine patientId={patientId} entries={found.entries ?? []} events={found.events} />}
      </Loaded>
      <aside className={classes.aside} aria-label="How things stand">
        <NextStep patientId={patientId} journey={journey.data} />
        {journey.data ? <Numbers journey={journey.data} /> : null}
      </aside>
    </div>
  );
}

function TimeLine({ patientId, entries, events }: { patientId: string; entries: Entry[]; events: number }) {
  const has = useHas();
  const clinical = useClinical();
  const zone = useZone();
  const [kind, setKind] = useState<Kind>();
  const claims = useClaimSessions(patientId);
  const fresh = useFresh(entries);
  const top = useRef<HTMLElement>(null);

  const { told, mine } = useMemo(() => {
    const number = new Map(entries.filter((e) => e.type === 'session-booked').map((e) => [e.resource, Number(e.summary)]));
    const inOne = new Map<string, number>();
    for (const e of entries) if (e.type === 'session-booked') inOne.set(e.correlationId, (inOne.get(e.correlationId) ?? 0) + 1);
    const words = new Map(entries.map((e) => [e.id, tell(e.type, e.summary, e.service, { session: number.get(e.resource), sessions: inOne.get(e.correlationId) })]));
    const money = has('front-desk', 'nurse', 'prescriber', 'biller', 'admin');
    return { told: words, mine: entries.filter((e) => (money || e.service !== 'billing') && (clinical || !words.get(e.id)?.clinical)) };
  }, [entries, clinical, has]);
  const counts = useMemo(() => {
    const found = new Map<Kind, number>();
    for (const e of mine) {
      const k = told.get(e.id)?.kind;
      if (k) found.set(k, (found.get(k) ?? 0) + 1);
    }
    return found;
  }, [mine, told]);
  const days = useMemo(() => timeline(kind ? mine.filter((e) => told.get(e.id)?.kind === kind) : mine, zone, claims.data), [mine, told, kind, zone, claims.data]);

  return (
    <section aria-label="Journey" ref={top}>
      <div className={classes.filter} role="group" aria-label="Show">
        <Chip pressed={!kind} onClick={() => setKind(undefined)}>
          Everything <span>{mine.length}</span>
        </Chip>
        {(Object.keys(KINDS) as Kind[])
          .filter((k) => counts.has(k))
          .map((k) => (
            <Chip key={k} pressed={kind === k} onClick={() => setKind(k)}>
              {KINDS[k]} <span>{counts.get(k)}</span>
            </Chip>
          ))}
      </div>
      <Pill fresh={fresh} onUp={() => top.current?.scrollIntoView({ block: 'end' })} />
      {days.length === 0 ? (
        <Empty title="Nothing happened yet">What any part of the clinic does for this patient appears here by itself.</Empty>
      ) : (
        days.map(({ day, nodes }) => (
          <section key={day} aria-label={calendarDay(day)}>
            <DayName day={day} />
            <ol className={classes.list}>
              {nodes.map((node) => (
                <Root key={node.entry.id} node={node} told={told} fresh={fresh} patientId={patientId} />
              ))}
            </ol>
          </section>
        ))
      )}
      {events > entries.length && entries.length >= 500 ? <p className={classes.subTime}>The newest {entries.length} of {events} are shown.</p> : null}
    </section>
  );
}

function DayName({ day }: { day: string }) {
  const zone = useZone();
  const now = useNow();
  const today = dayIn(now, zone);
  const yesterday = dayIn(now - 86_400_000, zone);
  return (
    <h2 className={classes.day}>
      {day === today ? 'Today, ' : day === yesterday ? 'Yesterday, ' : ''}
      {calendarDay(day)}
    </h2>
  );
}

/** What came while this page was open. */
function useFresh(entries: Entry[]): ReadonlySet<string> {
  const known = useRef<Set<string>>(undefined);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (!known.current) {
      known.current = new Set(entries.map((e) => e.id));
      return;
    }
    const seen = known.current;
    const added = entries.filter((e) => !seen.has(e.id)).map((e) => e.id);
    if (added.length === 0) return;
    added.forEach((id) => seen.add(id));
    setFresh((before) => new Set([...before, ...added]));
  }, [entries]);
  return fresh;
}

/** Says that something new is above what is being read, which itself does not move. */
function Pill({ fresh, onUp }: { fresh: ReadonlySet<string>; onUp: () => void }) {
  const [seen, setSeen] = useState(0);
  const [away, setAway] = useState(false);
  useEffect(() => {
    const scrolled = () => setAway(window.scrollY > 160);
    window.addEventListener('scroll', scrolled, { passive: true });
    return () => window.removeEventListener('scroll', scrolled);
  }, []);
  useEffect(() => {
    if (!away) setSeen(fresh.size);
  }, [away, fresh]);
  const count = fresh.size - seen;
  return (
    <div role="status" className={classes.pill}>
      {away && count > 0 ? (
        <UnstyledButton
          onClick={() => {
            window.scrollTo({ top: 0 });
            onUp();
            window.scrollTo({ top: 0 });
          }}
        >
          {count} new {count === 1 ? 'entry' : 'entries'}, show
        </UnstyledButton>
      ) : null}
    </div>
  );
}

interface Shown {
  told: ReadonlyMap<string, Told>;
  fresh: ReadonlySet<string>;
  patientId: string;
}

function Root({ node, ...shown }: { node: Node } & Shown) {
  const [open, setOpen] = useState(false);
  const alike = node.alike.length;
  return (
    <>
      <Act node={node} {...shown}>
        {alike > 0 ? (
          <UnstyledButton className={classes.more} aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Show as one' : `and ${alike} more like this`}
          </UnstyledButton>
        ) : null}
      </Act>
      {open ? node.alike.map((other) => <Act key={other.entry.id} node={other} {...shown} />) : null}
    </>
  );
}

function Act({ node, children, ...shown }: { node: Node; children?: ReactNode } & Shown) {
  const zone = useZone();
  const { entry } = node;
  const told = shown.told.get(entry.id) as Told;
  const isFresh = shown.fresh.has(entry.id);
  return (
    <li className={classes.entry} data-fresh={isFresh || undefined} data-kind={told.kind}>
      <time className={classes.time} dateTime={entry.at}>
        {timeOf(entry.at, zone)}
      </time>
      <span className={classes.mark} data-tone={told.tone}>
        <told.icon size={18} stroke={1.8} aria-hidden />
      </span>
      <div className={classes.what}>
        <div className={classes.line}>
          <Lead told={told} entry={entry} patientId={shown.patientId} />
          {isFresh ? <span className={classes.new}>New</span> : null}
          {children}
        </div>
        <Children node={node} {...shown} />
      </div>
    </li>
  );
}

function Children({ node, ...shown }: { node: Node } & Shown) {
  const many = node.children.length > SHOWN_CHILDREN;
  const [open, setOpen] = useState(false);
  if (node.children.length === 0) return null;
  const list = many && !open ? node.children.slice(0, SHOWN_CHILDREN - 1) : node.children;
  return (
    <>
      <ul className={classes.subs}>
        {list.map((child) => (
          <Sub key={child.entry.id} node={child} under={node.entry} {...shown} />
        ))}
      </ul>
      {many ? (
        <UnstyledButton className={classes.more} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Show fewer' : `Show ${node.children.slice(SHOWN_CHILDREN - 1).reduce((sum, child) => sum + 1 + countOf(child), 0)} more`}
        </UnstyledButton>
      ) : null}
    </>
  );
}

function Sub({ node, under, ...shown }: { node: Node; under: Entry } & Shown) {
  const zone = useZone();
  const { entry } = node;
  const told = shown.told.get(entry.id) as Told;
  const sameDay = dayIn(entry.at, zone) === dayIn(under.at, zone);
  const sameTime = sameDay && timeOf(entry.at, zone) === timeOf(under.at, zone);
  return (
    <li>
      <div className={classes.sub}>
        <span className={classes.small} data-tone={told.tone}>
          <told.icon size={14} stroke={1.8} aria-hidden />
        </span>
        <Lead told={told} entry={entry} patientId={shown.patientId} />
        {sameTime ? null : (
          <span className={classes.subTime}>
            <When at={entry.at} show={sameDay ? 'time' : 'both'} />
          </span>
        )}
        {shown.fresh.has(entry.id) ? <span className={classes.new}>New</span> : null}
      </div>
      <Children node={node} {...shown} />
    </li>
  );
}

/** The sentence; a link where the reader may open the record. */
function Lead({ told, entry, patientId }: { told: Told; entry: Entry; patientId: string }) {
  const has = useHas();
  const clinical = useClinical();
  switch (told.leads) {
    case 'session':
      return clinical ? (
        <Link to="/sessions/$sessionId" params={{ sessionId: entry.resource }}>
          {told.text}
        </Link>
      ) : (
        <span>{told.text}</span>
      );
    case 'money':
      return has('biller', 'front-desk') ? (
        <Link to="/patients/$patientId/money" params={{ patientId }}>
          {told.text}
        </Link>
      ) : (
        <span>{told.text}</span>
      );
    case 'messages':
      return has('front-desk', 'nurse', 'biller', 'admin') ? <Link to="/messages">{told.text}</Link> : <span>{told.text}</span>;
    case 'treatment':
      return clinical ? (
        <Link to="/patients/$patientId/treatment" params={{ patientId }}>
          {told.text}
        </Link>
      ) : (
        <span>{told.text}</span>
      );
    case 'record':
      return (
        <Link to="/patients/$patientId/record" params={{ patientId }}>
          {told.text}
        </Link>
      );
  }
}

function Chip({ pressed, onClick, children }: { pressed: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <UnstyledButton className={classes.chip} aria-pressed={pressed} onClick={onClick}>
      {children}
    </UnstyledButton>
  );
}

/** Can this patient be treated: the verdict, then only what stands in the way, each with who clears it. */
function NextStep({ patientId, journey }: { patientId: string; journey: Journey | undefined }) {
  const patient = usePatient(patientId);
  const readiness = useReadiness(patientId);
  const courses = useCourses(patientId);
  const zone = useZone();
  const now = useNow();
  const status = patient.data?.value.status ?? journey?.intake.status;
  if (!status || !journey) return <Skeleton height={110} radius="md" />;
  const next = nextOf(status, journey, readiness.data);
  const verdict = readiness.data && courses.data ? verdictOf(status, courses.data.items.at(-1), readiness.data, dayIn(now, zone), (at) => dayIn(at, zone)) : undefined;
  return (
    <Panel title="What is next">
      <div className={classes.next}>
        {next ? <Badge tone={next.tone}>{next.step}</Badge> : null}
        {next?.who ? <p>Turn of: {next.who.toLowerCase()}</p> : null}
        {journey.scheduling.nextSessionAt ? (
          <p>
            Next session <When at={journey.scheduling.nextSessionAt} />
          </p>
        ) : null}
        {verdict && verdict.blockers.length > 0 ? (
          <ul className={classes.blockers} aria-label="What stands in the way">
            {verdict.blockers.map((b) => (
              <li key={b.rule}>
                <strong>{ruleWord(b.rule)}</strong>
                <div>{b.detail}</div>
                <small>
                  Clears: {b.whoCanClear.map((r) => roleName(r).toLowerCase()).join(' or ')}. Source: {b.source}.
                </small>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </Panel>
  );
}

function Numbers({ journey }: { journey: Journey }) {
  const { scheduling, billing, notices } = journey;
  return (
    <Panel title="In numbers">
      <dl className={classes.facts}>
        <dt>Sessions done</dt>
        <dd>
          {scheduling.sessionsDone} of {scheduling.sessionsBooked}
        </dd>
        <dt>Notes signed</dt>
        <dd>{scheduling.notesSigned}</dd>
        {billing ? (
          <>
            <dt>Claims paid</dt>
            <dd>
              {billing.claimsPaid} of {billing.claims}
              {billing.claimsDenied > 0 ? `, ${billing.claimsDenied} denied` : ''}
            </dd>
            {billing.balance ? (
              <>
                <dt>{billing.balance.cents < 0 ? 'Credit' : 'Patient owes'}</dt>
                <dd>
                  <Money of={{ ...billing.balance, cents: Math.abs(billing.balance.cents) }} strong />
                </dd>
              </>
            ) : null}
          </>
        ) : null}
        <dt>Messages</dt>
        <dd>
          {notices.delivered} delivered
          {notices.failed > 0 ? `, ${notices.failed} failed` : ''}
        </dd>
      </dl>
    </Panel>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton height={34} width={420} radius="xl" mb={20} />
      {Array.from({ length: 7 }, (_, i) => (
        <Skeleton key={i} height={32} my={10} ml={62} radius="xl" width={`${70 - i * 5}%`} />
      ))}
    </div>
  );
}
