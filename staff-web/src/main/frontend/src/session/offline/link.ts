import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { body, scheduling } from '../../api/clients';
import { onReach, silentSince } from '../../api/reach';
import { clinicNow } from '../../live/clock';
import { useLiveState } from '../../live/live';
import { keep, keepReading } from '../keeping';
import type { Action, Reading, Session } from '../model';
import { AT_ONCE } from '../model';
import { type Entry, outboxOver, type Store } from './outbox';

/** How often an unanswered clinic is asked again. */
const ASK_AGAIN_MS = 5_000;
/** So long a tablet may be alone; after that paper or another device is needed. */
export const LOUDER_AFTER_MS = 15 * 60_000;

let queries: QueryClient | undefined;

/** Opened when it is needed first, and not before anybody sees a screen. */
function lazyStore(): Store {
  let opened: Promise<Store> | undefined;
  const store = () => (opened ??= import('./idbStore').then((m) => m.browserStore()));
  return {
    add: async (entry) => (await store()).add(entry),
    replace: async (entry) => (await store()).replace(entry),
    all: async () => (await store()).all(),
    remove: async (id) => (await store()).remove(id),
  };
}

export const outbox = outboxOver({
  store: lazyStore(),
  post: async (entries) => (await import('./send')).send(entries),
  alone: (work) => (navigator.locks ? navigator.locks.request('clinicops-outbox', work).then(() => undefined) : work()),
  delivered: (entry, answer) => {
    if (!queries) return;
    if (entry.kind === 'vitals') void keepReading(queries, entry.sessionId, answer as Reading);
    else void keep(queries, answer as Session);
  },
});

/** Asks whether the clinic answers again, by what waits for it or by something small. */
async function ask() {
  await outbox.drain();
  if (silentSince() !== undefined) await body(scheduling.GET('/api/opening-hours', { signal: AbortSignal.timeout(ASK_AGAIN_MS) })).catch(() => undefined);
}

/** As long as somebody is signed in, sends what they made. */
export function useOutboxRunner(username: string) {
  const client = useQueryClient();
  const live = useLiveState().state;
  useEffect(() => {
    queries = client;
    // fetched while there is a network: without one it is too late
    void import('./send');
    void outbox.of(username);
    const again = setInterval(() => {
      if (silentSince() !== undefined || outbox.entries().some((e) => e.user === username && !e.refused)) void ask();
    }, ASK_AGAIN_MS);
    const online = () => void ask();
    window.addEventListener('online', online);
    let silent = silentSince() !== undefined;
    const end = onReach(() => {
      const was = silent;
      silent = silentSince() !== undefined;
      // whatever happened while nothing was heard
      if (was && !silent) void outbox.drain().then(() => client.invalidateQueries());
    });
    return () => {
      clearInterval(again);
      window.removeEventListener('online', online);
      end();
    };
  }, [client, username]);
  useEffect(() => {
    // the stream that broke off is the first to know
    if (live === 'stale') void body(scheduling.GET('/api/opening-hours', { signal: AbortSignal.timeout(ASK_AGAIN_MS) })).catch(() => undefined);
  }, [live]);
}

export const useEntries = () => useSyncExternalStore(outbox.subscribe, outbox.entries);

/** Clinic time since when nothing answers this device; undefined while it does. */
export function useSilentSince(): number | undefined {
  const since = useSyncExternalStore(onReach, silentSince);
  return since === undefined ? undefined : since + (clinicNow() - Date.now());
}

/** What this device knows about its way to the server, for one session. */
export interface Link {
  since: number | undefined;
  /** Entries of this session that the server has not taken yet, refused ones too. */
  waiting: readonly Entry[];
}

export function useLink(sessionId: string): Link {
  const since = useSilentSince();
  const waiting = useEntries().filter((e) => e.sessionId === sessionId);
  return { since, waiting };
}

/** Whatever gives a patient more of the drug, or lets them go. */
const WANTS_ALL_SENT: ReadonlySet<Action> = new Set<Action>(['start', 'device', 'titrate', 'pump', 'discharge']);

/** Why an action can't be done now; undefined when it can. */
export function lockedBy(action: Action, { since, waiting }: Link): string | undefined {
  if (AT_ONCE.has(action)) return undefined;
  const what = action === 'discharge' ? 'Discharge is locked' : WANTS_ALL_SENT.has(action) ? 'A new dose is locked' : 'This is locked';
  if (since !== undefined) return `${what} until the network is back: only the server can say whether it is allowed.`;
  if (!WANTS_ALL_SENT.has(action) || waiting.length === 0) return undefined;
  if (waiting.every((e) => e.refused)) return `${what} until somebody has looked at what was not accepted.`;
  return `${what} until everything on this device has reached the record: ${waiting.length} waiting.`;
}
