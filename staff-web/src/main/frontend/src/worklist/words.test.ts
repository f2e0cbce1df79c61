import { expect, test } from 'vitest';
import { count, isMissing, isStage, waited } from './words';

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

test('a tab counts what its list shows: who is ready is to do only with a safety flag', () => {
  const counts = [
    { stage: 'screening', urgency: 'urgent', safetyFlag: false, patients: 3 },
    { stage: 'screening', urgency: 'routine', safetyFlag: true, patients: 1 },
    { stage: 'ready', urgency: 'routine', safetyFlag: false, patients: 40 },
    { stage: 'ready', urgency: 'routine', safetyFlag: true, patients: 2 },
  ] as const;
  expect(count([...counts], {})).toBe(6);
  expect(count([...counts], { stage: 'ready' })).toBe(42);
  expect(count([...counts], { urgent: true })).toBe(3);
  expect(count([...counts], { stage: 'screening', safety: true })).toBe(1);
});
