import { expect, test } from 'vitest';
import { breach } from './limits';
import type { Limits } from './useSession';

const sign = (name: string, lowest: number | null, highest: number | null, own = false) => ({ sign: name, lowest, highest, lowestByBaseline: false, highestByBaseline: own });
const limits: Limits = {
  limits: 'vitals-limits@2026-12',
  overdueByMinutes: 5,
  phases: [
    { phase: 'pre-dose', from: '2026-12-04T12:50:00Z', until: '2026-12-04T13:15:00Z', signs: [sign('systolic', 90, 180), sign('moaas', 4, null)] },
    { phase: 'dosing', from: '2026-12-04T13:15:00Z', until: null, signs: [sign('systolic', 90, 160, true)] },
    { phase: 'recovering', from: null, until: null, signs: [sign('systolic', 90, 160, true)] },
  ],
};

test('a value is judged by the phase of its own moment, and by the patient’s own baseline in it', () => {
  const before = Date.parse('2026-12-04T13:00:00Z');
  const under = Date.parse('2026-12-04T13:20:00Z');
  expect(breach(limits, before, 'systolic', 170)).toBeUndefined();
  expect(breach(limits, under, 'systolic', 160)).toBeUndefined();
  expect(breach(limits, under, 'systolic', 161)).toBe('above 160 (own)');
  expect(breach(limits, under, 'systolic', 89)).toBe('below 90');
  expect(breach(limits, before, 'moaas', 3)).toBe('below 4');
  expect(breach(limits, before, 'spo2', 40)).toBeUndefined();
});
