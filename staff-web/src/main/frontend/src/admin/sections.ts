import type { Role } from '../api/me';

export const SECTIONS = [
  { id: 'staff', label: 'Staff accounts', roles: ['admin'] },
  { id: 'resources', label: 'Chairs, people and hours', roles: ['admin'] },
  { id: 'calendars', label: 'Calendar feeds', roles: ['admin'] },
  { id: 'standing-orders', label: 'Orders and REMS', roles: ['admin'] },
  { id: 'on-call', label: 'On call', roles: ['admin'] },
  { id: 'insurers', label: 'Insurers', roles: ['admin'] },
  { id: 'mail', label: 'Mail', roles: ['admin'] },
  { id: 'dead-letters', label: 'Dead letters', roles: ['admin'] },
  { id: 'audit', label: 'Audit', roles: ['auditor'] },
] as const satisfies readonly { id: string; label: string; roles: readonly Role[] }[];

/** Every part that keeps records, by the name that addresses use. */
export const SERVICES = ['intake', 'scheduling', 'billing', 'notification', 'staff-web'] as const;
export type Service = (typeof SERVICES)[number];

const NAMES: Record<Service, string> = { intake: 'Intake', scheduling: 'Scheduling', billing: 'Billing', notification: 'Notification', 'staff-web': 'Front door' };
export const serviceName = (service: string) => NAMES[service as Service] ?? service;
