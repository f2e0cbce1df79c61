import { useQuery } from '@tanstack/react-query';
import { body, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import { useHas } from '../api/me';

/** Alarms that nobody looks after yet, from every chair. */
export function useOpenAlarms() {
  const has = useHas();
  return useQuery({
    queryKey: ['alarms', 'open'],
    queryFn: async () => (await body(scheduling.GET('/api/alarms', { params: { query: { open: true, limit: 200 } } }))).items,
    enabled: has('nurse', 'prescriber'),
    staleTime: 10_000,
    refetchInterval: 60_000,
  });
}

/** Whoever acknowledges looks after it; the first one stands. */
export function useAcknowledgeAlarm(id: string) {
  return useCommand(
    (artefact: boolean) => body(scheduling.POST('/api/alarms/{id}/acknowledgement', { params: { path: { id } }, body: { artefact } })),
    { refresh: [['alarms'], ['board'], ['session']], conflict: [['alarms']] },
  );
}
