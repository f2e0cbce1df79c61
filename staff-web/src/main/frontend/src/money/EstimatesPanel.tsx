import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { billing, body } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/billing';
import { Empty, Loaded } from '../parts/Loaded';
import { Money, money } from '../parts/Money';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { table } from '../parts/Rows';
import { Badge } from '../parts/Tone';
import { calendarDay } from '../parts/time';
import { When } from '../parts/When';
import classes from './Money.module.css';

type Estimate = components['schemas']['EstimateAnswer'];

const AFTER = [['estimates'], ['balance'], ['journey'], ['readiness']];

/** Good-faith estimates (No Surprises Act) and the agreement to pay oneself. */
export function EstimatesPanel({ patientId }: { patientId: string }) {
  const query = useQuery({ queryKey: ['estimates', patientId], queryFn: () => body(billing.GET('/api/estimates', { params: { query: { patientId } } })) });
  const [sessions, setSessions] = useState('6');
  const [asking, setAsking] = useState(false);
  const issue = useCommand((input: components['schemas']['NewEstimate'], key) => body(billing.POST('/api/estimates', { body: input, params: { header: { 'Idempotency-Key': key } } })), { refresh: AFTER, onDone: () => setAsking(false) });
  const errors = issue.problem?.byField() ?? {};
  return (
    <Panel
      flush
      title="Estimates"
      aside={
        asking ? null : (
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            Issue an estimate
          </Button>
        )
      }
    >
      {asking ? (
        <form
          className={classes.item}
          aria-label="Issue an estimate"
          onSubmit={(event) => {
            event.preventDefault();
            issue.run({ patientId, sessions: Number(sessions), visitOn: null });
          }}
        >
          <ProblemNotice problem={issue.problem} />
          <Group align="flex-end">
            <TextInput w={110} label="Sessions" inputMode="numeric" value={sessions} onChange={(e) => setSessions(e.currentTarget.value)} error={errors['sessions']} required withAsterisk={false} />
            <Button type="submit" loading={issue.busy} disabled={!/^\d{1,2}$/.test(sessions)}>
              Issue the estimate
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              Cancel
            </Button>
          </Group>
        </form>
      ) : null}
      <Loaded query={query}>{({ items }) => (items.length === 0 ? <Empty title="No estimates">A patient without insurance gets one before the first visit.</Empty> : items.map((estimate) => <EstimateItem key={estimate.id} estimate={estimate} />))}</Loaded>
    </Panel>
  );
}

function EstimateItem({ estimate }: { estimate: Estimate }) {
  const [signature, setSignature] = useState('');
  const [signing, setSigning] = useState(false);
  const agree = useCommand(
    (input: { signature: string }) => body(billing.POST('/api/estimates/{id}/agreement', { params: { path: { id: estimate.id }, header: { 'If-Match': `"${estimate.version}"` } }, body: input })),
    { refresh: AFTER, onDone: () => setSigning(false) },
  );
  return (
    <div className={classes.item}>
      <div className={classes.line}>
        <strong>{`${estimate.sessions} session${estimate.sessions === 1 ? '' : 's'}`}</strong>
        <Money of={estimate.total} strong />
      </div>
      <div className={classes.line}>
        {estimate.status === 'agreed' ? (
          <Badge tone="done">
            Agreed {estimate.agreedAt ? <When at={estimate.agreedAt} show="date" /> : null}
          </Badge>
        ) : (
          <Badge tone="waiting">Issued, not agreed</Badge>
        )}
        <span className={table.dim}>
          hand over by {calendarDay(estimate.dueOn)}, valid to {calendarDay(estimate.validTo)}
        </span>
      </div>
      {estimate.lines.map((line) => (
        <div key={line.code} className={classes.line}>
          <span>
            {line.units} × {line.code} {line.description}
          </span>
          <Money of={line.amount} />
        </div>
      ))}
      {estimate.disputable ? <Badge tone="danger">{`Charged ${money(estimate.variance)} above it: the patient can dispute`}</Badge> : null}
      {estimate.status === 'issued' ? (
        signing ? (
          <form
            aria-label="Agreement to pay"
            onSubmit={(event) => {
              event.preventDefault();
              agree.run({ signature: signature.trim() });
            }}
          >
            <Stack gap="sm">
              <ProblemNotice problem={agree.problem} />
              <TextInput label="The patient’s name, typed by the patient" description="I agree to pay these sessions myself" value={signature} onChange={(e) => setSignature(e.currentTarget.value)} error={agree.problem?.byField()['signature']} required withAsterisk={false} />
              <Group justify="flex-end">
                <Button variant="default" onClick={() => setSigning(false)}>
                  Cancel
                </Button>
                <Button type="submit" loading={agree.busy} disabled={!signature.trim()}>
                  Sign the agreement
                </Button>
              </Group>
            </Stack>
          </form>
        ) : (
          <Button size="compact-sm" variant="default" onClick={() => setSigning(true)} style={{ alignSelf: 'flex-start' }}>
            The patient agrees to pay
          </Button>
        )
      ) : null}
    </div>
  );
}
