import type { components } from '../api/generated/intake';
import type { Problem } from '../api/problem';

export type PatientDocument = components['schemas']['PatientDocument'];
export type DocumentKind = PatientDocument['kind'];

export const KINDS: Record<DocumentKind, string> = {
  'referral-letter': 'Referral letter',
  'outside-record': 'Record from outside',
  'lab-result': 'Lab result',
  ecg: 'ECG',
  imaging: 'Imaging',
  'insurance-card': 'Insurance card',
  identification: 'Identification',
  'consent-paper': 'Consent on paper',
  other: 'Other',
};

const TYPES: Record<string, string> = { 'application/pdf': 'PDF', 'image/png': 'PNG picture', 'image/jpeg': 'JPEG picture', 'image/tiff': 'TIFF picture', 'image/heic': 'HEIC picture', 'image/heif': 'HEIC picture' };
export const typeWord = (type: string) => TYPES[type] ?? type;

/** What intake takes when the clinic sets no other limit. */
export const MOST_BYTES = 20 * 1024 * 1024;
export const ACCEPTED = '.pdf,.png,.jpg,.jpeg,.tif,.tiff,.heic,application/pdf,image/png,image/jpeg,image/tiff,image/heic';
const ENDINGS = /\.(pdf|png|jpe?g|tiff?|hei[cf])$/i;

export function sizeWord(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} kB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Why a file needs not be sent at all; undefined when the clinic may well take it. What it really is, the clinic tells by its first bytes. */
export function unfit(file: { name: string; size: number }): string | undefined {
  if (file.size === 0) return 'The file is empty.';
  if (file.size > MOST_BYTES) return `The file has ${sizeWord(file.size)}; the clinic takes 20 MB at most.`;
  if (!ENDINGS.test(file.name)) return 'The clinic takes PDF files and PNG, JPEG, TIFF or HEIC pictures. Save it as a PDF, or take a picture.';
  return undefined;
}

/** The clinic's own refusals in words for the front desk. */
export function refusal(problem: Problem): string | undefined {
  switch (problem.rule) {
    case 'document-type':
      return 'What is in this file is neither a PDF nor a PNG, JPEG, TIFF or HEIC picture, whatever its name says. Archives and Office files are never taken: save it as a PDF.';
    case 'document-empty':
      return 'The file is empty.';
    case 'body-too-large':
      return 'The file is larger than the clinic takes.';
    default:
      return undefined;
  }
}

/** A title to begin with: the file's name without its ending. */
export const titleOf = (name: string) => name.replace(/\.[^.]+$/, '').replace(/[_]+/g, ' ').trim().slice(0, 200) || 'Document';
