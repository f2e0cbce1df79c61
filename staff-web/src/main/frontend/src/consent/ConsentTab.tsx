import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { IconDownload, IconSignature } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { body, intake } from '../api/clients';
import { useCommand } from '../api/command';
import { useHas } from '../api/me';
import { Empty, Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge } from '../parts/Tone';
import { When } from '../parts/When';
import { type Patient, usePatient } from '../patients/queries';
import { languageWord, routeWord, spoken } from '../patients/words';
import classes from './consent.module.css';

const Signing = lazy(() => import('./Signing'));

type Consent = Patient['consents'][number];

/** Which treatments the patient agreed to, in which text; signing a new one, taking one back. */
export default function ConsentTab() {
  const { patientId } = useParams({ strict: false }) as { patientId: string };
  const has = useHas();
  const patient = usePatient(patientId);
  const texts = useQuery({ queryKey: ['consent-texts'], queryFn: () => body(intake.GET('/api/consent-texts')), staleTime: 600_000 });
  const [signing, setSigning] = useState(false);
  const [withdrawing, setWithdrawing] = useState<Consent>();
  const inForce = new Map((texts.data ?? []).filter((t) => t.inForce).map((t) => [`${t.drug} ${t.route}`, t.version]));
  return (
    <Loaded query={patient}>
      {({ value, etag }) => {
        const over = value.status === 'excluded' || value.status === 'declined';
        return (
          <>
            <Panel
              title="Consents"
              aside={
                has('nurse') && !over ? (
                  <Button size="sm" leftSection={<IconSignature size={16} aria-hidden />} onClick={() => setSigning(true)}>
                    Sign a consent
                  </Button>
                ) : null
              }
            >
              {value.consents.length === 0 ? (
                <Empty title="No consent yet">The use of ketamine is off-label: the patient agrees to a drug, a route and a text, before a nurse as witness, and may take it back at any time.</Empty>
              ) : (
                <ul className={classes.list}>
                  {[...value.consents].reverse().map((consent) => (
                    <li key={consent.id} className={classes.item}>
                      <div>
                        <h3>
                          {spoken(consent.drug)}, {routeWord(consent.route)} <State consent={consent} inForce={inForce.get(`${consent.drug} ${consent.route}`)} />
                        </h3>
                        <p>
                          Signed by {consent.signature} ({consent.drawingHash ? 'drawn' : 'typed'}), <When at={consent.signedAt} />; witness {consent.witnessedBy}. Text {consent.textVersion}, {languageWord(consent.language)}.
                        </p>
                        {consent.endedAt ? (
                          <p>
                            Ended <When at={consent.endedAt} />
                            {consent.endReason ? `: ${consent.endReason}` : ''}
                          </p>
                        ) : null}
                      </div>
                      <Group gap="xs">
                        <Button
                          component="a"
                          href={`/api/patients/${patientId}/consents/${consent.id}/document`}
                          download
                          size="sm"
                          variant="default"
                          leftSection={<IconDownload size={16} aria-hidden />}
                          aria-label={`Document of the consent to ${consent.drug}, ${routeWord(consent.route)}, text ${consent.textVersion}`}
                        >
                          PDF
                        </Button>
                        {!consent.endedAt && has('nurse', 'front-desk') ? (
                          <Button size="sm" variant="default" onClick={() => setWithdrawing(consent)}>
                            Take back
                          </Button>
                        ) : null}
                      </Group>
                    </li>
                  ))}
                </ul>
              )}
            </Panel>
            <Suspense>{signing ? <Signing patient={value} etag={etag} onClose={() => setSigning(false)} /> : null}</Suspense>
            {withdrawing ? <Withdraw patientId={patientId} consent={withdrawing} onClose={() => setWithdrawing(undefined)} /> : null}
          </>
        );
      }}
    </Loaded>
  );
}

function State({ consent, inForce }: { consent: Consent; inForce: string | undefined }) {
  if (consent.endedAt) return <Badge tone="hold">Ended</Badge>;
  if (inForce && inForce !== consent.textVersion) return <Badge tone="hold">New text: sign again</Badge>;
  return <Badge tone="done">In force</Badge>;
}

function Withdraw({ patientId, consent, onClose }: { patientId: string; consent: Consent; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const send = useCommand(
    (input: { reason: string }) => body(intake.POST('/api/patients/{id}/consents/{route}/withdrawal', { params: { path: { id: patientId, route: consent.route } }, body: input })),
    { refresh: [['patient', patientId], ['patients'], ['worklist'], ['journey', patientId], ['readiness']], onDone: onClose },
  );
  const errors = send.problem?.byField() ?? {};
  return (
    <Modal opened onClose={onClose} title="Take a consent back" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send.run({ reason: reason.trim() });
        }}
      >
        <Stack gap="sm">
          <p className={classes.note}>
            The patient takes back their consent to {consent.drug}, {routeWord(consent.route)}. This holds at once: nothing more is booked or given by this route, and a plan for it ends.
          </p>
          <Textarea label="In the patient’s words" description="Kept in the record" value={reason} onChange={(e) => setReason(e.currentTarget.value)} error={errors['reason']} autosize minRows={2} maxLength={1000} required withAsterisk={false} data-autofocus />
          <ProblemNotice problem={send.problem} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" color="red.9" loading={send.busy}>
              Take the consent back
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
