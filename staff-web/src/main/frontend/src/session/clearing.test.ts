import { expect, test } from 'vitest';
import { wayOf } from './clearing';

test('who pays is cleared among the patient’s money', () => expect(wayOf('payment-open')).toMatchObject({ page: '/patients/$patientId/money' }));

test('a missing escort is named on the session itself', () => expect(wayOf('escort-missing')).toMatchObject({ act: 'escort' }));

test('a plan of tablets leads to the tablets, not to a chair', () => expect(wayOf('route-needs-no-chair')).toMatchObject({ page: '/patients/$patientId/treatment' }));

test('a blocker that this page does not know has words and no way', () => expect(wayOf('moon-too-full')).toBeUndefined());
