import { describe, expect, test } from 'vitest';
import { alarmsOf, breaks, comingStep, doseMg, lastReading, nextAct, pumpRate, type Reading, readingDueAt, type Session, vitalsForGate } from './model';

const at = (time: string) => Date.parse(`2026-12-04T${time}:00Z`);
const iso = (time: string) => new Date(at(time)).toISOString();

function session(over: Partial<Session>): Session {
  return {
    id: 's', version: 3, courseId: 'c', patientId: 'p', number: 3, drug: 'ketamine', route: 'iv', planId: 'pl', state: 'booked',
    startsAt: iso('13:00'), endsAt: iso('15:15'), chairId: 'ch', nurseId: 'n', escortNamed: true,
    stops: [], rescues: [], adverseEvents: [],
    exits: [], ivAttempts: [], titrations: [], pumpSettings: [], devices: [], devicesWanted: 0, vitals: [], nextActions: [],
    ...over,
  };
}
const offering = (...actions: [action: string, ...roles: string[]][]) => actions.map(([action, ...roles]) => ({ action, roles, fields: [], waitsFor: [] }));
const reading = (time: string, over: Partial<Reading> = {}): Reading => ({
  readingId: time, source: 'nurse', doubts: [], takenAt: iso(time), recordedAt: iso(time), recorder: 'nora', systolic: 128, diastolic: 80, spo2: 98, heartRate: 74, respiratoryRate: 14, moaas: 5, alarms: [], limits: 'vitals-limits@2026-12', ...over,
});

describe('the newest values', () => {
  test('are put together from readings of some signs each, as old as the oldest', () => {
    const oxygen = reading('09:10', { systolic: null, diastolic: null, heartRate: null, respiratoryRate: null, moaas: null, spo2: 95 });
    expect(lastReading([reading('09:00', { systolic: 190, alarms: ['systolic-high'] }), oxygen])).toMatchObject({ takenAt: iso('09:00'), systolic: 190, spo2: 95, alarms: ['systolic-high'] });
    expect(lastReading([oxygen])).toBeUndefined();
  });
  test('are none that are in doubt', () => {
    expect(lastReading([reading('09:00'), reading('23:00', { systolic: 250, doubts: ['in-the-future'] })])).toMatchObject({ systolic: 128 });
  });
});

describe('the dose', () => {
  test.each([
    [0.5, 63.5, 31.7],
    [0.7, 90, 63],
    [0.5, 84.3, 42.1],
    [1, 80, 80],
  ])('of %d mg/kg for %d kg is %d mg, rounded down', (mgPerKg, kg, mg) => expect(doseMg(mgPerKg, kg)).toBeCloseTo(mg, 6));
  test('runs over 40 min by IV', () => expect(pumpRate(31.7, 'iv')).toBe(47.5));
});

