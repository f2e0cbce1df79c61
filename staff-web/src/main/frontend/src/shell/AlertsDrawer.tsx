import { Button, Drawer, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { body, intake } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/intake';
import { roleName, useHas } from '../api/me';
import { duration } from '../parts/time';
import { When } from '../parts/When';
import { Empty, Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge } from '../parts/Tone';
import { shortName, usePatients } from '../parts/patients';
import { useNow } from '../live/clock';

type Alert = components['schemas']['SafetyAlert'];

/** Open safety alerts, from every screen. */
export default function AlertsDrawer({ onClose }: { onClose: () => void }) {
  const query = useQuery({
    queryKey: ['safety-alerts', 'open'],
    queryFn: () => body(intake.GET('/api/safety-alerts', { params: { query: { open: true } } })),
  });
  const { data: patients } = usePatients((query.data?.items ?? []).map((alert) => alert.patientId));
  return (
    <Drawer opened onClose={onClose} position="right" title="Safety alerts" size="md" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No open safety alert">A high answer on the suicide-risk screener opens one here, on every screen, until somebody acknowledges it.</Empty>
          ) : (
            <Stack gap="md">
              {items.map((alert) => (
                <AlertCard key={alert.id} alert={alert} name={shortName(patients?.get(alert.patientId))} onClose={onClose} />
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Drawer>
  );
}

function AlertCard({ alert, name, onClose }: { alert: Alert; name: string; onClose: () => void }) {
  const has = useHas();
  const now = useNow();
  const acknowledge = useCommand(() => body(intake.POST('/api/safety-alerts/{id}/acknowledgement', { params: { path: { id: alert.id } } })), {
    refresh: [['safety-alerts'], ['patients'], ['patient'], ['journey']],
  });
  const until = alert.nextEscalationAt ? Date.parse(alert.nextEscalationAt) - now : undefined;
  return (
    <Panel>
      <Stack gap="xs">
        <Link to="/patients/$patientId" params={{ patientId: alert.patientId }} onClick={onClose}>
          <strong>{name}</strong>
        </Link>
        <div>{alert.reason}</div>
        <div>
          Raised <When at={alert.raisedAt} />
        </div>
        {alert.escalations.map((step) => (
          <Badge key={step.at} tone="danger">
            Escalated to {roleName(step.to).toLowerCase()} <When at={step.at} show="time" />
          </Badge>
        ))}
        {until !== undefined ? <Badge tone="hold">{until > 0 ? `Escalates in ${duration(until)}` : 'Escalating now'}</Badge> : null}
        <ProblemNotice problem={acknowledge.problem} />
        {has('nurse', 'prescriber') ? (
          <Button onClick={() => acknowledge.run(undefined)} loading={acknowledge.busy}>
            Acknowledge: I take care of this patient
          </Button>
        ) : (
          <div>A nurse or a prescriber acknowledges it.</div>
        )}
      </Stack>
    </Panel>
  );
}
