import { expect, test } from 'vitest';
import { money } from './Money';

test.each([
  [0, '$0.00'],
  [5, '$0.05'],
  [123456, '$1,234.56'],
  [-250, '−$2.50'],
])('%i cents are written %s', (cents, written) => expect(money({ cents, currency: 'USD' })).toBe(written));

test('another currency keeps its name', () => expect(money({ cents: 100, currency: 'EUR' })).toBe('EUR 1.00'));
