import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TYPES, tell } from './events';

const published = JSON.parse(readFileSync('../../../../docs/asyncapi.json', 'utf8')) as { channels: Record<string, { messages: Record<string, unknown> }> };
const types = Object.entries(published.channels)
  // a pulse moves screens and enters no journey
  .filter(([name]) => name !== 'pulses')
  .map(([, channel]) => channel)
  .flatMap((channel) => Object.keys(channel.messages ?? {}))
  .filter((name) => /\.v\d+$/.test(name))
  .map((name) => name.split('.')[1] as string);

test('every event that a service tells has words', () => {
  expect(types.length).toBeGreaterThan(40);
  expect(types.filter((type) => !TYPES.includes(type))).toEqual([]);
});

test('no words are left of events that nobody tells', () => expect(TYPES.filter((type) => !types.includes(type))).toEqual([]));

test('a session is called by its number', () => {
  expect(tell('session-held', 'vitals-hard-hold', 'scheduling', { session: 3 }).text).toBe('Session 3 held: vitals outside the limits');
  expect(tell('session-started', null, 'scheduling', {}).text).toBe('Session: dose started');
});

test('a denial is told with its reason in words', () => expect(tell('claim-denied', '50', 'billing', {}).text).toBe('Claim denied: not medically necessary (50)'));

test('an event newer than this page is shown by its name', () => expect(tell('vial-broken', null, 'scheduling', {})).toMatchObject({ text: 'Vial broken', kind: 'sessions' }));
