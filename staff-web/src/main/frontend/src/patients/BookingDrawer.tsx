import { Button, Drawer, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { body, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import type { components as Scheduling } from '../api/generated/scheduling';
import { useZone } from '../live/clock';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Banner } from '../parts/Tone';
import { dateOf, timeOf } from '../parts/time';
import type { Patient } from './queries';
import classes from './BookingDrawer.module.css';

/** Books the course: places are suggested, and all are taken or none. What is typed stays until it is sent or the drawer is closed on purpose. */
export default function BookingDrawer({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const [dirty, setDirty] = useState(false);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title="Book the course"
      closeOnClickOutside={!dirty}
      closeOnEscape={!dirty}
      closeButtonProps={{ 'aria-label': 'Close' }}
      onInput={() => setDirty(true)}
    >
      <BookForm patient={patient} onDone={onClose} />
    </Drawer>
  );
}

const refreshOf = (patientId: string) => [['patient', patientId], ['patients'], ['journey', patientId], ['journeys'], ['readiness'], ['safety-alerts']];

function useHouse() {
  const chairs = useQuery({ queryKey: ['chairs'], queryFn: () => body(scheduling.GET('/api/chairs', { params: { query: { limit: 200 } } })), staleTime: 300_000 });
  const nurses = useQuery({ queryKey: ['nurses'], queryFn: () => body(scheduling.GET('/api/nurses', { params: { query: { limit: 200 } } })), staleTime: 300_000 });
  return {
    chair: (id: string) => chairs.data?.items.find((c) => c.id === id)?.name ?? '…',
    nurse: (id: string) => nurses.data?.items.find((n) => n.id === id)?.name ?? '…',
  };
}

type Suggestion = Scheduling['schemas']['Suggestion'];

function BookForm({ patient, onDone }: { patient: Patient; onDone: () => void }) {
  const [from, setFrom] = useState('');
  const [suggestion, setSuggestion] = useState<Suggestion>();
  const zone = useZone();
  const house = useHouse();
  const suggest = useCommand((day: string) => body(scheduling.POST('/api/courses/suggestions', { body: { patientId: patient.id, from: day || null } })), { onDone: setSuggestion });
  const book = useCommand(
    (request: Scheduling['schemas']['BookingRequest'], key) => body(scheduling.POST('/api/courses', { params: { header: { 'Idempotency-Key': key } }, body: request })),
    { refresh: [...refreshOf(patient.id), ['courses'], ['sessions']], onDone },
  );
  const sessions = suggestion?.sessions ?? [];
  const taken = book.problem?.rule === 'place-taken';
  const wrong = suggest.problem?.byField() ?? {};
  return (
    <form
      className={classes.form}
      noValidate
      aria-label="Book the course"
      onSubmit={(event) => {
        event.preventDefault();
        if (sessions.length > 0 && !taken) book.run({ patientId: patient.id, sessions: sessions.map(({ startsAt, chairId, nurseId }) => ({ startsAt, chairId, nurseId })) });
        else {
          book.forget();
          suggest.run(from);
        }
      }}
    >
      <TextInput
        type="date"
        label="Not before"
        description="Empty: as early as possible"
        value={from}
        onChange={(e) => {
          setFrom(e.currentTarget.value);
          setSuggestion(undefined);
        }}
        error={wrong['from']}
      />
      <ProblemNotice problem={suggest.problem} onRetry={() => suggest.run(from)} />
      {sessions.length > 0 ? (
        <table className={classes.places}>
          <caption style={{ textAlign: 'start', fontWeight: 650, paddingBottom: 6 }}>Suggested places, all or none</caption>
          <thead>
            <tr>
              <th scope="col">Session</th>
              <th scope="col">Day</th>
              <th scope="col">Chair taken</th>
              <th scope="col">Chair</th>
              <th scope="col">Nurse</th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((s) => (
              <tr key={s.number}>
                <td>{s.number}</td>
                <td>{dateOf(s.startsAt, zone)}</td>
                <td>
                  {timeOf(s.startsAt, zone)} to {timeOf(s.endsAt, zone)}
                </td>
                <td>{house.chair(s.chairId)}</td>
                <td>{house.nurse(s.nurseId)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {taken ? (
        <Banner tone="hold" title="Somebody else took one of these places meanwhile">
          Nothing was booked. Ask for other places: they take into account what is booked now.
        </Banner>
      ) : (
        <ProblemNotice problem={book.problem} />
      )}
      <div className={classes.foot}>
        <Button type="submit" loading={book.busy || suggest.busy}>
          {taken ? 'Suggest other places' : sessions.length > 0 ? `Book all ${sessions.length} sessions` : 'Suggest places'}
        </Button>
        {sessions.length > 0 && !taken ? (
          <Button
            variant="default"
            onClick={() => {
              book.forget();
              suggest.run(from);
            }}
            loading={suggest.busy}
          >
            Suggest again
          </Button>
        ) : null}
      </div>
    </form>
  );
}

