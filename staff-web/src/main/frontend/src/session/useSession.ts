import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { body, ifMatch, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/scheduling';
import { useHas } from '../api/me';
import { clinicNow } from '../live/clock';
import { keep } from './keeping';
import { type Action, AT_ONCE, type Bodies, isHere, type Session } from './model';
import { outbox } from './offline/link';
import type { EntryKind } from './offline/outbox';

/** A pulse tells of every entry; this only finds what a lost one left while a patient is here. */
const WATCH_MS = 60_000;

export const sessionQuery = (id: string) => ({
  queryKey: ['session', id],
  queryFn: () => body(scheduling.GET('/api/sessions/{id}', { params: { path: { id } } })),
});

export function useSession(id: string) {
  return useQuery({ ...sessionQuery(id), refetchInterval: (query) => (query.state.data && isHere(query.state.data) ? WATCH_MS : false) });
}

export type Limits = components['schemas']['LimitsAnswer'];
export type PhaseLimits = components['schemas']['PhaseLimits'];

/** What this patient's readings are judged by, as the server judges them. */
export function useLimits(session: Session) {
  return useQuery({
    queryKey: ['session', session.id, 'limits', session.state],
    queryFn: () => body(scheduling.GET('/api/sessions/{id}/limits', { params: { path: { id: session.id } } })),
    enabled: useHas()('nurse', 'prescriber') && !!session.checkedInAt,
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
}

export function useChairs() {
  return useQuery({ queryKey: ['chairs'], queryFn: async () => (await body(scheduling.GET('/api/chairs', { params: { query: { limit: 200 } } }))).items, staleTime: 5 * 60_000 });
}

export function useNurses() {
  return useQuery({ queryKey: ['nurses'], queryFn: async () => (await body(scheduling.GET('/api/nurses', { params: { query: { limit: 200 } } }))).items, staleTime: 5 * 60_000 });
}

export function useReadiness(ids: string[]) {
  const wanted = [...new Set(ids)].sort();
  return useQuery({
    queryKey: ['readiness', 'by-ids', wanted],
    queryFn: async () => {
      const page = await body(scheduling.GET('/api/readiness', { params: { query: { ids: wanted.slice(0, 200) } } }));
      return new Map(page.items.map((r) => [r.patientId, r]));
    },
    enabled: wanted.length > 0,
    staleTime: 15_000,
    placeholderData: (before) => before,
  });
}
export type Readiness = components['schemas']['ReadinessAnswer'];

type Post = (path: string, init: object) => Promise<{ data?: Session; response: Response }>;

/** No answer yet: it is kept on this device and goes as soon as it can. */
export const WAITING = 'waiting';
export type Done = Session | typeof WAITING;
type AnswerTo<A extends Action> = A extends EntryKind ? Done : Session;

/**
 * One action on a session, with the version that is on the screen where the action asks for one. What can't be refused goes by way
 * of the outbox, with an id of its own instead and with the moment of the first touch: sent again it is the same entry.
 */
export function useAct<A extends Action>(session: Session, action: A, onDone?: (answer: AnswerTo<A>) => void) {
  const queries = useQueryClient();
  const touch = useRef<{ key: string; at: string }>(undefined);
  return useCommand(
    async (input: Bodies[A], key): Promise<AnswerTo<A>> => {
      if (AT_ONCE.has(action)) {
        if (touch.current?.key !== key) touch.current = { key, at: new Date(clinicNow()).toISOString() };
        const outcome = await outbox.put({ id: key, sessionId: session.id, kind: action as EntryKind, at: touch.current.at, body: { ...input } });
        if (outcome.state === 'refused') throw outcome.problem;
        return (outcome.state === 'sent' && outcome.answer ? outcome.answer : WAITING) as AnswerTo<A>;
      }
      const answer = await body((scheduling.POST as unknown as Post)(`/api/sessions/{id}/${action}`, { params: { path: { id: session.id }, header: { 'If-Match': ifMatch(session.version) } }, body: input }));
      await keep(queries, answer);
      return answer as AnswerTo<A>;
    },
    { conflict: [['session', session.id], ['sessions'], ['readiness']], ...(onDone ? { onDone } : {}) },
  );
}
