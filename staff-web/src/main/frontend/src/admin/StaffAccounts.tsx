import { Button, Checkbox, Drawer, Group, PasswordInput, Stack, Switch, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { body, door, versioned } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/door';
import { type Role, ROLES, roleName, useMe } from '../api/me';
import { Empty, Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Rows, table, usePages } from '../parts/Rows';
import { Badge } from '../parts/Tone';

type Account = components['schemas']['StaffView'];

const DOES: Record<Role, string> = {
  'front-desk': 'Referrals, appointments, check-in, payments',
  nurse: 'Sessions, vitals, second checks, consent',
  prescriber: 'Evaluations, plans, orders, overrides, notes',
  therapist: 'Mental-health evaluation; sees no money',
  biller: 'Claims, authorizations, statements; sees no screening',
  admin: 'Accounts, resources, insurers, dead letters',
  auditor: 'Who looked at what',
};

export function StaffAccounts() {
  const [opened, setOpened] = useState<string | 'new'>();
  const query = usePages<Account>(['staff'], (cursor) => body(door.GET('/api/staff', { params: { query: { cursor, limit: 50 } } })));
  return (
    <Panel
      flush
      title="Staff accounts"
      aside={
        <Button size="sm" leftSection={<IconPlus size={16} />} onClick={() => setOpened('new')}>
          Open an account
        </Button>
      }
    >
      <Rows
        query={query}
        label="Staff accounts"
        head={
          <>
            <th scope="col">Name</th>
            <th scope="col">Username</th>
            <th scope="col">Roles</th>
            <th scope="col">State</th>
            <th scope="col">
              <span className="visually-hidden">Change</span>
            </th>
          </>
        }
        row={(account) => (
          <tr key={account.username}>
            <td>{account.name}</td>
            <td className={table['dim']}>{account.username}</td>
            <td>{account.roles.map(roleName).join(', ')}</td>
            <td>{account.active ? <Badge tone="done">Active</Badge> : <Badge tone="waiting">Switched off</Badge>}</td>
            <td className={table['number']}>
              <Button size="compact-sm" variant="default" onClick={() => setOpened(account.username)} aria-label={`Change ${account.username}`}>
                Change
              </Button>
            </td>
          </tr>
        )}
        empty={<Empty title="No accounts" />}
      />
      <Drawer opened={opened !== undefined} onClose={() => setOpened(undefined)} position="right" size="md" title={opened === 'new' ? 'Open an account' : 'Change an account'} closeButtonProps={{ 'aria-label': 'Close' }}>
        {opened === 'new' ? <NewAccount onDone={() => setOpened(undefined)} /> : opened ? <ChangeAccount username={opened} onDone={() => setOpened(undefined)} /> : null}
      </Drawer>
    </Panel>
  );
}

function Roles({ value, onChange, error }: { value: string[]; onChange: (roles: string[]) => void; error?: string }) {
  return (
    <Checkbox.Group label="Roles" value={value} onChange={onChange} error={error} withAsterisk={false}>
      <Stack gap={8} mt={6}>
        {ROLES.map((role) => (
          <Checkbox key={role} value={role} label={roleName(role)} description={DOES[role]} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

function NewAccount({ onDone }: { onDone: () => void }) {
  const [username, setUsername] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [roles, setRoles] = useState<string[]>([]);
  const open = useCommand((input: components['schemas']['OpenAccount'], key) => body(door.POST('/api/staff', { body: input, params: { header: { 'Idempotency-Key': key } } })), {
    refresh: [['staff']],
    onDone,
  });
  const errors = open.problem?.byField() ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    open.run({ username: username.trim(), name: name.trim(), password, roles });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemNotice problem={open.problem} />
        <TextInput label="Name" description="As patients and colleagues know this person" value={name} onChange={(e) => setName(e.currentTarget.value)} error={errors['name']} required withAsterisk={false} data-autofocus />
        <TextInput label="Username" description="2 to 32 small letters, digits, dots and dashes; can’t change later" value={username} onChange={(e) => setUsername(e.currentTarget.value)} error={errors['username']} autoComplete="off" autoCapitalize="none" required withAsterisk={false} />
        <PasswordInput label="First password" description="At least 12 characters; hand it over in person" value={password} onChange={(e) => setPassword(e.currentTarget.value)} error={errors['password']} autoComplete="new-password" required withAsterisk={false} />
        <Roles value={roles} onChange={setRoles} error={errors['roles']} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={open.busy}>
            Open the account
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function ChangeAccount({ username, onDone }: { username: string; onDone: () => void }) {
  const query = useQuery({
    queryKey: ['staff', 'one', username],
    queryFn: () => versioned(door.GET('/api/staff/{username}', { params: { path: { username } } })),
    staleTime: 0,
  });
  return <Loaded query={query}>{({ value, etag }) => <ChangeForm account={value} etag={etag} onDone={onDone} />}</Loaded>;
}

function ChangeForm({ account, etag, onDone }: { account: Account; etag: string | undefined; onDone: () => void }) {
  const me = useMe();
  const [roles, setRoles] = useState(account.roles);
  const [active, setActive] = useState(account.active);
  const [password, setPassword] = useState('');
  const change = useCommand(
    (input: components['schemas']['ChangeAccount']) =>
      body(door.PUT('/api/staff/{username}', { params: { path: { username: account.username }, header: { 'If-Match': etag ?? '' } }, body: input })),
    { refresh: [['staff'], ['me']], onDone },
  );
  const errors = change.problem?.byField() ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.run({ roles, active, password: password || null });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <div>
          <strong>{account.name}</strong> <span className={table['dim']}>{account.username}</span>
        </div>
        <ProblemNotice problem={change.problem} />
        <Roles value={roles} onChange={setRoles} error={errors['roles']} />
        <Switch label="May sign in" description="Switched off, the account’s sessions end at their next request; what it did stays" checked={active} onChange={(e) => setActive(e.currentTarget.checked)} />
        <PasswordInput label="New password" description="Leave empty to keep the present one" value={password} onChange={(e) => setPassword(e.currentTarget.value)} error={errors['password']} autoComplete="new-password" />
        {account.username === me.username ? <span className={table['dim']}>This is your own account.</span> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={change.busy}>
            Save changes
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
