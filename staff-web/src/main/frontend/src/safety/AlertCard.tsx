import { Button, Radio, Stack, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { body, intake } from '../api/clients';
import { useCommand } from '../api/command';
import { roleName, useHas } from '../api/me';
import { useNow } from '../live/clock';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge, type Tone } from '../parts/Tone';
import { duration } from '../parts/time';
import { When } from '../parts/When';
import { afterAlert, type Alert, CALLS, OUTCOMES, type Outcome, outcomeWord, REASONS, THROUGH } from './alerts';
import classes from './safety.module.css';

/**
 * One alert: why, who was called, whose turn it is, and the one thing to do next.
 *
 * @param who the patient's name as a link, where the card stands outside the patient's own page
 */
export function AlertCard({ alert, who, onLeave }: { alert: Alert; who?: ReactNode; onLeave?: () => void }) {
  const has = useHas();
  const [resolving, setResolving] = useState(false);
  const acknowledge = useAcknowledge(alert.id);
  const state = { raised: ['danger', 'Nobody has it yet'], acknowledged: ['hold', 'Being looked after'], resolved: ['done', 'Resolved'] }[alert.state] as [Tone, string];
  return (
    <article className={classes.card} data-state={alert.state} aria-label={REASONS[alert.reason]}>
      <header className={classes.cardHead}>
        <div>
          {who}
          <h3>{REASONS[alert.reason]}</h3>
          <p>
            Raised <When at={alert.raisedAt} />, {THROUGH[alert.raisedThrough]}
          </p>
        </div>
        <Badge tone={state[0]}>{state[1]}</Badge>
      </header>
      <ol className={classes.steps}>
        {alert.triggers.slice(1).map((trigger) => (
          <li key={`trigger ${trigger.at}`}>
            <When at={trigger.at} show="time" />{' '}
            <span>
              Also: {REASONS[trigger.reason]}, {THROUGH[trigger.raisedThrough]}
            </span>
          </li>
        ))}
        {alert.formerAcknowledgements.map((former) => (
          <li key={`former ${former.at}`}>
            <When at={former.at} show="time" /> <span>Acknowledged by {former.by}; raised again since</span>
          </li>
        ))}
        {alert.escalations.map((step) => (
          <li key={`${step.to} ${step.at}`}>
            <When at={step.at} show="time" /> <span>Escalated to {step.to === 'on-call' ? 'the person on call' : roleName(step.to).toLowerCase()}</span>
          </li>
        ))}
        {alert.calls.map((call) => (
          <li key={`call ${call.at}`}>
            <When at={call.placedAt ?? call.at} show="time" /> <span>{call.person ? `Telephoned ${call.person}` : 'Telephone call'}</span> <Badge tone={CALLS[call.state].tone}>{CALLS[call.state].word}</Badge>
          </li>
        ))}
        {alert.acknowledgedAt ? (
          <li>
            <When at={alert.acknowledgedAt} show="time" /> <span>Acknowledged by {alert.acknowledgedBy}</span>
          </li>
        ) : null}
        {alert.resolution ? (
          <li>
            <When at={alert.resolution.at} show="time" />{' '}
            <span>
              {outcomeWord(alert.resolution.outcome)}, by {alert.resolution.by}
              {alert.resolution.note ? `: ${alert.resolution.note}` : ''}
            </span>
          </li>
        ) : null}
      </ol>
      {alert.state !== 'resolved' && alert.crisisLines.length > 0 ? <p className={classes.crisis}>Crisis lines: {alert.crisisLines.join(', ')}</p> : null}
      <ProblemNotice problem={acknowledge.problem} />
      {alert.state === 'raised' ? (
        <div className={classes.acts}>
          <NextCall at={alert.nextEscalationAt ?? undefined} />
          {has('nurse', 'prescriber', 'therapist') ? (
            <Button color="red.9" onClick={() => acknowledge.run(undefined)} loading={acknowledge.busy}>
              Acknowledge: I take care of this patient
            </Button>
          ) : (
            <span>A nurse, therapist or prescriber acknowledges it.</span>
          )}
        </div>
      ) : null}
      {alert.state === 'acknowledged' && !resolving ? (
        <div className={classes.acts}>
          <Button renderRoot={(props) => <Link {...props} to="/patients/$patientId/safety" params={{ patientId: alert.patientId }} />} variant="default" onClick={onLeave}>
            Safety plan
          </Button>
          {has('prescriber', 'therapist') ? <Button onClick={() => setResolving(true)}>Resolve the alert</Button> : <span>A prescriber or therapist resolves it.</span>}
        </div>
      ) : null}
      {resolving && alert.state === 'acknowledged' ? <Resolve alert={alert} onClose={() => setResolving(false)} /> : null}
    </article>
  );
}

export const useAcknowledge = (id: string) => useCommand(() => body(intake.POST('/api/safety-alerts/{id}/acknowledgement', { params: { path: { id } } })), { refresh: afterAlert });

/** When the next one is called. */
export function NextCall({ at }: { at: string | undefined }) {
  const now = useNow();
  if (!at) return <Badge tone="danger">Everybody who can be called was called</Badge>;
  const left = Date.parse(at) - now;
  return <Badge tone="hold">{left > 0 ? `Calls the next in ${duration(left)}` : 'Calling the next now'}</Badge>;
}

function Resolve({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const [outcome, setOutcome] = useState<Outcome>();
  const [note, setNote] = useState('');
  const resolve = useCommand(
    (input: { outcome: Outcome; note: string | null }) => body(intake.POST('/api/safety-alerts/{id}/resolution', { params: { path: { id: alert.id } }, body: input })),
    { refresh: afterAlert, onDone: onClose },
  );
  const errors = resolve.problem?.byField() ?? {};
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (outcome) resolve.run({ outcome, note: note.trim() || null });
      }}
    >
      <Stack gap="sm">
        <Radio.Group label="How the danger was met" value={outcome ?? ''} onChange={(value) => setOutcome(value as Outcome)} error={errors['outcome']} required withAsterisk={false}>
          <Stack gap={8} mt={6}>
            {OUTCOMES.map((o) => (
              <Radio key={o.value} value={o.value} label={o.label} description={o.about} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label="Note"
          description={outcome === 'safety-plan' ? 'If there is more to say' : 'What was found and done; stays in the record'}
          value={note}
          onChange={(e) => setNote(e.currentTarget.value)}
          error={errors['note']}
          autosize
          minRows={2}
          maxLength={2000}
        />
        <ProblemNotice problem={resolve.problem} />
        <div className={classes.acts}>
          <Button variant="default" onClick={onClose}>
            Not yet
          </Button>
          <Button type="submit" disabled={!outcome} loading={resolve.busy}>
            Resolve the alert
          </Button>
        </div>
      </Stack>
    </form>
  );
}
