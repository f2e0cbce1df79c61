import { Button, Drawer, Group, Radio, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { billing, body, door, versioned } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/door';
import type { components as billingComponents } from '../api/generated/billing';
import { Problem } from '../api/problem';
import { Empty, Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Rows, table, usePages } from '../parts/Rows';
import { Badge } from '../parts/Tone';
import classes from './Admin.module.css';

type Insurer = components['schemas']['InsurerView'];
type Keys = components['schemas']['Jwks'];
type Payer = billingComponents['schemas']['PayerAnswer'];

const PAYER_CLASSES = [
  { value: 'commercial', label: 'Commercial' },
  { value: 'medicare', label: 'Medicare' },
  { value: 'medicare-advantage', label: 'Medicare Advantage' },
  { value: 'medicaid', label: 'Medicaid' },
  { value: 'va-community-care', label: 'VA community care' },
  { value: 'workers-compensation', label: 'Workers’ compensation' },
];
const payerClass = (code: string | null | undefined) => PAYER_CLASSES.find((c) => c.value === code)?.label ?? '';

/** Payers that claims go to, and the systems of theirs that may answer through the FHIR door. */
export function InsurersSection() {
  const payers = usePages<Payer>(['payers'], (cursor) => body(billing.GET('/api/payers', { params: { query: { cursor, limit: 100 } } })));
  const insurers = usePages<Insurer>(['insurers'], (cursor) => body(door.GET('/api/insurers', { params: { query: { cursor, limit: 100 } } })));
  const [drawer, setDrawer] = useState<{ payer: string } | { insurer: string } | 'new-insurer'>();
  const close = () => setDrawer(undefined);
  const names = new Map((payers.data?.pages ?? []).flatMap((page) => page.items).map((payer) => [payer.code, payer.name ?? payer.code]));

  return (
    <Stack>
      <Panel
        flush
        title="Payers"
        aside={
          <Button size="sm" variant="default" leftSection={<IconPlus size={16} />} onClick={() => setDrawer({ payer: '' })}>
            Enter a payer
          </Button>
        }
      >
        <Rows
          query={payers}
          label="Payers"
          head={
            <>
              <th scope="col">Code</th>
              <th scope="col">Name</th>
              <th scope="col">Class</th>
              <th scope="col">Authorization</th>
              <th scope="col">State</th>
            </>
          }
          row={(payer) => (
            <tr key={payer.code}>
              <td>{payer.code}</td>
              <td>{payer.name ?? <span className={table['dim']}>not entered</span>}</td>
              <td>{payerClass(payer.payerClass)}</td>
              <td>{payer.known ? (payer.authorizationRequired ? 'Needed before treatment' : 'Not needed') : ''}</td>
              <td>
                {payer.known ? (
                  <Badge tone="done">Known</Badge>
                ) : (
                  <Group gap="xs">
                    <Badge tone="hold">{`${payer.waitingCoverages} coverage${payer.waitingCoverages === 1 ? '' : 's'} waiting`}</Badge>
                    <Button size="compact-sm" variant="default" onClick={() => setDrawer({ payer: payer.code })}>
                      Enter {payer.code}
                    </Button>
                  </Group>
                )}
              </td>
            </tr>
          )}
          empty={<Empty title="No payers yet">A payer is entered once; coverages that name its code are then on file.</Empty>}
        />
      </Panel>
      <Panel
        flush
        title="Insurers at the FHIR door"
        aside={
          <Button size="sm" leftSection={<IconPlus size={16} />} onClick={() => setDrawer('new-insurer')}>
            Register an insurer
          </Button>
        }
      >
        <Rows
          query={insurers}
          label="Insurers at the FHIR door"
          head={
            <>
              <th scope="col">Name</th>
              <th scope="col">Payer</th>
              <th scope="col">Client id</th>
              <th scope="col">Keys</th>
              <th scope="col">What it sends is checked</th>
              <th scope="col">State</th>
              <th scope="col">
                <span className="visually-hidden">Change</span>
              </th>
            </>
          }
          row={(insurer) => (
            <tr key={insurer.id}>
              <td>{insurer.name}</td>
              <td>{names.get(insurer.payerCode) ?? insurer.payerCode}</td>
              <td>
                <code>{insurer.id}</code>
              </td>
              <td>{insurer.keys.map((key) => `${key.kid} (${key.algorithm})`).join(', ')}</td>
              <td>{insurer.validation === 'strict' ? 'Structure and the clinic’s rules' : 'Fully, by FHIR R4'}</td>
              <td>{insurer.active ? <Badge tone="done">Active</Badge> : <Badge tone="waiting">Switched off</Badge>}</td>
              <td className={table['number']}>
                <Button size="compact-sm" variant="default" onClick={() => setDrawer({ insurer: insurer.id })} aria-label={`Change ${insurer.name}`}>
                  Change
                </Button>
              </td>
            </tr>
          )}
          empty={
            <Empty title="No insurer is registered">
              An insurer’s system reads its claims and sends its answers by FHIR R4. It is registered with its public keys; the guide for its engineers is docs/insurers.md.
            </Empty>
          }
        />
      </Panel>
      <Drawer
        opened={drawer !== undefined}
        onClose={close}
        position="right"
        size="lg"
        title={drawer === 'new-insurer' ? 'Register an insurer' : drawer && 'payer' in drawer ? 'Enter a payer' : 'Change an insurer'}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {drawer === 'new-insurer' ? <NewInsurer payers={names} onDone={close} /> : drawer && 'payer' in drawer ? <NewPayer code={drawer.payer} onDone={close} /> : drawer ? <ChangeInsurer id={drawer.insurer} onDone={close} /> : null}
      </Drawer>
    </Stack>
  );
}

function NewPayer({ code, onDone }: { code: string; onDone: () => void }) {
  const [values, setValues] = useState({ code, name: '', payerClass: 'commercial', authorizationRequired: true });
  const enter = useCommand((input: typeof values, key) => body(billing.POST('/api/payers', { body: input, params: { header: { 'Idempotency-Key': key } } })), { refresh: [['payers'], ['coverages']], onDone });
  const errors = enter.problem?.byField() ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.run(values);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemNotice problem={enter.problem} />
        <TextInput label="Code" description="As referrals and coverages write it" value={values.code} onChange={(e) => setValues({ ...values, code: e.currentTarget.value })} readOnly={code !== ''} error={errors['code']} required withAsterisk={false} />
        <TextInput label="Name" value={values.name} onChange={(e) => setValues({ ...values, name: e.currentTarget.value })} error={errors['name']} required withAsterisk={false} />
        <Select label="Class" data={PAYER_CLASSES} value={values.payerClass} onChange={(v) => setValues({ ...values, payerClass: v ?? 'commercial' })} allowDeselect={false} error={errors['payerClass']} />
        <Switch label="Sessions need an authorization before treatment" checked={values.authorizationRequired} onChange={(e) => setValues({ ...values, authorizationRequired: e.currentTarget.checked })} />
        <Buttons onDone={onDone} busy={enter.busy} does="Enter the payer" />
      </Stack>
    </form>
  );
}

