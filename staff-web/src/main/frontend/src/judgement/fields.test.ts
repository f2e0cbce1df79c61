import { expect, test } from 'vitest';
import { differing, medicalOf, mentalHealthOf, openFields, valuesOf } from './fields';

test('an empty draft sends nothing but empty fields', () => {
  expect(mentalHealthOf(valuesOf('mental-health', undefined))).toMatchObject({ diagnosisCodes: [], history: null, mentalStatus: null, recommendation: null });
  expect(medicalOf(valuesOf('medical', undefined))).toMatchObject({ systolic: null, asaClass: null });
});

test('what was written comes back as it was', () => {
  const exam = { ...mentalHealthOf({ diagnosisCodes: 'F33.2 F41.1', 'mentalStatus.speech': 'Slow', risk: ' low ', recommendation: 'treat' }) };
  expect(exam).toMatchObject({ diagnosisCodes: ['F33.2', 'F41.1'], mentalStatus: { speech: 'Slow', thought: null }, risk: 'low' });
  const again = valuesOf('mental-health', { mentalHealth: exam });
  expect(again['diagnosisCodes']).toBe('F33.2 F41.1');
  expect(again['mentalStatus.speech']).toBe('Slow');
  expect(openFields('mental-health', again)).toContain('history');
  expect(openFields('mental-health', again)).not.toContain('risk');
});

test('numbers go as numbers', () => expect(medicalOf({ ...valuesOf('medical', undefined), systolic: '128', asaClass: '2' })).toMatchObject({ systolic: 128, asaClass: 2 }));

test('two versions differ where the text does', () =>
  expect(differing('medical', { ...valuesOf('medical', undefined), airway: 'Mallampati 1' }, { ...valuesOf('medical', undefined), airway: 'Mallampati 2', cardiac: ' ' })).toEqual(['airway']));
