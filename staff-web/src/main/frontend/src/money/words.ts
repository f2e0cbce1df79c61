import type { Tone } from '../parts/Tone';
import { REASON_CODES } from '../api/generated/reason-codes';

/** Claim adjustment reason codes (X12 CARC) that billing knows. */
export const REASONS = REASON_CODES.codes.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }));
export const reasonName = (code: string) => REASON_CODES.codes.find((reason) => reason.code === code)?.name ?? 'unknown reason';

/** Claim adjustment group codes (X12): who bears what was taken off. */
export const GROUPS = [
  { value: 'CO', label: 'CO Contract: the clinic' },
  { value: 'PR', label: 'PR The patient' },
  { value: 'OA', label: 'OA Other' },
  { value: 'PI', label: 'PI Payer’s reduction' },
];

const CLAIMS: Record<string, [Tone, string]> = {
  submitted: ['waiting', 'Waiting for the insurer'],
  paid: ['done', 'Paid'],
  denied: ['danger', 'Denied'],
  'written-off': ['info', 'Written off'],
};
export const claimState = (status: string): [Tone, string] => CLAIMS[status] ?? ['waiting', status];

const UNBILLED: Record<string, [Tone, string]> = {
  ready: ['ready', 'Ready to claim'],
  'not-completed': ['waiting', 'Not discharged'],
  'note-unsigned': ['waiting', 'Note not signed'],
  'no-charge-rule': ['hold', 'No charge rule'],
  'no-coverage': ['hold', 'No coverage'],
  'unknown-payer': ['hold', 'Payer not entered'],
  'coverage-inactive': ['danger', 'Coverage ended'],
  'authorization-needed': ['hold', 'Authorization needed'],
};
export const unbilledState = (why: string): [Tone, string] => UNBILLED[why] ?? ['waiting', why];

const KINDS: Record<string, string> = {
  'self-pay-charge': 'Session charged to the patient',
  'insurance-charge': 'Session charged to the insurer',
  adjudication: 'Insurer’s answer',
  'write-off': 'Written off',
  payment: 'Payment',
  'credit-applied': 'Credit used',
  reversal: 'Taken back',
};
export const kindName = (kind: string) => KINDS[kind.toLowerCase().replaceAll('_', '-')] ?? kind;

const AUTHORIZATIONS: Record<string, [Tone, string]> = {
  requested: ['waiting', 'Asked for'],
  granted: ['done', 'Granted'],
  denied: ['danger', 'Denied'],
};
export const authorizationState = (status: string): [Tone, string] => AUTHORIZATIONS[status] ?? ['waiting', status];

export const METHODS = [
  { value: 'card', label: 'Card' },
  { value: 'cash', label: 'Cash' },
  { value: 'check', label: 'Check' },
];
export const methodName = (method: string) => METHODS.find((m) => m.value === method)?.label ?? method;