function readKeys(text: string): Keys {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Problem(422, { title: 'Not accepted', detail: 'This is not JSON', rule: 'jwks-json', field: 'jwks' });
  }
  const keys = (parsed as { keys?: unknown }).keys;
  if (!Array.isArray(keys)) throw new Problem(422, { title: 'Not accepted', detail: 'A JWKS is an object with a list “keys”', rule: 'jwks-keys', field: 'jwks' });
  return { keys: keys as Keys['keys'] };
}

function KeysField({ value, onChange, problem, optional }: { value: string; onChange: (text: string) => void; problem: Problem | undefined; optional?: boolean }) {
  const error = problem?.errors.find((e) => e.field.startsWith('jwks'))?.message ?? (problem?.field?.startsWith('jwks') ? problem.message : undefined);
  return (
    <Textarea
      label="Public keys (JWKS)"
      description={`The set itself, not an address: RSA of 2048 bits or more (RS384) or EC P-384 (ES384), each with a key id. Never a private key.${optional ? ' Leave empty to keep the present keys.' : ''}`}
      placeholder={'{"keys": [{"kty": "EC", "crv": "P-384", "kid": "…", "alg": "ES384", "x": "…", "y": "…"}]}'}
      autosize
      minRows={6}
      maxRows={14}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } }}
      value={value}
      onChange={(e) => onChange(e.currentTarget.value)}
      error={error}
      required={!optional}
      withAsterisk={false}
    />
  );
}

function Validation({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <Radio.Group label="What it sends is checked" value={value} onChange={onChange}>
      <Stack gap={8} mt={6}>
        <Radio value="validated" label="Fully, by FHIR R4" description="Every resource against the whole standard" />
        <Radio value="strict" label="By structure and the clinic’s rules" description="Faster, for insurers that send very many answers" />
      </Stack>
    </Radio.Group>
  );
}

