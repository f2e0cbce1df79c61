import { describe, expect, test } from 'vitest';
import { begun, directionsWord, leftOf, outcomeWord, type Prescription, type Talk, talkState } from './words';

const talk = { state: 'booked', external: false, startsAt: '2026-12-01T15:00:00Z', plannedOn: '2026-12-01', broken: null } as Talk;

describe('an integration session in words', () => {
  test('what is broken comes first', () => expect(talkState({ ...talk, broken: 'session-moved' })).toEqual({ tone: 'danger', text: 'To be moved: its session has moved away from it' }));
  test('a day with the patient’s own therapist is planned, not booked', () => expect(talkState({ ...talk, external: true }).text).toBe('Planned'));
  test('one that was held tells how long it was', () => expect(talkState({ ...talk, state: 'done', heldMinutes: 48 }).text).toBe('Held, 48 min'));
  test('it is held or missed only once it has begun', () => {
    expect(begun(talk, Date.parse('2026-12-01T14:59:00Z'), '2026-12-01')).toBe(false);
    expect(begun(talk, Date.parse('2026-12-01T15:00:00Z'), '2026-12-01')).toBe(true);
    expect(begun({ ...talk, startsAt: null }, 0, '2026-12-01')).toBe(true);
    expect(begun({ ...talk, startsAt: null }, 0, '2026-11-30')).toBe(false);
  });
});

test('of several prescriptions the last one counts', () => {
  expect(leftOf([])).toBe(0);
  expect(leftOf([{ left: 4 }, { left: 2 }] as Prescription[])).toBe(2);
});

test('codes that are newer than this page are shown by their names', () => {
  expect(directionsWord('two-a-week')).toBe('two a week');
  expect(outcomeWord('no-answer')).toBe('No answer');
});
