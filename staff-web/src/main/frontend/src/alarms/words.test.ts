import { expect, test } from 'vitest';
import { besideChair, canBeArtefact, measured, toldWord } from './words';

test('an alarm tells the value with its unit', () => {
  expect(measured({ kind: 'systolic-high', value: 196 })).toBe('196 mmHg');
  expect(measured({ kind: 'spo2-low', value: 89 })).toBe('89 %');
  expect(measured({ kind: 'sedation', value: 2 })).toBe('2');
  expect(measured({ kind: 'help', value: null })).toBe('');
});

test('only what was measured can be an artefact', () => {
  expect(canBeArtefact({ value: 89 })).toBe(true);
  expect(canBeArtefact({ value: null })).toBe(false);
});

test('a step of the escalation has words', () => expect(toldWord('nurse-at-chair')).toBe('the nurse at the chair'));

test('the tablet beside a chair stays silent', () => {
  expect(besideChair('/sessions/0198')).toBe(true);
  expect(besideChair('/today')).toBe(false);
});
