import { expect, test } from 'vitest';
import type { Registration } from './door';
import { firstOpen, lines, orNull, SECTIONS } from './sections';

type State = Registration['sections'][number];
const all = (change: Partial<Record<State['section'], Partial<State>>>): Pick<Registration, 'sections'> => ({
  sections: SECTIONS.map((section) => ({ section, state: 'complete', filledBy: 'patient', filledAt: null, ...change[section] })),
});

test('goes on at the first part that the patient has not filled in to its end', () => {
  expect(firstOpen(all({}))).toBeNull();
  expect(firstOpen(all({ drugs: { filledBy: 'clinic' }, coverage: { filledBy: null, state: 'missing' } }))).toBe('drugs');
  expect(firstOpen(all({ history: { state: 'partial' } }))).toBe('history');
  expect(firstOpen(all({ 'previous-treatments': { state: 'partial' } }))).toBeNull();
});

test('empty text is no answer', () => {
  expect(orNull('  ')).toBeNull();
  expect(orNull(null)).toBeNull();
  expect(orNull(' 50 mg ')).toBe('50 mg');
  expect(lines(' gout \n\n  migraine')).toEqual(['gout', 'migraine']);
});
