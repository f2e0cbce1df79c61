import { ActionIcon, Button, Drawer, Group, NativeSelect, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { billing, body, versioned } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/billing';
import { useHas } from '../api/me';
import { clinicNow, useZone } from '../live/clock';
import { Loaded } from '../parts/Loaded';
import { Money, money } from '../parts/Money';
import { ProblemNotice } from '../parts/ProblemNotice';
import { table } from '../parts/Rows';
import { Badge } from '../parts/Tone';
import { calendarDay, dayIn } from '../parts/time';
import { When } from '../parts/When';
import { toCents, usd, written } from './cents';
import { claimState, GROUPS, REASONS, reasonName } from './words';
import classes from './Money.module.css';

type Claim = components['schemas']['ClaimAnswered'];

const AFTER_A_CHANGE = [['claims'], ['balance'], ['money'], ['journey'], ['journeys'], ['unbilled']];

/** One claim: what was charged and why, what the insurer answered, and what can be done now. */
export default function ClaimDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery({ queryKey: ['claims', 'one', id], queryFn: () => versioned(billing.GET('/api/claims/{id}', { params: { path: { id } } })) });
  return (
    <Drawer opened onClose={onClose} position="right" size="xl" title="Claim" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Loaded query={query}>{({ value, etag }) => <ClaimView claim={value} etag={etag} />}</Loaded>
    </Drawer>
  );
}

