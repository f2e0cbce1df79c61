import { describe, expect, test } from 'vitest';
import { touched } from './touched';

const sources = import.meta.glob('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true }) as Record<string, string>;

/** What no event tells of: settings, texts and lists that change with a release or by an administrator's hand, and who is signed in. */
const BY_HAND = ['audit', 'availability', 'chairs', 'clock', 'consent-texts', 'credentials', 'dead-letters', 'drugs', 'feeds', 'house-checks', 'instruments', 'insurers', 'me', 'nurses', 'opening-hours', 'payers', 'plan-limits', 'prescribers', 'staff', 'therapists'];

/** The first word of every query's key in the app. */
function subjects() {
  const found = new Set<string>();
  for (const [file, text] of Object.entries(sources)) {
    if (/\.test\.|\/live\/|\/patient\//.test(file)) continue;
    for (const [, subject] of text.matchAll(/(?:queryKey: |usePages(?:<\w+>)?\()\['([\w-]+)'/g)) found.add(subject as string);
  }
  return [...found].sort();
}

describe('what a push makes old', () => {
  test('every step of intake is fetched again when intake tells of a patient', () => {
    expect(touched(['intake.screening-completed.v1'])).toEqual(
      new Set(['patients', 'patient', 'worklist', 'registration', 'duplicates', 'links', 'documents', 'assessments', 'workup', 'evaluations', 'verdicts', 'safety-alerts', 'safety-plan', 'on-call', 'outcomes', 'readiness', 'journeys']),
    );
  });

  test('a treated session makes the board, the money and the outcomes old, and leaves intake alone', () => {
    const keys = touched(['scheduling.session-completed.v1']);
    expect([...keys]).toEqual(expect.arrayContaining(['sessions', 'session', 'outcomes', 'unbilled']));
    expect(keys.has('registration')).toBe(false);
  });

  test('a pulse moves what it is about and nothing else', () => {
    expect(touched(['scheduling.readiness-changed.v1'])).toEqual(new Set(['readiness', 'board']));
    expect(touched(['scheduling.session-progressed.v1']).has('outcomes')).toBe(false);
  });

  test('several events together touch what each of them touches', () => {
    expect([...touched(['billing.claim-submitted.v1', 'notification.notice-delivered.v1'])]).toEqual(expect.arrayContaining(['claims', 'notices']));
    expect(touched(['weather.rain.v1']).size).toBe(0);
  });

  test('no screen asks for what neither a push nor an administrator renews', () => {
    const renewed = touched(['intake.', 'scheduling.', 'billing.', 'notification.']);
    expect(subjects().length).toBeGreaterThan(30);
    expect(subjects().filter((subject) => subject !== 'journey' && !renewed.has(subject) && !BY_HAND.includes(subject))).toEqual([]);
  });
});
