import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { body, ifMatch, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import { Problem } from '../api/problem';
import { useHas } from '../api/me';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { calendarDay } from '../parts/time';
import { Badge } from '../parts/Tone';

/** Whether the patient is enrolled in esketamine's programme; without it esketamine can't be given. */
export function Enrolment({ patientId }: { patientId: string }) {
  const may = useHas()('nurse', 'prescriber');
  const query = useQuery({ queryKey: ['rems', 'enrolment', patientId], queryFn: () => body(scheduling.GET('/api/rems/patients/{patientId}', { params: { path: { patientId } } })), enabled: may, retry: (count, failure) => count < 2 && !(failure instanceof Problem && failure.status === 404) });
  const [open, setOpen] = useState(false);
  const [number, setNumber] = useState('');
  const [enrolledOn, setEnrolledOn] = useState('');
  const [endedOn, setEndedOn] = useState('');
  const enrol = useCommand(
    () =>
      body(
        scheduling.PUT('/api/rems/patients/{patientId}', {
          params: { path: { patientId }, header: query.data?.version ? { 'If-Match': ifMatch(query.data.version) } : {} },
          body: { number: number.trim() || null, enrolledOn, endedOn: endedOn || null },
        }),
      ),
    { refresh: [['rems'], ['readiness']], onDone: () => setOpen(false) },
  );
  if (!may || !query.data) return null;
  const known = query.data;
  const begin = () => {
    setNumber(known.number ?? '');
    setEnrolledOn(known.enrolledOn ?? '');
    setEndedOn(known.endedOn ?? '');
    setOpen(true);
  };
  const errors = enrol.problem?.byField() ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enrol.run(undefined);
  };
  return (
    <Panel
      title="REMS (esketamine)"
      aside={
        open ? undefined : (
          <Button size="compact-sm" variant="default" onClick={begin}>
            {known.enrolledOn ? 'Change' : 'Enrol'}
          </Button>
        )
      }
    >
      {open ? (
        <form onSubmit={submit}>
          <Stack>
            <ProblemNotice problem={enrol.problem} />
            <TextInput label="Enrolment number" value={number} onChange={(e) => setNumber(e.currentTarget.value)} error={errors['number']} />
            <Group grow>
              <TextInput type="date" label="Enrolled on" value={enrolledOn} onChange={(e) => setEnrolledOn(e.currentTarget.value)} error={errors['enrolledOn']} required withAsterisk={false} />
              <TextInput type="date" label="Ended on" value={endedOn} onChange={(e) => setEndedOn(e.currentTarget.value)} error={errors['endedOn']} />
            </Group>
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setOpen(false)}>
                Cancel
              </Button>
              <Button type="submit" loading={enrol.busy}>
                Save
              </Button>
            </Group>
          </Stack>
        </form>
      ) : known.enrolled ? (
        <Badge tone="done">{`Enrolled since ${calendarDay(known.enrolledOn ?? '')}${known.number ? `, ${known.number}` : ''}`}</Badge>
      ) : (
        <Badge tone="waiting">Not enrolled</Badge>
      )}
    </Panel>
  );
}
