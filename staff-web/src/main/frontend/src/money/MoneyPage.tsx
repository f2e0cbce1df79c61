import { Button, SegmentedControl } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { billing, body } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/billing';
import { useHas } from '../api/me';
import { Empty } from '../parts/Loaded';
import { Money } from '../parts/Money';
import { Page, Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Rows, table, usePages } from '../parts/Rows';
import { Badge } from '../parts/Tone';
import { calendarDay } from '../parts/time';
import { When } from '../parts/When';
import { shortName, usePatients } from '../parts/patients';
import { claimState, reasonName, unbilledState } from './words';

const ClaimDrawer = lazy(() => import('./ClaimDrawer'));

type Unbilled = components['schemas']['UnbilledSession'];
type Claim = components['schemas']['ClaimAnswered'];
type Balance = components['schemas']['BalanceAnswer'];

const VIEWS = [
  { value: 'to-bill', label: 'To bill' },
  { value: 'submitted', label: 'With insurers' },
  { value: 'denied', label: 'Denials' },
  { value: 'paid', label: 'Paid' },
  { value: 'balances', label: 'Balances' },
] as const;
type View = (typeof VIEWS)[number]['value'];

/** The biller's work: what can be claimed, what waits, what was refused, who owes. */
export default function MoneyPage() {
  const has = useHas();
  const views = has('biller') ? VIEWS : VIEWS.filter((view) => view.value === 'balances');
  const { view: wanted } = useSearch({ from: '/money' });
  const view: View = views.find((v) => v.value === wanted)?.value ?? views[0]?.value ?? 'balances';
  const navigate = useNavigate();
  const [claim, setClaim] = useState<string>();
  return (
    <Page
      title="Money"
      aside={views.length > 1 ? <SegmentedControl aria-label="What to show" value={view} onChange={(value) => void navigate({ to: '/money', search: { view: value as View } })} data={[...views]} /> : null}
    >
      {view === 'to-bill' ? <ToBill /> : view === 'balances' ? <Balances /> : <Claims key={view} status={view} onOpen={setClaim} />}
      <Suspense>{claim ? <ClaimDrawer id={claim} onClose={() => setClaim(undefined)} /> : null}</Suspense>
    </Page>
  );
}

function PatientLink({ id, names }: { id: string; names: Parameters<typeof shortName>[0] }) {
  return (
    <Link to="/patients/$patientId/money" params={{ patientId: id }}>
      {shortName(names)}
    </Link>
  );
}

function ToBill() {
  const query = usePages<Unbilled>(['unbilled'], (cursor) => body(billing.GET('/api/unbilled-sessions', { params: { query: { cursor, limit: 50 } } })));
  const items = (query.data?.pages ?? []).flatMap((page) => page.items);
  const { data: patients } = usePatients(items.map((item) => item.patientId));
  const [sending, setSending] = useState<string>();
  const claim = useCommand((sessionId: string, key) => body(billing.POST('/api/claims', { body: { sessionId }, params: { header: { 'Idempotency-Key': key } } })), { refresh: [['unbilled'], ['claims'], ['balance']] });
  return (
    <Panel flush title="Sessions without a claim">
      <ProblemNotice problem={claim.problem} />
      <Rows
        query={query}
        label="Sessions without a claim"
        head={
          <>
            <th scope="col">Session on</th>
            <th scope="col">Patient</th>
            <th scope="col">Payer</th>
            <th scope="col">State</th>
            <th scope="col" className={table.number}>
              Charge
            </th>
            <th scope="col">
              <span className="visually-hidden">Do</span>
            </th>
          </>
        }
        row={(item) => {
          const [tone, word] = unbilledState(item.why);
          return (
            <tr key={item.sessionId}>
              <td>{item.serviceDate ? calendarDay(item.serviceDate) : ''}</td>
              <td>
                <PatientLink id={item.patientId} names={patients?.get(item.patientId)} />
              </td>
              <td>{item.payerCode ?? ''}</td>
              <td>
                <Badge tone={tone}>{word}</Badge>
                {item.why === 'ready' ? null : <div className={table.dim}>{item.detail}</div>}
              </td>
              <td className={table.number}>
                <Money of={item.total} />
              </td>
              <td className={table.number}>
                {item.why === 'ready' ? (
                  <Button
                    size="compact-sm"
                    loading={claim.busy && sending === item.sessionId}
                    disabled={claim.busy}
                    onClick={() => {
                      setSending(item.sessionId);
                      claim.run(item.sessionId);
                    }}
                  >
                    Submit claim
                  </Button>
                ) : null}
              </td>
            </tr>
          );
        }}
        empty={<Empty title="Everything is billed">A session appears here when its patient was discharged, until it was claimed or charged.</Empty>}
      />
    </Panel>
  );
}

