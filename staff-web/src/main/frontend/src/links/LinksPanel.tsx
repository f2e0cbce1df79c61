import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { body, intake, notification } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/intake';
import type { components as Notification } from '../api/generated/notification';
import { useHas } from '../api/me';
import { stateOf } from '../messages/words';
import { Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge, type Tone } from '../parts/Tone';
import { When } from '../parts/When';
import { instrumentWord } from '../patients/words';
import classes from './LinksPanel.module.css';

export type PatientLink = components['schemas']['PatientLink'];
type Notice = Notification['schemas']['Notice'];

const STATES: Record<PatientLink['status'], [Tone, string]> = {
  open: ['waiting', 'Sent, not opened yet'],
  opened: ['ready', 'Opened'],
  finished: ['done', 'Finished'],
  expired: ['hold', 'Expired'],
  revoked: ['info', 'Taken back'],
};

/** Links that a patient got to fill something in alone, newest first. */
export const useLinks = (patientId: string) =>
  useQuery({
    queryKey: ['links', patientId],
    queryFn: async () => (await body(intake.GET('/api/patients/{id}/links', { params: { path: { id: patientId } } }))).items,
  });

/** Sends a link for the paperwork, or for one instrument. A link still open for the same is replaced; what was filled in stays. */
export const useSendLink = (patientId: string) =>
  useCommand(
    (request: components['schemas']['LinkRequest'], key) =>
      body(intake.POST('/api/patients/{id}/links', { params: { path: { id: patientId }, header: { 'Idempotency-Key': key } }, body: request })),
    { refresh: [['links', patientId], ['notices'], ['assessments', patientId]] },
  );

/** Every link of a patient and what became of it; with `paperwork`, also a new one for that. */
export function LinksPanel({ patientId, paperwork = false }: { patientId: string; paperwork?: boolean }) {
  const links = useLinks(patientId);
  const notices = useQuery({
    queryKey: ['notices', 'of-patient', patientId],
    queryFn: () => body(notification.GET('/api/notices', { params: { query: { patientId, limit: 200 } } })),
    enabled: useHas()('front-desk', 'nurse'),
  });
  const send = useSendLink(patientId);
  const told = (id: string) => (notices.data?.items ?? []).filter((n) => n.aboutKind === 'link' && n.aboutId === id);
  const waiting = links.data?.some((l) => l.purpose === 'paperwork' && (l.status === 'open' || l.status === 'opened')) ?? false;
  return (
    <Panel title="Links to the patient">
      {paperwork ? (
        <div className={classes.send}>
          <Button variant={waiting ? 'default' : 'filled'} size="sm" loading={send.busy} onClick={() => send.run({ purpose: 'paperwork', instrument: null })}>
            {waiting ? 'Send paperwork again' : 'Send paperwork'}
          </Button>
          <p>By e-mail and SMS, as the patient allows; they fill it in on their phone.</p>
        </div>
      ) : null}
      <ProblemNotice problem={send.problem} onRetry={() => send.run({ purpose: 'paperwork', instrument: null })} />
      <Loaded query={links}>
        {(items) =>
          items.length === 0 ? (
            <p className={classes.none}>None sent yet.</p>
          ) : (
            <ul className={classes.list}>
              {items.map((link) => (
                <One key={link.id} patientId={patientId} link={link} notices={told(link.id)} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

function One({ patientId, link, notices }: { patientId: string; link: PatientLink; notices: Notice[] }) {
  const revoke = useCommand(
    (_: undefined) => body(intake.POST('/api/patients/{id}/links/{linkId}/revoke', { params: { path: { id: patientId, linkId: link.id } }, body: { reason: 'Taken back by staff' } })),
    { refresh: [['links', patientId], ['notices']] },
  );
  const [tone, word] = STATES[link.status];
  const what = link.purpose === 'paperwork' ? 'Paperwork' : link.instrument ? instrumentWord(link.instrument) : 'Questions';
  const alive = link.status === 'open' || link.status === 'opened';
  return (
    <li className={classes.link}>
      <div className={classes.what}>
        <strong>{what}</strong>
        <Badge tone={tone}>{word}</Badge>
      </div>
      <small>
        Sent by {link.requestedBy}, <When at={link.requestedAt} />
      </small>
      {link.finishedAt ? (
        <small>
          Finished <When at={link.finishedAt} />
        </small>
      ) : link.revokedAt ? (
        <small>
          {link.revokedFor === null ? 'Replaced by a newer one' : `Taken back by ${link.revokedBy ?? 'staff'}`}, <When at={link.revokedAt} />
        </small>
      ) : (
        <small>
          {link.openedAt ? (
            <>
              First opened <When at={link.openedAt} />;{' '}
            </>
          ) : null}
          {link.status === 'expired' ? 'expired' : 'expires'} <When at={link.expiresAt} />
        </small>
      )}
      {notices.map((n) => (
        <small key={n.id}>
          {n.channel === 'sms' ? 'SMS' : 'E-mail'}: {stateOf(n.status)[1].toLowerCase()}
        </small>
      ))}
      {alive ? (
        <Button size="compact-xs" variant="default" className={classes.revoke} loading={revoke.busy} onClick={() => revoke.run(undefined)} aria-label={`Take back: ${what}`}>
          Take back
        </Button>
      ) : null}
      <ProblemNotice problem={revoke.problem} />
    </li>
  );
}
