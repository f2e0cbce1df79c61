import { expect, test } from 'vitest';
import { asked } from './asked';
import type { Assessment } from './door';

const text = { en: '', es: '' };
const item = (id: string): Assessment['items'][number] => ({ id, text, required: true, choices: [] });
const screener: Pick<Assessment, 'items' | 'skips'> = {
  items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6'].map(item),
  skips: [{ when: [{ item: 'q2', answer: 'no' }], items: ['q3', 'q4', 'q5'] }],
};
const ids = (answers: Record<string, string>) => asked(screener, answers).map((i) => i.id);

test('asks every item until an answer passes some over', () => {
  expect(ids({})).toEqual(['q1', 'q2', 'q3', 'q4', 'q5', 'q6']);
  expect(ids({ q2: 'yes' })).toHaveLength(6);
  expect(ids({ q2: 'no' })).toEqual(['q1', 'q2', 'q6']);
});
