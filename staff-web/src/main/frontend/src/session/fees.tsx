import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { body, ifMatch, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/scheduling';
import { useHas } from '../api/me';
import { money } from '../parts/Money';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge, Banner } from '../parts/Tone';
import { When } from '../parts/When';
import { LongField } from './fields';
import fees from './fees.module.css';
import classes from './forms.module.css';
import { Source } from './parts';

export type Fee = components['schemas']['SessionFee'];
type EndingCost = components['schemas']['EndingCost'];

export const FEE_KINDS: Record<string, string> = { 'late-cancellation': 'Late cancellation', 'no-show': 'No-show' };

const WHY: Record<string, (hours: number) => string> = {
  late: (hours) => `less than ${hours} hours before the start`,
  missed: () => 'the patient did not come',
  'in-time': (hours) => `${hours} hours or more before the start`,
  reason: () => 'this is not the patient’s to answer for',
  payer: () => 'the patient’s insurance forbids it',
  'payer-unknown': () => 'it is not known yet who insures the patient, and their insurance may forbid it',
  'patient-here': () => 'the patient came, and is free to decide against the dose',
};

/** What an ending will cost, said before it is done. */
export function CostLine({ sessionId, action, reason }: { sessionId: string; action: EndingCost['action']; reason?: string | undefined }) {
  const terms = useQuery({
    queryKey: ['session-fees', 'terms', sessionId],
    queryFn: () => body(scheduling.GET('/api/sessions/{id}/cancellation-terms', { params: { path: { id: sessionId } } })),
    // a line that is crossed while the form is open is seen
    refetchInterval: 60_000,
  });
  const cost = terms.data?.costs.find((one) => one.action === action && (action !== 'cancel' || one.reason === reason));
  if (terms.isError) return <Banner tone="hold" title="What it costs the patient is not known at the moment" />;
  if (!terms.data || !cost) return null;
  const why = WHY[cost.because]?.(terms.data.lateWithinHours) ?? cost.because;
  return (
    <Banner tone={cost.amount.cents > 0 ? 'hold' : 'info'} title={cost.amount.cents > 0 ? `Costs the patient ${money(cost.amount)}: ${why}` : `Costs the patient nothing: ${why}`}>
      <small>
        {cost.amount.cents > 0 ? 'It can be waived afterwards, with a reason. ' : ''}
        {terms.data.policy}.
      </small>
      <Source of={terms.data.source} />
    </Banner>
  );
}

/** A fee that is due or was waived; whoever may, waives it here. */
export function FeeBox({ sessionId, version, fee }: { sessionId: string; version: number; fee: Fee }) {
  const may = useHas()('front-desk', 'biller', 'prescriber');
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const waive = useCommand(
    () => body(scheduling.POST('/api/sessions/{id}/waive-fee', { params: { path: { id: sessionId }, header: { 'If-Match': ifMatch(version) } }, body: { reason: reason.trim() } })),
    { refresh: [['session-fees'], ['session', sessionId], ['sessions']], onDone: () => setOpen(false) },
  );
  const what = `${FEE_KINDS[fee.kind] ?? fee.kind}: ${money(fee.amount)}`;
  if (fee.waiver) {
    return (
      <div>
        <Badge tone="done">{`${what}, waived`}</Badge>
        <div className={fees.dim}>
          “{fee.waiver.reason}”, {fee.waiver.by}, <When at={fee.waiver.at} />
        </div>
      </div>
    );
  }
  return (
    <div className={classes.form}>
      <div className={fees.line}>
        <Badge tone="hold">{`${what}, due`}</Badge>
        {may && !open ? (
          <Button size="compact-md" variant="default" onClick={() => setOpen(true)}>
            Waive the fee
          </Button>
        ) : null}
      </div>
      {open ? (
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim()) waive.run(undefined);
          }}
        >
          <LongField label="Why the clinic does without it" value={reason} onChange={setReason} error={waive.problem?.byField()['reason']} required />
          <ProblemNotice problem={waive.problem} />
          <div className={fees.line}>
            <Button type="submit" loading={waive.busy} disabled={!reason.trim()}>
              Waive {money(fee.amount)}
            </Button>
            <Button variant="default" onClick={() => setOpen(false)}>
              Keep the fee
            </Button>
          </div>
        </form>
      ) : null}
    </div>
  );
}
