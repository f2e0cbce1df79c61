import { expect, test } from 'vitest';
import { isBehind } from './behind';

test('a heartbeat whose picture is seconds old is live', () => {
  expect(isBehind({ now: '2026-12-04T14:00:10Z', asOf: '2026-12-04T14:00:08Z' })).toBe(false);
});

test('a heartbeat whose picture is old marks the screen', () => {
  expect(isBehind({ now: '2026-12-04T14:01:00Z', asOf: '2026-12-04T14:00:08Z' })).toBe(true);
});

test('a server that does not know yet says nothing', () => {
  expect(isBehind({ now: '2026-12-04T14:01:00Z', asOf: null })).toBe(false);
});
