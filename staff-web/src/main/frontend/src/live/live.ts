import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { isBehind } from './behind';
import { setClinicNow } from './clock';
import { isPulse, touched } from './touched';

/** Nothing heard for this long, twice the server's heartbeat and a little: what is shown may be old. */
const SILENCE_MS = 25_000;

interface LiveState {
  /** `live`: hearing the server. `behind`: hearing it, but it does not hear its services. `stale`: not hearing it. */
  state: 'connecting' | 'live' | 'behind' | 'stale';
  /** Clinic time of what is shown, epoch milliseconds. */
  asOf: number | undefined;
}

let current: LiveState = { state: 'connecting', asOf: undefined };
const listeners = new Set<() => void>();

function set(next: LiveState) {
  current = next;
  listeners.forEach((tell) => tell());
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

export interface JourneyPush {
  patientId: string;
  at: string;
  types: string[];
}

function refresh(queries: QueryClient, push: JourneyPush) {
  if (!push.types.every(isPulse)) void queries.invalidateQueries({ queryKey: ['journey', push.patientId] });
  for (const key of touched(push.types)) void queries.invalidateQueries({ queryKey: [key] });
}

/** Follows the clinic as long as somebody is signed in; what a push names is fetched again. */
export function useLive() {
  const queries = useQueryClient();
  useEffect(() => {
    let source: EventSource | undefined;
    let silence: ReturnType<typeof setTimeout> | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    let wait = 500;
    let ended = false;

    const heard = (asOf?: string, state: 'live' | 'behind' = 'live') => {
      clearTimeout(silence);
      silence = setTimeout(() => set({ ...current, state: 'stale' }), SILENCE_MS);
      set({ state, asOf: asOf ? Date.parse(asOf) : current.asOf });
    };
    const open = () => {
      source = new EventSource('/api/live');
      source.addEventListener('hello', (event) => {
        const hello = JSON.parse(event.data) as { now: string };
        setClinicNow(hello.now);
        // whatever happened while nobody listened
        if (current.state === 'stale') void queries.invalidateQueries();
        wait = 500;
        heard(hello.now);
      });
      source.addEventListener('heartbeat', (event) => {
        const beat = JSON.parse(event.data) as { now: string; asOf: string | null };
        setClinicNow(beat.now);
        // null while the server itself does not know up to when it has heard everything
        heard(beat.asOf ?? undefined, isBehind(beat) ? 'behind' : 'live');
      });
      source.addEventListener('journey', (event) => {
        const push = JSON.parse(event.data) as JourneyPush;
        heard(push.at);
        refresh(queries, push);
      });
      source.addEventListener('reset', () => {
        heard();
        void queries.invalidateQueries();
      });
      source.onerror = () => {
        set({ ...current, state: 'stale' });
        // the browser tries again by itself unless the answer was no stream
        if (source?.readyState === EventSource.CLOSED && !ended) {
          void queries.invalidateQueries({ queryKey: ['me'] });
          again = setTimeout(open, wait);
          wait = Math.min(wait * 2, 15_000);
        }
      };
    };
    open();
    return () => {
      ended = true;
      clearTimeout(silence);
      clearTimeout(again);
      source?.close();
      set({ state: 'connecting', asOf: undefined });
    };
  }, [queries]);
}
