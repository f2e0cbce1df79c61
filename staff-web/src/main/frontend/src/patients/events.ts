import {
  IconAlertTriangle, IconArmchair, IconBell, IconBellOff, IconCalendarEvent, IconCalendarPlus, IconCalendarX, IconCash, IconCircleCheck, IconClipboardCheck, IconClipboardHeart,
  IconClipboardX, IconDoorEnter, IconDoorExit, IconFileCheck, IconFileInvoice, IconFileX, IconHandStop, IconInbox, IconMailCheck, IconMailX, IconPhone, IconPill, IconPlayerPlay, IconPlayerStop, IconReceipt,
  IconScale, IconShieldCheck, IconShieldQuestion, IconShieldX, IconSignature, IconUserCheck, IconUserPlus, IconUserX, IconUsers, IconHeartbeat, IconAddressBook, IconId, IconLink, IconLinkOff, type Icon,
} from '@tabler/icons-react';
import type { Tone } from '../parts/Tone';
import { clearanceWord, indicationWord, instrumentWord, noticeWord, routeWord, ruleWord, spoken } from './words';

export const KINDS = { intake: 'Intake', sessions: 'Sessions', money: 'Money', messages: 'Messages', safety: 'Safety' } as const;
export type Kind = keyof typeof KINDS;

/** What is known around an entry: which session of the course it is about. */
export interface Around {
  session?: number | undefined;
  /** How many sessions one booking brought. */
  sessions?: number | undefined;
}

export interface Told {
  text: string;
  icon: Icon;
  tone: Tone;
  kind: Kind;
  /** Where its record is. */
  leads: 'session' | 'money' | 'record' | 'messages' | 'treatment';
  /** Says what happened to somebody's health: not for who only bills. */
  clinical?: boolean;
}

type Teller = (code: string, around: Around) => Told;

const intake = (text: (code: string) => string, icon: Icon, tone: Tone = 'info', more: Partial<Told> = {}): Teller => (code) => ({ text: text(code), icon, tone, kind: 'intake', leads: 'record', ...more });
const session = (text: (s: string, code: string) => string, icon: Icon, tone: Tone = 'info', more: Partial<Told> = {}): Teller => (code, { session: n }) => ({
  text: text(n ? `Session ${n}` : 'Session', code),
  icon,
  tone,
  kind: 'sessions',
  leads: 'session',
  ...more,
});
const integration = (text: (code: string) => string, tone: Tone = 'info'): Teller => (code) => ({ text: text(code), icon: IconUsers, tone, kind: 'sessions', leads: 'treatment' });
const call = (text: (code: string) => string, tone: Tone): Teller => (code) => ({ text: text(code), icon: IconPhone, tone, kind: 'safety', leads: 'treatment', clinical: true });
const money = (text: (code: string) => string, icon: Icon, tone: Tone = 'info'): Teller => (code) => ({ text: text(code), icon, tone, kind: 'money', leads: 'money' });
const notice = (text: (code: string) => string, icon: Icon, tone: Tone = 'info'): Teller => (code) => ({ text: text(code), icon, tone, kind: 'messages', leads: 'messages' });

const lower = (text: string) => (/^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1));
const carc: Record<string, string> = {
  '1': 'deductible', '2': 'coinsurance', '3': 'copay', '11': 'diagnosis mismatch', '15': 'wrong authorization number', '16': 'missing information', '18': 'duplicate', '22': 'another payer',
  '27': 'coverage terminated', '29': 'late filing', '45': 'fee schedule', '50': 'not medically necessary', '96': 'not covered', '97': 'bundled', '119': 'benefit maximum', '197': 'no authorization',
  '198': 'authorization exceeded', '252': 'attachment needed',
};
const because = (code: string) => (code ? `: ${carc[code] ? `${carc[code]} (${code})` : `reason ${code}`}` : '');
const CANCELLED: Record<string, string> = { patient: 'by the patient', clinic: 'by the clinic', safety: 'not safe for the patient', held: 'held, no dose possible', 'consent-withdrawn': 'consent withdrawn' };
const OFFER_ENDED: Record<string, string> = { accepted: 'Offered place accepted', refused: 'Offered place refused', expired: 'Offer of a place ran out' };
const INTEGRATION_OFF: Record<string, string> = { patient: 'by the patient', clinic: 'by the clinic', 'session-off': 'its session is not given' };
const CALLS: Record<string, string> = {
  'left-against-advice': 'left against advice', transferred: 'transferred to a hospital', 'adverse-event': 'serious adverse event', 'home-tablets': 'tablets at home', concern: 'a prescriber, after a concern',
};
const CALLED: Record<string, string> = { well: 'all is well', concern: 'there is a concern', declined: 'wants no calls', unreachable: 'not reached' };
const STOPPED: Record<string, string> = { 'adverse-event': 'adverse event', 'patient-request': 'the patient asked', equipment: 'equipment' };
const CAUSES: Record<string, string> = {
  'claim-paid': 'the payer paid', 'claim-submitted': 'claim sent', 'self-pay-charge': 'session charged to the patient', 'session-completed': 'session to be billed', 'write-off': 'written off',
  payment: 'payment received', 'payment-received': 'payment received', 'payment-reversed': 'payment reversed', statement: 'statement sent', 'claim-denied': 'the payer refused',
};
const SUPPRESSED: Record<string, string> = {
  'no-consent': 'no consent to this channel', 'opted-out': 'opted out', 'useless-by-then': 'too late to be of use', withdrawn: 'no longer true', 'daily-limit': 'one a day is enough', 'no-address': 'no address',
};
const FAILED: Record<string, string> = { 'address-refused': 'the address was refused', 'provider-failed': 'the provider failed', 'no-address': 'no address' };

