import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { billing, body } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/billing';
import { Problem } from '../api/problem';
import { useHas } from '../api/me';
import { Empty, Loaded } from '../parts/Loaded';
import { Money, money } from '../parts/Money';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { table } from '../parts/Rows';
import { Badge } from '../parts/Tone';
import { calendarDay } from '../parts/time';
import { When } from '../parts/When';
import { PatientFees } from '../session/PatientFees';
import { toCents, usd, written } from './cents';
import { CoveragePanel } from './CoveragePanel';
import { EstimatesPanel } from './EstimatesPanel';
import { claimState, kindName, METHODS, methodName } from './words';
import classes from './Money.module.css';

const ClaimDrawer = lazy(() => import('./ClaimDrawer'));

type Balance = components['schemas']['BalanceAnswer'];
type Payment = components['schemas']['PaymentAnswer'];

/** A patient's money: what insurers and the patient owe, how it came about, and what can be done. */
export default function PatientMoneyTab() {
  const { patientId } = useParams({ strict: false }) as { patientId: string };
  const has = useHas();
  const biller = has('biller');
  const [claim, setClaim] = useState<string>();
  const [paying, setPaying] = useState(false);
  const balance = useQuery({
    queryKey: ['balance', patientId],
    queryFn: async () => {
      try {
        return await body(billing.GET('/api/balances/{patientId}', { params: { path: { patientId } } }));
      } catch (failure) {
        // no account before the first posting
        if (failure instanceof Problem && failure.status === 404) return null;
        throw failure;
      }
    },
  });
  if (!has('biller', 'front-desk')) return <Empty title="Money is shown to billers and the front desk">Your role works without it.</Empty>;

  return (
    <Stack>
      <Sums balance={balance} patientId={patientId} onPay={() => setPaying(true)} />
      <div className={classes.columns}>
        <div className={classes.column}>
          {biller ? <ClaimsPanel patientId={patientId} onOpen={setClaim} /> : null}
          <AccountPanel balance={balance} />
          <PaymentsPanel patientId={patientId} />
        </div>
        <div className={classes.column}>
          <PatientFees patientId={patientId} />
          <CoveragePanel patientId={patientId} />
          <EstimatesPanel patientId={patientId} />
          {biller ? <StatementsPanel patientId={patientId} /> : null}
        </div>
      </div>
      <Suspense>{claim ? <ClaimDrawer id={claim} onClose={() => setClaim(undefined)} /> : null}</Suspense>
      {paying ? <TakePayment patientId={patientId} owed={balance.data?.balance.cents ?? 0} onClose={() => setPaying(false)} /> : null}
    </Stack>
  );
}

function Sums({ balance, onPay }: { balance: UseQueryResult<Balance | null>; patientId: string; onPay: () => void }) {
  const nothing = usd(0);
  return (
    <Loaded query={balance}>
      {(data) => (
        <div className={classes.sums}>
          <div className={classes.sum}>
            <span>{(data?.balance.cents ?? 0) < 0 ? 'The clinic owes the patient' : 'The patient owes'}</span>
            <strong>{money(usd(Math.abs(data?.balance.cents ?? 0)))}</strong>
          </div>
          <div className={classes.sum}>
            <span>With insurers</span>
            <strong>{money(data?.insurancePending ?? nothing)}</strong>
          </div>
          <div className={classes.sum}>
            <span>Sessions not decided</span>
            <strong>{data?.openClaims ?? 0}</strong>
          </div>
          <div className={classes.sum}>
            <span>Credit not used</span>
            <strong>{money(data?.unappliedCredit ?? nothing)}</strong>
          </div>
          <Group align="center">
            <Button onClick={onPay}>Take a payment</Button>
          </Group>
        </div>
      )}
    </Loaded>
  );
}

