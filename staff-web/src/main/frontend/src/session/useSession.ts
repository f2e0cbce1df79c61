import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { body, ifMatch, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/scheduling';
import { clinicNow } from '../live/clock';
import { type Action, AT_ONCE, type Bodies, isHere, type Reading, type Session } from './model';

/** A pulse tells of every entry; this only finds what a lost one left while a patient is here. */
const WATCH_MS = 60_000;

export const sessionQuery = (id: string) => ({
  queryKey: ['session', id],
  queryFn: () => body(scheduling.GET('/api/sessions/{id}', { params: { path: { id } } })),
});

export function useSession(id: string) {
  return useQuery({ ...sessionQuery(id), refetchInterval: (query) => (query.state.data && isHere(query.state.data) ? WATCH_MS : false) });
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

/** What the server answered to a command is the newest there is: no older answer under way may replace it. */
async function keep(queries: QueryClient, answer: Session) {
  await Promise.all([queries.cancelQueries({ queryKey: ['session', answer.id] }), queries.cancelQueries({ queryKey: ['board'] })]);
  queries.setQueryData(['session', answer.id], answer);
  queries.setQueriesData<components['schemas']['Board']>({ queryKey: ['board'] }, (board) =>
    board ? { ...board, cards: board.cards.map((card) => (card.session.id === answer.id ? { ...card, session: answer } : card)) } : board,
  );
  void queries.invalidateQueries({ queryKey: ['board'] });
  void queries.invalidateQueries({ queryKey: ['readiness'] });
}

type Post = (path: string, init: object) => Promise<{ data?: Session; response: Response }>;

/**
 * One action on a session, with the version that is on the screen where the action asks for one. What can't be refused goes with
 * an id of its own instead and with the moment of the first touch: sent again it is the same entry.
 */
export function useAct<A extends Action>(session: Session, action: A, onDone?: (answer: Session) => void) {
  const queries = useQueryClient();
  const touch = useRef<{ key: string; at: string }>(undefined);
  return useCommand(
    async (input: Bodies[A], key) => {
      let sent: object = input;
      let header: object = { 'If-Match': ifMatch(session.version) };
      if (AT_ONCE.has(action)) {
        const now = new Date(clinicNow()).toISOString();
        if (touch.current?.key !== key) touch.current = { key, at: now };
        sent = { ...input, entryId: key, at: touch.current.at, deviceAt: now };
        header = {};
      }
      const answer = await body((scheduling.POST as unknown as Post)(`/api/sessions/{id}/${action}`, { params: { path: { id: session.id }, header }, body: sent }));
      await keep(queries, answer);
      return answer;
    },
    { conflict: [['session', session.id], ['sessions'], ['readiness']], ...(onDone ? { onDone } : {}) },
  );
}

/** One set of vital signs. Session, moment and who records are its key: sent twice it counts once. */
export function useRecordVitals(session: Session, onDone: (reading: Reading) => void) {
  const queries = useQueryClient();
  return useCommand(
    async (input: components['schemas']['VitalsRequest']) => {
      const reading = await body(scheduling.POST('/api/sessions/{id}/vitals', { params: { path: { id: session.id } }, body: input }));
      await queries.cancelQueries({ queryKey: ['session', session.id] });
      queries.setQueryData<Session>(['session', session.id], (known) =>
        known && !known.vitals.some((r) => r.readingId === reading.readingId)
          ? { ...known, vitals: [...known.vitals, reading].sort((a, b) => Date.parse(a.takenAt) - Date.parse(b.takenAt)) }
          : known,
      );
      return reading;
    },
    // what the session waits for depends on its readings
    { refresh: [['session', session.id], ['readiness']], onDone },
  );
}
