import { Button } from '@mantine/core';
import { useState } from 'react';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Banner } from '../parts/Tone';
import { When } from '../parts/When';
import { clinicNow } from '../live/clock';
import { Choice, LongField, NumberField, numberOf, TextField } from './fields';
import classes from './forms.module.css';
import { type Bodies, capital, goingOn, humanized, openReviews } from './model';
import { ActionBody, type ActionProps } from './parts';
import { useSilentSince } from './offline/link';
import { useAct } from './useSession';

const STOPS = [
  { value: 'adverse-event', label: 'Adverse event' },
  { value: 'patient-request', label: 'The patient asks' },
  { value: 'equipment', label: 'Equipment' },
] as const;

/** Two touches: stop, and why. Stop the pump first; this puts it on record. */
export function Stop({ session, onDone }: ActionProps) {
  const act = useAct(session, 'stop', onDone);
  const [sent, setSent] = useState<Bodies['stop']['reason']>();
  return (
    <div className={classes.form}>
      <p>
        <strong>Stop the pump first.</strong>{' '}
        {session.state === 'dosing' ? 'Then touch the reason: the dose ends on record.' : session.state === 'ready-to-dose' ? 'Then touch the reason: order, draw and check are void, the gate is asked again.' : 'Then touch the reason: it is put on record.'}
      </p>
      {STOPS.map((reason) => (
        <Button
          key={reason.value}
          size="md"
          color="red.8"
          className={classes.send}
          loading={act.busy && sent === reason.value}
          disabled={act.busy && sent !== reason.value}
          onClick={() => {
            setSent(reason.value);
            act.run({ reason: reason.value });
          }}
        >
          Stop: {reason.label}
        </Button>
      ))}
      <ProblemNotice problem={act.problem} onRetry={() => sent && act.run({ reason: sent })} />
    </div>
  );
}

const RESCUES = (['ondansetron', 'clonidine', 'labetalol', 'midazolam'] as const).map((drug) => ({ value: drug, label: capital(drug) }));

export function RescueDrug({ session, onDone }: ActionProps) {
  const act = useAct(session, 'rescue', onDone);
  const [drug, setDrug] = useState<Bodies['rescue']['drug']>();
  const [amount, setAmount] = useState('');
  const errors = act.problem?.byField() ?? {};
  const mg = numberOf(amount);
  return (
    <ActionBody send="Record rescue drug" busy={act.busy} problem={act.problem} ready={!!drug && mg !== undefined && mg > 0} onSend={() => drug && mg !== undefined && act.run({ drug, amountMg: mg })}>
      <Choice label="Drug" aside="standing orders" value={drug} onChange={setDrug} options={RESCUES} least={120} error={errors['drug']} />
      <NumberField label="Amount" aside="mg" value={amount} onChange={setAmount} error={errors['amountMg']} />
      <p className={classes.small}>Record vitals again 10 min after it.</p>
    </ActionBody>
  );
}

const EFFECTS = ([
  'dissociation', 'floating', 'hallucinations', 'blurred-vision', 'nausea', 'vomiting', 'dizziness', 'headache', 'anxiety', 'sedation', 'raised-blood-pressure', 'slow-breathing', 'bladder', 'other',
] as const).map((effect) => ({ value: effect, label: capital(humanized(effect)) }));
const SEVERITIES = (['mild', 'moderate', 'serious'] as const).map((severity) => ({ value: severity, label: capital(severity) }));

export function AdverseEvent({ session, onDone }: ActionProps) {
  const act = useAct(session, 'adverse-event', onDone);
  const [effect, setEffect] = useState<Bodies['adverse-event']['effect']>();
  const [severity, setSeverity] = useState<Bodies['adverse-event']['severity']>();
  const [ago, setAgo] = useState('');
  const minutes = numberOf(ago);
  return (
    <ActionBody
      send="Record effect"
      busy={act.busy}
      problem={act.problem}
      ready={!!effect && !!severity}
      onSend={() => effect && severity && act.run({ effect, severity, onset: minutes === undefined ? null : new Date(Math.floor(clinicNow() / 60_000) * 60_000 - minutes * 60_000).toISOString() })}
    >
      <Choice label="Effect" value={effect} onChange={setEffect} options={EFFECTS} least={112} />
      <Choice label="Severity" value={severity} onChange={setSeverity} options={SEVERITIES} />
      <NumberField label="Began" aside="minutes ago" value={ago} onChange={setAgo} note="Empty: just now" error={act.problem?.byField()['onset']} />
      {severity === 'serious' ? (
        <Banner tone="hold" title="Opens a review">
          Discharge, booking and the next dose wait until a prescriber closed it.
        </Banner>
      ) : null}
      {severity === 'moderate' ? <p className={classes.small}>Discharge waits until you record that it is over.</p> : null}
    </ActionBody>
  );
}

