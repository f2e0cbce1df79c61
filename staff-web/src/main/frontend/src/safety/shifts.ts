/** Wall time of an instant in the clinic's zone, as a datetime-local field holds it. */
export function localOf(instant: string, zone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).format(new Date(instant));
  return parts.replace(' ', 'T');
}

/** The instant that a wall time of the clinic means; of the two in an autumn night, the earlier one. */
export function instantOf(local: string, zone: string): string {
  const asUtc = Date.parse(`${local}:00Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) || Number.isNaN(asUtc)) return local;
  const offset = (at: number) => Date.parse(`${localOf(new Date(at).toISOString(), zone)}:00Z`) - at;
  const first = asUtc - offset(asUtc - 86_400_000);
  const exact = localOf(new Date(first).toISOString(), zone) === local ? first : asUtc - offset(asUtc + 86_400_000);
  return new Date(exact).toISOString();
}
