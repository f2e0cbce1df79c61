import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { body, door, scheduling } from '../api/clients';

/**
 * The clinic's clock, not this device's: every duration on a screen counts from it. `ahead` is how far the clinic's clock (which
 * a demo moves) is before this device's.
 */
let ahead = 0;
let second = 0;
let known = false;
const listeners = new Set<() => void>();

export function setClinicNow(now: string) {
  ahead = Date.parse(now) - Date.now();
  // told even when the second is the same: the first answer makes the time known
  second = known ? second : -1;
  known = true;
  tick();
}

export const clinicNow = () => Date.now() + ahead;

/** False until the server said what time it is: this device's clock is shown to nobody. */
export const useClockKnown = () => useSyncExternalStore(subscribe, () => known);

function tick() {
  const now = Math.floor(clinicNow() / 1000);
  if (now !== second) {
    second = now;
    listeners.forEach((tell) => tell());
  }
}
setInterval(tick, 250);

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The clinic's time in whole seconds of the epoch, new every second. */
export const useNow = () => useSyncExternalStore(subscribe, () => second) * 1000;

/** Whether this is a demo clinic; the answer also sets the clock. */
export function useClinicClock() {
  return useQuery({
    queryKey: ['clock'],
    queryFn: async () => {
      const view = await body(door.GET('/api/clock'));
      setClinicNow(view.now);
      return view;
    },
    staleTime: 30_000,
    refetchInterval: 60_000,
  });
}

/** The clinic's time zone, in which its days and hours are meant. */
export function useZone(): string {
  const { data } = useQuery({
    queryKey: ['opening-hours'],
    queryFn: () => body(scheduling.GET('/api/opening-hours')),
    staleTime: 10 * 60_000,
  });
  return data?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