/** When an effect was over, and what was done about it. */
export function EndEffect({ session, onDone }: ActionProps) {
  const act = useAct(session, 'end-effect', onDone);
  const open = goingOn(session);
  const [chosen, setChosen] = useState<string>();
  const [done, setDone] = useState('');
  const id = open.find((e) => e.id === chosen)?.id ?? open[0]?.id;
  const errors = act.problem?.byField() ?? {};
  if (open.length === 0) return <p>No effect goes on.</p>;
  return (
    <ActionBody send="The effect is over" busy={act.busy} problem={act.problem} ready={!!id} onSend={() => id && act.run({ adverseEventId: id, done: done.trim() || null })}>
      <Choice
        label="Effect"
        value={id}
        onChange={setChosen}
        least={160}
        options={open.map((e) => ({
          value: e.id,
          label: (
            <>
              {capital(humanized(e.effect))}, {e.severity}, <When at={e.onset ?? e.at} show="time" />
            </>
          ),
        }))}
      />
      <TextField label="What was done" value={done} onChange={setDone} error={errors['done']} placeholder="ondansetron 4 mg, oxygen, rest …" />
    </ActionBody>
  );
}

export function ReviewAdverseEvent({ session, onDone }: ActionProps) {
  const act = useAct(session, 'review-adverse-event', onDone);
  const open = openReviews(session);
  const [chosen, setChosen] = useState<string>();
  const [conclusion, setConclusion] = useState('');
  const errors = act.problem?.byField() ?? {};
  const id = chosen ?? open[0]?.id;
  if (open.length === 0) return <p>No adverse event waits for a review.</p>;
  return (
    <ActionBody send="Close the review" busy={act.busy} problem={act.problem} ready={!!id && !!conclusion.trim()} onSend={() => id && act.run({ adverseEventId: id, conclusion: conclusion.trim() })}>
      <Choice
        label="Adverse event"
        value={id}
        onChange={setChosen}
        least={160}
        options={open.map((e) => ({
          value: e.id,
          label: (
            <>
              {capital(humanized(e.effect))}, <When at={e.at} show="time" />
            </>
          ),
        }))}
      />
      <LongField label="Conclusion" value={conclusion} onChange={setConclusion} error={errors['conclusion']} note="Allows discharge, booking and the next dose." />
    </ActionBody>
  );
}

export function LeaveAgainstAdvice({ session, onDone }: ActionProps) {
  const act = useAct(session, 'leave-against-advice', onDone);
  return (
    <ActionBody send="The patient leaves against advice" danger busy={act.busy} problem={act.problem} onSend={() => act.run({})}>
      <p>Never refused. The prescriber is told at once and somebody calls the patient tomorrow. A running dose ends on record now.</p>
    </ActionBody>
  );
}

/** One touch more than opening: a call that nobody meant costs the station its trust. */
export function CallForHelp({ session, onDone }: ActionProps) {
  const act = useAct(session, 'call-for-help', onDone);
  const silent = useSilentSince() !== undefined;
  return (
    <ActionBody send="Call for help now" danger busy={act.busy} problem={act.problem} onSend={() => act.run({})}>
      {silent ? (
        <Banner tone="danger" title="No network: nobody hears this call">
          Shout, use the wall button or a phone. What you send here goes on record when the network is back, with its time.
        </Banner>
      ) : null}
      <p>
        <strong>Sounds at the station</strong> and at every nurse and prescriber at once. In danger of life call 911 first.
      </p>
    </ActionBody>
  );
}

export function Transfer({ session, onDone }: ActionProps) {
  const act = useAct(session, 'transfer', onDone);
  return (
    <ActionBody send="Record the transfer" danger busy={act.busy} problem={act.problem} onSend={() => act.run({})}>
      <p>
        <strong>Call 911 first.</strong> Then put it on record: the session ends, a running dose ends with it, the prescriber is told at once.
      </p>
    </ActionBody>
  );
}
