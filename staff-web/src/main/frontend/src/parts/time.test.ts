import { expect, test } from 'vitest';
import { ago, calendarDay, dayIn, duration, timeOf } from './time';

test.each([
  [0, '0:00'],
  [59_999, '0:59'],
  [90_000, '1:30'],
  [3_905_000, '1:05:05'],
  [-1, '0:00'],
])('%i ms are written %s', (ms, written) => expect(duration(ms)).toBe(written));

test.each([
  [-1, '0 min'],
  [12.5 * 60_000, '12 min'],
  [3.2 * 3_600_000, '3 h'],
  [90.3 * 3_600_000, '3 days'],
])('%i ms ago is said as %s', (ms, said) => expect(ago(ms)).toBe(said));

test('an evening in New York is still that day, although it is tomorrow in UTC', () => {
  expect(dayIn('2026-11-24T01:30:00Z', 'America/New_York')).toBe('2026-11-23');
  expect(timeOf('2026-11-24T01:30:00Z', 'America/New_York')).toBe('20:30');
});

test('a birth date has no zone', () => expect(calendarDay('1990-01-01')).toBe('Jan 1, 1990'));
