import { expect, test } from 'vitest';
import { changesBetween } from './changes';
import type { Finding } from './queries';

const finding = (rule: string, outcome: Finding['outcome'], about: string[] = []) => ({ rule, outcome, about }) as Finding;

test('between two verdicts only what somebody has to look at is named', () => {
  const before = [finding('age', 'cleared'), finding('blood-pressure', 'needs-review', ['150/95']), finding('opioids', 'needs-review', ['tramadol'])];
  const after = [finding('age', 'cleared'), finding('blood-pressure', 'cleared'), finding('opioids', 'needs-review', ['tramadol', 'codeine']), finding('seizures', 'needs-review')];
  expect(changesBetween(before, after)).toEqual([
    { rule: 'blood-pressure', kind: 'gone', about: ['150/95'] },
    { rule: 'opioids', kind: 'changed', about: ['tramadol', 'codeine'] },
    { rule: 'seizures', kind: 'new', about: [] },
  ]);
});

test('an exclusion that was a review before has changed', () => {
  expect(changesBetween([finding('pregnancy', 'needs-review')], [finding('pregnancy', 'excluded')])).toEqual([{ rule: 'pregnancy', kind: 'changed', about: [] }]);
});
