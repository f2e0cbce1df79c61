import { Button, Group, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { body, intake, type Versioned, versioned } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/intake';
import { useZone } from '../live/clock';
import { Empty, Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Rows, usePages } from '../parts/Rows';
import { Badge, Banner } from '../parts/Tone';
import { When } from '../parts/When';
import { instantOf, localOf } from './shifts';
import classes from './safety.module.css';

type Roster = components['schemas']['OnCallRoster'];
type Shift = { person: string; phone: string; from: string; until: string };

/** Who is telephoned when a patient answers in danger and nobody is there. */
export function OnCallSection() {
  const query = useQuery({ queryKey: ['on-call'], queryFn: () => versioned(intake.GET('/api/on-call')), refetchOnWindowFocus: false });
  const calls = usePages(['on-call', 'calls'], (cursor) => body(intake.GET('/api/on-call/calls', { params: { query: { limit: 50, ...(cursor ? { cursor } : {}) } } })));
  return (
    <Stack>
      <Loaded query={query}>{(roster) => <RosterForm key={roster.value.version} roster={roster} />}</Loaded>
      <Panel title="Calls so far" flush>
        <Rows
          query={calls}
          label="Calls to the person on call"
          head={
            <>
              <th scope="col">When</th>
              <th scope="col">Person</th>
              <th scope="col">Phone</th>
            </>
          }
          row={(call) => (
            <tr key={call.id}>
              <td>
                <When at={call.at} />
              </td>
              <td>{call.person}</td>
              <td>{call.phone}</td>
            </tr>
          )}
          empty={<Empty title="Nobody was called yet">The telephone line of this installation is a sandbox: it keeps what it would say and calls nobody.</Empty>}
        />
      </Panel>
    </Stack>
  );
}

function RosterForm({ roster: { value, etag } }: { roster: Versioned<Roster> }) {
  const zone = useZone();
  const [standing, setStanding] = useState({ person: value.standing?.person ?? '', phone: value.standing?.phone ?? '' });
  const [shifts, setShifts] = useState<Shift[]>(() => value.shifts.map((s) => ({ ...s, from: localOf(s.from, zone), until: localOf(s.until, zone) })));
  const save = useCommand(
    (input: components['schemas']['OnCallRequest']) => body(intake.PUT('/api/on-call', { params: { header: value.version > 0 && etag ? { 'If-Match': etag } : {} }, body: input })),
    { refresh: [['on-call']] },
  );
  const errors = save.problem?.byField() ?? {};
  const put = (i: number, change: Partial<Shift>) => setShifts(shifts.map((s, k) => (k === i ? { ...s, ...change } : s)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.run({
      standing: standing.person.trim() ? { person: standing.person.trim(), phone: standing.phone.trim() } : null,
      shifts: shifts.map((s) => ({ person: s.person.trim(), phone: s.phone.trim(), from: instantOf(s.from, zone), until: instantOf(s.until, zone) })),
    });
  };
  return (
    <Panel title="On call" aside={value.present ? <Badge tone="ready">Now: {value.present.person}</Badge> : <Badge tone="danger">Nobody now</Badge>}>
      <form onSubmit={submit}>
        <Stack>
          {value.present ? null : (
            <Banner tone="hold" title="Nobody is on call">
              Questionnaires that ask about suicide are not sent by link until somebody can be called.
            </Banner>
          )}
          <div className={classes.row} data-two>
            <TextInput label="Whenever no shift is set" placeholder="Name" value={standing.person} onChange={(e) => setStanding({ ...standing, person: e.currentTarget.value })} error={errors['standing.person']} />
            <TextInput label="Phone" type="tel" value={standing.phone} onChange={(e) => setStanding({ ...standing, phone: e.currentTarget.value })} error={errors['standing.phone']} />
            <span />
          </div>
          {shifts.map((shift, i) => (
            <div key={i} className={classes.row} data-shift>
              <TextInput label={`Shift ${i + 1}: person`} value={shift.person} onChange={(e) => put(i, { person: e.currentTarget.value })} error={errors[`shifts[${i}].person`]} required withAsterisk={false} />
              <TextInput label="Phone" type="tel" value={shift.phone} onChange={(e) => put(i, { phone: e.currentTarget.value })} error={errors[`shifts[${i}].phone`]} required withAsterisk={false} />
              <TextInput label="From" type="datetime-local" value={shift.from} onChange={(e) => put(i, { from: e.currentTarget.value })} error={errors[`shifts[${i}].from`]} required withAsterisk={false} />
              <TextInput label="Until" type="datetime-local" value={shift.until} onChange={(e) => put(i, { until: e.currentTarget.value })} error={errors[`shifts[${i}].until`] ?? errors[`shifts[${i}]`]} required withAsterisk={false} />
              <Button variant="default" px={10} aria-label={`Remove shift ${i + 1}`} onClick={() => setShifts(shifts.filter((_, k) => k !== i))}>
                <IconX size={16} aria-hidden />
              </Button>
            </div>
          ))}
          <ProblemNotice problem={save.problem} />
          <Group justify="space-between">
            <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setShifts([...shifts, { person: '', phone: '', from: '', until: '' }])}>
              Add a shift
            </Button>
            <Button type="submit" loading={save.busy}>
              Save the roster
            </Button>
          </Group>
        </Stack>
      </form>
      <p className={classes.meta}>Times are the clinic’s ({zone.replace(/_/g, ' ')}).</p>
    </Panel>
  );
}

