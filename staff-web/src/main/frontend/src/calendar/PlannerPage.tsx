import { Button, Checkbox, Group, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { body, ifMatch, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/scheduling';
import { useNow, useZone } from '../live/clock';
import { Empty, Loaded } from '../parts/Loaded';
import { Page, Panel } from '../parts/Page';
import { shortName, usePatients } from '../parts/patients';
import { ProblemNotice } from '../parts/ProblemNotice';
import { duration, timeOf } from '../parts/time';
import { Banner } from '../parts/Tone';
import { useCourses, useReadiness } from '../patients/queries';
import { openCourse } from '../patients/verdict';
import { useChairs, useNurses } from '../session/useSession';
import { WithTherapist } from '../treatment/WithTherapist';
import { Legend, PlanGrid, useHouseNames } from './PlanGrid';
import { type Block, type PassedOver, type Suggested } from './planner';
import classes from './Planner.module.css';

type Schemas = components['schemas'];
type Course = Schemas['CourseAnswer'];
type Suggestion = Schemas['Suggestion'];
type Hold = Schemas['HoldAnswer'];

const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;
const dayWord = (day: string) => day.slice(0, 1) + day.slice(1, 3).toLowerCase();

/** A whole course, planned before anything is booked; or the rest of one that is booked, planned anew. */
export default function PlannerPage() {
  const { patient: patientId, booster } = useSearch({ from: '/calendar/planner' });
  if (!patientId) {
    return (
      <Page title="Course planner">
        <Empty title="Whose course?" action={<Link to="/patients">Choose a patient</Link>}>
          A course is planned from the record of its patient.
        </Empty>
      </Page>
    );
  }
  return <OfPatient key={patientId + (booster ?? '')} patientId={patientId} boosterId={booster} />;
}

function OfPatient({ patientId, boosterId }: { patientId: string; boosterId: string | undefined }) {
  const courses = useCourses(patientId);
  const noChair = useReadiness(patientId).data?.blockers.find((b) => b.rule === 'route-needs-no-chair');
  const name = shortName(usePatients([patientId]).data?.get(patientId));
  // loaded beside, so that blocks have names at once
  useChairs();
  useNurses();
  return (
    <Page
      title={`${boosterId ? 'Booster' : 'Course'} of ${name}`}
      tab="Course planner"
      aside={
        <Link to="/patients/$patientId/record" params={{ patientId }}>
          The patient’s record
        </Link>
      }
    >
      <Loaded query={courses}>
        {({ items }) => {
          const open = items.findLast((course) => openCourse(course) || (course.replanSince && !boosterId));
          if (!open && noChair) {
            return (
              <Empty
                title="Nothing to plan in a chair"
                action={
                  <Link to="/patients/$patientId/treatment" params={{ patientId }}>
                    Tablets at home
                  </Link>
                }
              >
                The plan in force is of tablets that the patient takes at home. A prescriber prescribes them; another drug or route needs another plan.
              </Empty>
            );
          }
          return open ? <Replan key={open.id} course={open} /> : <NewCourse patientId={patientId} boosterId={boosterId} />;
        }}
      </Loaded>
    </Page>
  );
}

interface Wishes {
  from: string;
  nurseId: string;
  days: string[];
  earliest: string;
  latest: string;
}

const blocksOf = (sessions: readonly Suggested[], fixed: ReadonlyMap<number, string>): Block[] =>
  sessions.map((s) => ({ ...s, changed: false, fixed: fixed.has(s.number) }));

const all = (sessions: readonly unknown[]) => (sessions.length === 1 ? 'Book the session' : `Book all ${sessions.length} sessions`);

function NewCourse({ patientId, boosterId = null }: { patientId: string; boosterId?: string | undefined | null }) {
  const navigate = useNavigate();
  const zone = useZone();
  const nurses = useNurses().data ?? [];
  const [wishes, setWishes] = useState<Wishes>({ from: '', nurseId: '', days: [], earliest: '', latest: '' });
  const [fixed, setFixed] = useState<ReadonlyMap<number, string>>(new Map());
  const [suggestion, setSuggestion] = useState<Suggestion>();
  const [chosen, setChosen] = useState(0);
  const [lost, setLost] = useState(false);
  const [therapistId, setTherapistId] = useState('');
  const held = useQuery({ queryKey: ['holds', patientId], queryFn: () => body(scheduling.GET('/api/holds', { params: { query: { patientId } } })), staleTime: 5_000 });
  const hold = held.data?.items[0];

  const suggest = useCommand(
    (asked: { wishes: Wishes; fixed: [number, string][] }) =>
      body(
        scheduling.POST('/api/courses/suggestions', {
          body: {
            patientId,
            boosterId,
            from: asked.wishes.from || null,
            nurseId: asked.wishes.nurseId || null,
            preferred:
              asked.wishes.days.length || asked.wishes.earliest || asked.wishes.latest
                ? (asked.wishes.days.length ? asked.wishes.days : DAYS).map((day) => ({
                    day: day as (typeof DAYS)[number],
                    from: `${asked.wishes.earliest || '00:00'}:00`,
                    until: `${asked.wishes.latest || '23:59'}:00`,
                  }))
                : null,
            fixed: asked.fixed.map(([number, startsAt]) => ({ number, startsAt })),
          },
        }),
      ),
    {
      onDone: (found) => {
        setSuggestion(found);
        setChosen(0);
      },
    },
  );
  const ask = (pinned: ReadonlyMap<number, string>) => {
    setFixed(pinned);
    suggest.run({ wishes, fixed: [...pinned] });
  };
  const done = () => void navigate({ to: '/patients/$patientId/record', params: { patientId } });
  const refresh = [['patient', patientId], ['patients'], ['journey', patientId], ['journeys'], ['readiness'], ['courses'], ['sessions'], ['boosters'], ['holds', patientId]];
  const keep = useCommand(
    (request: Schemas['HoldRequest'], key) => body(scheduling.POST('/api/holds', { params: { header: { 'Idempotency-Key': key } }, body: request })),
    { refresh: [['holds', patientId]] },
  );
  const book = useCommand(
    (request: Schemas['BookingRequest'], key) => body(scheduling.POST('/api/courses', { params: { header: { 'Idempotency-Key': key } }, body: request })),
    { refresh, onDone: done },
  );

  const integration = therapistId ? { therapistId } : null;
  const therapist = <WithTherapist value={therapistId} onChange={setTherapistId} error={book.problem?.byField()['integration.therapistId']} />;

  // whoever was slower sees why, and what is free now
  const taken = [keep.problem, book.problem].some((p) => p?.rule === 'place-taken' || p?.rule === 'hold-expired');
  const asking = useRef(ask);
  asking.current = ask;
  useEffect(() => {
    if (!taken) return;
    setLost(true);
    asking.current(new Map());
  }, [taken]);

  if (hold) return <Held hold={hold} zone={zone} book={book} integration={integration} therapist={therapist} onGone={() => void held.refetch()} />;

  const course = suggestion?.courses[chosen];
  const sessions = course?.sessions ?? [];
  const places = sessions.map(({ startsAt, chairId, nurseId }) => ({ startsAt, chairId, nurseId }));
  const wrong = suggest.problem?.byField() ?? {};
  const change = (next: Partial<Wishes>) => setWishes({ ...wishes, ...next });
  return (
    <>
      <Panel title="What suits the patient">
        <form
          aria-label="What suits the patient"
          noValidate
          className={classes.wishes}
          onSubmit={(event) => {
            event.preventDefault();
            setLost(false);
            keep.forget();
            book.forget();
            ask(new Map());
          }}
        >
          <TextInput type="date" label="Not before" description="Empty: as early as possible" value={wishes.from} onChange={(e) => change({ from: e.currentTarget.value })} error={wrong['from']} />
          <NativeSelect label="Nurse" description="One for all, as far as possible" value={wishes.nurseId} onChange={(e) => change({ nurseId: e.currentTarget.value })} error={wrong['nurseId']}>
            <option value="">Whoever fits best</option>
            {nurses.map((nurse) => (
              <option key={nurse.id} value={nurse.id}>
                {nurse.name}
              </option>
            ))}
          </NativeSelect>
          <TextInput type="time" label="Not earlier than" description="Of the day" value={wishes.earliest} onChange={(e) => change({ earliest: e.currentTarget.value })} error={wrong['preferred']} />
          <TextInput type="time" label="Over by" description="Of the day" value={wishes.latest} onChange={(e) => change({ latest: e.currentTarget.value })} />
          <Checkbox.Group label="Days that suit" description="None: any" value={wishes.days} onChange={(days) => change({ days })}>
            <Group gap="sm" mt={6}>
              {DAYS.map((day) => (
                <Checkbox key={day} value={day} label={dayWord(day)} />
              ))}
            </Group>
          </Checkbox.Group>
          <Button type="submit" loading={suggest.busy} variant={sessions.length ? 'default' : 'filled'}>
            {sessions.length ? 'Suggest again' : boosterId ? 'Suggest a time' : 'Suggest courses'}
          </Button>
        </form>
      </Panel>
      {lost ? (
        <Banner tone="hold" title="Somebody else took one of these places meanwhile">
          Nothing was booked. What you see now takes into account what is taken.
        </Banner>
      ) : (
        <>
          <ProblemNotice problem={keep.problem} />
          <ProblemNotice problem={book.problem} />
        </>
      )}
      <ProblemNotice problem={suggest.problem} onRetry={() => ask(fixed)} />
      {suggestion && course ? (
        <Panel
          title="Suggested, not booked"
          aside={
            suggestion.courses.length > 1 ? (
              <SegmentedControl
                aria-label="Courses"
                value={String(chosen)}
                onChange={(value) => setChosen(Number(value))}
                data={suggestion.courses.map((_, i) => ({ value: String(i), label: i === 0 ? 'Best' : `Choice ${i + 1}` }))}
              />
            ) : undefined
          }
        >
          <PlanGrid
            blocks={blocksOf(sessions, fixed)}
            passed={chosen === 0 ? suggestion.passedOver : []}
            busy={suggest.busy}
            onMove={(block, startsAt) => {
              setLost(false);
              ask(new Map([...fixed, [block.number, startsAt]]));
            }}
          />
          <Legend passed={chosen === 0 ? suggestion.passedOver : []} />
          {therapist}
          <div className={classes.foot}>
            <Button loading={keep.busy} disabled={suggest.busy} onClick={() => { setLost(false); keep.run({ patientId, sessions: places, boosterId }); }}>
              {sessions.length === 1 ? 'Keep this place while you ask' : 'Keep these places while you ask'}
            </Button>
            <Button variant="default" loading={book.busy} disabled={suggest.busy} onClick={() => { setLost(false); book.run({ patientId, sessions: places, holdId: null, boosterId, integration }); }}>
              {all(sessions)}
            </Button>
            {fixed.size ? (
              <Button variant="subtle" onClick={() => ask(new Map())}>
                Undo what you moved
              </Button>
            ) : null}
          </div>
        </Panel>
      ) : null}
    </>
  );
}

function Held({ hold, zone, book, integration, therapist, onGone }: { hold: Hold; zone: string; book: ReturnType<typeof useCommand<Schemas['BookingRequest'], Course>>; integration: Schemas['IntegrationWish'] | null; therapist: ReactNode; onGone: () => void }) {
  const now = useNow();
  const left = Date.parse(hold.expiresAt) - now;
  const release = useCommand((id: string) => body(scheduling.DELETE('/api/holds/{id}', { params: { path: { id } } })), { refresh: [['holds', hold.patientId]] });
  const over = left <= 0;
  const gone = useRef(onGone);
  gone.current = onGone;
  useEffect(() => {
    if (over) gone.current();
  }, [over]);
  return (
    <Panel
      title="Kept for this patient"
      aside={
        <span className={classes.left} role="timer" aria-label="Time left">
          {duration(left)} left
        </span>
      }
    >
      <ProblemNotice problem={book.problem} />
      <ProblemNotice problem={release.problem} />
      <PlanGrid blocks={blocksOf(hold.sessions, new Map())} passed={[]} held />
      <p className={classes.note}>
        Nobody else gets these places before {timeOf(hold.expiresAt, zone)}. Then they are free again.
      </p>
      {therapist}
      <div className={classes.foot}>
        <Button loading={book.busy} onClick={() => book.run({ patientId: hold.patientId, sessions: null, holdId: hold.id, integration })}>
          {all(hold.sessions)}
        </Button>
        <Button variant="default" loading={release.busy} onClick={() => release.run(hold.id)}>
          Give the places back
        </Button>
      </div>
    </Panel>
  );
}

const bookedBlocks = (course: Course): Block[] =>
  course.sessions
    .filter((s) => s.state !== 'cancelled' && s.state !== 'no-show')
    .map((s) => ({ ...s, sessionId: s.id, because: s.state === 'booked' ? [] : ['fixed'], changed: false, fixed: s.state !== 'booked' }));

/** A booked course: one session is moved, the others follow visibly, and nothing happens before it is confirmed. */
function Replan({ course }: { course: Course }) {
  const [wish, setWish] = useState<Schemas['ReplanRequest']>();
  const names = useHouseNames();
  const path = { path: { id: course.id } };
  const show = useCommand((request: Schemas['ReplanRequest']) => body(scheduling.POST('/api/courses/{id}/replan', { params: path, body: { ...request, dryRun: true } })));
  const [shown, setShown] = useState<Schemas['ReplanAnswer']>();
  const apply = useCommand(
    (request: Schemas['ReplanRequest']) =>
      body(scheduling.POST('/api/courses/{id}/replan', { params: { ...path, header: { 'If-Match': ifMatch(course.version) } }, body: { ...request, dryRun: false } })),
    { refresh: [['courses'], ['sessions'], ['readiness'], ['broken-sessions']], onDone: () => { setShown(undefined); setWish(undefined); } },
  );
  const leave = useCommand(
    (_: undefined) => body(scheduling.POST('/api/courses/{id}/leave-short', { params: { ...path, header: { 'If-Match': ifMatch(course.version) } } })),
    { refresh: [['courses']] },
  );
  const ask = (request: Schemas['ReplanRequest']) => {
    setWish(request);
    apply.forget();
    void show.runAsync(request).then(setShown, () => setShown(undefined));
  };
  const fallenOut = course.sessionsMissing > 0 ? course.sessions.findLast((s) => s.state === 'cancelled' || s.state === 'no-show') : undefined;
  const blocks: Block[] = shown ? shown.sessions.map((s) => ({ ...s, fixed: s.because.includes('fixed') })) : bookedBlocks(course);
  const passed: PassedOver[] = shown?.passedOver ?? [];
  return (
    <>
      {fallenOut && !shown ? (
        <Banner
          tone="hold"
          title={course.sessionsMissing === 1 ? 'A session fell out' : `${course.sessionsMissing} sessions fell out`}
          actions={
            <>
              <Button size="sm" loading={show.busy} onClick={() => ask({ moved: null, replacing: fallenOut.id, dryRun: true })}>
                Plan another one
              </Button>
              {course.replanSince ? (
                <Button size="sm" variant="default" loading={leave.busy} onClick={() => leave.run(undefined)}>
                  Leave it shorter
                </Button>
              ) : null}
            </>
          }
        >
          The plan asks for more sessions than are booked or given.
        </Banner>
      ) : null}
      <ProblemNotice problem={show.problem} />
      <ProblemNotice problem={apply.problem} />
      <ProblemNotice problem={leave.problem} />
      <Panel title={shown ? 'What it would become, not booked' : 'Booked'}>
        <PlanGrid
          blocks={blocks}
          passed={passed}
          busy={show.busy}
          held={!shown}
          onMove={(block, startsAt) => {
            if (block.sessionId) ask({ moved: { sessionId: block.sessionId, startsAt, chairId: null, nurseId: null }, replacing: null, dryRun: true });
          }}
        />
        {shown && wish ? (
          <>
            <Legend passed={passed} />
            <div className={classes.foot}>
              <Button loading={apply.busy} disabled={shown.changes === 0} onClick={() => apply.run(wish)}>
                {shown.changes === 1 ? 'Change 1 session' : `Change ${shown.changes} sessions`}
              </Button>
              <Button variant="default" onClick={() => { setShown(undefined); setWish(undefined); }}>
                Leave it as it is
              </Button>
            </div>
          </>
        ) : (
          <p className={classes.note}>Drag a session to another day, or focus it and use the arrow keys; the others follow, and nothing is changed before you confirm. {names.ready ? '' : 'Names are on their way.'}</p>
        )}
      </Panel>
    </>
  );
}
