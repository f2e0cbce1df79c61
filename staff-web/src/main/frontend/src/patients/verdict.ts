import type { components } from '../api/generated/scheduling';
import type { Tone } from '../parts/Tone';
import type { Readiness } from './queries';
import { ruleWord } from './words';

type Course = components['schemas']['CourseAnswer'];
type Blocker = components['schemas']['Blocker'];

export interface Verdict {
  word: string;
  tone: Tone;
  /** What stands in the way; not what every session day brings anyway. */
  blockers: Blocker[];
}

/** Done on the day itself, in the clinic: no reason to call a patient "not ready" before. */
const OF_THE_DAY = new Set(['no-session-today', 'gate-not-asked', 'vitals-missing']);
const HERE = new Set(['checked-in', 'held', 'ready-to-dose', 'dosing', 'stopped', 'recovering']);

/** Sessions of it are still to come or under way. */
export const openCourse = (course: Course) => course.sessions.some((s) => s.state === 'booked' || HERE.has(s.state));

/** Can this patient be treated, or booked? One line, and what stands in the way. */
export function verdictOf(status: string, course: Course | undefined, readiness: Readiness, today: string, dayOf: (at: string) => string): Verdict {
  if (status === 'excluded' || status === 'declined') return { word: 'Not treated here', tone: 'info', blockers: [] };
  const under = course?.sessions ?? [];
  if (under.some((s) => HERE.has(s.state))) return { word: 'In session now', tone: 'ready', blockers: [] };
  const booked = under.filter((s) => s.state === 'booked');
  if (booked.length > 0) {
    const blockers = readiness.blockers.filter((b) => b.blocks.includes('treating') && !OF_THE_DAY.has(b.rule));
    const isToday = booked.some((s) => dayOf(s.startsAt) === today);
    if (blockers[0]) return { word: ruleWord(blockers[0].rule), tone: 'hold', blockers };
    return { word: isToday ? 'Nothing against treatment so far' : 'Ready for the next session', tone: 'ready', blockers: [] };
  }
  const blockers = readiness.blockers.filter((b) => b.blocks.includes('booking'));
  // a plan of tablets is no obstacle that somebody should clear
  const atHome = blockers.find((b) => b.rule === 'route-needs-no-chair');
  if (atHome && blockers.length === 1) return { word: 'Tablets at home', tone: 'ready', blockers };
  if (readiness.canBook) return { word: 'A course can be booked', tone: 'ready', blockers: [] };
  return { word: blockers[0] ? ruleWord(blockers[0].rule) : 'Can’t be booked', tone: 'hold', blockers };
}
