import { Button, Drawer, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { body, intake } from '../api/clients';
import { useCommand } from '../api/command';
import { useHas } from '../api/me';
import { useNow, useZone } from '../live/clock';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge, Banner, type Tone } from '../parts/Tone';
import { calendarDay, dayIn } from '../parts/time';
import { When } from '../parts/When';
import type { Patient } from '../patients/queries';
import { clearanceWord } from '../patients/words';
import { decided, useEvaluations } from './queries';
import { type Kind, kindWord } from './words';
import classes from './Clearance.module.css';

const DecisionDrawer = lazy(() => import('./DecisionDrawer'));

/** One professional's part: the evaluation, and the clearance that rests on it. */
export function ProfessionalCard({ kind, patient, version }: { kind: Kind; patient: Patient; version: string }) {
  const has = useHas();
  const now = useNow();
  const zone = useZone();
  const mayRead = has('nurse', 'prescriber', 'therapist');
  const evaluations = useEvaluations(patient.id, mayRead);
  const [open, setOpen] = useState<'decide' | 'revoke'>();
  const may = kind === 'medical' ? has('prescriber') : has('therapist', 'prescriber');
  const own = evaluations.data?.filter((e) => e.kind === kind) ?? [];
  const latest = own[0];
  const signed = own.find((e) => e.signedAt);
  const held = patient.clearances.find((c) => c.kind === kind);
  const declined = patient.decline?.kind === kind ? patient.decline : undefined;
  const soon = held ? held.validUntil <= dayIn(now + 14 * 86_400_000, zone) : false;
  const over = patient.status === 'excluded' || patient.status === 'declined' || patient.status === 'merged';
  const safety = patient.safetyFlag || patient.status === 'awaiting-safety-review';
  const state: { tone: Tone; word: string } = declined
    ? { tone: 'danger', word: 'Declined' }
    : held
      ? soon
        ? { tone: 'hold', word: 'Expires soon' }
        : { tone: 'done', word: 'Cleared' }
      : { tone: 'waiting', word: 'Not cleared' };
  return (
    <Panel title={kindWord(kind)} aside={<Badge tone={state.tone}>{state.word}</Badge>}>
      <div className={classes.part}>
        <h3>Evaluation</h3>
        {mayRead ? (
          <>
            <p>
              {!latest ? (
                'Not begun.'
              ) : latest.signedAt ? (
                <>
                  Signed by {latest.signedBy}, <When at={latest.signedAt} />
                  {latest.amends ? `; amends an earlier one: ${latest.amendedBecause}` : ''}.
                </>
              ) : (
                <>
                  {latest.amends ? 'An amendment is being drafted' : 'Draft'} by {latest.writtenBy}, <When at={latest.writtenAt} />
                  {latest.open.length > 0 ? `; ${latest.open.length} ${latest.open.length === 1 ? 'field' : 'fields'} open` : '; ready to sign'}.
                </>
              )}
              {latest && !latest.signedAt && signed ? ` The signed one of ${signed.signedBy} counts until then.` : ''}
            </p>
            <Button size="sm" variant={may && (!latest || !latest.signedAt) ? 'filled' : 'default'} renderRoot={(props) => <Link to="/patients/$patientId/evaluations/$kind" params={{ patientId: patient.id, kind }} {...props} />}>
              {!latest ? (may ? 'Write the evaluation' : 'See the evaluation') : latest.signedAt || !may ? 'Read the evaluation' : 'Go on with the evaluation'}
              <span className="visually-hidden"> ({kindWord(kind).toLowerCase()})</span>
            </Button>
          </>
        ) : (
          <p>For nurses, therapists and prescribers.</p>
        )}
      </div>
      <div className={classes.part}>
        <h3>Clearance</h3>
        {declined ? (
          <Banner tone="danger" title={`Declined by ${declined.declinedBy}`}>
            <When at={declined.declinedAt} />
            {declined.reason ? `: ${declined.reason}` : ''}
          </Banner>
        ) : held ? (
          <p>
            Given by {held.givenBy}, <When at={held.givenAt} />. Expires {calendarDay(held.validUntil)}.{held.overridden ? ' Given in spite of a missing evaluation or work-up, with a reason.' : ''}
          </p>
        ) : (
          <p>
            {!patient.screening
              ? 'After the screening.'
              : safety
                ? 'After the safety review.'
                : patient.status === 'excluded'
                  ? 'Not while a rule excludes.'
                  : kind === 'medical'
                    ? 'A prescriber decides.'
                    : 'A therapist or prescriber decides.'}
          </p>
        )}
        {may && patient.screening && !over && !safety ? (
          <div className={classes.inline}>
            <Button size="sm" variant={held && !soon ? 'default' : 'filled'} onClick={() => setOpen('decide')}>
              {held ? 'Renew' : 'Decide'}
              <span className="visually-hidden">
                {held ? ' the' : ' on the'} {clearanceWord(kind).toLowerCase()}
              </span>
            </Button>
            {held ? (
              <Button size="sm" variant="default" onClick={() => setOpen('revoke')}>
                Revoke<span className="visually-hidden"> the {clearanceWord(kind).toLowerCase()}</span>
              </Button>
            ) : null}
          </div>
        ) : null}
      </div>
      {own.length > 1 ? (
        <details className={classes.fold}>
          <summary>{own.length} evaluations</summary>
          <ul className={classes.results}>
            {own.map((e) => (
              <li key={e.id}>
                <span>
                  No. {e.number}
                  {e.amendedBecause ? `, amended: ${e.amendedBecause}` : ''}
                </span>
                <span className={classes.dim}>
                  {e.signedAt ? (
                    <>
                      Signed by {e.signedBy}, <When at={e.signedAt} />
                    </>
                  ) : (
                    'Draft'
                  )}
                </span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {open === 'decide' ? (
        <Suspense>
          <DecisionDrawer kind={kind} patient={patient} version={version} signed={signed} onClose={() => setOpen(undefined)} />
        </Suspense>
      ) : null}
      {open === 'revoke' ? <RevokeDrawer kind={kind} patientId={patient.id} version={version} onClose={() => setOpen(undefined)} /> : null}
    </Panel>
  );
}

function RevokeDrawer({ kind, patientId, version, onClose }: { kind: Kind; patientId: string; version: string; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const send = useCommand(
    (why: string) => body(intake.POST('/api/patients/{id}/clearances/{kind}/revoke', { params: { path: { id: patientId, kind }, header: { 'If-Match': version } }, body: { reason: why } })),
    { refresh: [...decided(patientId), ['courses'], ['sessions']], onDone: onClose },
  );
  const submit = () => {
    setTried(true);
    if (reason.trim()) send.run(reason.trim());
  };
  return (
    <Drawer opened onClose={onClose} position="right" size="md" title={`Revoke: ${clearanceWord(kind).toLowerCase()}`} closeOnClickOutside={!reason} closeOnEscape={!reason} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Banner tone="hold" title="Booking and dosing stop at once">
          The evaluation stays; a new decision can follow.
        </Banner>
        <Textarea label="Reason" description="Stays in intake" autosize minRows={3} maxLength={1000} value={reason} onChange={(e) => setReason(e.currentTarget.value)} error={tried && !reason.trim() ? 'To revoke takes a reason' : send.problem?.byField()['reason']} data-autofocus />
        <ProblemNotice problem={send.problem} onRetry={submit} />
        <div className={classes.foot}>
          <Button type="submit" color="red" loading={send.busy}>
            Revoke now
          </Button>
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
        </div>
      </form>
    </Drawer>
  );
}