/** Every event that a journey can hold, in words. */
const TABLE: Record<string, Teller> = {
  'referral-received': intake((c) => `Referred${c ? ` for ${lower(indicationWord(c))}` : ''}`, IconInbox),
  'patient-registered': intake(() => 'Patient registered', IconUserPlus),
  'coverage-reported': intake(() => 'Patient’s insurance noted', IconId),
  'contact-preferences-changed': intake(() => 'Contact preferences noted', IconAddressBook),
  'patients-merged': intake(() => 'Merged with a duplicate entry', IconUsers),
  'patients-unmerged': intake(() => 'Merging taken back: two patients again', IconUsers, 'hold'),
  'link-requested': intake((c) => `Link sent to the patient${c === 'paperwork' ? ' for their paperwork' : ''}`, IconLink, 'waiting'),
  'link-revoked': intake(() => 'Link to the patient taken back', IconLinkOff),
  'link-finished': intake((c) => (c === 'paperwork' ? 'Patient finished their paperwork' : 'Patient finished what was asked by link'), IconFileCheck, 'done'),
  'screening-completed': (c) => ({
    text: c === 'excluded' ? 'Screening: excluded by a rule' : c === 'needs-review' ? 'Screening: findings need review' : 'Screening: no contraindication found',
    icon: IconClipboardHeart,
    tone: c === 'excluded' ? 'danger' : c === 'needs-review' ? 'hold' : 'done',
    kind: 'intake',
    leads: 'record',
    clinical: true,
  }),
  'safety-alert-raised': intake(() => 'Safety alert raised: high suicide risk', IconAlertTriangle, 'danger', { kind: 'safety', clinical: true }),
  'safety-alert-acknowledged': intake(() => 'Safety alert acknowledged', IconShieldCheck, 'done', { kind: 'safety', clinical: true }),
  'safety-alert-resolved': intake(() => 'Safety alert resolved', IconShieldCheck, 'done', { kind: 'safety', clinical: true }),
  'workup-recorded': intake((c) => `Work-up: test recorded${c ? `: ${lower(spoken(c))}` : ''}`, IconClipboardHeart, 'info', { clinical: true }),
  'patient-cleared': intake(() => 'Cleared for treatment: both clearances given', IconUserCheck, 'done'),
  'patient-declined': intake((c) => (c === 'excluded' ? 'Excluded from treatment by a rule' : 'Declined by a clinician'), IconUserX, 'hold'),
  'clearance-lapsed': intake((c) => `${c ? clearanceWord(c) : 'Clearance'} lapsed`, IconClipboardX, 'hold'),
  'consent-signed': intake((c) => `Consent signed${c ? `, ${routeWord(c)}` : ''}`, IconSignature, 'done'),
  'consent-withdrawn': intake((c) => `Consent withdrawn${c ? `, ${routeWord(c)}` : ''}`, IconFileX, 'danger'),
  'treatment-plan-approved': intake(() => 'Treatment plan approved', IconClipboardCheck, 'done'),
  'outcome-recorded': intake((c) => `Outcome recorded${c ? `: ${instrumentWord(c)}` : ''}`, IconClipboardHeart, 'info', { clinical: true }),
  'treatment-plan-ended': intake((c) => `Treatment plan ended${c ? `: ${lower(spoken(c))}` : ''}`, IconClipboardX),

  'course-booked': (_, { sessions: n }) => ({ text: n ? `Course of ${n} sessions booked` : 'Course booked', icon: IconCalendarPlus, tone: 'done', kind: 'sessions', leads: 'record' }),
  'session-booked': session((s) => `${s} booked`, IconCalendarEvent),
  'session-moved': session((s) => `${s} moved`, IconCalendarEvent, 'hold'),
  'session-place-changed': session((s) => `${s} at another chair or with another nurse, at the same time`, IconArmchair),
  'session-cancelled': session((s, c) => `${s} cancelled${c ? `: ${CANCELLED[c] ?? lower(spoken(c))}` : ''}`, IconCalendarX, 'hold'),
  'session-missed': session((s) => `${s} missed: the patient did not come`, IconCalendarX, 'hold'),
  'escort-named': session((s) => `Escort named for ${lower(s)}`, IconUsers),
  'patient-checked-in': session((s) => `Checked in for ${lower(s)}`, IconDoorEnter),
  'session-held': session((s, c) => `${s} held${c ? `: ${lower(ruleWord(c))}` : ' by the pre-dose gate'}`, IconHandStop, 'hold', { clinical: true }),
  'session-started': session((s) => `${s}: dose started`, IconPlayerPlay, 'ready'),
  'session-stopped': session((s, c) => `${s}: dose stopped${c ? `, ${STOPPED[c] ?? lower(spoken(c))}` : ''}`, IconPlayerStop, 'danger', { clinical: true }),
  'rescue-drug-given': session((s) => `Rescue drug given in ${lower(s)}`, IconPill, 'hold', { clinical: true }),
  'adverse-event-recorded': session((s, c) => `Adverse event in ${lower(s)}${c ? `: ${lower(spoken(c))}` : ''}`, IconHeartbeat, 'hold', { kind: 'safety', clinical: true }),
  'help-called': session((s) => `Help called in ${lower(s)}`, IconAlertTriangle, 'danger', { kind: 'safety', clinical: true }),
  'alarm-raised': session((s, c) => `Alarm in ${lower(s)}${c ? `: ${lower(spoken(c))}` : ''}`, IconHeartbeat, 'danger', { kind: 'safety', clinical: true }),
  'alarm-acknowledged': session((s) => `Alarm acknowledged in ${lower(s)}`, IconShieldCheck, 'done', { kind: 'safety', clinical: true }),
  'override-asked': session((s) => `Override asked for in ${lower(s)}`, IconShieldQuestion, 'waiting', { clinical: true }),
  'override-decided': session((s) => `Override decided in ${lower(s)}`, IconShieldCheck, 'info', { clinical: true }),
  'booster-due': () => ({ text: 'Booster suggested', icon: IconCalendarPlus, tone: 'waiting', kind: 'sessions', leads: 'record' }),
  'note-overdue': session((s) => `Note of ${lower(s)} is overdue`, IconSignature, 'hold'),
  'rems-form-due': session((s) => `REMS form of ${lower(s)} to be sent`, IconFileInvoice, 'waiting'),
  'rems-form-submitted': session((s) => `REMS form of ${lower(s)} sent`, IconFileCheck, 'done'),
  'rems-patient-enrolled': () => ({ text: 'Enrolled in the REMS', icon: IconId, tone: 'done', kind: 'sessions', leads: 'record' }),
  'drug-received': () => ({ text: 'A drug shipment for this patient has come', icon: IconPill, tone: 'done', kind: 'sessions', leads: 'record', clinical: true }),
  'count-discrepancy-found': () => ({ text: 'A count of controlled drugs differs from the log', icon: IconPill, tone: 'hold', kind: 'safety', leads: 'record', clinical: true }),
  'place-freed': () => ({ text: 'A place in the diary is free again', icon: IconCalendarEvent, tone: 'info', kind: 'sessions', leads: 'record' }),
  'waitlist-offered': () => ({ text: 'A freed place is offered', icon: IconCalendarPlus, tone: 'waiting', kind: 'sessions', leads: 'record' }),
  'waitlist-offer-ended': (code) => ({ text: OFFER_ENDED[code] ?? 'Offer of a place ended', icon: code === 'accepted' ? IconCircleCheck : IconCalendarX, tone: code === 'accepted' ? 'done' : 'info', kind: 'sessions', leads: 'record' }),
  'session-fee-due': (code) => ({ text: `Fee for a ${code === 'no-show' ? 'missed session' : 'late cancellation'}`, icon: IconReceipt, tone: 'waiting', kind: 'money', leads: 'money' }),
  'session-fee-waived': () => ({ text: 'Fee waived', icon: IconReceipt, tone: 'done', kind: 'money', leads: 'money' }),
  'integration-booked': integration(() => 'Integration session booked'),
  'integration-moved': integration(() => 'Integration session moved', 'hold'),
  'integration-cancelled': integration((c) => `Integration session cancelled${c ? `: ${INTEGRATION_OFF[c] ?? lower(spoken(c))}` : ''}`, 'hold'),
  'integration-missed': integration(() => 'Integration session missed: the patient did not come', 'hold'),
  'integration-done': integration(() => 'Integration session held', 'done'),
  'home-tablets-prescribed': () => ({ text: 'Tablets for home prescribed', icon: IconPill, tone: 'info', kind: 'sessions', leads: 'treatment', clinical: true }),
  'call-due': call((c) => `Call to the patient due${c ? `: ${CALLS[c] ?? lower(spoken(c))}` : ''}`, 'waiting'),
  'call-overdue': call((c) => `Call to the patient overdue${c ? `: ${CALLS[c] ?? lower(spoken(c))}` : ''}`, 'danger'),
  'call-made': call((c) => `Patient called${c ? `: ${CALLED[c] ?? lower(spoken(c))}` : ''}`, 'done'),
  'session-completed': session((s) => `${s} completed, patient discharged`, IconCircleCheck, 'done'),
  'note-signed': session((s) => `Note of ${lower(s)} signed`, IconSignature),
  'patient-left-against-advice': session((s) => `Left ${lower(s)} against advice`, IconDoorExit, 'danger', { kind: 'safety' }),
  'patient-transferred': session((s) => `Transferred to a hospital from ${lower(s)}`, IconArmchair, 'danger', { kind: 'safety' }),

  'coverage-recorded': money(() => 'Coverage on file', IconId),
  'benefits-checked': money(() => 'Benefits checked with the payer', IconShieldCheck),
  'estimate-issued': money(() => 'Good-faith estimate issued', IconFileInvoice),
  'self-pay-agreed': money(() => 'Patient agreed to pay themself', IconSignature, 'done'),
  'authorization-requested': money(() => 'Prior authorization requested', IconShieldQuestion, 'waiting'),
  'authorization-granted': money(() => 'Prior authorization granted', IconShieldCheck, 'done'),
  'authorization-denied': money((c) => `Prior authorization denied${because(c)}`, IconShieldX, 'danger'),
  'authorization-running-out': money(() => 'Prior authorization is running out', IconShieldQuestion, 'hold'),
  'claim-submitted': money(() => 'Claim sent to the payer', IconFileInvoice, 'waiting'),
  'claim-adjudicated': money(() => 'Claim answered by the payer', IconFileCheck, 'done'),
  'claim-denied': money((c) => `Claim denied${because(c)}`, IconFileX, 'danger'),
  'statement-issued': money(() => 'Statement issued', IconReceipt),
  'session-charged': money(() => 'Session charged', IconReceipt),
  'payment-received': money(() => 'Payment received', IconCash, 'done'),
  'balance-changed': money((c) => `Balance brought up to date${c ? `: ${CAUSES[c] ?? lower(spoken(c))}` : ''}`, IconScale),

  'notice-delivered': notice((c) => `Message delivered: ${c ? noticeWord(c) : 'a notice'}`, IconMailCheck),
  'notice-failed': notice((c) => `Message failed${c ? `: ${FAILED[c] ?? lower(spoken(c))}` : ''}`, IconMailX, 'danger'),
  'notice-suppressed': notice((c) => `Message not sent${c ? `: ${SUPPRESSED[c] ?? lower(spoken(c))}` : ''}`, IconBellOff, 'waiting'),
};

/** The types that have words; kept complete by a test against the contracts' schemas. */
export const TYPES = Object.keys(TABLE);

/** An entry in words; a type that is newer than this page is shown by its own name. */
export function tell(type: string, summary: string | null | undefined, service: string, around: Around): Told {
  const teller = TABLE[type];
  if (teller) return teller(summary ?? '', around);
  const kind: Kind = ({ scheduling: 'sessions', billing: 'money', notification: 'messages' } as Record<string, Kind>)[service] ?? 'intake';
  return { text: spoken(type), icon: IconBell, tone: 'info', kind, leads: kind === 'money' ? 'money' : kind === 'messages' ? 'messages' : 'record' };
}
