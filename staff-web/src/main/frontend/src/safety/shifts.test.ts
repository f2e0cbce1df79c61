import { expect, test } from 'vitest';
import { instantOf, localOf } from './shifts';

const NEW_YORK = 'America/New_York';

test('a shift is typed in the clinic’s time', () => {
  expect(instantOf('2026-12-04T18:00', NEW_YORK)).toBe('2026-12-04T23:00:00.000Z');
  expect(instantOf('2026-07-04T18:00', NEW_YORK)).toBe('2026-07-04T22:00:00.000Z');
  expect(localOf('2026-12-04T23:00:00Z', NEW_YORK)).toBe('2026-12-04T18:00');
});

test('of the two half past ones of an autumn night the earlier counts', () => {
  expect(instantOf('2026-11-01T01:30', NEW_YORK)).toBe('2026-11-01T05:30:00.000Z');
});

test('a time just after a change of the clocks keeps its own offset', () => {
  expect(instantOf('2026-03-08T09:00', NEW_YORK)).toBe('2026-03-08T13:00:00.000Z');
  expect(instantOf('2026-11-01T09:00', NEW_YORK)).toBe('2026-11-01T14:00:00.000Z');
});

test('what is no time goes to the server, which says so', () => {
  expect(instantOf('', NEW_YORK)).toBe('');
});
