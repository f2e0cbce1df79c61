import { Button, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { body, ifMatch, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import { useHas } from '../api/me';
import { useNow, useZone } from '../live/clock';
import { Loaded } from '../parts/Loaded';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Table } from '../parts/Rows';
import { calendarDay, dayAndTime, dayIn, timeOf } from '../parts/time';
import { Badge } from '../parts/Tone';
import { When } from '../parts/When';
import { useChairs } from '../session/useSession';
import { useTherapists } from './queries';
import { begun, type Talk, talkState } from './words';

const REFRESH = [['integration']];

type Act = 'move' | 'done' | 'miss' | 'cancel';
const ACTS: Record<Act, string> = { move: 'Move', done: 'Held', miss: 'Missed', cancel: 'Cancel' };

/** Integration sessions, each with what can be done now; the form of what is done stands beneath. */
export function Talks({ talks, label, patient }: { talks: Talk[]; label: string; patient?: (talk: Talk) => ReactNode }) {
  const may = useHas()('front-desk', 'therapist');
  const zone = useZone();
  const now = useNow();
  const rooms = useChairs().data;
  const therapists = useTherapists().data;
  const [open, setOpen] = useState<{ id: string; act: Act }>();
  const chosen = talks.find((talk) => talk.id === open?.id);
  const acts = (talk: Talk): Act[] => (talk.state !== 'booked' || !may ? [] : begun(talk, now, dayIn(now, zone)) ? ['done', 'miss', 'move', 'cancel'] : ['move', 'cancel']);
  return (
    <Stack gap="md">
      <Table
        label={label}
        head={
          <>
            {patient ? <th scope="col">Patient</th> : null}
            <th scope="col">After session</th>
            <th scope="col">When</th>
            <th scope="col">Therapist</th>
            <th scope="col">State</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </>
        }
      >
        {talks.map((talk) => {
          const { tone, text } = talkState(talk);
          return (
            <tr key={talk.id}>
              {patient ? <td>{patient(talk)}</td> : null}
              <td>{talk.sessionNumber}</td>
              <td>
                {talk.startsAt ? <When at={talk.startsAt} /> : calendarDay(talk.plannedOn)}
                {talk.roomId ? <div>{rooms?.find((room) => room.id === talk.roomId)?.name}</div> : null}
              </td>
              <td>
                {therapists?.find((one) => one.id === talk.therapistId)?.name ?? '…'}
                {talk.external ? <div>elsewhere</div> : null}
              </td>
              <td>
                <Badge tone={tone}>{text}</Badge>
              </td>
              <td>
                <Group gap="xs" justify="flex-end" wrap="nowrap">
                  {acts(talk).map((act) => (
                    <Button key={act} size="compact-sm" variant="default" aria-label={`${ACTS[act]}, after session ${talk.sessionNumber}`} onClick={() => setOpen({ id: talk.id, act })}>
                      {ACTS[act]}
                    </Button>
                  ))}
                </Group>
              </td>
            </tr>
          );
        })}
      </Table>
      {chosen && open ? <TalkForm key={`${chosen.id} ${open.act}`} talk={chosen} act={open.act} onClose={() => setOpen(undefined)} /> : null}
    </Stack>
  );
}

function TalkForm({ talk, act, onClose }: { talk: Talk; act: Act; onClose: () => void }) {
  switch (act) {
    case 'move':
      return talk.external ? <MoveDay talk={talk} onClose={onClose} /> : <MoveTime talk={talk} onClose={onClose} />;
    case 'done':
      return <Held talk={talk} onClose={onClose} />;
    case 'miss':
    case 'cancel':
      return <Off talk={talk} act={act} onClose={onClose} />;
  }
}

const params = (talk: Talk) => ({ path: { id: talk.id }, header: { 'If-Match': ifMatch(talk.version) } });

function Frame({ title, send, busy, problem, ready = true, onSend, onClose, children }: { title: string; send: string; busy: boolean; problem: Parameters<typeof ProblemNotice>[0]['problem']; ready?: boolean; onSend: () => void; onClose: () => void; children?: ReactNode }) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSend();
  };
  return (
    <form onSubmit={submit} aria-label={title}>
      <Stack gap="sm" p="md">
        <strong>{title}</strong>
        {children}
        <ProblemNotice problem={problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" loading={busy} disabled={!ready}>
            {send}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Among the places that are free for patient, therapist and a room. */
function MoveTime({ talk, onClose }: { talk: Talk; onClose: () => void }) {
  const zone = useZone();
  const rooms = useChairs().data;
  const [place, setPlace] = useState<string | null>(null);
  const places = useQuery({ queryKey: ['integration', 'places', talk.id], queryFn: () => body(scheduling.GET('/api/integration-sessions/{id}/places', { params: { path: { id: talk.id } } })) });
  const move = useCommand((to: { startsAt: string; roomId: string }) => body(scheduling.POST('/api/integration-sessions/{id}/move', { params: params(talk), body: to })), { refresh: REFRESH, onDone: onClose });
  return (
    <Loaded query={places}>
      {({ items, earliest, latest }) => (
        <Frame
          title={`Move the integration session after session ${talk.sessionNumber}`}
          send="Move it"
          busy={move.busy}
          problem={move.problem}
          ready={place !== null}
          onClose={onClose}
          onSend={() => {
            const [startsAt, roomId] = (place ?? '').split('|');
            if (startsAt && roomId) move.run({ startsAt, roomId });
          }}
        >
          <Select
            label="Free place"
            description={`Between ${dayAndTime(earliest, zone)} and ${dayAndTime(latest, zone)}`}
            placeholder={items.length ? undefined : 'None: the therapist and a room are not free together'}
            data={items.map((one) => ({ value: `${one.startsAt}|${one.roomId}`, label: `${dayAndTime(one.startsAt, zone)} to ${timeOf(one.endsAt, zone)}, ${rooms?.find((room) => room.id === one.roomId)?.name ?? 'room'}` }))}
            value={place}
            onChange={setPlace}
            error={move.problem?.byField()['startsAt']}
            searchable
          />
        </Frame>
      )}
    </Loaded>
  );
}

function MoveDay({ talk, onClose }: { talk: Talk; onClose: () => void }) {
  const zone = useZone();
  const [day, setDay] = useState(talk.plannedOn);
  const move = useCommand((plannedOn: string) => body(scheduling.POST('/api/integration-sessions/{id}/move', { params: params(talk), body: { plannedOn } })), { refresh: REFRESH, onDone: onClose });
  return (
    <Frame title={`Plan another day after session ${talk.sessionNumber}`} send="Plan it" busy={move.busy} problem={move.problem} ready={day !== ''} onSend={() => move.run(day)} onClose={onClose}>
      <TextInput type="date" label="Day" min={dayIn(talk.earliest, zone)} max={dayIn(talk.latest, zone)} value={day} onChange={(e) => setDay(e.currentTarget.value)} error={move.problem?.byField()['plannedOn']} />
    </Frame>
  );
}

function Held({ talk, onClose }: { talk: Talk; onClose: () => void }) {
  const [minutes, setMinutes] = useState<number | string>(talk.minutes);
  const done = useCommand((input: number) => body(scheduling.POST('/api/integration-sessions/{id}/done', { params: params(talk), body: { minutes: input } })), { refresh: REFRESH, onDone: onClose });
  return (
    <Frame title={`The integration session after session ${talk.sessionNumber} was held`} send="Record it" busy={done.busy} problem={done.problem} ready={minutes !== ''} onSend={() => done.run(Number(minutes))} onClose={onClose}>
      <NumberInput label="Minutes face to face" allowDecimal={false} min={1} max={480} value={minutes} onChange={setMinutes} error={done.problem?.byField()['minutes']} />
    </Frame>
  );
}

function Off({ talk, act, onClose }: { talk: Talk; act: 'miss' | 'cancel'; onClose: () => void }) {
  const [reason, setReason] = useState<'patient' | 'clinic'>('patient');
  const off = useCommand(
    () => (act === 'miss' ? body(scheduling.POST('/api/integration-sessions/{id}/miss', { params: params(talk) })) : body(scheduling.POST('/api/integration-sessions/{id}/cancel', { params: params(talk), body: { reason } }))),
    { refresh: REFRESH, onDone: onClose },
  );
  return act === 'miss' ? (
    <Frame title={`The patient did not come after session ${talk.sessionNumber}`} send="Record as missed" busy={off.busy} problem={off.problem} onSend={() => off.run(undefined)} onClose={onClose} />
  ) : (
    <Frame title={`Cancel the integration session after session ${talk.sessionNumber}`} send="Cancel it" busy={off.busy} problem={off.problem} onSend={() => off.run(undefined)} onClose={onClose}>
      <Select
        label="Called off by"
        data={[
          { value: 'patient', label: 'The patient' },
          { value: 'clinic', label: 'The clinic' },
        ]}
        value={reason}
        onChange={(value) => value && setReason(value as 'patient' | 'clinic')}
        allowDeselect={false}
      />
    </Frame>
  );
}
