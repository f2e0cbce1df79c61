import type { components } from '../api/generated/scheduling';
import { addDays } from '../today/board';
import { dayIn } from '../parts/time';

type Schemas = components['schemas'];
export type Suggested = Schemas['SuggestedSession'];
export type PassedOver = Schemas['PassedOverAnswer'];

/** One block of the plan as it is drawn: suggested, held, or as a booked course would become. */
export interface Block {
  number: number;
  sessionId?: string | null;
  startsAt: string;
  endsAt: string;
  chairId: string;
  nurseId: string;
  because: readonly string[];
  /** Where it is booked now, when the plan takes it elsewhere. */
  formerStartsAt?: string | null;
  changed: boolean;
  fixed: boolean;
}

const BECAUSE: Record<string, string> = {
  earliest: 'earliest day',
  'even-gap': 'even gap',
  'same-nurse': 'same nurse',
  'preferred-time': 'suits the patient',
  'only-place': 'only place that day',
  stays: 'stays',
  fixed: 'as you put it',
};
export const becauseWord = (code: string) => BECAUSE[code] ?? code;

const PASSED: Record<string, string> = {
  closed: 'Closed',
  'chair-full': 'Chairs full',
  'nurse-full': 'No nurse free',
  'no-prescriber-cover': 'No prescriber',
  'pump-missing': 'No pump free',
  'patient-busy': 'Patient is busy',
  'session-gap': 'Too near another session',
  'clearance-ends': 'Clearance ends',
  'other-nurse': 'Other nurse only',
  'not-preferred': 'Does not suit',
  'other-day-better': 'Another day is better',
};
export const passedWord = (rule: string) => PASSED[rule] ?? rule;

/** Monday of that day's week. */
export function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

export interface Cell {
  day: string;
  blocks: Block[];
  /** Why the whole day was passed over. */
  passed?: string;
}

/** Whole weeks from the first to the last block; at least two, so that there is somewhere to move to. */
export function weeksOf(blocks: readonly Block[], passed: readonly PassedOver[], zone: string): Cell[][] {
  const days = blocks.flatMap((block) => [dayIn(block.startsAt, zone), ...(block.formerStartsAt ? [dayIn(block.formerStartsAt, zone)] : [])]).sort();
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) return [];
  const why = new Map(passed.filter((p) => !p.startsAt).map((p) => [p.day, p.rule]));
  const weeks: Cell[][] = [];
  for (let monday = mondayOf(first); monday <= last || weeks.length < 2; monday = addDays(monday, 7)) {
    weeks.push(
      [0, 1, 2, 3, 4, 5, 6].map((ahead) => {
        const day = addDays(monday, ahead);
        const rule = why.get(day);
        return { day, blocks: blocks.filter((block) => dayIn(block.startsAt, zone) === day), ...(rule ? { passed: rule } : {}) };
      }),
    );
  }
  return weeks;
}
