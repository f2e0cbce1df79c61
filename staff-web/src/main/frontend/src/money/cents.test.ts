import { expect, test } from 'vitest';
import { toCents, written } from './cents';

test.each([
  ['0', 0],
  ['12', 1200],
  ['12.5', 1250],
  ['$1,234.56', 123456],
  [' 0.07 ', 7],
])('"%s" is %i cents', (text, cents) => expect(toCents(text)).toBe(cents));

test.each(['', '-5', '1.234', '1,23', '12,34.00', 'abc', '1e3', '99999999999999999999'])('"%s" is no amount', (text) => expect(toCents(text)).toBeUndefined());

test('cents come back as they were written', () => {
  for (const cents of [0, 1, 9, 10, 99, 100, 123456]) expect(toCents(written(cents))).toBe(cents);
});