describe('the next thing to do', () => {
  test('is check-in for the front desk, before anything else', () => {
    const booked = session({ escortNamed: false, nextActions: offering(['check-in', 'front-desk', 'nurse'], ['escort', 'front-desk', 'nurse']) });
    expect(nextAct(booked, [], ['front-desk'], 'frances', at('12:50'))).toBe('check-in');
    expect(nextAct(booked, [], ['prescriber'], 'paula', at('12:50'))).toBeUndefined();
  });
  test('is vitals before the gate, then the gate', () => {
    const here = session({ state: 'checked-in', checkedInAt: iso('12:50'), nextActions: offering(['gate', 'nurse']) });
    expect(nextAct(here, [], ['nurse'], 'nora', at('12:55'))).toBe('vitals');
    expect(nextAct(here, [reading('12:54')], ['nurse'], 'nora', at('12:55'))).toBe('gate');
  });
  test('is a second person’s check, never by who drew', () => {
    const drawn = session({
      state: 'ready-to-dose',
      order: { doseMg: 30, doseMgPerKg: 0.5, weightKg: 60, weighedOn: '2026-12-04', planRevision: 1, by: 'paula', at: iso('13:00') },
      draw: { ndc: '1', lot: 'l', vialMgPerMl: 10, mgPerMl: 10, volumeMl: 3, mg: 30, by: 'nora', at: iso('13:05') },
      nextActions: offering(['second-check', 'nurse', 'prescriber'], ['start', 'nurse']),
    });
    expect(nextAct(drawn, [], ['nurse'], 'nora', at('13:06'))).toBeUndefined();
    expect(nextAct(drawn, [], ['nurse'], 'ned', at('13:06'))).toBe('second-check');
    const checked = { ...drawn, secondCheck: { by: 'ned', at: iso('13:07') } };
    expect(nextAct(checked, [], ['nurse'], 'nora', at('13:08'))).toBeUndefined();
    const set = { volumeMl: 3, rateMlPerH: 4.5, by: 'nora', at: iso('13:08') };
    expect(nextAct({ ...checked, pumpSettings: [set] }, [], ['nurse'], 'nora', at('13:08'))).toBeUndefined();
    expect(nextAct({ ...checked, pumpSettings: [set] }, [], ['nurse'], 'ned', at('13:08'))).toBe('second-check');
    const ready = { ...checked, pumpSettings: [{ ...set, check: { by: 'ned', at: iso('13:09') } }] };
    expect(nextAct(ready, [], ['nurse'], 'nora', at('13:10'))).toBe('start');
    expect(nextAct({ ...ready, nextActions: offering(['start', 'nurse'], ['weigh', 'nurse']) }, [reading('13:00', { systolic: 150 })], ['nurse'], 'nora', at('13:10'))).toBe('weigh');
  });
  test('of esketamine is the next device, 5 min after the last', () => {
    const device = { ndc: '50458-0028-02', lot: 'D1', mg: 28, by: 'nora', at: iso('13:15') };
    const spraying = session({ route: 'nasal', drug: 'esketamine', state: 'dosing', doseStartedAt: iso('13:15'), devicesWanted: 2, devices: [device], nextDeviceNotBefore: iso('13:20'), nextActions: offering(['device', 'nurse'], ['finish', 'nurse']) });
    expect(nextAct(spraying, [reading('13:10')], ['nurse'], 'nora', at('13:18'))).toBe('vitals');
    expect(nextAct(spraying, [reading('13:10')], ['nurse'], 'nora', at('13:20'))).toBe('device');
    expect(nextAct({ ...spraying, devices: [device, device] }, [reading('13:10')], ['nurse'], 'nora', at('13:21'))).toBe('finish');
  });
  test('is the end of the dose when its time is over and the vitals are fresh', () => {
    const dosing = session({ state: 'dosing', doseStartedAt: iso('13:15'), nextActions: offering(['finish', 'nurse']) });
    expect(nextAct(dosing, [reading('13:45')], ['nurse'], 'nora', at('13:50'))).toBe('vitals');
    expect(nextAct(dosing, [reading('13:54')], ['nurse'], 'nora', at('13:56'))).toBe('finish');
  });
});

describe('alarms', () => {
  const dosing = session({ state: 'dosing', doseStartedAt: iso('13:15') });
  test('a reading is due 15 min after the last, an alarm 5 min later', () => {
    expect(readingDueAt(dosing, [reading('13:20')])).toBe(at('13:35'));
    expect(alarmsOf(dosing, [reading('13:20')], at('13:40'))).toEqual([]);
    expect(alarmsOf(dosing, [reading('13:20')], at('13:41'))).toEqual([{ tone: 'danger', text: 'Vitals overdue by 6 min' }]);
  });
  test('show what the last reading broke', () => {
    expect(breaks('systolic', 181)).toBe('systolic-high');
    expect(breaks('systolic', 180)).toBeUndefined();
    expect(breaks('spo2', 91)).toBe('spo2-low');
    expect(alarmsOf(dosing, [reading('13:20', { alarms: ['systolic-high'] })], at('13:21'))).toEqual([{ tone: 'danger', text: 'Systolic high' }]);
  });
});

test('in a hold the gate wants vitals newer than the gate that held', () => {
  const held = session({
    state: 'held', checkedInAt: iso('12:50'), hold: { heldAt: iso('13:00'), recheckUntil: iso('13:30'), rechecksLeft: 2 },
    gate: { answers: { drugsChanged: false, liquidsHours: 3, solidsHours: 8, pregnancyTestPositive: false }, at: iso('13:00'), by: 'nora', blockers: ['vitals-hard-hold'], rules: [], softHolds: [] },
  });
  expect(vitalsForGate(held, [reading('12:59')], at('13:10'))).toBe(false);
  expect(vitalsForGate(held, [reading('13:09')], at('13:10'))).toBe(true);
  expect(comingStep(held, [reading('13:09')], at('13:10'))?.requirements.map((r) => r.met)).toEqual([true, true, false]);
});
