import { describe, expect, test, vi } from 'vitest';
import { Problem } from '../../api/problem';
import { type Entry, isHeld, memoryStore, nextGroup, outboxOver, type Post } from './outbox';

const entry = (id: string, over: Partial<Entry> = {}): Entry => ({ id, user: 'nora', sessionId: 's1', kind: 'vitals', at: '2026-12-04T13:00:00Z', body: {}, ...over });
const { user: _, ...unsigned } = entry('x');
const made = (id: string, over: Partial<Entry> = {}) => ({ ...unsigned, id, ...over });

/** A server that takes what it is sent, once for each id, while there is a network. */
function clinic() {
  const record: string[] = [];
  const groups: string[][] = [];
  const state = { network: true, answers: true, refuse: new Map<string, Problem>() };
  const post: Post = async (entries) => {
    if (!state.network) throw new Problem(0, {});
    groups.push(entries.map((e) => e.id));
    if (entries.length === 1) {
      const no = state.refuse.get(entries[0]?.id ?? '');
      if (no) throw no;
    }
    const outcomes = entries.map((e) => {
      const no = state.refuse.get(e.id);
      if (no) return { state: 'refused' as const, problem: no };
      if (!record.includes(e.id)) record.push(e.id);
      return { state: 'sent' as const, answer: e.id };
    });
    if (!state.answers) throw new Problem(0, {});
    return outcomes;
  };
  return { record, groups, state, post };
}

describe('what waits on a tablet without network', () => {
  test('goes in the order in which it was made, readings of one session together', async () => {
    const server = clinic();
    const outbox = outboxOver({ store: memoryStore(), post: server.post });
    await outbox.of('nora');
    server.state.network = false;
    for (const one of [made('r1'), made('r2'), made('stop', { kind: 'stop' }), made('r3'), made('other', { sessionId: 's2' }), made('help', { kind: 'call-for-help' })]) {
      expect(await outbox.put(one)).toEqual({ state: 'waiting' });
    }
    expect(server.record).toEqual([]);
    server.state.network = true;
    await outbox.drain();
    expect(server.groups).toEqual([['r1', 'r2'], ['stop'], ['r3'], ['other'], ['help']]);
    expect(outbox.entries()).toEqual([]);
  });

  test('is sent again when the answer was lost, and counts once', async () => {
    const server = clinic();
    const outbox = outboxOver({ store: memoryStore(), post: server.post });
    await outbox.of('nora');
    server.state.answers = false;
    expect(await outbox.put(made('r1'))).toEqual({ state: 'waiting' });
    expect(outbox.entries()).toHaveLength(1);
    server.state.answers = true;
    await outbox.drain();
    expect(server.groups).toEqual([['r1'], ['r1']]);
    expect(server.record).toEqual(['r1']);
    expect(outbox.entries()).toEqual([]);
  });

  test('outlives the page', async () => {
    const server = clinic();
    const store = memoryStore();
    server.state.network = false;
    const before = outboxOver({ store, post: server.post });
    await before.of('nora');
    await before.put(made('r1'));
    server.state.network = true;
    const after = outboxOver({ store, post: server.post });
    await after.of('nora');
    expect(server.record).toEqual(['r1']);
  });

  test('is never sent under somebody else’s name', async () => {
    const server = clinic();
    const store = memoryStore();
    await store.add(entry('r1'));
    const outbox = outboxOver({ store, post: server.post });
    await outbox.of('ned');
    expect(server.groups).toEqual([]);
    expect(outbox.entries()).toHaveLength(1);
    await outbox.of('nora');
    expect(server.record).toEqual(['r1']);
  });

  test('stays when nobody is signed in any more', async () => {
    const outbox = outboxOver({ store: memoryStore(), post: async () => Promise.reject(new Problem(401, {})) });
    await outbox.of('nora');
    expect(await outbox.put(made('r1'))).toEqual({ state: 'waiting' });
    expect(outbox.entries()).toMatchObject([{ id: 'r1' }]);
    expect(outbox.entries()[0]?.refused).toBeUndefined();
  });

  test('a reading that the server stumbles over does not hold up a call for help', async () => {
    const server = clinic();
    server.state.refuse.set('r1', new Problem(500, {}));
    const outbox = outboxOver({ store: memoryStore(), post: server.post });
    await outbox.of('nora');
    await outbox.put(made('r1'));
    expect(await outbox.put(made('help', { kind: 'call-for-help' }))).toMatchObject({ state: 'sent' });
    expect(outbox.entries().map((e) => e.id)).toEqual(['r1']);
  });
});

describe('what the server does not accept', () => {
  const no = new Problem(422, { rule: 'implausible', detail: 'a value that can’t be' });
  test('is told to who typed it, and leaves', async () => {
    const server = clinic();
    server.state.refuse.set('r1', no);
    const outbox = outboxOver({ store: memoryStore(), post: server.post });
    await outbox.of('nora');
    expect(await outbox.put(made('r1'))).toEqual({ state: 'refused', problem: no });
    expect(outbox.entries()).toEqual([]);
  });
  test('stays until somebody looks when it was kept meanwhile, and hinders none of the others', async () => {
    const server = clinic();
    const outbox = outboxOver({ store: memoryStore(), post: server.post });
    await outbox.of('nora');
    server.state.network = false;
    for (const id of ['r1', 'r2', 'r3']) await outbox.put(made(id));
    server.state.refuse.set('r2', no);
    server.state.network = true;
    await outbox.drain();
    expect(server.record).toEqual(['r1', 'r3']);
    expect(outbox.entries()).toMatchObject([{ id: 'r2', refused: { rule: 'implausible' } }]);
    await outbox.drain();
    expect(server.groups).toHaveLength(1);
    await outbox.take('r2');
    expect(outbox.entries()).toEqual([]);
  });
});

describe('a set that was just completed', () => {
  test('can be taken back until its time is over', async () => {
    vi.useFakeTimers();
    try {
      const server = clinic();
      const outbox = outboxOver({ store: memoryStore(), post: server.post });
      await outbox.of('nora');
      void outbox.put(made('slip'), 5_000);
      await vi.advanceTimersByTimeAsync(4_000);
      expect(outbox.entries()).toHaveLength(1);
      expect(await outbox.take('slip')).toBe(true);
      await vi.advanceTimersByTimeAsync(9_000);
      expect(server.record).toEqual([]);
      const right = outbox.put(made('right'), 5_000);
      await vi.advanceTimersByTimeAsync(5_100);
      expect(await right).toMatchObject({ state: 'sent' });
      expect(await outbox.take('right')).toBe(false);
      expect(server.record).toEqual(['right']);
    } finally {
      vi.useRealTimers();
    }
  });
});

test('a held set that is sent at once does not wait for its time, and waits openly without network', async () => {
  const server = clinic();
  server.state.network = false;
  const store = memoryStore();
  const outbox = outboxOver({ store, post: server.post });
  await outbox.of('nora');
  const put = outbox.put(made('r1'), 5_000);
  await outbox.release('r1');
  expect(await put).toEqual({ state: 'waiting' });
  expect(outbox.entries().map((e) => isHeld(e))).toEqual([false]);
});

test('at most 200 readings go together', () => {
  expect(nextGroup(Array.from({ length: 250 }, (_, i) => entry(String(i))))).toHaveLength(200);
});
