import { useQuery } from '@tanstack/react-query';
import { body, scheduling } from '../api/clients';
import { useChairs, useNurses } from '../session/useSession';
import { Feeds } from './Feeds';

/** Feeds of everybody and every chair, for an administrator. */
export default function AllFeeds() {
  const nurses = useNurses().data ?? [];
  const chairs = useChairs().data ?? [];
  const prescribers = useQuery({ queryKey: ['prescribers'], queryFn: async () => (await body(scheduling.GET('/api/prescribers', { params: { query: { limit: 200 } } }))).items, staleTime: 5 * 60_000 }).data ?? [];
  return (
    <Feeds
      choices={[
        ...nurses.map((one) => ({ kind: 'nurse' as const, id: one.id, label: `${one.name}, nurse` })),
        ...prescribers.map((one) => ({ kind: 'prescriber' as const, id: one.id, label: `${one.name}, prescriber` })),
        ...chairs.map((one) => ({ kind: 'chair' as const, id: one.id, label: one.name })),
      ]}
    />
  );
}
