import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { body, scheduling } from '../api/clients';
import { useMe } from '../api/me';
import { Empty } from '../parts/Loaded';
import { useNurses } from '../session/useSession';
import { Feeds } from './Feeds';

/** The own sessions in the own calendar. */
export default function OwnFeeds({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const nurses = useNurses();
  const prescribers = useQuery({ queryKey: ['prescribers'], queryFn: async () => (await body(scheduling.GET('/api/prescribers', { params: { query: { limit: 200 } } }))).items, staleTime: 5 * 60_000 });
  const own = [
    ...(nurses.data ?? []).filter((one) => one.username === me.username).map((one) => ({ kind: 'nurse' as const, id: one.id, label: 'My sessions as nurse' })),
    ...(prescribers.data ?? []).filter((one) => one.username === me.username).map((one) => ({ kind: 'prescriber' as const, id: one.id, label: 'My sessions as prescriber' })),
  ];
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title="My calendar" closeButtonProps={{ 'aria-label': 'Close' }}>
      {nurses.isPending || prescribers.isPending ? null : own.length === 0 ? <Empty title="You are not on the roster">An administrator puts nurses and prescribers on it; then your sessions can be followed.</Empty> : <Feeds choices={own} />}
    </Drawer>
  );
}
