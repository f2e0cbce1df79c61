import type { components } from '../api/generated/scheduling';

export type Entry = components['schemas']['WaitlistAnswer'];
export type Suitable = components['schemas']['PreferredTime'];

export const WANTS: Record<Entry['wants'], string> = { earlier: 'An earlier session', course: 'A whole course', booster: 'A booster' };

export const URGENCIES = ['emergency', 'urgent', 'routine'] as const;
export const URGENCY: Record<Entry['urgency'], string> = { emergency: 'Emergency', urgent: 'Urgent', routine: 'Routine' };

const DAY_MS = 86_400_000;

/** How near the last day is on which the next session may lie. */
export function limitWords(limitOn: string, today: string): string {
  const days = Math.round((Date.parse(`${limitOn}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / DAY_MS);
  if (days < 0) return `${-days} ${days === -1 ? 'day' : 'days'} past the gap limit`;
  if (days === 0) return 'gap limit is today';
  return `${days} ${days === 1 ? 'day' : 'days'} to the gap limit`;
}

const WEEKDAY: Record<Suitable['day'], string> = {
  MONDAY: 'Mon', TUESDAY: 'Tue', WEDNESDAY: 'Wed', THURSDAY: 'Thu', FRIDAY: 'Fri', SATURDAY: 'Sat', SUNDAY: 'Sun',
};
export const DAYS = Object.keys(WEEKDAY) as Suitable['day'][];

/** "Mon, Tue 09:00 to 13:00": days with the same hours stand together. */
export function suitable(times: Suitable[]): string {
  const byHours = new Map<string, string[]>();
  for (const time of [...times].sort((a, b) => DAYS.indexOf(a.day) - DAYS.indexOf(b.day))) {
    const hours = `${time.from.slice(0, 5)} to ${time.until.slice(0, 5)}`;
    byHours.set(hours, [...(byHours.get(hours) ?? []), WEEKDAY[time.day]]);
  }
  return [...byHours].map(([hours, days]) => `${days.join(', ')} ${hours}`).join('; ');
}

export const weekday = (day: Suitable['day']) => WEEKDAY[day];
