import { useQuery } from '@tanstack/react-query';
import { body, scheduling } from '../api/clients';
import { useHas } from '../api/me';

const HOUR = 60 * 60_000;

export const useTalks = (patientId: string) =>
  useQuery({ queryKey: ['integration', 'of-patient', patientId], queryFn: async () => (await body(scheduling.GET('/api/integration-sessions', { params: { query: { patientId, limit: 200 } } }))).items });

/** Doses that came later, after which a patient who reflects on the others has no integration session. */
export const useLacking = (mine: boolean) => useQuery({ queryKey: ['integration', 'lacking', mine], queryFn: async () => (await body(scheduling.GET('/api/integration-sessions/lacking', { params: { query: { mine } } }))).items });

export const useTalkTerms = () => useQuery({ queryKey: ['integration', 'terms'], queryFn: () => body(scheduling.GET('/api/integration-sessions/terms')), staleTime: HOUR });

export const useTherapists = () =>
  useQuery({ queryKey: ['therapists'], queryFn: async () => (await body(scheduling.GET('/api/resources/therapists', { params: { query: { limit: 200 } } }))).items, staleTime: 5 * 60_000 });

export const usePrescriptions = (patientId: string) =>
  useQuery({
    queryKey: ['home-tablets', patientId],
    queryFn: async () => (await body(scheduling.GET('/api/home-prescriptions', { params: { query: { patientId, limit: 200 } } }))).items,
    enabled: useHas()('nurse', 'prescriber'),
  });

export const useTabletTerms = (enabled: boolean) => useQuery({ queryKey: ['home-tablets', 'terms'], queryFn: () => body(scheduling.GET('/api/home-prescriptions/terms')), staleTime: HOUR, enabled });

export const useCallsOf = (patientId: string) =>
  useQuery({
    queryKey: ['calls', 'of-patient', patientId],
    queryFn: async () => (await body(scheduling.GET('/api/calls', { params: { query: { patientId, limit: 200 } } }))).items,
    enabled: useHas()('nurse', 'prescriber'),
  });

/** What is due, the first due first. */
export const useDueCalls = () =>
  useQuery({ queryKey: ['calls', 'due'], queryFn: async () => (await body(scheduling.GET('/api/calls', { params: { query: { limit: 200 } } }))).items, enabled: useHas()('nurse', 'prescriber') });
