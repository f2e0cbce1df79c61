/**
 * Whether the clinic's server answers this device, by what its requests met; `since` is this device's own time of the first that
 * got no answer. A network that is there but leads nowhere shows the same as none.
 */
let since: number | undefined;
const listeners = new Set<() => void>();

function set(next: number | undefined) {
  if ((next === undefined) === (since === undefined)) return;
  since = next;
  listeners.forEach((tell) => tell());
}

export const answered = () => set(undefined);
export const unanswered = () => set(Date.now());

/** This device's time since when nothing answers; undefined while it does. */
export const silentSince = () => since;

export function onReach(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

if (typeof window !== 'undefined') window.addEventListener('offline', unanswered);