function ClaimView({ claim, etag }: { claim: Claim; etag: string | undefined }) {
  const has = useHas();
  const [tone, word] = claimState(claim.status);
  return (
    <Stack>
      <Group justify="space-between">
        <Badge tone={tone}>{word}</Badge>
        <Money of={claim.charged} strong />
      </Group>
      <dl className={classes.facts}>
        <dt>Payer</dt>
        <dd>{claim.payerCode}</dd>
        <dt>Session on</dt>
        <dd>{calendarDay(claim.serviceDate)}</dd>
        <dt>Diagnosis</dt>
        <dd>{claim.diagnosisCode ?? 'none on the plan'}</dd>
        <dt>Authorization</dt>
        <dd>{claim.authorizationNumber ?? 'not needed'}</dd>
        <dt>Submitted</dt>
        <dd>
          <When at={claim.submittedAt} />
        </dd>
      </dl>
      <div className={table.scroll} tabIndex={0} role="region" aria-label="Lines of the claim">
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Code</th>
              <th scope="col">What for</th>
              <th scope="col" className={table.number}>
                Units
              </th>
              <th scope="col" className={table.number}>
                Amount
              </th>
            </tr>
          </thead>
          <tbody>
            {claim.lines.map((line) => (
              <tr key={`${line.code} ${line.why}`}>
                <td>{line.code}</td>
                <td>
                  {line.description}
                  <div className={table.dim}>{line.why}</div>
                </td>
                <td className={table.number}>{line.units}</td>
                <td className={table.number}>
                  <Money of={line.amount} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {claim.answer ? <Remittance answer={claim.answer} /> : null}
      {claim.writeOffReason ? <p>Written off: {claim.writeOffReason}</p> : null}
      {claim.status === 'submitted' && has('biller') ? <AnswerForm claim={claim} etag={etag} /> : null}
      {claim.status === 'denied' && has('biller') ? <WriteOff claim={claim} etag={etag} /> : null}
    </Stack>
  );
}

function Remittance({ answer }: { answer: NonNullable<Claim['answer']> }) {
  return (
    <div>
      <h3 className={classes.heading}>The insurer’s answer</h3>
      <dl className={classes.facts}>
        <dt>Its claim number</dt>
        <dd>{answer.payerClaimNumber}</dd>
        <dt>Decided</dt>
        <dd>{calendarDay(answer.decidedOn)}</dd>
        <dt>Paid</dt>
        <dd>
          <Money of={answer.paid} strong />
        </dd>
        {answer.adjustments.map((adjustment) => (
          <AdjustmentLine key={`${adjustment.group} ${adjustment.reason} ${adjustment.amount.cents}`} {...adjustment} />
        ))}
        <dt>The patient owes</dt>
        <dd>
          <Money of={answer.patientOwes} strong />
        </dd>
      </dl>
    </div>
  );
}

function AdjustmentLine({ group, reason, amount }: { group: string; reason: string; amount: { cents: number; currency: string } }) {
  return (
    <>
      <dt>
        {group} {reason} {reasonName(reason)}
      </dt>
      <dd>
        <Money of={amount} />
      </dd>
    </>
  );
}

interface Adjustment {
  group: string;
  reason: string;
  amount: string;
}

/** An answer that came on paper or by telephone; most come through the FHIR door. */
function AnswerForm({ claim, etag }: { claim: Claim; etag: string | undefined }) {
  const zone = useZone();
  const [outcome, setOutcome] = useState<'paid' | 'denied'>('paid');
  const [paid, setPaid] = useState('');
  const [number, setNumber] = useState('');
  const [decidedOn, setDecidedOn] = useState(dayIn(clinicNow(), zone));
  const [adjustments, setAdjustments] = useState<Adjustment[]>([{ group: 'CO', reason: '45', amount: '' }]);
  const [missing, setMissing] = useState<string>();
  const answer = useCommand(
    (input: components['schemas']['AnswerRequest']) => body(billing.PUT('/api/claims/{id}/answer', { params: { path: { id: claim.id }, header: { 'If-Match': etag ?? '' } }, body: input })),
    { refresh: AFTER_A_CHANGE },
  );
  const errors = answer.problem?.byField() ?? {};
  const paidCents = outcome === 'denied' ? 0 : toCents(paid);
  const explained = (paidCents ?? 0) + adjustments.reduce((sum, a) => sum + (toCents(a.amount) ?? 0), 0);
  const left = claim.charged.cents - explained;
  const change = (index: number, part: Partial<Adjustment>) => setAdjustments(adjustments.map((a, i) => (i === index ? { ...a, ...part } : a)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const lines = adjustments.filter((a) => a.amount.trim() !== '');
    if (paidCents === undefined || lines.some((a) => toCents(a.amount) === undefined)) {
      setMissing('Amounts are dollars and cents, such as 450.00');
      return;
    }
    setMissing(undefined);
    answer.run({
      outcome,
      paid: usd(paidCents),
      adjustments: lines.map((a) => ({ group: a.group, reason: a.reason, amount: usd(toCents(a.amount) ?? 0) })),
      payerClaimNumber: number.trim(),
      decidedOn,
    });
  };
  return (
    <form onSubmit={submit} aria-label="Enter the insurer’s answer">
      <Stack gap="sm">
        <h3 className={classes.heading}>Enter an answer from paper</h3>
        <ProblemNotice problem={answer.problem} />
        <SegmentedControl
          aria-label="Outcome"
          value={outcome}
          onChange={(value) => setOutcome(value as 'paid' | 'denied')}
          data={[
            { value: 'paid', label: 'Paid' },
            { value: 'denied', label: 'Denied' },
          ]}
        />
        <Group grow align="flex-start">
          <TextInput label="Insurer’s claim number" value={number} onChange={(e) => setNumber(e.currentTarget.value)} error={errors['payerClaimNumber']} required withAsterisk={false} />
          <TextInput label="Decided on" type="date" value={decidedOn} onChange={(e) => setDecidedOn(e.currentTarget.value)} error={errors['decidedOn']} required withAsterisk={false} />
          {outcome === 'paid' ? <TextInput label="Paid" inputMode="decimal" placeholder="0.00" value={paid} onChange={(e) => setPaid(e.currentTarget.value)} error={errors['paid.cents']} required withAsterisk={false} /> : null}
        </Group>
        {adjustments.map((adjustment, i) => (
          <Group key={i} gap="xs" align="flex-end" wrap="nowrap">
            <NativeSelect label={i === 0 ? 'Group' : undefined} aria-label={`Group of adjustment ${i + 1}`} data={GROUPS} value={adjustment.group} onChange={(e) => change(i, { group: e.currentTarget.value })} />
            <NativeSelect style={{ flex: 1 }} label={i === 0 ? 'Reason' : undefined} aria-label={`Reason of adjustment ${i + 1}`} data={REASONS} value={adjustment.reason} onChange={(e) => change(i, { reason: e.currentTarget.value })} error={errors[`adjustments[${i}].reason`]} />
            <TextInput w={110} label={i === 0 ? 'Amount' : undefined} aria-label={`Amount of adjustment ${i + 1}`} inputMode="decimal" placeholder="0.00" value={adjustment.amount} onChange={(e) => change(i, { amount: e.currentTarget.value })} error={errors[`adjustments[${i}].amount.cents`]} />
            <ActionIcon variant="subtle" color="gray" size={36} aria-label={`Remove adjustment ${i + 1}`} onClick={() => setAdjustments(adjustments.filter((_, j) => j !== i))}>
              <IconX size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Group justify="space-between">
          <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => setAdjustments([...adjustments, { group: 'PR', reason: '2', amount: left > 0 ? written(left) : '' }])}>
            Add an adjustment
          </Button>
          {left === 0 ? <Badge tone="done">Makes the charge to the cent</Badge> : <Badge tone="hold">{left > 0 ? `${money(usd(left))} not explained yet` : `${money(usd(-left))} too much`}</Badge>}
        </Group>
        {missing ? <Badge tone="danger">{missing}</Badge> : null}
        <Group justify="flex-end">
          <Button type="submit" loading={answer.busy} disabled={left !== 0}>
            Enter the answer
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function WriteOff({ claim, etag }: { claim: Claim; etag: string | undefined }) {
  const [reason, setReason] = useState('');
  const writeOff = useCommand(
    (input: { reason: string }) => body(billing.POST('/api/claims/{id}/write-off', { params: { path: { id: claim.id }, header: { 'If-Match': etag ?? '' } }, body: input })),
    { refresh: AFTER_A_CHANGE },
  );
  return (
    <form
      aria-label="Write the claim off"
      onSubmit={(event) => {
        event.preventDefault();
        writeOff.run({ reason: reason.trim() });
      }}
    >
      <Stack gap="sm">
        <h3 className={classes.heading}>Give the claim up</h3>
        <ProblemNotice problem={writeOff.problem} />
        <Textarea label="Reason" description="Kept with the claim and in the audit trail" value={reason} onChange={(e) => setReason(e.currentTarget.value)} error={writeOff.problem?.byField()['reason']} required withAsterisk={false} autosize minRows={2} />
        <Group justify="flex-end">
          <Button type="submit" color="red" variant="light" loading={writeOff.busy} disabled={!reason.trim()}>
            Write off {money(claim.charged)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
