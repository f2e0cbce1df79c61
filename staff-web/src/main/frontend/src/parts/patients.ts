import { useQuery } from '@tanstack/react-query';
import { body, intake } from '../api/clients';
import type { components } from '../api/generated/intake';

export type PatientLine = components['schemas']['PagePatientSummary']['items'][number];

/** Names for ids, asked of intake in one request: no other service keeps them. */
export function usePatients(ids: string[]) {
  const wanted = [...new Set(ids)].sort();
  return useQuery({
    queryKey: ['patients', 'by-ids', wanted],
    queryFn: async () => {
      const found = new Map<string, PatientLine>();
      for (let from = 0; from < wanted.length; from += 100) {
        const page = await body(intake.GET('/api/patients', { params: { query: { ids: wanted.slice(from, from + 100).join(','), limit: 200 } } }));
        page.items.forEach((p) => found.set(p.id, p));
      }
      return found;
    },
    enabled: wanted.length > 0,
    staleTime: 5 * 60_000,
    placeholderData: (before) => before,
  });
}

/** The first who fit a name, a birth date or the end of a phone number; nobody is asked for with less than two characters. */
export function usePatientsFound(asked: string) {
  return useQuery({
    queryKey: ['patients', 'palette', asked],
    queryFn: () => body(intake.GET('/api/patients', { params: { query: { q: asked, limit: 8 } } })),
    enabled: asked.length >= 2,
    gcTime: 30_000,
  });
}

/** "Rivera, Jo" in lists; the id's beginning while the name is on its way. */
export const shortName = (patient: Pick<PatientLine, 'familyName' | 'givenName'> | undefined) =>
  patient ? `${patient.familyName}, ${patient.givenName}` : '…';

export function ageOn(birthDate: string, now: number): number {
  const today = new Date(now);
  const born = new Date(`${birthDate}T00:00:00Z`);
  const before = today.getUTCMonth() < born.getUTCMonth() || (today.getUTCMonth() === born.getUTCMonth() && today.getUTCDate() < born.getUTCDate());
  return today.getUTCFullYear() - born.getUTCFullYear() - (before ? 1 : 0);
}
