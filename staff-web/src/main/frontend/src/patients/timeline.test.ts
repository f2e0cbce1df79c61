import { expect, test } from 'vitest';
import type { Entry } from './queries';
import { type Node, timeline } from './timeline';

const zone = 'America/New_York';
const entry = (id: string, type: string, at: string, more: Partial<Entry> = {}): Entry => ({
  id,
  type,
  at: `2026-12-${at}:00Z`,
  service: 'scheduling',
  resource: `of ${id}`,
  correlationId: `command ${id}`,
  ...more,
});
const shape = (node: Node): unknown => (node.children.length > 0 ? { [node.entry.id]: node.children.map(shape) } : node.entry.id);
const shapes = (entries: Entry[], claims?: Map<string, string>) => timeline(entries, zone, claims).map(({ day, nodes }) => [day, nodes.map(shape)]);

test('a booked course carries its sessions: one command, one line', () => {
  const command = { correlationId: 'booking' };
  expect(shapes([entry('course', 'course-booked', '01T15:00', command), entry('s1', 'session-booked', '01T15:00', command), entry('s2', 'session-booked', '01T15:00', command)])).toEqual([
    ['2026-12-01', [{ course: ['s1', 's2'] }]],
  ]);
});

test('a claim hangs under its session, its answer under the claim, the balance under the answer', () => {
  const entries = [
    entry('done', 'session-completed', '01T15:00', { resource: 'session' }),
    entry('note', 'note-signed', '01T16:00', { resource: 'session' }),
    entry('claim', 'claim-submitted', '02T15:00', { service: 'billing', resource: 'c1' }),
    entry('answer', 'claim-adjudicated', '05T15:00', { service: 'billing', resource: 'c1' }),
    entry('balance', 'balance-changed', '05T15:00', { service: 'billing', correlationId: 'command answer' }),
  ];
  expect(shapes(entries, new Map([['c1', 'session']]))).toEqual([['2026-12-01', ['note', { done: [{ claim: [{ answer: ['balance'] }] }] }]]]);
});

test('who can’t ask billing sees the claim on its own day', () => {
  expect(shapes([entry('done', 'session-completed', '01T15:00'), entry('claim', 'claim-submitted', '02T15:00', { service: 'billing' })])).toEqual([
    ['2026-12-02', ['claim']],
    ['2026-12-01', ['done']],
  ]);
});

test('a reminder stands on the day it went out, a confirmation under what it confirms', () => {
  const notice = { service: 'notification', causedBy: 'booked' };
  expect(shapes([entry('booked', 'session-booked', '01T15:00'), entry('confirmed', 'notice-delivered', '01T15:01', notice), entry('reminder', 'notice-delivered', '04T15:00', notice)])).toEqual([
    ['2026-12-04', ['reminder']],
    ['2026-12-01', [{ booked: ['confirmed'] }]],
  ]);
});

test('days are the clinic’s, newest first', () => {
  expect(shapes([entry('evening', 'note-signed', '02T04:59'), entry('night', 'escort-named', '02T05:00')])).toEqual([
    ['2026-12-02', ['night']],
    ['2026-12-01', ['evening']],
  ]);
});

test('the same thing several times in a row is one line', () => {
  const [day] = timeline([1, 2, 3].map((n) => entry(`e${n}`, 'escort-named', '01T15:00')), zone);
  expect(day?.nodes).toHaveLength(1);
  expect(day?.nodes[0]?.alike).toHaveLength(2);
});

test('causes in a circle lose no entry', () => {
  expect(shapes([entry('a', 'note-signed', '01T15:00', { causedBy: 'b' }), entry('b', 'note-signed', '01T15:00', { causedBy: 'a' })])).toEqual([['2026-12-01', [{ b: ['a'] }]]]);
});
