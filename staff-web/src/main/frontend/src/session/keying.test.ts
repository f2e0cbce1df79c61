import { describe, expect, test } from 'vitest';
import { complete, EMPTY, isPart, isSet, namesIn, readingOf, SIGNS, type Spec, typed, type Values, wrongIn } from './keying';

const spec = (sign: string) => SIGNS.find((one) => one.sign === sign) as Spec;

/** Digits one after the other, from the first field on; where the cursor went, and after which digit the set went by itself. */
function keyed(digits: string) {
  let values: Values = EMPTY;
  let field: Spec | undefined = SIGNS[0];
  const path: string[] = [];
  for (const [i, digit] of [...digits].entries()) {
    if (!field) break;
    const after: ReturnType<typeof typed> = typed(values, field, values[field.sign] + digit);
    values = after.values;
    if (after.next) path.push(after.next.sign);
    if (after.whole) return { values, path, keystrokes: i + 1 };
    field = after.next ?? field;
  }
  return { values, path, keystrokes: undefined };
}

describe('a set of vitals', () => {
  test('is whole after eleven digits, without a Tab or an Enter', () => {
    const { values, path, keystrokes } = keyed('12880987414');
    expect(keystrokes).toBe(11);
    expect(path).toEqual(['diastolic', 'spo2', 'heartRate', 'respiratoryRate', 'cadss6']);
    expect(readingOf(values)).toEqual({ systolic: 128, diastolic: 80, spo2: 98, heartRate: 74, respiratoryRate: 14 });
  });
  test('is never longer than that for a patient who breathes slowly, and longer only for a fast heart', () => {
    expect(keyed('9860987412').keystrokes).toBe(10);
    expect(keyed('186969712216').keystrokes).toBe(12);
  });
  test('does not go when a value can’t be', () => {
    const upsideDown = keyed('80950');
    expect(wrongIn({ ...EMPTY, systolic: '80', diastolic: '95' }, spec('diastolic'))).toBe('Above the systolic');
    expect(upsideDown.keystrokes).toBeUndefined();
    expect(isSet({ ...EMPTY, systolic: '128', diastolic: '80', spo2: '101', heartRate: '74', respiratoryRate: '14' })).toBe(false);
  });
  test('may be a part of one, a blood pressure by both', () => {
    expect(isPart({ ...EMPTY, spo2: '97' })).toBe(true);
    expect(isPart({ ...EMPTY, systolic: '128' })).toBe(false);
    expect(isPart(EMPTY)).toBe(false);
    expect(namesIn({ ...EMPTY, systolic: '128', diastolic: '80', spo2: '97', heartRate: '70' })).toBe('blood pressure, SpO2, heart rate');
  });
});

test.each([
  ['systolic', '12', false],
  ['systolic', '98', true],
  ['systolic', '128', true],
  ['spo2', '98', true],
  ['spo2', '10', false],
  ['spo2', '100', true],
  ['heartRate', '10', false],
  ['respiratoryRate', '9', true],
  ['respiratoryRate', '8', false],
])('%s %s is complete: %s', (sign, text, expected) => expect(complete(text, spec(sign))).toBe(expected));
