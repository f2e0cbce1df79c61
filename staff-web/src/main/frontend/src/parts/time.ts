const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, kind: string, options: Intl.DateTimeFormatOptions) {
  const key = `${zone} ${kind}`;
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat('en-US', { timeZone: zone, ...options })));
  return found;
}

export const timeOf = (at: number | string, zone: string) => format(zone, 'time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));
export const dateOf = (at: number | string, zone: string) => format(zone, 'date', { weekday: 'short', month: 'short', day: 'numeric', year: 'numeric' }).format(new Date(at));
export const dayAndTime = (at: number | string, zone: string) => `${dateOf(at, zone)}, ${timeOf(at, zone)}`;

/** The clinic's calendar day of an instant, as 2026-01-31. */
export function dayIn(at: number | string, zone: string): string {
  const parts = format(zone, 'day', { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(new Date(at));
  const of = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}`;
}

/** A calendar day without a time, such as a birth date: 2026-01-31 as Jan 31, 2026, whatever the zone. */
export const calendarDay = (day: string) => format('UTC', 'calendar', { month: 'short', day: 'numeric', year: 'numeric' }).format(new Date(`${day}T00:00:00Z`));

/** 90_000 as 1:30, hours above an hour: 1:05:00. */
export function duration(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = String(total % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** How long ago, as coarse as one says it: 12 min, 3 h, 4 days. */
export function ago(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}

/** The instant of a wall-clock time of the clinic: its offset is the one in force at that moment. */
export function zonedInstant(day: string, time: string, zone: string): number {
  const asUtc = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}Z`);
  const offsetAt = (at: number) => {
    const parts = format(zone, 'offset', { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).formatToParts(new Date(at));
    const of = (type: string) => Number(parts.find((p) => p.type === type)?.value);
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - at;
  };
  const guess = asUtc - offsetAt(asUtc);
  return asUtc - offsetAt(guess);
}
