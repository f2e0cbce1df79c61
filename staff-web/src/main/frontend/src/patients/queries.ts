import { useQueries, useQuery } from '@tanstack/react-query';
import { body, billing, door, intake, scheduling, versioned } from '../api/clients';
import type { components as Door } from '../api/generated/door';
import type { components as Intake } from '../api/generated/intake';
import type { components as Scheduling } from '../api/generated/scheduling';
import { useHas } from '../api/me';
import { unresolvedQuery } from '../safety/alerts';

export type Journey = Door['schemas']['JourneyView'];
export type Entry = Door['schemas']['EntryView'];
export type Readiness = Scheduling['schemas']['ReadinessAnswer'];
export type Patient = Intake['schemas']['PatientView'];
export type PatientLine = Intake['schemas']['PatientSummary'];

/** The roles that scheduling answers. */
export function useClinical() {
  return useHas()('front-desk', 'nurse', 'prescriber', 'therapist');
}

export const usePatient = (id: string) =>
  useQuery({
    queryKey: ['patient', id],
    queryFn: () => versioned(intake.GET('/api/patients/{id}', { params: { path: { id } } })),
  });

export const useJourney = (patientId: string) =>
  useQuery({
    queryKey: ['journey', patientId],
    queryFn: () => body(door.GET('/api/journeys/{patientId}', { params: { path: { patientId } } })),
  });

export function useReadiness(patientId: string) {
  return useQuery({
    queryKey: ['readiness', patientId],
    queryFn: () => body(scheduling.GET('/api/readiness/{patientId}', { params: { path: { patientId } } })),
    enabled: useClinical(),
  });
}

export function useCourses(patientId: string) {
  return useQuery({
    queryKey: ['courses', 'of-patient', patientId],
    queryFn: () => body(scheduling.GET('/api/courses', { params: { query: { patientId, limit: 50 } } })),
    enabled: useClinical(),
  });
}

export function useOpenAlerts() {
  return useQuery({
    ...unresolvedQuery,
    enabled: useClinical(),
  });
}

export function useCoverages(patientId: string) {
  return useQuery({
    queryKey: ['coverages', 'of-patient', patientId],
    queryFn: () => body(billing.GET('/api/coverages', { params: { query: { patientId } } })),
    enabled: useHas()('biller', 'front-desk'),
  });
}

/** Which claim belongs to which session: only billing knows, and only billers may ask. */
export function useClaimSessions(patientId: string) {
  return useQuery({
    queryKey: ['claims', 'of-patient', patientId],
    queryFn: () => body(billing.GET('/api/claims', { params: { query: { patientId, limit: 200 } } })),
    select: (page) => new Map(page.items.map((claim) => [claim.id, claim.sessionId])),
    enabled: useHas()('biller'),
  });
}

/**
 * What the other services know of the patients of a list, asked once for each page of it. A service that does not answer leaves its
 * part empty and says so in `missing`; the list itself stands.
 */
export function useAround(pages: string[][]) {
  const clinical = useClinical();
  const journeys = useQueries({
    queries: pages.map((ids) => ({
      queryKey: ['journeys', 'of', ids],
      queryFn: () => body(door.GET('/api/journeys', { params: { query: { ids, limit: 200 } } })),
      enabled: ids.length > 0,
    })),
  });
  const readiness = useQueries({
    queries: pages.map((ids) => ({
      queryKey: ['readiness', 'of', ids],
      queryFn: () => body(scheduling.GET('/api/readiness', { params: { query: { ids } } })),
      enabled: clinical && ids.length > 0,
    })),
  });
  return {
    journeys: new Map<string, Journey>(journeys.flatMap((q) => q.data?.items ?? []).map((j) => [j.patientId, j])),
    readiness: new Map<string, Readiness>(readiness.flatMap((q) => q.data?.items ?? []).map((r) => [r.patientId, r])),
    pending: journeys.some((q) => q.isPending) || (clinical && readiness.some((q) => q.isPending)),
    missing: [journeys.some((q) => q.isError) ? 'journeys' : '', readiness.some((q) => q.isError) ? 'readiness' : ''].filter(Boolean),
    again: () => [...journeys, ...readiness].filter((q) => q.isError).forEach((q) => void q.refetch()),
  };
}
