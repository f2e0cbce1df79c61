import { IconCalendarEvent, IconCalendarWeek, IconChartLine, IconCoin, IconHourglass, IconMessage, IconSettings, IconSignature, IconUsers } from '@tabler/icons-react';
import type { Role } from '../api/me';

/** The rooms of the front end: who works in which, and the letter that leads there after `g`. */
export const PLACES = [
  { to: '/today', label: 'Today', key: 't', icon: IconCalendarEvent, roles: ['front-desk', 'nurse', 'prescriber', 'therapist'] },
  { to: '/today/notes', label: 'To sign', key: 's', icon: IconSignature, roles: ['prescriber'] },
  { to: '/patients', label: 'Patients', key: 'p', icon: IconUsers, roles: ['front-desk', 'nurse', 'prescriber', 'therapist', 'biller'] },
  { to: '/calendar', label: 'Calendar', key: 'c', icon: IconCalendarWeek, roles: ['front-desk', 'nurse', 'prescriber', 'therapist'] },
  { to: '/calendar/waitlist', label: 'Wait-list', key: 'w', icon: IconHourglass, roles: ['front-desk'] },
  { to: '/money', label: 'Money', key: 'm', icon: IconCoin, roles: ['biller', 'front-desk'] },
  { to: '/messages', label: 'Messages', key: 'n', icon: IconMessage, roles: ['front-desk', 'nurse', 'prescriber', 'therapist', 'biller', 'admin'] },
  { to: '/reports', label: 'Reports', key: 'r', icon: IconChartLine, roles: ['nurse', 'prescriber', 'therapist'] },
  { to: '/admin', label: 'Admin', key: 'a', icon: IconSettings, roles: ['admin', 'auditor'] },
] as const satisfies readonly { to: string; label: string; key: string; icon: unknown; roles: readonly Role[] }[];

export const placesOf = (roles: readonly string[]) => PLACES.filter((place) => place.roles.some((role) => roles.includes(role)));

/** Pages for some roles alone, as the services' access tables have them; whoever gets there by an old address is told so. */
export const PAGES: Readonly<Record<string, readonly Role[]>> = {
  '/today/notes': ['prescriber'],
  '/today/drugs': ['nurse', 'prescriber', 'admin'],
  '/today/rems': ['nurse', 'prescriber'],
  '/today/orders': ['nurse', 'prescriber', 'admin'],
  '/today/calls': ['nurse', 'prescriber'],
  '/today/integration': ['therapist', 'front-desk'],
  '/today/close': ['nurse', 'prescriber', 'front-desk', 'biller', 'admin'],
};

/** Whether somebody with these roles has anything to see there. */
export function maySee(path: string, roles: readonly string[]): boolean {
  const page = Object.keys(PAGES).find((one) => path === one || path.startsWith(`${one}/`));
  return !page || (PAGES[page] ?? []).some((role) => roles.includes(role));
}

/** The place that a page belongs to: of two that hold it, the inner one. Undefined outside of all. */
export function placeAt(path: string, places: readonly { to: string }[]): string | undefined {
  return places
    .map(({ to }) => to)
    .filter((to) => path === to || path.startsWith(`${to}/`))
    .sort((one, other) => other.length - one.length)[0];
}

/** Where somebody lands: the biller among money, who treats on Today. */
export function homeOf(roles: readonly string[]): string {
  const clinical = ['front-desk', 'nurse', 'prescriber', 'therapist'].some((role) => roles.includes(role));
  if (clinical) return '/today';
  if (roles.includes('biller')) return '/money';
  return '/admin';
}
