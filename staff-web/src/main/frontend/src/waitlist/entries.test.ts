import { expect, test } from 'vitest';
import { limitWords, suitable } from './entries';

test('how near the gap limit is, is said in days', () => {
  expect(limitWords('2026-11-30', '2026-11-27')).toBe('3 days to the gap limit');
  expect(limitWords('2026-11-30', '2026-11-29')).toBe('1 day to the gap limit');
  expect(limitWords('2026-11-30', '2026-11-30')).toBe('gap limit is today');
  expect(limitWords('2026-11-30', '2026-12-02')).toBe('2 days past the gap limit');
});

test('days with the same hours stand together, in the order of the week', () => {
  expect(
    suitable([
      { day: 'TUESDAY', from: '09:00', until: '13:00' },
      { day: 'FRIDAY', from: '14:00:00', until: '18:00:00' },
      { day: 'MONDAY', from: '09:00', until: '13:00' },
    ]),
  ).toBe('Mon, Tue 09:00 to 13:00; Fri 14:00 to 18:00');
});
