import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { body, door } from './clients';
import type { components } from './generated/door';
import { Problem } from './problem';

export type Me = components['schemas']['Me'];
export type Role = 'front-desk' | 'nurse' | 'prescriber' | 'therapist' | 'biller' | 'admin' | 'auditor';

/** Who is signed in; null when nobody is. */
export function useSignedIn() {
  return useQuery({
    queryKey: ['me'],
    queryFn: async () => {
      try {
        return await body(door.GET('/api/me'));
      } catch (failure) {
        if (failure instanceof Problem && failure.status === 401) return null;
        throw failure;
      }
    },
    staleTime: 60_000,
  });
}

const MeContext = createContext<Me | undefined>(undefined);
export const MeProvider = MeContext.Provider;

/** Who is signed in, inside the shell. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('useMe outside the shell');
  return me;
}

export function useHas() {
  const { roles } = useMe();
  return (...wanted: Role[]) => wanted.some((role) => roles.includes(role));
}

const NAMES: Record<Role, string> = {
  'front-desk': 'Front desk',
  nurse: 'Nurse',
  prescriber: 'Prescriber',
  therapist: 'Therapist',
  biller: 'Biller',
  admin: 'Administrator',
  auditor: 'Auditor',
};

export const roleName = (role: string) => NAMES[role as Role] ?? role;
export const ROLES = Object.keys(NAMES) as Role[];
