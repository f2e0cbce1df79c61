import { expect, test } from 'vitest';
import { isMissing, isStage, waited } from './words';

const now = Date.parse('2026-12-04T14:00:00Z');

test('a wait is told in the largest unit that says enough', () => {
  expect(waited('2026-12-04T13:30:00Z', now)).toBe('less than an hour');
  expect(waited('2026-12-04T13:00:00Z', now)).toBe('1 hour');
  expect(waited('2026-12-03T15:00:00Z', now)).toBe('23 hours');
  expect(waited('2026-12-01T14:00:00Z', now)).toBe('3 days');
});
test('a clock that runs ahead makes no negative wait', () => expect(waited('2026-12-04T14:05:00Z', now)).toBe('less than an hour'));
test('an address with an unknown filter shows everything', () => {
  expect(isStage('nonsense')).toBe(false);
  expect(isMissing('paperwork')).toBe(true);
});
