import { expect, test } from 'vitest';
import { bandTone, type Instrument, keysOf, missing, scoreOf, withAnswer } from './model';

const choices = (...texts: [string, number][]) => texts.map(([code, points]) => ({ code, points, text: { en: code, es: code } }));
const item = (id: string, of: ReturnType<typeof choices>, required = true) => ({ id, text: { en: id, es: id }, required, choices: of });
const FOUR = choices(['0', 0], ['1', 1], ['2', 2], ['3', 3]);
const YES_NO = choices(['no', 0], ['yes', 1]);

const made = (part: Partial<Instrument>) => ({ skips: [], items: [], scales: [], ...part }) as unknown as Instrument;
const BANDS = [
  { from: 0, name: 'minimal' },
  { from: 5, name: 'mild' },
  { from: 10, name: 'moderate' },
  { from: 15, name: 'moderately-severe' },
  { from: 20, name: 'severe' },
];
const sum = (items: string[], more = {}) => ({ id: 'total', kind: 'sum', items, least: 0, most: 27, bands: BANDS, cuts: [], reversed: [], leastAnswered: null, levels: [], ...more });
const only = (instrument: Instrument, answers: Record<string, string>, sex = 'female') => scoreOf(instrument, instrument.scales[0] as Instrument['scales'][number], answers, sex);

test('a sum holds when all is answered; before it only says what it has come to', () => {
  const phq = made({ items: ['1', '2', '3'].map((id) => item(id, FOUR)), scales: [sum(['1', '2', '3'])] as never });
  expect(only(phq, { 1: '3', 2: '3' })).toMatchObject({ value: undefined, sofar: 6, band: 'mild', answered: 2, of: 3 });
  expect(only(phq, { 1: '3', 2: '3', 3: '3' })).toMatchObject({ value: 9, band: 'mild' });
  expect(missing(phq, { 1: '3' }).map((i) => i.id)).toEqual(['2', '3']);
});

test('a reversed item counts from the other end', () => {
  const dast = made({ items: ['1', '2', '3'].map((id) => item(id, YES_NO)), scales: [sum(['1', '2', '3'], { reversed: ['3'] })] as never });
  expect(only(dast, { 1: 'no', 2: 'yes', 3: 'no' }).value).toBe(2);
});

test('a positive screen has its own cut for men', () => {
  const audit = made({
    items: ['1'].map((id) => item(id, FOUR)),
    scales: [
      sum(['1'], {
        cuts: [
          { name: 'positive', atLeast: 3, sexes: ['male'] },
          { name: 'positive', atLeast: 2, sexes: ['female'] },
        ],
      }),
    ] as never,
  });
  expect(only(audit, { 1: '2' }, 'female').cuts).toEqual(['positive']);
  expect(only(audit, { 1: '2' }, 'male').cuts).toEqual([]);
});

test('a mean holds from its least number of answers', () => {
  const bpi = made({ items: ['1', '2', '3'].map((id) => item(id, FOUR, false)), scales: [sum(['1', '2', '3'], { kind: 'mean', leastAnswered: 2 })] as never });
  expect(only(bpi, { 1: '3' }).value).toBeUndefined();
  expect(only(bpi, { 1: '3', 2: '2' }).value).toBe(2.5);
  expect(only(bpi, { 1: '3', 2: '2', 3: '2' }).value).toBe(2.33);
  expect(missing(bpi, { 1: '3' }).map((i) => i.id)).toEqual(['2', '3']);
  expect(missing(bpi, { 1: '3', 2: '2' })).toEqual([]);
});

const CSSRS = made({
  items: ['q1', 'q2', 'q3', 'q6'].map((id) => item(id, YES_NO)),
  skips: [{ when: [{ item: 'q2', answer: 'no' }], items: ['q3'] }],
  scales: [
    sum(['q1', 'q2', 'q3', 'q6'], {
      id: 'risk',
      kind: 'graded',
      bands: ['none', 'low', 'high'].map((name, from) => ({ name, from })),
      levels: [
        { name: 'none', anyOf: [] },
        { name: 'low', anyOf: [{ item: 'q1', answer: 'yes' }] },
        { name: 'high', anyOf: [{ item: 'q3', answer: 'yes' }] },
      ],
    }),
  ] as never,
});

test('danger shows from a part of the answers', () => {
  expect(only(CSSRS, { q2: 'yes', q3: 'yes' })).toMatchObject({ value: undefined, sofar: 2, band: 'high' });
  expect(only(CSSRS, { q1: 'yes', q2: 'no', q6: 'no' })).toMatchObject({ value: 1, band: 'low', of: 3 });
});

test('an answer takes back what it passes over', () => {
  expect(withAnswer(CSSRS, { q2: 'yes', q3: 'yes' }, 'q2', 'no')).toEqual({ answers: { q2: 'no' }, changes: { q2: 'no', q3: '' } });
});

test('keys are the numbers of the form, else y and n, else places', () => {
  expect(keysOf(item('1', FOUR))).toEqual(['0', '1', '2', '3']);
  expect(keysOf(item('1', YES_NO))).toEqual(['n', 'y']);
  expect(keysOf(item('1', choices(['no', 0], ['lifetime', 1], ['past-3-months', 2])))).toEqual(['1', '2', '3']);
});

test('the gravest band is danger, the mildest done', () => {
  expect(['minimal', 'mild', 'moderate', 'severe'].map((band) => bandTone({ bands: BANDS }, band))).toEqual(['done', 'info', 'hold', 'danger']);
});
