import { Button, Group, Select, Stack, Textarea } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { body, ifMatch, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import { useHas } from '../api/me';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Table } from '../parts/Rows';
import { Badge } from '../parts/Tone';
import { When } from '../parts/When';
import { type Call, callReason, OUTCOMES, outcomeWord } from './words';

/** Calls that are due or were made; the form of an outcome stands beneath. */
export function Calls({ calls, label, patient }: { calls: Call[]; label: string; patient?: (call: Call) => ReactNode }) {
  const prescriber = useHas()('prescriber');
  const [open, setOpen] = useState<string>();
  const chosen = calls.find((call) => call.id === open && !call.outcome);
  return (
    <Stack gap="md">
      <Table
        label={label}
        head={
          <>
            {patient ? <th scope="col">Patient</th> : null}
            <th scope="col">Why</th>
            <th scope="col">Until</th>
            <th scope="col">Outcome</th>
            <th scope="col">
              <span className="visually-hidden">Action</span>
            </th>
          </>
        }
      >
        {calls.map((call) => (
          <tr key={call.id}>
            {patient ? <td>{patient(call)}</td> : null}
            <td>{callReason(call)}</td>
            <td>
              <When at={call.dueAt} />
            </td>
            <td>
              {call.outcome ? (
                <>
                  <Badge tone={call.outcome === 'well' ? 'done' : 'hold'}>{outcomeWord(call.outcome)}</Badge>
                  {call.madeAt ? (
                    <div>
                      {call.madeBy}, <When at={call.madeAt} />
                    </div>
                  ) : null}
                  {call.note ? <div>{call.note}</div> : null}
                </>
              ) : (
                <>
                  <Badge tone={call.overdue ? 'danger' : 'waiting'}>{call.overdue ? 'Overdue' : 'Due'}</Badge>
                  {call.attempts.length > 0 ? <div>{call.attempts.length === 1 ? 'Tried once' : `Tried ${call.attempts.length} times`}</div> : null}
                </>
              )}
            </td>
            <td>
              {!call.outcome && (prescriber || !call.byPrescriber) ? (
                <Button size="compact-sm" variant="default" onClick={() => setOpen(call.id)}>
                  Record call
                </Button>
              ) : null}
            </td>
          </tr>
        ))}
      </Table>
      {chosen ? <Outcome key={chosen.id} call={chosen} patient={patient?.(chosen)} onClose={() => setOpen(undefined)} /> : null}
    </Stack>
  );
}

function Outcome({ call, patient, onClose }: { call: Call; patient: ReactNode; onClose: () => void }) {
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]['value'] | null>(null);
  const [note, setNote] = useState('');
  const send = useCommand(
    (input: { outcome: NonNullable<typeof outcome>; note: string | null }) => body(scheduling.POST('/api/calls/{id}/outcome', { params: { path: { id: call.id }, header: { 'If-Match': ifMatch(call.version) } }, body: input })),
    { refresh: [['calls']], onDone: onClose },
  );
  const errors = send.problem?.byField() ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (outcome) send.run({ outcome, note: note.trim() || null });
  };
  return (
    <form onSubmit={submit} aria-label="Outcome of the call">
      <Stack gap="sm" p="md">
        <div>
          <strong>{callReason(call)}</strong> {patient}
        </div>
        <Select label="Outcome" data={OUTCOMES.map(({ value, label }) => ({ value, label }))} value={outcome} onChange={(value) => setOutcome(value as typeof outcome)} error={errors['outcome']} allowDeselect={false} />
        <Textarea label="What the patient said" description={outcome === 'concern' ? 'Needed: the prescriber reads it before calling' : 'Stays in the clinic'} value={note} onChange={(e) => setNote(e.currentTarget.value)} error={errors['note']} maxLength={2000} autosize minRows={2} />
        <ProblemNotice problem={send.problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" loading={send.busy} disabled={!outcome}>
            Record outcome
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
