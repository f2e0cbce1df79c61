import { Button, Drawer, Textarea } from '@mantine/core';
import { useState } from 'react';
import { body, intake } from '../api/clients';
import { useCommand } from '../api/command';
import { roleName, useHas } from '../api/me';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge, type Tone } from '../parts/Tone';
import { When } from '../parts/When';
import type { Patient } from '../patients/queries';
import { OUTCOMES, ruleWord, spoken } from '../patients/words';
import { decided, type Finding } from './queries';
import { kindWord, markWord } from './words';
import classes from './Clearance.module.css';

/** One line that says how things stand, then what stands in the way; what is clear stays folded. */
export function FindingsPanel({ patient, version }: { patient: Patient; version: string }) {
  const has = useHas();
  const [overriding, setOverriding] = useState<Finding>();
  const [spanish, setSpanish] = useState(false);
  const { screening, reviews } = patient;
  if (!screening) return null;
  const reviewOf = new Map((reviews ?? []).map((r) => [r.finding, r]));
  const excluded = screening.findings.filter((f) => f.outcome === 'excluded');
  const excluding = excluded.filter((f) => !reviewOf.has(f.rule));
  const open = screening.findings.filter((f) => f.outcome === 'needs-review' && !reviewOf.has(f.rule));
  const reviewed = screening.findings.filter((f) => f.outcome !== 'cleared' && reviewOf.has(f.rule));
  const clear = screening.findings.filter((f) => f.outcome === 'cleared');
  const verdict: { tone: Tone; text: string } =
    excluding.length > 0
      ? { tone: 'danger', text: excluding.length === 1 ? `Excluded: ${ruleWord((excluding[0] as Finding).rule).toLowerCase()}` : `Excluded by ${excluding.length} findings` }
      : open.length > 0
        ? { tone: 'hold', text: `${open.length} ${open.length === 1 ? 'finding' : 'findings'} for a prescriber to review` }
        : reviewed.length > 0
          ? { tone: 'done', text: `${reviewed.length} ${reviewed.length === 1 ? 'finding' : 'findings'}, all reviewed` }
          : { tone: 'done', text: 'No contraindication found' };
  return (
    <Panel
      title="Findings"
      aside={
        <Button size="compact-sm" variant="subtle" onClick={() => setSpanish(!spanish)} aria-pressed={spanish}>
          {spanish ? 'In English' : 'En español'}
        </Button>
      }
    >
      <p className={classes.verdict}>
        <Badge tone={verdict.tone}>{verdict.text}</Badge>
        <span className={classes.dim}>
          {screening.findings.length} rules of {screening.ruleSetVersion}, screened <When at={screening.completedAt} show="date" /> by {screening.takenBy}
        </span>
      </p>
      {[...excluding, ...open, ...reviewed].length > 0 ? (
        <ul className={classes.findings} aria-label="Findings">
          {[...excluding, ...open, ...reviewed].map((f) => (
            <FindingLine
              key={f.rule}
              finding={f}
              review={reviewOf.get(f.rule)}
              spanish={spanish}
              action={
                f.outcome === 'excluded' && !reviewOf.has(f.rule) && f.clearableBy === 'prescriber' && has('prescriber') ? (
                  <Button size="xs" variant="default" onClick={() => setOverriding(f)}>
                    Override with a reason
                  </Button>
                ) : null
              }
            />
          ))}
        </ul>
      ) : null}
      {clear.length > 0 ? (
        <details className={classes.fold}>
          <summary>{clear.length} rules found nothing</summary>
          <ul className={classes.findings} aria-label="Rules that found nothing">
            {clear.map((f) => (
              <FindingLine key={f.rule} finding={f} review={undefined} spanish={spanish} />
            ))}
          </ul>
        </details>
      ) : null}
      {overriding ? <OverrideDrawer patientId={patient.id} version={version} finding={overriding} onClose={() => setOverriding(undefined)} /> : null}
    </Panel>
  );
}

export function FindingLine({ finding: f, review, spanish = false, action }: { finding: Finding; review: NonNullable<Patient['reviews']>[number] | undefined; spanish?: boolean; action?: React.ReactNode }) {
  const outcome = OUTCOMES[f.outcome];
  return (
    <li className={classes.finding}>
      <div className={classes.findingHead}>
        <strong>{ruleWord(f.rule)}</strong>
        <Badge tone={review ? 'done' : (outcome?.tone ?? 'info')}>{review ? (f.outcome === 'excluded' ? 'Overridden' : 'Reviewed') : (outcome?.word ?? spoken(f.outcome))}</Badge>
        {action}
      </div>
      <p lang={spanish ? 'es' : 'en'}>{spanish ? f.reasonEs : f.reason}</p>
      <small>
        <span title={markWord[f.mark]}>{f.mark === 'P' ? 'Published' : 'Practice'}</span>: {f.source}
        {f.outcome === 'cleared' || review ? '' : f.clearableBy ? ` · Cleared by a ${roleName(f.clearableBy).toLowerCase()}, with a reason` : ' · Nobody may override it: the facts must change'}
        {f.concerns.length > 0 && f.outcome !== 'cleared' ? ` · Concerns: ${f.concerns.map((c) => kindWord(c).toLowerCase()).join(' and ')}` : ''}
      </small>
      {review ? (
        <div className={classes.review}>
          {review.reason}
          <small>
            {review.reviewedBy}, <When at={review.reviewedAt} />
          </small>
        </div>
      ) : null}
    </li>
  );
}

function OverrideDrawer({ patientId, version, finding, onClose }: { patientId: string; version: string; finding: Finding; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const send = useCommand(
    (why: string) => body(intake.PUT('/api/patients/{id}/findings/{rule}/override', { params: { path: { id: patientId, rule: finding.rule }, header: { 'If-Match': version } }, body: { reason: why } })),
    { refresh: decided(patientId), onDone: onClose },
  );
  const submit = () => {
    setTried(true);
    if (reason.trim()) send.run(reason.trim());
  };
  return (
    <Drawer opened onClose={onClose} position="right" size="md" title={`Override: ${ruleWord(finding.rule)}`} closeOnClickOutside={!reason} closeOnEscape={!reason} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <ul className={classes.findings}>
          <FindingLine finding={finding} review={undefined} />
        </ul>
        <Textarea label="Why to treat in spite of it" description="Your name and this reason are kept and audited" autosize minRows={4} maxLength={1000} value={reason} onChange={(e) => setReason(e.currentTarget.value)} error={tried && !reason.trim() ? 'To override takes a reason' : send.problem?.byField()['reason']} data-autofocus />
        <ProblemNotice problem={send.problem} onRetry={submit} />
        <div className={classes.foot}>
          <Button type="submit" color="red" loading={send.busy}>
            Override this exclusion
          </Button>
          <Button variant="default" onClick={onClose}>
            Leave it
          </Button>
        </div>
      </form>
    </Drawer>
  );
}
