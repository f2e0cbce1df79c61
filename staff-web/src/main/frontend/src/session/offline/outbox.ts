import { Problem } from '../../api/problem';

/** What is never refused, and a reading of vital signs: all that this device keeps for later. */
export type EntryKind = 'vitals' | 'stop' | 'rescue' | 'call-for-help' | 'adverse-event' | 'leave-against-advice' | 'transfer';

/** One entry on its way to the server. It holds no name and nothing of the patient but what is to be put on record. */
export interface Entry {
  /** Made here, once: `readingId` or `entryId`. Sent again under it, the server knows it as the same. */
  id: string;
  /** Who made it. Nobody else's sign-in sends it. */
  user: string;
  sessionId: string;
  kind: EntryKind;
  /** Clinic time at which it happened. */
  at: string;
  body: Record<string, unknown>;
  /** This device's time before which it stays here, so that it can be taken back. */
  notBefore?: number;
  /** The server's definite no; it stays until somebody has seen it. */
  refused?: { rule: string; message: string };
}

/** Where entries stay until the server has them, in the order in which they were made. */
export interface Store {
  /** An id that is there already changes nothing. */
  add(entry: Entry): Promise<void>;
  replace(entry: Entry): Promise<void>;
  all(): Promise<Entry[]>;
  /** @returns whether it was there */
  remove(id: string): Promise<boolean>;
}

export type Outcome = { state: 'sent'; answer?: unknown } | { state: 'waiting' } | { state: 'refused'; problem: Problem };

/** Sends entries of one kind and session together; an outcome for each. Throws a Problem when nobody answered for all of them. */
export type Post = (entries: Entry[]) => Promise<(Exclude<Outcome, { state: 'waiting' }>)[]>;

/** Can still be taken back. */
export const isHeld = (entry: Entry, now = Date.now()) => (entry.notBefore ?? 0) > now;

/** The server takes so many readings at once. */
export const MOST_READINGS = 200;

/** What goes next: the oldest entry, and with a reading those of the same session that follow it. */
export function nextGroup(entries: readonly Entry[]): Entry[] {
  const [first] = entries;
  if (!first) return [];
  if (first.kind !== 'vitals') return [first];
  const end = entries.findIndex((e) => e.kind !== 'vitals' || e.sessionId !== first.sessionId);
  return entries.slice(0, Math.min(end === -1 ? entries.length : end, MOST_READINGS));
}

/** Nobody answered, or nobody is signed in: the others would fare the same. */
const stopsAll = (problem: Problem) => problem.passing || problem.status === 401 || problem.rule === 'csrf';

const problemOf = (failure: unknown) => (failure instanceof Problem ? failure : Problem.unreachable());

/** Whoever sent something looks at it for so long; then it is shown as waiting. */
const PATIENCE_MS = 2_500;

/**
 * Keeps entries until the server has them. Each is written down here before it is sent, and forgotten only after the server
 * said that it is on record: so none is lost, and because of its id none counts twice.
 */
