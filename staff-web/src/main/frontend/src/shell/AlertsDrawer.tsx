import { Drawer, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Empty, Loaded } from '../parts/Loaded';
import { shortName, usePatients } from '../parts/patients';
import { AlertCard } from '../safety/AlertCard';
import { unresolvedQuery } from '../safety/alerts';

/** Safety alerts that are not resolved, from every screen; those that nobody has yet come first. */
export default function AlertsDrawer({ onClose }: { onClose: () => void }) {
  const query = useQuery(unresolvedQuery);
  const { data: patients } = usePatients((query.data?.items ?? []).map((alert) => alert.patientId));
  return (
    <Drawer opened onClose={onClose} position="right" title="Safety alerts" size="md" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No open safety alert">A high answer on the suicide-risk screener opens one here, on every screen, until somebody acknowledges and resolves it.</Empty>
          ) : (
            <Stack gap="md">
              {[...items]
                .sort((a, b) => Number(a.state !== 'raised') - Number(b.state !== 'raised') || a.raisedAt.localeCompare(b.raisedAt))
                .map((alert) => (
                  <AlertCard
                    key={alert.id}
                    alert={alert}
                    onLeave={onClose}
                    who={
                      <Link to="/patients/$patientId" params={{ patientId: alert.patientId }} onClick={onClose}>
                        <strong>{shortName(patients?.get(alert.patientId))}</strong>
                      </Link>
                    }
                  />
                ))}
            </Stack>
          )
        }
      </Loaded>
    </Drawer>
  );
}
