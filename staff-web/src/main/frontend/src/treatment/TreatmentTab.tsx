import { Button, Group, NumberInput, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { body, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/scheduling';
import { useHas } from '../api/me';
import { useNow } from '../live/clock';
import { Empty, Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Table } from '../parts/Rows';
import { Badge } from '../parts/Tone';
import { When } from '../parts/When';
import { useCourses, usePatient } from '../patients/queries';
import { routeWord, spoken } from '../patients/words';
import { atHome } from '../plan/plan';
import { humanized, stateOf } from '../session/model';
import { Calls } from './Calls';
import { HomeTablets } from './HomeTablets';
import { useCallsOf, useTalks, useTalkTerms, useTherapists } from './queries';
import { Talks } from './Talks';
import classes from './treatment.module.css';
import { Source } from '../session/parts';

type Course = components['schemas']['CourseAnswer'];

/** What is done with the patient: the course and its sessions, the talks about them, tablets at home, and the calls that follow. */
export default function TreatmentTab() {
  const { patientId } = useParams({ strict: false }) as { patientId: string };
  const courses = useCourses(patientId);
  const course = courses.data?.items.at(-1);
  const plan = usePatient(patientId).data?.value.plan;
  const tablets = plan && atHome(plan) ? plan : undefined;
  return (
    <div className={classes.stack}>
      <Loaded query={courses}>
        {() =>
          course ? (
            <>
              <CoursePanel course={course} />
              <TalksPanel course={course} />
            </>
          ) : (
            <Panel title="Course">
              <Empty title={tablets ? 'Nothing is planned in a chair' : 'No course is booked'}>
                {tablets ? 'The plan in force is of tablets at home: see below.' : 'The front desk books one when the patient is cleared, has a plan, and what pays is settled. Tablets at home need none.'}
              </Empty>
            </Panel>
          )
        }
      </Loaded>
      <HomeTablets patientId={patientId} plannedMg={tablets?.fixedDoseMg ?? undefined} />
      <CallsPanel patientId={patientId} />
    </div>
  );
}

/** Each session in one line: what was given, and how it was borne. */
function CoursePanel({ course }: { course: Course }) {
  const sessions = useQuery({ queryKey: ['sessions', 'of-course', course.id], queryFn: async () => (await body(scheduling.GET('/api/sessions', { params: { query: { courseId: course.id, limit: 200 } } }))).items });
  const params = { patientId: course.patientId };
  return (
    <Panel
      flush
      title={`${spoken(course.drug)}, ${routeWord(course.route)}: ${course.sessionsDone} of ${course.sessions.length} sessions given`}
      aside={
        <Group gap="md">
          <Link to="/patients/$patientId/plan" params={params}>
            Plan
          </Link>
          <Link to="/patients/$patientId/instruments" params={params}>
            Scores
          </Link>
        </Group>
      }
    >
      <Loaded query={sessions}>
        {(items) => (
          <Table
            label="Sessions of the course"
            head={
              <>
                <th scope="col">Session</th>
                <th scope="col">When</th>
                <th scope="col">State</th>
                <th scope="col">Given</th>
                <th scope="col">Effects</th>
              </>
            }
          >
            {items.map((session) => {
              const state = stateOf(session);
              return (
                <tr key={session.id}>
                  <td>
                    <Link to="/sessions/$sessionId" params={{ sessionId: session.id }}>
                      Session {session.number}
                    </Link>
                  </td>
                  <td>
                    <When at={session.startsAt} />
                  </td>
                  <td>
                    <Badge tone={state.tone}>{state.word}</Badge>
                  </td>
                  <td>{session.doseStartedAt && session.doseMg ? `${session.doseMg} mg` : ''}</td>
                  <td>{session.adverseEvents.map((one) => `${humanized(one.effect)} (${one.severity})`).join(', ')}</td>
                </tr>
              );
            })}
          </Table>
        )}
      </Loaded>
    </Panel>
  );
}

function TalksPanel({ course }: { course: Course }) {
  const may = useHas()('front-desk', 'therapist');
  const query = useTalks(course.patientId);
  const now = useNow();
  const [booking, setBooking] = useState(false);
  const ahead = course.sessions.filter((session) => Date.parse(session.endsAt) > now && session.state !== 'cancelled' && session.state !== 'no-show');
  return (
    <Loaded query={query}>
      {(talks) => {
        const without = ahead.filter((session) => !talks.some((talk) => talk.sessionId === session.id && (talk.state === 'booked' || talk.state === 'done')));
        return (
          <Panel
            flush
            title="Integration sessions"
            aside={
              may && !booking && without.length > 0 ? (
                <Button size="compact-sm" variant="default" onClick={() => setBooking(true)}>
                  Book {without.length} more
                </Button>
              ) : undefined
            }
          >
            {booking ? <BookTalks course={course} onClose={() => setBooking(false)} /> : null}
            {talks.length > 0 ? (
              <Talks label="Integration sessions of the patient" talks={talks} />
            ) : booking ? null : (
              <Empty title="No integration session is booked">After a dose the patient reflects on it with a therapist: here, or with their own.</Empty>
            )}
          </Panel>
        );
      }}
    </Loaded>
  );
}

function BookTalks({ course, onClose }: { course: Course; onClose: () => void }) {
  const therapists = useTherapists();
  const terms = useTalkTerms();
  const [therapistId, setTherapist] = useState<string | null>(null);
  const [minutes, setMinutes] = useState<number | string>('');
  const book = useCommand(
    (input: { therapistId: string; minutes: number | null }, key) => body(scheduling.POST('/api/integration-sessions', { params: { header: { 'Idempotency-Key': key } }, body: { courseId: course.id, ...input } })),
    { refresh: [['integration']], onDone: onClose },
  );
  const errors = book.problem?.byField() ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (therapistId) book.run({ therapistId, minutes: minutes === '' ? null : Number(minutes) });
  };
  return (
    <form onSubmit={submit} aria-label="Book integration sessions">
      <Stack gap="sm" p="md">
        <div className={classes.row}>
          <Select
            label="Therapist"
            description="With the patient’s own therapist only days are planned"
            data={(therapists.data ?? []).filter((one) => !one.retiredOn).map((one) => ({ value: one.id, label: one.external ? `${one.name} (elsewhere)` : one.name }))}
            value={therapistId}
            onChange={setTherapist}
            error={errors['therapistId']}
            allowDeselect={false}
            nothingFoundMessage="An administrator adds therapists"
          />
          <NumberInput label="Minutes" description={terms.data ? `${terms.data.minutes} when left empty` : undefined} allowDecimal={false} value={minutes} onChange={setMinutes} error={errors['minutes']} />
        </div>
        {terms.data ? (
          <p className={classes.source}>
            One after each session ahead, from {terms.data.notBeforeHours} to {terms.data.withinHours} hours after it.
          </p>
        ) : null}
        {terms.data ? <Source of={terms.data.source} /> : null}
        <ProblemNotice problem={book.problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" loading={book.busy} disabled={!therapistId}>
            Book them
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function CallsPanel({ patientId }: { patientId: string }) {
  const may = useHas()('nurse', 'prescriber');
  const query = useCallsOf(patientId);
  if (!may) return null;
  return (
    <Panel flush title="Calls">
      <Loaded query={query}>
        {(calls) =>
          calls.length === 0 ? (
            <Empty title="No call is owed">One is due the day after somebody left against advice, was transferred or had a serious adverse event, and within three days of tablets for home.</Empty>
          ) : (
            <Calls label="Calls to the patient" calls={calls} />
          )
        }
      </Loaded>
    </Panel>
  );
}
