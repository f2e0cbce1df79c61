import { expect, test } from 'vitest';
import { atHome, dosing, lines, type Plan } from './plan';

const words = { route: (code: string) => code, spoken: (code: string) => code, diagnosis: (code: string) => code, profile: (id: string) => id };
const course: Plan = {
  id: 'p',
  revision: 1,
  diagnosisCode: 'F33.2',
  drug: 'ketamine',
  route: 'iv',
  doseLowMgPerKg: 0.5,
  doseHighMgPerKg: 1,
  doseRule: 'mg-per-kg',
  sessions: 6,
  minGapDays: 1,
  courseMinDays: 14,
  courseMaxDays: 21,
  approvedBy: 'paula',
  approvedAt: '2026-11-23T15:00:00Z',
};
const tablets: Plan = { ...course, route: 'oral', doseRule: 'fixed-mg', fixedDoseMg: 100, doseLowMgPerKg: 0, doseHighMgPerKg: 0, sessions: 0, minGapDays: 0, courseMinDays: 0, courseMaxDays: 0 };

test('tablets at home are read out without sessions, gaps and boosters', () => {
  expect(atHome(tablets)).toBe(true);
  expect(dosing(tablets)).toBe('Tablets of 100 mg, prescribed few at a time');
  expect(lines(tablets, words).map(([name]) => name)).toEqual(['Diagnosis', 'Drug and route', 'Dose', 'Sessions', 'Monitoring', 'Therapist']);
});

test('a course says its dose by weight, its sessions and what is between two', () => {
  expect(atHome(course)).toBe(false);
  expect(dosing(course, 80)).toBe('0.5 to 1.0 mg/kg of measured weight: 40.0 mg to 80.0 mg at 80 kg');
  expect(lines(course, words)).toContainEqual(['Sessions', '6 in 14 to 21 days']);
});
