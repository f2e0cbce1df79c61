import type { components } from '../api/generated/intake';

export type Plan = components['schemas']['PlanView'];
export type Limits = components['schemas']['Limits'];

interface Words {
  route: (code: string) => string;
  spoken: (code: string) => string;
  diagnosis: (code: string) => string;
  profile: (id: string) => string;
}

const days = (n: number) => `${n} ${n === 1 ? 'day' : 'days'}`;

const byWeight = (plan: Plan, weightKg: number | undefined) => {
  const rule = `${plan.doseLowMgPerKg.toFixed(1)} to ${plan.doseHighMgPerKg.toFixed(1)} mg/kg of measured weight`;
  return weightKg ? `${rule}: ${doseWord(plan.doseLowMgPerKg, plan.doseHighMgPerKg, weightKg)} at ${weightKg} kg` : rule;
};

/** Tablets at home alone: nothing is given in the clinic. */
export const atHome = (plan: { route: string; sessions: number }) => plan.route === 'oral' && plan.sessions === 0;

/** How much is given: by weight, in mg, or of one tablet. */
export const dosing = (plan: Plan, weightKg?: number) => (atHome(plan) ? `Tablets of ${plan.fixedDoseMg} mg, prescribed few at a time` : plan.fixedDoseMg ? `${plan.fixedDoseMg} mg` : byWeight(plan, weightKg));

/** A plan line by line, as it is read out and printed; the doses in mg too where a weight is given. */
export function lines(plan: Plan, words: Words, weightKg?: number): [name: string, text: string][] {
  return [
    ['Diagnosis', words.diagnosis(plan.diagnosisCode)],
    ['Drug and route', `${words.spoken(plan.drug)}, ${words.route(plan.route)}`],
    ['Dose', dosing(plan, weightKg)],
    ...(atHome(plan)
      ? [['Sessions', 'none: taken at home'] as [string, string]]
      : ([
          ['Sessions', `${plan.sessions} in ${plan.courseMinDays} to ${days(plan.courseMaxDays)}`],
          ['Between two', plan.maxGapDays ? `${plan.minGapDays} to ${days(plan.maxGapDays)}` : `at least ${days(plan.minGapDays)}`],
          ['Boosters', plan.boosters ? `${plan.boosters.fromDays} to ${days(plan.boosters.toDays)} after the one before` : 'none planned'],
        ] as [string, string][])),
    ['Monitoring', plan.monitoringProfile ? words.profile(plan.monitoringProfile) : 'as the route has it'],
    ['Therapist', plan.therapist ?? 'not named'],
  ];
}

/** What a revision changed. */
export function differences(before: Plan, after: Plan, words: Words): [name: string, was: string, is: string][] {
  const was = new Map(lines(before, words));
  return lines(after, words).flatMap(([name, is]) => (was.get(name) === is ? [] : [[name, was.get(name) ?? '', is] as [string, string, string]]));
}

const mg = (value: number) => `${value.toFixed(1)} mg`;

/** A range of mg/kg at a weight. */
export const doseWord = (low: number, high: number, weightKg: number) => (low === high ? mg(low * weightKg) : `${mg(low * weightKg)} to ${mg(high * weightKg)}`);
