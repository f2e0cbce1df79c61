import { useQuery } from '@tanstack/react-query';
import { body, intake } from '../api/clients';
import type { components } from '../api/generated/intake';
import { usePages } from '../parts/Rows';

type Schemas = components['schemas'];
export type Finding = Schemas['Finding'];
export type Verdict = Schemas['VerdictView'];

export const useVerdicts = (patientId: string) =>
  usePages<Verdict>(['verdicts', patientId], (cursor) => body(intake.GET('/api/patients/{id}/verdicts', { params: { path: { id: patientId }, query: { limit: 20, ...(cursor ? { cursor } : {}) } } })));

export const useVerdict = (patientId: string, verdictId: string, enabled: boolean) =>
  useQuery({
    queryKey: ['verdicts', patientId, verdictId],
    queryFn: () => body(intake.GET('/api/patients/{id}/verdicts/{verdictId}', { params: { path: { id: patientId, verdictId } } })),
    // written once, never changed
    staleTime: Infinity,
    enabled,
  });

/** What a decision on a patient makes old. */
export const decided = (patientId: string) => [
  ['patient', patientId],
  ['patients'],
  ['verdicts', patientId],
  ['workup', patientId],
  ['evaluations', patientId],
  ['assessments', patientId],
  ['worklist'],
  ['journey', patientId],
  ['journeys'],
  ['readiness'],
  ['safety-alerts'],
];

export type WorkupView = Schemas['WorkupView'];
export type WorkupResult = Schemas['WorkupResult'];
export type Evaluation = Schemas['Evaluation'];

export const useWorkup = (patientId: string, enabled = true) =>
  useQuery({
    queryKey: ['workup', patientId],
    queryFn: () => body(intake.GET('/api/patients/{id}/workup', { params: { path: { id: patientId } } })),
    enabled,
  });

/** All of both kinds, the latest first. */
export const useEvaluations = (patientId: string, enabled = true) =>
  useQuery({
    queryKey: ['evaluations', patientId],
    queryFn: async () => (await body(intake.GET('/api/patients/{id}/evaluations', { params: { path: { id: patientId } } }))).items,
    enabled,
  });
