import { Button } from '@mantine/core';
import { body, intake } from '../api/clients';
import { useCommand } from '../api/command';
import { Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge, type Tone } from '../parts/Tone';
import { When } from '../parts/When';
import { shortTitle } from './model';
import { useLinkNotices, useLinks } from './queries';
import classes from './InstrumentsTab.module.css';

const STATES: Record<string, { word: string; tone: Tone }> = {
  open: { word: 'Sent', tone: 'waiting' },
  opened: { word: 'Opened', tone: 'info' },
  finished: { word: 'Finished', tone: 'done' },
  expired: { word: 'Expired', tone: 'hold' },
  revoked: { word: 'Taken back', tone: 'info' },
};

/** Links by which the patient answers alone: how far each has come, and to take one back. */
export function LinksPanel({ patientId }: { patientId: string }) {
  const links = useLinks(patientId);
  const notices = useLinkNotices(patientId, (links.data?.length ?? 0) > 0);
  const revoke = useCommand(
    (linkId: string) => body(intake.POST('/api/patients/{id}/links/{linkId}/revoke', { params: { path: { id: patientId, linkId } }, body: { reason: null } })),
    { refresh: [['links', patientId]] },
  );
  return (
    <Panel title="Links sent">
      <Loaded query={links}>
        {(items) =>
          items.length === 0 ? (
            <p className={classes.meta}>None yet. “Send link” lets the patient answer alone, by mail or text message as they allow.</p>
          ) : (
            <ul className={classes.open}>
              {items.slice(0, 12).map((link) => {
                const state = STATES[link.status] ?? { word: link.status, tone: 'info' as const };
                const sent = notices.data?.items.filter((n) => n.aboutKind === 'link' && n.aboutId === link.id) ?? [];
                const over = link.status !== 'open' && link.status !== 'opened';
                return (
                  <li key={link.id}>
                    <div>
                      <strong>{link.instrument ? shortTitle(link.instrument) : 'Paperwork'}</strong> <Badge tone={state.tone}>{state.word}</Badge>
                      <small>
                        {link.finishedAt ? (
                          <>
                            Finished <When at={link.finishedAt} />
                          </>
                        ) : link.revokedAt ? (
                          <>
                            {link.revokedFor === null ? 'A newer link took its place' : `By ${link.revokedBy}`}, <When at={link.revokedAt} />
                          </>
                        ) : link.openedAt ? (
                          <>
                            Opened <When at={link.openedAt} />; expires <When at={link.expiresAt} />
                          </>
                        ) : (
                          <>
                            Asked for by {link.requestedBy}, <When at={link.requestedAt} />; expires <When at={link.expiresAt} />
                          </>
                        )}
                        {sent.length > 0 ? ` · ${sent.map((n) => `${n.channel === 'sms' ? 'Text message' : 'Mail'} ${n.status}`).join(', ')}` : ''}
                      </small>
                    </div>
                    {over ? null : (
                      <Button size="xs" variant="default" loading={revoke.busy} onClick={() => revoke.run(link.id)}>
                        Take back
                      </Button>
                    )}
                  </li>
                );
              })}
            </ul>
          )
        }
      </Loaded>
      <ProblemNotice problem={revoke.problem} />
    </Panel>
  );
}
