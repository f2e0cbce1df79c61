import { useQuery } from '@tanstack/react-query';
import { body, ifMatch, scheduling } from '../../api/clients';

export type Kind = 'chair' | 'pump' | 'nurse' | 'prescriber' | 'therapist';

/** One of the clinic's means, with what its kind has. */
export interface Means {
  id: string;
  version: number;
  name: string;
  retiredOn?: string | null;
  username?: string | null;
  kind?: 'chair' | 'room';
  bufferMinutes?: number;
  maxChairs?: number;
  external?: boolean;
}

export interface MeansForm {
  name: string;
  username: string;
  kind: 'chair' | 'room';
  bufferMinutes: number;
  maxChairs: number;
  external: boolean;
  retiredOn: string;
}

const page = { params: { query: { limit: 200 } } };

const LISTS: Record<Kind, () => Promise<{ items: Means[] }>> = {
  chair: () => body(scheduling.GET('/api/chairs', page)),
  pump: () => body(scheduling.GET('/api/resources/pumps', page)),
  nurse: () => body(scheduling.GET('/api/nurses', page)),
  prescriber: () => body(scheduling.GET('/api/prescribers', page)),
  therapist: () => body(scheduling.GET('/api/resources/therapists', page)),
};

export const useMeans = (kind: Kind) => useQuery({ queryKey: [`${kind}s`], queryFn: async () => (await LISTS[kind]()).items, staleTime: 60_000 });

/** Names of all means by kind and id, as availability names them. */
export function useNames(): Map<string, string> {
  const lists: [Kind, Means[] | undefined][] = [
    ['chair', useMeans('chair').data],
    ['pump', useMeans('pump').data],
    ['nurse', useMeans('nurse').data],
    ['prescriber', useMeans('prescriber').data],
    ['therapist', useMeans('therapist').data],
  ];
  return new Map(lists.flatMap(([kind, items]) => (items ?? []).map((item): [string, string] => [`${kind}/${item.id}`, item.name])));
}

export function add(kind: Kind, form: MeansForm, key: string): Promise<unknown> {
  const header = { 'Idempotency-Key': key };
  const name = form.name.trim();
  const username = form.username.trim();
  switch (kind) {
    case 'chair':
      return body(scheduling.POST('/api/chairs', { params: { header }, body: { name, kind: form.kind, bufferMinutes: form.bufferMinutes } }));
    case 'pump':
      return body(scheduling.POST('/api/resources/pumps', { params: { header }, body: { name, bufferMinutes: form.bufferMinutes } }));
    case 'nurse':
      return body(scheduling.POST('/api/nurses', { params: { header }, body: { name, username, maxChairs: form.maxChairs } }));
    case 'prescriber':
      return body(scheduling.POST('/api/prescribers', { params: { header }, body: { name, username } }));
    case 'therapist':
      return body(scheduling.POST('/api/resources/therapists', { params: { header }, body: { name, username: username || null, external: form.external } }));
  }
}

export function change(kind: Kind, present: Means, form: MeansForm): Promise<unknown> {
  const params = { path: { id: present.id }, header: { 'If-Match': ifMatch(present.version) } };
  const name = form.name.trim();
  const retiredOn = form.retiredOn || null;
  switch (kind) {
    case 'chair':
      return body(scheduling.PUT('/api/chairs/{id}', { params, body: { name, kind: form.kind, bufferMinutes: form.bufferMinutes, retiredOn } }));
    case 'pump':
      return body(scheduling.PUT('/api/resources/pumps/{id}', { params, body: { name, bufferMinutes: form.bufferMinutes, retiredOn } }));
    case 'nurse':
      return body(scheduling.PUT('/api/nurses/{id}', { params, body: { name, maxChairs: form.maxChairs, retiredOn } }));
    case 'prescriber':
      return body(scheduling.PUT('/api/prescribers/{id}', { params, body: { name, retiredOn } }));
    case 'therapist':
      return body(scheduling.PUT('/api/resources/therapists/{id}', { params, body: { name, external: form.external, retiredOn } }));
  }
}
