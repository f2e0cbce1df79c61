import { expect, test } from 'vitest';
import { differences } from './differences';

test('what both say alike does not differ', () => {
  expect(differences([['Phone', '1']], [['Phone', '1']])).toEqual([{ name: 'Phone', one: '1', other: '1', differs: false }]);
});
test('what only one of the two has is shown as missing at the other', () => {
  const rows = differences([['Sertraline', '50 mg']], [['Bupropion', '150 mg']]);
  expect(rows).toEqual([
    { name: 'Sertraline', one: '50 mg', other: undefined, differs: true },
    { name: 'Bupropion', one: undefined, other: '150 mg', differs: true },
  ]);
});
test('a drug that is named twice is matched in order', () => {
  const rows = differences([['Lithium', 'morning'], ['Lithium', 'evening']], [['Lithium', 'morning'], ['Lithium', 'noon']]);
  expect(rows.map((row) => row.differs)).toEqual([false, true]);
});
