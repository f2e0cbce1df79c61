import { Button, Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { billing, body } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/billing';
import { useHas } from '../api/me';
import { clinicNow, useZone } from '../live/clock';
import { Empty, Loaded } from '../parts/Loaded';
import { money } from '../parts/Money';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { table } from '../parts/Rows';
import { Badge } from '../parts/Tone';
import { calendarDay, dayIn } from '../parts/time';
import { toCents, usd, written } from './cents';
import { authorizationState, REASONS } from './words';
import classes from './Money.module.css';

type Coverage = components['schemas']['CoverageAnswer'];
type Authorization = components['schemas']['AuthorizationAnswer'];

const AFTER = [['coverages'], ['authorizations'], ['journey'], ['readiness'], ['unbilled']];

/** Coverages with what their payers said of them, and the authorizations asked from them. */
export function CoveragePanel({ patientId }: { patientId: string }) {
  const coverages = useQuery({ queryKey: ['coverages', patientId], queryFn: () => body(billing.GET('/api/coverages', { params: { query: { patientId } } })) });
  const authorizations = useQuery({ queryKey: ['authorizations', patientId], queryFn: () => body(billing.GET('/api/authorizations', { params: { query: { patientId } } })) });
  return (
    <>
      <Panel flush title="Coverage">
        <Loaded query={coverages}>
          {({ items }) => (items.length === 0 ? <Empty title="No insurance on file">The patient pays: an estimate and the patient’s agreement come first.</Empty> : items.map((coverage) => <CoverageItem key={coverage.id} coverage={coverage} />))}
        </Loaded>
      </Panel>
      <Panel flush title="Authorizations">
        <Loaded query={authorizations}>
          {({ items }) => (
            <>
              {items.length === 0 ? <Empty title="No authorization asked for" /> : items.map((authorization) => <AuthorizationItem key={authorization.id} authorization={authorization} />)}
              <AskForm patientId={patientId} coverages={coverages.data?.items ?? []} />
            </>
          )}
        </Loaded>
      </Panel>
    </>
  );
}

function CoverageItem({ coverage }: { coverage: Coverage }) {
  const has = useHas();
  const [editing, setEditing] = useState(false);
  const { benefits } = coverage;
  return (
    <div className={classes.item}>
      <div className={classes.line}>
        <strong>
          {coverage.payerCode} {coverage.plan ?? ''}
        </strong>
        {coverage.status === 'unknown-payer' ? <Badge tone="hold">Payer not entered</Badge> : coverage.active ? <Badge tone="done">In force</Badge> : <Badge tone="danger">Not in force</Badge>}
      </div>
      <dl className={classes.facts}>
        <dt>Member</dt>
        <dd>{coverage.memberId}</dd>
        <dt>Benefits</dt>
        <dd>
          {benefits ? (
            <>
              checked {calendarDay(benefits.checkedOn)}
              {benefits.copay ? `, copay ${money(benefits.copay)}` : ''}
              {benefits.coinsurancePercent != null ? `, coinsurance ${benefits.coinsurancePercent} %` : ''}
              {benefits.deductible ? `, deductible ${money(benefits.deductible)}` : ''}
              {benefits.outOfPocketMaximum ? `, at most ${money(benefits.outOfPocketMaximum)} a year` : ''}
            </>
          ) : (
            'not checked yet'
          )}
        </dd>
        <dt>Authorization</dt>
        <dd>{coverage.authorizationRequired ? 'needed before treatment' : 'not needed'}</dd>
      </dl>
      {has('biller') && coverage.status !== 'unknown-payer' ? (
        editing ? (
          <BenefitsForm coverage={coverage} onDone={() => setEditing(false)} />
        ) : (
          <Button size="compact-sm" variant="default" onClick={() => setEditing(true)} style={{ alignSelf: 'flex-start' }}>
            {benefits ? 'Check benefits again' : 'Note the benefits'}
          </Button>
        )
      ) : null}
    </div>
  );
}

function BenefitsForm({ coverage, onDone }: { coverage: Coverage; onDone: () => void }) {
  const zone = useZone();
  const { benefits } = coverage;
  const text = (amount: { cents: number } | null | undefined) => (amount ? written(amount.cents) : '');
  const [values, setValues] = useState({
    active: benefits?.active ?? true,
    authorizationRequired: benefits?.authorizationRequired ?? coverage.authorizationRequired,
    deductible: text(benefits?.deductible),
    outOfPocketMaximum: text(benefits?.outOfPocketMaximum),
    copay: text(benefits?.copay),
    coinsurance: benefits?.coinsurancePercent == null ? '' : String(benefits.coinsurancePercent),
    checkedOn: dayIn(clinicNow(), zone),
  });
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const note = useCommand(
    (input: components['schemas']['BenefitsRequest']) => body(billing.PUT('/api/coverages/{id}/benefits', { params: { path: { id: coverage.id }, header: { 'If-Match': `"${coverage.version}"` } }, body: input })),
    { refresh: AFTER, onDone },
  );
  const errors = { ...note.problem?.byField(), ...wrong };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const bad: Record<string, string> = {};
    const amount = (name: 'deductible' | 'outOfPocketMaximum' | 'copay') => {
      if (!values[name].trim()) return null;
      const cents = toCents(values[name]);
      if (cents === undefined) bad[name] = 'Dollars and cents, such as 40.00';
      return usd(cents ?? 0);
    };
    const input = {
      active: values.active,
      authorizationRequired: values.authorizationRequired,
      deductible: amount('deductible'),
      outOfPocketMaximum: amount('outOfPocketMaximum'),
      copay: amount('copay'),
      coinsurancePercent: values.coinsurance.trim() ? Number(values.coinsurance) : null,
      checkedOn: values.checkedOn,
    };
    if (input.coinsurancePercent !== null && !(Number.isInteger(input.coinsurancePercent) && input.coinsurancePercent >= 0 && input.coinsurancePercent <= 100)) bad['coinsurancePercent'] = 'A whole number from 0 to 100';
    setWrong(bad);
    if (Object.keys(bad).length === 0) note.run(input);
  };
  const field = (name: 'deductible' | 'outOfPocketMaximum' | 'copay', label: string) => (
    <TextInput label={label} inputMode="decimal" placeholder="0.00" value={values[name]} onChange={(e) => setValues({ ...values, [name]: e.currentTarget.value })} error={errors[name] ?? errors[`${name}.cents`]} />
  );
  return (
    <form onSubmit={submit} aria-label="Benefits">
      <Stack gap="sm">
        <ProblemNotice problem={note.problem} />
        <Checkbox label="The coverage is in force" checked={values.active} onChange={(e) => setValues({ ...values, active: e.currentTarget.checked })} />
        <Checkbox label="Treatment needs an authorization" checked={values.authorizationRequired} onChange={(e) => setValues({ ...values, authorizationRequired: e.currentTarget.checked })} />
        <Group grow align="flex-start">
          {field('deductible', 'Deductible')}
          {field('outOfPocketMaximum', 'Yearly maximum')}
        </Group>
        <Group grow align="flex-start">
          {field('copay', 'Copay')}
          <TextInput label="Coinsurance, %" inputMode="numeric" value={values.coinsurance} onChange={(e) => setValues({ ...values, coinsurance: e.currentTarget.value })} error={errors['coinsurancePercent']} />
        </Group>
        <TextInput label="Asked on" type="date" value={values.checkedOn} onChange={(e) => setValues({ ...values, checkedOn: e.currentTarget.value })} error={errors['checkedOn']} required withAsterisk={false} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={note.busy}>
            Note the benefits
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function AuthorizationItem({ authorization }: { authorization: Authorization }) {
  const has = useHas();
  const [deciding, setDeciding] = useState(false);
  const [tone, word] = authorizationState(authorization.status);
  return (
    <div className={classes.item}>
      <div className={classes.line}>
        <strong>
          {authorization.payerCode} {authorization.number ?? ''}
        </strong>
        <Badge tone={tone}>{word}</Badge>
      </div>
      <div className={table.dim}>
        {authorization.status === 'granted'
          ? `${authorization.unitsLeft} of ${authorization.units ?? authorization.unitsAsked} sessions left${authorization.validFrom && authorization.validTo ? `, ${calendarDay(authorization.validFrom)} to ${calendarDay(authorization.validTo)}` : ''}`
          : `${authorization.unitsAsked} sessions asked for, diagnosis ${authorization.diagnosisCode}${authorization.reason ? `; reason ${authorization.reason}` : ''}`}
      </div>
      {authorization.status === 'requested' && has('biller') ? (
        deciding ? (
          <DecisionForm authorization={authorization} onDone={() => setDeciding(false)} />
        ) : (
          <Button size="compact-sm" variant="default" onClick={() => setDeciding(true)} style={{ alignSelf: 'flex-start' }}>
            Note the payer’s decision
          </Button>
        )
      ) : null}
    </div>
  );
}

function DecisionForm({ authorization, onDone }: { authorization: Authorization; onDone: () => void }) {
  const zone = useZone();
  const today = dayIn(clinicNow(), zone);
  const [values, setValues] = useState({ decision: 'granted', number: '', units: String(authorization.unitsAsked), validFrom: today, validTo: '', reason: '197' });
  const decide = useCommand(
    (input: components['schemas']['Decision']) => body(billing.PUT('/api/authorizations/{id}/decision', { params: { path: { id: authorization.id }, header: { 'If-Match': `"${authorization.version}"` } }, body: input })),
    { refresh: AFTER, onDone },
  );
  const errors = decide.problem?.byField() ?? {};
  const granted = values.decision === 'granted';
  const set = (part: Partial<typeof values>) => setValues({ ...values, ...part });
  return (
    <form
      aria-label="The payer’s decision"
      onSubmit={(event) => {
        event.preventDefault();
        decide.run(granted ? { decision: 'granted', number: values.number.trim(), units: Number(values.units), validFrom: values.validFrom, validTo: values.validTo, reason: null } : { decision: 'denied', number: null, units: null, validFrom: null, validTo: null, reason: values.reason });
      }}
    >
      <Stack gap="sm">
        <ProblemNotice problem={decide.problem} />
        <NativeSelect
          label="Decision"
          data={[
            { value: 'granted', label: 'Granted' },
            { value: 'denied', label: 'Denied' },
          ]}
          value={values.decision}
          onChange={(e) => set({ decision: e.currentTarget.value })}
        />
        {granted ? (
          <>
            <Group grow align="flex-start">
              <TextInput label="Authorization number" value={values.number} onChange={(e) => set({ number: e.currentTarget.value })} error={errors['number']} required withAsterisk={false} />
              <TextInput label="Sessions" inputMode="numeric" value={values.units} onChange={(e) => set({ units: e.currentTarget.value })} error={errors['units']} required withAsterisk={false} />
            </Group>
            <Group grow align="flex-start">
              <TextInput label="Valid from" type="date" value={values.validFrom} onChange={(e) => set({ validFrom: e.currentTarget.value })} error={errors['validFrom']} required withAsterisk={false} />
              <TextInput label="Valid to" type="date" value={values.validTo} onChange={(e) => set({ validTo: e.currentTarget.value })} error={errors['validTo']} required withAsterisk={false} />
            </Group>
          </>
        ) : (
          <NativeSelect label="Reason" data={REASONS} value={values.reason} onChange={(e) => set({ reason: e.currentTarget.value })} error={errors['reason']} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={decide.busy}>
            Note the decision
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function AskForm({ patientId, coverages }: { patientId: string; coverages: Coverage[] }) {
  const has = useHas();
  const usable = coverages.filter((coverage) => coverage.status !== 'unknown-payer');
  const [asking, setAsking] = useState(false);
  const [units, setUnits] = useState('6');
  const [diagnosisCode, setDiagnosisCode] = useState('F33.2');
  const ask = useCommand((input: components['schemas']['NewAuthorization'], key) => body(billing.POST('/api/authorizations', { body: input, params: { header: { 'Idempotency-Key': key } } })), {
    refresh: AFTER,
    onDone: () => setAsking(false),
  });
  const [coverage] = usable;
  if (!has('biller') || !coverage) return null;
  const errors = ask.problem?.byField() ?? {};
  return (
    <div className={classes.item}>
      {asking ? (
        <form
          aria-label="Ask for an authorization"
          onSubmit={(event) => {
            event.preventDefault();
            ask.run({ patientId, coverageId: coverage.id, units: Number(units), diagnosisCode: diagnosisCode.trim() });
          }}
        >
          <Stack gap="sm">
            <ProblemNotice problem={ask.problem} />
            <Group grow align="flex-start">
              <TextInput label="Sessions" inputMode="numeric" value={units} onChange={(e) => setUnits(e.currentTarget.value)} error={errors['units']} required withAsterisk={false} />
              <TextInput label="Diagnosis (ICD-10-CM)" value={diagnosisCode} onChange={(e) => setDiagnosisCode(e.currentTarget.value)} error={errors['diagnosisCode']} required withAsterisk={false} />
            </Group>
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setAsking(false)}>
                Cancel
              </Button>
              <Button type="submit" loading={ask.busy}>
                Ask {coverage.payerCode}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <Button size="compact-sm" variant="default" onClick={() => setAsking(true)} style={{ alignSelf: 'flex-start' }}>
          Ask for an authorization
        </Button>
      )}
    </div>
  );
}
