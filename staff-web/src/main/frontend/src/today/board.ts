import type { components } from '../api/generated/scheduling';
import { zonedInstant } from '../parts/time';
import type { Session } from '../session/model';

const QUARTER = 15 * 60_000;
type Hours = components['schemas']['Hours'];

const WEEKDAYS = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];
export const weekdayOf = (day: string) => WEEKDAYS[new Date(`${day}T12:00:00Z`).getUTCDay()];

export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export interface Span {
  from: number;
  to: number;
  /** Quarter hours, the columns of the board. */
  quarters: number;
}

/** From opening to closing of that day, wider where sessions lie outside; whole hours. */
export function spanOf(day: string, zone: string, hours: readonly Hours[], sessions: readonly Pick<Session, 'startsAt' | 'endsAt'>[]): Span {
  const open = hours.filter((h) => h.day === weekdayOf(day));
  const starts = [...open.map((h) => zonedInstant(day, h.opens.slice(0, 5), zone)), ...sessions.map((s) => Date.parse(s.startsAt))];
  const ends = [...open.map((h) => zonedInstant(day, h.closes.slice(0, 5), zone)), ...sessions.map((s) => Date.parse(s.endsAt))];
  if (starts.length === 0) {
    starts.push(zonedInstant(day, '08:00', zone));
    ends.push(zonedInstant(day, '18:00', zone));
  }
  const hour = 4 * QUARTER;
  const from = Math.floor(Math.min(...starts) / hour) * hour;
  const to = Math.max(from + hour, Math.ceil(Math.max(...ends) / hour) * hour);
  return { from, to, quarters: (to - from) / QUARTER };
}

/** Columns of a session's place, from 1. */
export function columnsOf(span: Span, session: Pick<Session, 'startsAt' | 'endsAt'>): { start: number; end: number } {
  const start = Math.max(1, Math.round((Date.parse(session.startsAt) - span.from) / QUARTER) + 1);
  const end = Math.min(span.quarters + 1, Math.round((Date.parse(session.endsAt) - span.from) / QUARTER) + 1);
  return { start, end: Math.max(start + 1, end) };
}

/** How far the day has gone on the board, 0 to 1; undefined outside. */
export const gone = (span: Span, now: number) => (now < span.from || now > span.to ? undefined : (now - span.from) / (span.to - span.from));

/** Whose place is given back: they stand beside the board. */
export const offBoard = (session: Session) => session.state === 'cancelled' || session.state === 'no-show';

/** Booked patients in the order in which the front desk sees them: overdue first, then the next ones. */
export function arriving(sessions: readonly Session[], now: number, within: number): Session[] {
  return sessions
    .filter((s) => s.state === 'booked' && Date.parse(s.startsAt) - now <= within)
    .sort((a, b) => Number(!a.probablyMissed) - Number(!b.probablyMissed) || Date.parse(a.startsAt) - Date.parse(b.startsAt));
}
