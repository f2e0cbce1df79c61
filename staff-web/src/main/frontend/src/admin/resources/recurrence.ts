/** Recurrence as the form knows it; scheduling takes it as a line of RFC 5545. */
export type Repeats = 'never' | 'weekly' | 'monthly' | 'yearly';

export interface Recurrence {
  repeats: Repeats;
  /** Every so many weeks. */
  interval: number;
  weekdays: string[];
}

export const WEEKDAYS = [
  { value: 'MO', label: 'Mon', name: 'Monday' },
  { value: 'TU', label: 'Tue', name: 'Tuesday' },
  { value: 'WE', label: 'Wed', name: 'Wednesday' },
  { value: 'TH', label: 'Thu', name: 'Thursday' },
  { value: 'FR', label: 'Fri', name: 'Friday' },
  { value: 'SA', label: 'Sat', name: 'Saturday' },
  { value: 'SU', label: 'Sun', name: 'Sunday' },
] as const;
const ORDINALS: Record<string, string> = { '1': 'first', '2': 'second', '3': 'third', '4': 'fourth', '5': 'fifth', '-1': 'last' };
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

const weekdayOf = (day: string) => WEEKDAYS[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7]!;

/** Which of its month's weekdays a day is: the fifth counts as the last. */
function nth(day: string): string {
  const of = Math.ceil(Number(day.slice(8)) / 7);
  return of === 5 ? '-1' : String(of);
}

/** The line for a choice of the form; undefined when it happens once. */
export function ruleOf({ repeats, interval, weekdays }: Recurrence, firstDay: string): string | undefined {
  if (repeats === 'never' || !firstDay) return undefined;
  if (repeats === 'weekly') {
    const days = WEEKDAYS.filter((d) => weekdays.includes(d.value)).map((d) => d.value);
    return `FREQ=WEEKLY${interval > 1 ? `;INTERVAL=${interval}` : ''};BYDAY=${(days.length ? days : [weekdayOf(firstDay).value]).join(',')}`;
  }
  if (repeats === 'monthly') return `FREQ=MONTHLY;BYDAY=${nth(firstDay)}${weekdayOf(firstDay).value}`;
  return `FREQ=YEARLY;BYMONTH=${Number(firstDay.slice(5, 7))};BYMONTHDAY=${Number(firstDay.slice(8))}`;
}

const listed = (words: string[]) => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`);

/** A rule in plain words; the line itself where it says more than these words can. */
export function inWords(rrule: string): string {
  const parts = new Map(rrule.split(';').map((part) => part.split('=', 2) as [string, string]));
  const every = Number(parts.get('INTERVAL') ?? '1');
  const days = (parts.get('BYDAY') ?? '').split(',').filter(Boolean);
  const named = days.map((day) => {
    const name = WEEKDAYS.find((w) => w.value === day.slice(-2))?.name ?? day;
    const ordinal = ORDINALS[day.slice(0, -2).replace('+', '')];
    return ordinal ? `the ${ordinal} ${name}` : name;
  });
  const known = [...parts.keys()].every((key) => ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTH', 'BYMONTHDAY', 'COUNT', 'UNTIL'].includes(key));
  if (!known) return rrule;
  const months = (parts.get('BYMONTH') ?? '').split(',').filter(Boolean).map((m) => MONTHS[Number(m) - 1] ?? m);
  const dates = (parts.get('BYMONTHDAY') ?? '').split(',').filter(Boolean);
  const again = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' }[parts.get('FREQ') ?? ''] ?? '';
  let words: string;
  if (parts.get('FREQ') === 'WEEKLY' && named.length) words = every === 1 ? `Every ${listed(named)}` : `Every ${every} weeks on ${listed(named)}`;
  else {
    const on = named.length ? ` on ${listed(named)}` : dates.length ? ` on ${months.length ? `${listed(months)} ` : 'day '}${listed(dates)}` : months.length ? ` in ${listed(months)}` : '';
    words = `${every === 1 ? `Every ${again}` : `Every ${every} ${again}s`}${on}`;
  }
  const until = parts.get('UNTIL');
  if (parts.has('COUNT')) words += `, ${parts.get('COUNT')} times`;
  if (until) words += `, until ${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`;
  return words;
}
