import { useQuery } from '@tanstack/react-query';
import { body, intake } from '../api/clients';
import type { components } from '../api/generated/intake';
import { useHas } from '../api/me';
import type { Language } from './model';

/** The instruments change with a new release only. */
const HOURS = 60 * 60_000;

export const useInstruments = () =>
  useQuery({
    queryKey: ['instruments'],
    queryFn: async () => (await body(intake.GET('/api/instruments'))).instruments,
    staleTime: HOURS,
  });

export const useInstrument = (id: string | undefined, version?: string) =>
  useQuery({
    queryKey: ['instruments', id, version ?? 'in use'],
    queryFn: () => body(intake.GET('/api/instruments/{id}', { params: { path: { id: id as string }, query: version ? { version } : {} } })),
    staleTime: HOURS,
    enabled: id !== undefined,
  });

/** Everything that a patient was asked, oldest first, with the trend of each scale. */
export const useAssessments = (patientId: string) =>
  useQuery({
    queryKey: ['assessments', patientId],
    queryFn: () => body(intake.GET('/api/patients/{id}/assessments', { params: { path: { id: patientId } } })),
  });

export type PatientOutcome = components['schemas']['PatientOutcome'];

/** For those who treat. */
export function useOutcomes(patientId: string) {
  return useQuery({
    queryKey: ['outcomes', patientId],
    queryFn: async () => (await body(intake.GET('/api/patients/{id}/outcomes', { params: { path: { id: patientId } } }))).outcomes,
    enabled: useHas()('nurse', 'prescriber', 'therapist'),
  });
}

/** What an answered instrument makes old. */
export const touchedBy = (patientId: string) => [
  ['assessments', patientId],
  ['outcomes', patientId],
  ['verdicts', patientId],
  ['workup', patientId],
  ['patient', patientId],
  ['patients'],
  ['worklist'],
  ['safety-alerts'],
  ['journey', patientId],
  ['journeys'],
  ['readiness'],
];

export const languageOf = (code: string | undefined): Language => (code === 'es' ? 'es' : 'en');
