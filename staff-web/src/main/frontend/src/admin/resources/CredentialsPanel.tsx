import { Button, Drawer, Group, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { body, ifMatch, scheduling } from '../../api/clients';
import { useCommand } from '../../api/command';
import type { components } from '../../api/generated/scheduling';
import { Empty, Loaded } from '../../parts/Loaded';
import { Panel } from '../../parts/Page';
import { ProblemNotice } from '../../parts/ProblemNotice';
import { Table, table } from '../../parts/Rows';
import { calendarDay } from '../../parts/time';
import { Badge, type Tone } from '../../parts/Tone';

type View = components['schemas']['CredentialView'];

const KINDS: Record<View['kind'], string> = { license: 'Licence', dea: 'DEA registration', acls: 'Advanced life support (ACLS)', bls: 'Basic life support (BLS)' };
const STATES: Record<View['state'], { tone: Tone; word: string }> = {
  valid: { tone: 'done', word: 'Valid' },
  expiring: { tone: 'hold', word: 'Expires soon' },
  expired: { tone: 'danger', word: 'Expired: not on the roster' },
  missing: { tone: 'waiting', word: 'Not recorded' },
};

/** Licences and certificates of those on the roster. */
export function CredentialsPanel() {
  const query = useQuery({ queryKey: ['credentials'], queryFn: () => body(scheduling.GET('/api/credentials')) });
  const [open, setOpen] = useState<View>();
  return (
    <Panel flush title="Credentials">
      <Loaded query={query}>
        {({ items, warnDays }) =>
          items.length === 0 ? (
            <Empty title="Nobody is on the roster">{`Licences and certificates of nurses and prescribers are kept here; each is shown as expiring ${warnDays} days before.`}</Empty>
          ) : (
            <Table
              label="Credentials"
              head={
                <>
                  <th scope="col">Account</th>
                  <th scope="col">Credential</th>
                  <th scope="col">Number</th>
                  <th scope="col">Valid through</th>
                  <th scope="col">State</th>
                  <th scope="col">
                    <span className="visually-hidden">Renew</span>
                  </th>
                </>
              }
            >
              {items.map((item) => (
                <tr key={`${item.username} ${item.kind}`}>
                  <td>{item.username}</td>
                  <td>{KINDS[item.kind]}</td>
                  <td>{item.number}</td>
                  <td>{item.expiresOn ? calendarDay(item.expiresOn) : ''}</td>
                  <td>
                    <Badge tone={STATES[item.state].tone}>{STATES[item.state].word}</Badge>
                  </td>
                  <td className={table['number']}>
                    <Button size="compact-sm" variant="default" onClick={() => setOpen(item)} aria-label={`${item.state === 'missing' ? 'Record' : 'Renew'} ${KINDS[item.kind]} of ${item.username}`}>
                      {item.state === 'missing' ? 'Record' : 'Renew'}
                    </Button>
                  </td>
                </tr>
              ))}
            </Table>
          )
        }
      </Loaded>
      <Drawer opened={open !== undefined} onClose={() => setOpen(undefined)} position="right" size="md" title={open ? `${KINDS[open.kind]} of ${open.username}` : ''} closeButtonProps={{ 'aria-label': 'Close' }}>
        {open ? <Form credential={open} onDone={() => setOpen(undefined)} /> : null}
      </Drawer>
    </Panel>
  );
}

function Form({ credential, onDone }: { credential: View; onDone: () => void }) {
  const [number, setNumber] = useState(credential.number ?? '');
  const [expiresOn, setExpiresOn] = useState(credential.expiresOn ?? '');
  const save = useCommand(
    (input: { number: string; expiresOn: string }) =>
      body(
        scheduling.PUT('/api/credentials/{username}/{kind}', {
          params: { path: { username: credential.username, kind: credential.kind }, header: credential.version > 0 ? { 'If-Match': ifMatch(credential.version) } : {} },
          body: { number: input.number.trim() || null, expiresOn: input.expiresOn },
        }),
      ),
    { refresh: [['credentials'], ['broken-sessions']], onDone },
  );
  const errors = save.problem?.byField() ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.run({ number, expiresOn });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemNotice problem={save.problem} />
        <TextInput label="Number" value={number} onChange={(e) => setNumber(e.currentTarget.value)} error={errors['number']} />
        <TextInput type="date" label="Valid through" description="From the day after nothing is booked with this person" value={expiresOn} onChange={(e) => setExpiresOn(e.currentTarget.value)} error={errors['expiresOn']} required withAsterisk={false} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={save.busy}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
