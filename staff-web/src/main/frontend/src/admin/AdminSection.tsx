import { Navigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useHas } from '../api/me';
import { Empty } from '../parts/Loaded';
import { AuditTrail } from './AuditTrail';
import { DeadLetters } from './DeadLetters';
import { InsurersSection } from './InsurersSection';
import { MailInbox } from './MailInbox';
import { OnCallSection } from '../safety/OnCallSection';
import { SECTIONS } from './sections';
import { StaffAccounts } from './StaffAccounts';

const AllFeeds = lazy(() => import('../feeds/AllFeeds'));
const HouseSection = lazy(() => import('./HouseSection'));
const ResourcesSection = lazy(() => import('./resources/ResourcesSection'));

const SHOWN = {
  staff: StaffAccounts,
  resources: ResourcesSection,
  calendars: AllFeeds,
  'standing-orders': HouseSection,
  'on-call': OnCallSection,
  insurers: InsurersSection,
  mail: MailInbox,
  'dead-letters': DeadLetters,
  audit: AuditTrail,
};

export default function AdminSection() {
  const { section } = useParams({ from: '/admin/$section' });
  const has = useHas();
  const known = SECTIONS.find((s) => s.id === section);
  if (!known) return <Empty title="There is no such page">Choose one above.</Empty>;
  if (!has(...known.roles)) {
    const own = SECTIONS.find((s) => has(...s.roles));
    if (own) return <Navigate to="/admin/$section" params={{ section: own.id }} replace />;
    return <Empty title="Your role has no work here">An administrator gives roles under “Staff accounts”.</Empty>;
  }
  const Shown = SHOWN[known.id];
  return (
    <Suspense>
      <Shown />
    </Suspense>
  );
}