function Claims({ status, onOpen }: { status: string; onOpen: (id: string) => void }) {
  const query = usePages<Claim>(['claims', status], (cursor) => body(billing.GET('/api/claims', { params: { query: { status, cursor, limit: 50 } } })));
  const items = (query.data?.pages ?? []).flatMap((page) => page.items);
  const { data: patients } = usePatients(items.map((item) => item.patientId));
  const [, title] = claimState(status);
  const denied = status === 'denied';
  return (
    <Panel flush title={denied ? 'Denied claims' : `Claims: ${title.toLowerCase()}`}>
      <Rows
        query={query}
        label="Claims"
        head={
          <>
            <th scope="col">Session on</th>
            <th scope="col">Patient</th>
            <th scope="col">Payer</th>
            <th scope="col">{denied ? 'Reason' : 'Submitted'}</th>
            <th scope="col" className={table.number}>
              Charged
            </th>
            {status === 'paid' ? (
              <th scope="col" className={table.number}>
                Paid
              </th>
            ) : null}
            <th scope="col">
              <span className="visually-hidden">Open</span>
            </th>
          </>
        }
        row={(claim) => (
          <tr key={claim.id}>
            <td>{calendarDay(claim.serviceDate)}</td>
            <td>
              <PatientLink id={claim.patientId} names={patients?.get(claim.patientId)} />
            </td>
            <td>{claim.payerCode}</td>
            <td>{denied ? (claim.answer?.adjustments ?? []).map((a) => `${a.group} ${a.reason} ${reasonName(a.reason)}`).join(', ') : <When at={claim.submittedAt} show="date" />}</td>
            <td className={table.number}>
              <Money of={claim.charged} />
            </td>
            {status === 'paid' ? <td className={table.number}>{claim.answer ? <Money of={claim.answer.paid} /> : null}</td> : null}
            <td className={table.number}>
              <Button size="compact-sm" variant="default" onClick={() => onOpen(claim.id)}>
                Open
              </Button>
            </td>
          </tr>
        )}
        empty={
          denied ? (
            <Empty title="No open denials">A claim that an insurer refused stands here until it is written off.</Empty>
          ) : status === 'submitted' ? (
            <Empty title="No claim waits for an insurer">Claims are made under “To bill”.</Empty>
          ) : (
            <Empty title="No claim was paid yet" />
          )
        }
      />
    </Panel>
  );
}

function Balances() {
  const query = usePages<Balance>(['balance', 'list'], (cursor) => body(billing.GET('/api/balances', { params: { query: { cursor, limit: 50 } } })));
  const items = (query.data?.pages ?? []).flatMap((page) => page.items);
  const { data: patients } = usePatients(items.map((item) => item.patientId));
  return (
    <Panel flush title="Balances">
      <Rows
        query={query}
        label="Balances"
        head={
          <>
            <th scope="col">Patient</th>
            <th scope="col" className={table.number}>
              With insurers
            </th>
            <th scope="col" className={table.number}>
              Sessions not decided
            </th>
            <th scope="col" className={table.number}>
              The patient owes
            </th>
          </>
        }
        row={(item) => (
          <tr key={item.patientId}>
            <td>
              <PatientLink id={item.patientId} names={patients?.get(item.patientId)} />
            </td>
            <td className={table.number}>
              <Money of={item.insurancePending} />
            </td>
            <td className={table.number}>{item.openClaims}</td>
            <td className={table.number}>
              <Money of={item.balance} strong />
            </td>
          </tr>
        )}
        empty={<Empty title="No accounts yet">A patient’s account begins with the first charge or payment.</Empty>}
      />
    </Panel>
  );
}