function NewInsurer({ payers, onDone }: { payers: Map<string, string>; onDone: () => void }) {
  const [name, setName] = useState('');
  const [payerCode, setPayerCode] = useState<string | null>(null);
  const [keys, setKeys] = useState('');
  const [validation, setValidation] = useState('validated');
  const [done, setDone] = useState<Insurer>();
  const register = useCommand(
    async (input: { name: string; payerCode: string; keys: string; validation: string }, key) =>
      body(door.POST('/api/insurers', { body: { name: input.name, payerCode: input.payerCode, jwks: readKeys(input.keys), validation: input.validation }, params: { header: { 'Idempotency-Key': key } } })),
    { refresh: [['insurers']], onDone: setDone },
  );
  const errors = register.problem?.byField() ?? {};
  if (done) {
    return (
      <Stack>
        <Badge tone="done">{`${done.name} is registered`}</Badge>
        <dl className={classes.facts}>
          <dt>Client id</dt>
          <dd>
            <code>{done.id}</code>
          </dd>
          <dt>Tokens</dt>
          <dd>
            <code>{`${window.location.origin}/oauth2/token`}</code>
          </dd>
          <dt>FHIR base</dt>
          <dd>
            <code>{`${window.location.origin}/fhir`}</code>
          </dd>
          <dt>Scopes</dt>
          <dd>{done.scopes.join(' ')}</dd>
        </dl>
        <p>Give these to the insurer’s engineer, with docs/insurers.md.</p>
        <Button onClick={onDone}>Close</Button>
      </Stack>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    register.run({ name: name.trim(), payerCode: payerCode ?? '', keys, validation });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemNotice problem={register.problem} />
        <TextInput label="Name" description="Whose system it is" value={name} onChange={(e) => setName(e.currentTarget.value)} error={errors['name']} required withAsterisk={false} />
        <Select label="Payer" description="Whose claims it reads and answers; can’t change later" data={[...payers].map(([value, label]) => ({ value, label: `${label} (${value})` }))} value={payerCode} onChange={setPayerCode} error={errors['payerCode']} required withAsterisk={false} searchable />
        <KeysField value={keys} onChange={setKeys} problem={register.problem} />
        <Validation value={validation} onChange={setValidation} />
        <Buttons onDone={onDone} busy={register.busy} does="Register the insurer" />
      </Stack>
    </form>
  );
}

function ChangeInsurer({ id, onDone }: { id: string; onDone: () => void }) {
  const query = useQuery({ queryKey: ['insurers', 'one', id], queryFn: () => versioned(door.GET('/api/insurers/{id}', { params: { path: { id } } })), staleTime: 0 });
  return <Loaded query={query}>{({ value, etag }) => <ChangeForm insurer={value} etag={etag} onDone={onDone} />}</Loaded>;
}

function ChangeForm({ insurer, etag, onDone }: { insurer: Insurer; etag: string | undefined; onDone: () => void }) {
  const [name, setName] = useState(insurer.name);
  const [keys, setKeys] = useState('');
  const [validation, setValidation] = useState(insurer.validation);
  const [active, setActive] = useState(insurer.active);
  const change = useCommand(
    async (input: { name: string; keys: string; validation: string; active: boolean }) =>
      body(
        door.PUT('/api/insurers/{id}', {
          params: { path: { id: insurer.id }, header: { 'If-Match': etag ?? '' } },
          body: { name: input.name, jwks: input.keys.trim() ? readKeys(input.keys) : null, validation: input.validation, active: input.active },
        }),
      ),
    { refresh: [['insurers']], onDone },
  );
  const errors = change.problem?.byField() ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.run({ name: name.trim(), keys, validation, active });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemNotice problem={change.problem} />
        <TextInput label="Name" value={name} onChange={(e) => setName(e.currentTarget.value)} error={errors['name']} required withAsterisk={false} />
        <KeysField value={keys} onChange={setKeys} problem={change.problem} optional />
        <Validation value={validation} onChange={setValidation} />
        <Switch label="May ask for tokens" description="Switched off, it gets no new token; one that is out ends within five minutes" checked={active} onChange={(e) => setActive(e.currentTarget.checked)} />
        <Buttons onDone={onDone} busy={change.busy} does="Save changes" />
      </Stack>
    </form>
  );
}

function Buttons({ onDone, busy, does }: { onDone: () => void; busy: boolean; does: string }) {
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onDone}>
        Cancel
      </Button>
      <Button type="submit" loading={busy}>
        {does}
      </Button>
    </Group>
  );
}
