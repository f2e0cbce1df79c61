import { useQuery } from '@tanstack/react-query';
import { body, ifMatch, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import { useHas } from '../api/me';
import type { Entry } from './entries';

/** Whoever is put on the list tells nobody; this finds them. */
const LOOK_MS = 60_000;

export function useOffers() {
  const has = useHas();
  const first = useQuery({
    queryKey: ['waitlist', 'first'],
    queryFn: () => body(scheduling.GET('/api/waitlist', { params: { query: { limit: 200 } } })),
    enabled: has('front-desk'),
    refetchInterval: LOOK_MS,
  });
  return (first.data?.items ?? []).filter((entry) => entry.offer);
}

export function usePatientsEntries(patientId: string) {
  const has = useHas();
  return useQuery({
    queryKey: ['waitlist', 'patient', patientId],
    queryFn: async () => (await body(scheduling.GET('/api/waitlist', { params: { query: { patientId, limit: 20 } } }))).items,
    enabled: has('front-desk', 'nurse', 'prescriber'),
  });
}

const REFRESH = [['waitlist'], ['sessions'], ['courses'], ['holds'], ['board']];

/** What the patient says to the place that is held for them. */
export function useAnswer() {
  return useCommand(
    ({ entry, says }: { entry: Entry; says: 'acceptance' | 'refusal' }) => {
      const params = { path: { id: entry.id }, header: { 'If-Match': ifMatch(entry.version) } };
      return body(says === 'acceptance' ? scheduling.POST('/api/waitlist/{id}/acceptance', { params }) : scheduling.POST('/api/waitlist/{id}/refusal', { params }));
    },
    { refresh: REFRESH },
  );
}

export function useLeave() {
  return useCommand((entry: Entry) => body(scheduling.DELETE('/api/waitlist/{id}', { params: { path: { id: entry.id } } })), { refresh: REFRESH });
}