export function outboxOver({
  store,
  post,
  delivered = () => undefined,
  alone = (work) => work(),
  now = Date.now,
}: {
  store: Store;
  post: Post;
  delivered?: (entry: Entry, answer: unknown) => void;
  /** Only one page of this device sends at a time. */
  alone?: (work: () => Promise<void>) => Promise<void>;
  now?: () => number;
}) {
  let user: string | undefined;
  let entries: readonly Entry[] = [];
  let running: Promise<void> | undefined;
  let again = false;
  /** On their way at this moment: too late to take back. */
  const going = new Set<string>();
  const waiters = new Map<string, (outcome: Outcome) => void>();
  const listeners = new Set<() => void>();

  async function look() {
    entries = await store.all();
    listeners.forEach((tell) => tell());
  }

  function settle(id: string, outcome: Outcome): boolean {
    const waiter = waiters.get(id);
    waiters.delete(id);
    waiter?.(outcome);
    return waiter !== undefined;
  }

  /** Sends what may go now, oldest first. */
  async function round() {
    const later = new Set<string>();
    for (;;) {
      await look();
      const due = entries.filter((e) => e.user === user && !e.refused && !later.has(e.id) && !isHeld(e, now()));
      const group = nextGroup(due);
      if (group.length === 0) break;
      let outcomes: Awaited<ReturnType<Post>>;
      group.forEach((e) => going.add(e.id));
      try {
        outcomes = await post(group);
      } catch (failure) {
        const problem = problemOf(failure);
        if (stopsAll(problem)) {
          due.forEach((e) => settle(e.id, { state: 'waiting' }));
          break;
        }
        if (problem.status >= 500) {
          // its own trouble: what comes behind it, a call for help perhaps, must not wait for it
          group.forEach((e) => {
            later.add(e.id);
            settle(e.id, { state: 'waiting' });
          });
          continue;
        }
        outcomes = group.map(() => ({ state: 'refused', problem }));
      } finally {
        group.forEach((e) => going.delete(e.id));
      }
      for (const [i, entry] of group.entries()) {
        const outcome = outcomes[i];
        if (outcome?.state === 'sent') {
          await store.remove(entry.id);
          delivered(entry, outcome.answer);
          settle(entry.id, outcome);
        } else if (outcome) {
          // who sees the refusal at once still has what was typed; else it stays until somebody comes
          if (settle(entry.id, outcome)) await store.remove(entry.id);
          else await store.replace({ ...entry, refused: { rule: outcome.problem.rule, message: outcome.problem.message } });
        } else {
          later.add(entry.id);
        }
      }
    }
    // another page of this device was faster
    for (const id of [...waiters.keys()]) if (!entries.some((e) => e.id === id)) settle(id, { state: 'sent' });
  }

  function drain(): Promise<void> {
    if (running) {
      again = true;
      return running;
    }
    running = alone(async () => {
      do {
        again = false;
        await round();
      } while (again);
    }).finally(() => {
      running = undefined;
      return look();
    });
    return running;
  }

  return {
    /** From now on what this person made is sent. */
    of(username: string) {
      user = username;
      return look().then(drain);
    },

    /** Keeps an entry and sends it, after `holdMs` if it can still be taken back. Answers in time, whatever the network does. */
    async put(entry: Omit<Entry, 'user' | 'notBefore'>, holdMs = 0): Promise<Outcome> {
      if (user === undefined) throw new Error('nobody is signed in');
      const settled = new Promise<Outcome>((resolve) => waiters.set(entry.id, resolve));
      await store.add({ ...entry, user, ...(holdMs > 0 ? { notBefore: now() + holdMs } : {}) });
      await look();
      const hold = setTimeout(() => void drain(), holdMs && holdMs + 20);
      const patience = setTimeout(() => settle(entry.id, { state: 'waiting' }), holdMs + PATIENCE_MS);
      return settled.finally(() => {
        clearTimeout(hold);
        clearTimeout(patience);
      });
    },

    /** Sends now what was held back. */
    async release(id: string) {
      // what was just put may not be among those looked at last
      await look();
      const entry = entries.find((e) => e.id === id);
      if (entry?.notBefore) {
        const { notBefore: _, ...free } = entry;
        await store.replace(free);
      }
      return drain();
    },

    /** Takes back what is still held, or a refusal that somebody has seen. @returns false when it has gone already */
    async take(id: string): Promise<boolean> {
      const taken = !going.has(id) && (await store.remove(id));
      if (taken) waiters.delete(id);
      await look();
      return taken;
    },

    drain,

    /** All that is on this device, whoever made it. */
    entries: () => entries,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A store that ends with the page: where the browser has none, and for tests. */
export function memoryStore(): Store {
  const kept = new Map<string, Entry>();
  return {
    add: async (entry) => void (kept.has(entry.id) || kept.set(entry.id, entry)),
    replace: async (entry) => void (kept.has(entry.id) && kept.set(entry.id, entry)),
    all: async () => [...kept.values()],
    remove: async (id) => kept.delete(id),
  };
}