function ClaimsPanel({ patientId, onOpen }: { patientId: string; onOpen: (id: string) => void }) {
  const query = useQuery({ queryKey: ['claims', 'of', patientId], queryFn: () => body(billing.GET('/api/claims', { params: { query: { patientId, limit: 200 } } })) });
  return (
    <Panel flush title="Claims">
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No claims">A claim is made under Money, “To bill”, when a session’s note is signed.</Empty>
          ) : (
            <div className={table.scroll} tabIndex={0} role="region" aria-label="Claims">
              <table className={table.table}>
                <thead>
                  <tr>
                    <th scope="col">Session on</th>
                    <th scope="col">Payer</th>
                    <th scope="col">State</th>
                    <th scope="col" className={table.number}>
                      Charged
                    </th>
                    <th scope="col" className={table.number}>
                      Paid
                    </th>
                    <th scope="col">
                      <span className="visually-hidden">Open</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((claim) => {
                    const [tone, word] = claimState(claim.status);
                    return (
                      <tr key={claim.id}>
                        <td>{calendarDay(claim.serviceDate)}</td>
                        <td>{claim.payerCode}</td>
                        <td>
                          <Badge tone={tone}>{word}</Badge>
                        </td>
                        <td className={table.number}>
                          <Money of={claim.charged} />
                        </td>
                        <td className={table.number}>{claim.answer ? <Money of={claim.answer.paid} /> : null}</td>
                        <td className={table.number}>
                          <Button size="compact-sm" variant="default" onClick={() => onOpen(claim.id)}>
                            Open
                          </Button>
                        </td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
    </Panel>
  );
}

function AccountPanel({ balance }: { balance: UseQueryResult<Balance | null> }) {
  return (
    <Panel flush title="Account">
      <Loaded query={balance}>
        {(data) =>
          !data || data.entries.length === 0 ? (
            <Empty title="No postings yet">Charges, insurers’ answers and payments are posted here; nothing is ever changed, only taken back.</Empty>
          ) : (
            <div className={table.scroll} tabIndex={0} role="region" aria-label="Account">
              <table className={table.table}>
                <thead>
                  <tr>
                    <th scope="col">When</th>
                    <th scope="col">What</th>
                    <th scope="col" className={table.number}>
                      Insurer
                    </th>
                    <th scope="col" className={table.number}>
                      Patient
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {data.entries.map((entry) => (
                    <tr key={entry.id}>
                      <td>
                        <When at={entry.at} show="date" />
                      </td>
                      <td>
                        {kindName(entry.kind)}
                        {entry.reason ? <div className={table.dim}>{entry.reason}</div> : null}
                      </td>
                      <td className={table.number}>{entry.insurance.cents === 0 ? '' : <Money of={entry.insurance} />}</td>
                      <td className={table.number}>{entry.amount.cents === 0 ? '' : <Money of={entry.amount} />}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
    </Panel>
  );
}

function PaymentsPanel({ patientId }: { patientId: string }) {
  const has = useHas();
  const [reversing, setReversing] = useState<Payment>();
  const query = useQuery({ queryKey: ['payments', patientId], queryFn: () => body(billing.GET('/api/payments', { params: { query: { patientId, limit: 200 } } })) });
  return (
    <Panel flush title="Payments">
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No payments" />
          ) : (
            <div className={table.scroll} tabIndex={0} role="region" aria-label="Payments">
              <table className={table.table}>
                <tbody>
                  {items.map((payment) => (
                    <tr key={payment.id}>
                      <td>
                        <When at={payment.receivedAt} />
                      </td>
                      <td>{methodName(payment.method)}</td>
                      <td>{payment.reversedBecause ? <Badge tone="info">{`Taken back: ${payment.reversedBecause}`}</Badge> : <Badge tone="done">Received</Badge>}</td>
                      <td className={table.number}>
                        <Money of={payment.amount} />
                      </td>
                      <td className={table.number}>
                        {has('biller') && !payment.reversedBecause ? (
                          <Button size="compact-sm" variant="default" onClick={() => setReversing(payment)}>
                            Take back
                          </Button>
                        ) : null}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
      {reversing ? <ReversePayment payment={reversing} onClose={() => setReversing(undefined)} /> : null}
    </Panel>
  );
}

function ReversePayment({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const reverse = useCommand(
    (input: { reason: string }) => body(billing.POST('/api/payments/{id}/reversal', { params: { path: { id: payment.id }, header: { 'If-Match': `"${payment.version}"` } }, body: input })),
    { refresh: [['payments'], ['balance'], ['journey']], onDone: onClose },
  );
  return (
    <Modal opened onClose={onClose} title={`Take back ${money(payment.amount)}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          reverse.run({ reason: reason.trim() });
        }}
      >
        <Stack>
          <ProblemNotice problem={reverse.problem} />
          <TextInput label="Reason" description="The payment stays in the account, with its reversal" value={reason} onChange={(e) => setReason(e.currentTarget.value)} required withAsterisk={false} data-autofocus />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" color="red" variant="light" loading={reverse.busy} disabled={!reason.trim()}>
              Take the payment back
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function TakePayment({ patientId, owed, onClose }: { patientId: string; owed: number; onClose: () => void }) {
  const [amount, setAmount] = useState(owed > 0 ? written(owed) : '');
  const [method, setMethod] = useState('card');
  const cents = toCents(amount);
  const take = useCommand(
    (input: components['schemas']['NewPayment'], key) => body(billing.POST('/api/payments', { body: input, params: { header: { 'Idempotency-Key': key } } })),
    { refresh: [['payments'], ['balance'], ['journey'], ['statements']], onDone: onClose },
  );
  const errors = take.problem?.byField() ?? {};
  return (
    <Modal opened onClose={onClose} title="Take a payment" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (cents) take.run({ patientId, amount: usd(cents), method });
        }}
      >
        <Stack>
          <ProblemNotice problem={take.problem} />
          <TextInput
            label="Amount in dollars"
            inputMode="decimal"
            placeholder="0.00"
            value={amount}
            onChange={(e) => setAmount(e.currentTarget.value)}
            error={errors['amount.cents'] ?? (amount && cents === undefined ? 'Dollars and cents, such as 120.00' : undefined)}
            description={owed > 0 ? `${money(usd(owed))} are owed` : 'Nothing is owed: it becomes a credit'}
            required
            withAsterisk={false}
            data-autofocus
          />
          <NativeSelect label="By" data={METHODS} value={method} onChange={(e) => setMethod(e.currentTarget.value)} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={take.busy} disabled={!cents}>
              {cents ? `Take ${money(usd(cents))}` : 'Take the payment'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function StatementsPanel({ patientId }: { patientId: string }) {
  const query = useQuery({ queryKey: ['statements', patientId], queryFn: () => body(billing.GET('/api/statements', { params: { query: { patientId, limit: 50 } } })) });
  const issue = useCommand((input: { patientId: string }, key) => body(billing.POST('/api/statements', { body: input, params: { header: { 'Idempotency-Key': key } } })), { refresh: [['statements'], ['journey']] });
  return (
    <Panel
      flush
      title="Statements"
      aside={
        <Button size="xs" variant="default" onClick={() => issue.run({ patientId })} loading={issue.busy}>
          Issue a statement
        </Button>
      }
    >
      <ProblemNotice problem={issue.problem} />
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No statements">One is issued by itself a week after a balance arose, or here at once.</Empty>
          ) : (
            items.map((statement) => (
              <div key={statement.id} className={classes.item}>
                <div className={classes.line}>
                  <span>
                    <When at={statement.issuedAt} show="date" />, due {calendarDay(statement.dueOn)}
                  </span>
                  <Money of={statement.amountDue} strong />
                </div>
              </div>
            ))
          )
        }
      </Loaded>
    </Panel>
  );
}
