import { describe, expect, test } from 'vitest';
import { zonedInstant } from '../parts/time';
import { addDays, columnsOf, gone, spanOf, weekdayOf } from './board';

const NEW_YORK = 'America/New_York';
const hours = [{ day: 'FRIDAY', opens: '08:00:00', closes: '18:00:00' } as const];

describe('the board’s day', () => {
  test('reaches from opening to closing', () => {
    const span = spanOf('2026-12-04', NEW_YORK, hours, []);
    expect([new Date(span.from).toISOString(), new Date(span.to).toISOString(), span.quarters]).toEqual(['2026-12-04T13:00:00.000Z', '2026-12-04T23:00:00.000Z', 40]);
  });
  test('is wider when a session lies outside the hours', () => {
    expect(spanOf('2026-12-04', NEW_YORK, hours, [{ startsAt: '2026-12-04T12:30:00Z', endsAt: '2026-12-04T14:45:00Z' }]).quarters).toBe(44);
  });
  test('puts a session into the columns of its quarter hours', () => {
    const span = spanOf('2026-12-04', NEW_YORK, hours, []);
    expect(columnsOf(span, { startsAt: '2026-12-04T15:15:00Z', endsAt: '2026-12-04T17:30:00Z' })).toEqual({ start: 10, end: 19 });
    expect(gone(span, Date.parse('2026-12-04T18:00:00Z'))).toBe(0.5);
    expect(gone(span, Date.parse('2026-12-05T01:00:00Z'))).toBeUndefined();
  });
  test('knows its weekday and its neighbours', () => {
    expect(weekdayOf('2026-12-04')).toBe('FRIDAY');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  });
});

test('a wall-clock time is the instant of the offset in force then, on both sides of a change', () => {
  expect(new Date(zonedInstant('2026-11-01', '09:00', NEW_YORK)).toISOString()).toBe('2026-11-01T14:00:00.000Z');
  expect(new Date(zonedInstant('2026-10-31', '09:00', NEW_YORK)).toISOString()).toBe('2026-10-31T13:00:00.000Z');
  expect(new Date(zonedInstant('2027-03-14', '09:00', NEW_YORK)).toISOString()).toBe('2027-03-14T13:00:00.000Z');
});
