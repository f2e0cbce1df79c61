import { useQuery } from '@tanstack/react-query';
import { body, intake, versioned } from '../api/clients';
import type { components } from '../api/generated/intake';

type Schemas = components['schemas'];
export type Registration = Schemas['RegistrationView'];
export type SectionState = Schemas['SectionState'];
export type SectionName = SectionState['section'];
export type Candidate = Schemas['DuplicateCandidate'];

/** Of one patient, with its own version: two people may fill different sections at once. */
export const registrationQuery = (patientId: string) => ({
  queryKey: ['registration', patientId],
  queryFn: () => versioned(intake.GET('/api/patients/{id}/registration', { params: { path: { id: patientId } } })),
});

export const useRegistration = (patientId: string) => useQuery(registrationQuery(patientId));

/** What is known of somebody who may be in the clinic already. */
export interface Person {
  givenName: string;
  familyName: string;
  birthDate: string;
  phone: string | null;
  email: string | null;
}

/** Who may be the same person; asked as soon as a name and a birth date are there. */
export function useCandidates(person: Person) {
  const enough = person.givenName.length >= 2 && person.familyName.length >= 2 && /^(19|20)\d\d-\d\d-\d\d$/.test(person.birthDate);
  return useQuery({
    queryKey: ['duplicates', 'candidates', person],
    queryFn: () => body(intake.POST('/api/duplicates/candidates', { body: person })),
    enabled: enough,
    // names leave memory soon
    gcTime: 30_000,
    placeholderData: (before) => (enough ? before : undefined),
  });
}
