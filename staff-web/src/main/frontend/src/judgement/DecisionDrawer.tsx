import { Button, Drawer, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { body, intake } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/intake';
import { useHas } from '../api/me';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Banner } from '../parts/Tone';
import { When } from '../parts/When';
import type { Patient } from '../patients/queries';
import { clearanceWord, ruleWord } from '../patients/words';
import { Choice } from '../session/fields';
import { FindingLine } from './FindingsPanel';
import { decided, type Evaluation, useWorkup } from './queries';
import { type Kind, workupWord } from './words';
import classes from './Clearance.module.css';

const RECOMMENDS: Record<string, string> = { treat: 'Treat', 'treat-with-conditions': 'Treat, with conditions', 'do-not-treat': 'Do not treat' };

/** A professional's decision: what it rests on, the findings to weigh, and clear or decline. */
export default function DecisionDrawer({ kind, patient, version, signed, onClose }: { kind: Kind; patient: Patient; version: string; signed: Evaluation | undefined; onClose: () => void }) {
  const has = useHas();
  const workup = useWorkup(patient.id, kind === 'medical');
  const nowOpen = has('prescriber') && kind === 'medical' ? (patient.screening?.findings.filter((f) => f.outcome === 'needs-review' && !patient.reviews?.some((r) => r.finding === f.rule)) ?? []) : [];
  const [decision, setDecision] = useState<'cleared' | 'declined'>();
  const [reason, setReason] = useState('');
  const [override, setOverride] = useState('');
  const [reviews, setReviews] = useState<Record<string, string>>({});
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const advises = signed?.mentalHealth?.recommendation ?? signed?.medical?.recommendation ?? undefined;

  // what this decision is made on: somebody else's decision, or other findings, must be seen before it goes out
  const held = patient.clearances.find((c) => c.kind === kind);
  const facts = JSON.stringify([held?.givenAt, patient.decline?.declinedAt, patient.reviews, patient.screening?.findings.map((f) => [f.rule, f.outcome, f.about])]);
  const [base, setBase] = useState({ version, facts, givenAt: held?.givenAt, open: nowOpen });
  const { open } = base;
  const changed = base.facts !== facts;
  useEffect(() => {
    if (!changed && base.version !== version) setBase((was) => ({ ...was, version }));
  }, [changed, base.version, version]);
  const faster = held && held.givenAt !== base.givenAt ? held.givenBy : patient.decline?.declinedBy;

  const send = useCommand(
    (request: components['schemas']['ClearanceRequest']) => {
      const params = { path: { id: patient.id }, header: { 'If-Match': base.version } };
      return body(kind === 'medical' ? intake.PUT('/api/patients/{id}/clearances/medical', { params, body: request }) : intake.PUT('/api/patients/{id}/clearances/mental-health', { params, body: request }));
    },
    { refresh: decided(patient.id), onDone: onClose },
  );

  const lacking = [
    !signed && 'a signed evaluation',
    advises === 'do-not-treat' && 'an evaluation that advises to treat',
    ...(kind === 'medical' ? (workup.data?.missing ?? []).map((k) => workupWord(k).replace(/^[A-Z](?![A-Z])/, (c) => c.toLowerCase())) : []),
  ].filter((l) => typeof l === 'string');
  // the server knows best: an evaluation may have grown too old
  const refused = ['evaluation-needed', 'evaluation-advises-against', 'workup-missing'].includes(send.problem?.rule ?? '');
  const overridable = has('prescriber') && decision === 'cleared' && (lacking.length > 0 || refused);

  const missing: Record<string, string> = {};
  if (!decision) missing['decision'] = 'Not decided yet';
  if (decision === 'declined' && !reason.trim()) missing['reason'] = 'To decline takes a reason';
  if (decision === 'cleared') for (const f of open) if (!reviews[f.rule]?.trim()) missing[`review.${f.rule}`] = 'Every finding needs a reason to go on';
  if (overridable && lacking.length > 0 && !override.trim()) missing['override'] = 'To go on without takes a prescriber’s reason';
  const wrong: Record<string, string> = { ...send.problem?.byField(), ...(tried ? missing : {}) };

  const submit = () => {
    setTried(true);
    if (Object.keys(missing).length > 0 || !decision) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"], fieldset[data-wrong] input')?.focus());
      return;
    }
    const written = open.filter((f) => reviews[f.rule]?.trim()).map((f) => ({ finding: f.rule, reason: (reviews[f.rule] as string).trim() }));
    send.run({
      decision,
      reason: reason.trim() || null,
      ...(decision === 'cleared' && written.length > 0 ? { reviewed: written } : {}),
      ...(overridable && override.trim() ? { override: override.trim() } : {}),
    });
  };
  const dirty = decision !== undefined;
  const blocked = decision === 'cleared' && lacking.length > 0 && !has('prescriber');

  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={clearanceWord(kind)} closeOnClickOutside={!dirty} closeOnEscape={!dirty} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        ref={form}
        className={classes.form}
        noValidate
        aria-label={clearanceWord(kind)}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {signed ? (
          <div className={classes.quote}>
            Rests on the evaluation signed by <strong>{signed.signedBy}</strong>, {signed.signedAt ? <When at={signed.signedAt} /> : null}.{advises ? ` It advises: ${RECOMMENDS[advises] ?? advises}.` : ''}
          </div>
        ) : null}
        {lacking.length > 0 ? (
          <Banner tone="hold" title={`Still lacks ${lacking.join(', ')}`}>
            {has('prescriber') ? 'A prescriber may clear without, with a written reason that is audited.' : 'Only a prescriber may clear without.'}
          </Banner>
        ) : null}
        <Choice
          label={kind === 'medical' ? 'After the medical evaluation, treatment is' : 'After the mental-health evaluation, treatment is'}
          options={[
            { value: 'cleared', label: 'Safe: clear' },
            { value: 'declined', label: 'Not for this patient: decline' },
          ]}
          value={decision}
          onChange={setDecision}
          error={wrong['decision']}
          least={180}
        />
        {decision === 'declined' ? (
          <>
            <Banner tone="hold" title="To decline is final">
              The patient can’t be treated here afterwards.
            </Banner>
            <Textarea label="Reason" description="Stays in intake" autosize minRows={3} maxLength={1000} value={reason} onChange={(e) => setReason(e.currentTarget.value)} error={wrong['reason']} />
          </>
        ) : null}
        {decision === 'cleared' && open.length > 0 ? (
          <section aria-label="Findings to review" className={classes.form}>
            <h3>Findings to review</h3>
            {open.map((f) => (
              <div key={f.rule} className={classes.toReview}>
                <ul className={classes.findings}>
                  <FindingLine finding={f} review={undefined} />
                </ul>
                <Textarea
                  label={`Why to go on in spite of: ${ruleWord(f.rule).toLowerCase()}`}
                  autosize
                  minRows={2}
                  maxLength={1000}
                  value={reviews[f.rule] ?? ''}
                  onChange={(e) => setReviews({ ...reviews, [f.rule]: e.currentTarget.value })}
                  error={wrong[`review.${f.rule}`]}
                />
              </div>
            ))}
          </section>
        ) : null}
        {overridable ? (
          <Textarea label="Why to clear without it" description={`Overrides: ${lacking.join(', ') || 'what the server found lacking'}. Your name and this reason are audited`} autosize minRows={2} maxLength={1000} value={override} onChange={(e) => setOverride(e.currentTarget.value)} error={wrong['override']} />
        ) : null}
        {changed ? (
          <Banner
            tone="hold"
            title={faster ? `${faster} was faster` : 'The findings changed meanwhile'}
            actions={
              <Button
                size="xs"
                variant="default"
                onClick={() => {
                  setBase({ version, facts, givenAt: held?.givenAt, open: nowOpen });
                  send.forget();
                }}
              >
                Go on with mine
              </Button>
            }
          >
            {held && held.givenAt !== base.givenAt ? (
              <>
                Cleared <When at={held.givenAt} />; what stands behind this form is the new state.{' '}
              </>
            ) : null}
            Nothing of yours was sent; what you typed is kept.
          </Banner>
        ) : (
          <ProblemNotice problem={send.problem} onRetry={submit} />
        )}
        <div className={classes.foot}>
          <Button type="submit" loading={send.busy} disabled={blocked || changed} color={decision === 'declined' ? 'red' : undefined}>
            {decision === 'declined' ? 'Decline treatment' : `${overridable && override.trim() ? 'Override and give' : 'Give'} ${clearanceWord(kind).toLowerCase()}`}
          </Button>
          <Button variant="default" onClick={onClose}>
            Not now
          </Button>
        </div>
      </form>
    </Drawer>
  );
}
