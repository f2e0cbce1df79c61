import { describe, expect, it } from 'vitest';
import { lotsFor } from './stock';

type Shipments = Parameters<typeof lotsFor>[0];
const shipment = (more: Partial<Shipments[number]>): Shipments[number] => ({
  container: 'vial', drug: 'ketamine', expired: false, expiresOn: '2027-06-30', id: 'a', late: false, lot: 'KET26A', mgPerUnit: 200, ndc: '42023-0113-10', onHandMg: 400,
  orderedAt: '2026-11-01T13:00:00Z', state: 'received', supply: 'buy-and-bill', unitsOrdered: 2, unitsReceived: 2, version: 1, ...more,
});
const session = { drug: 'ketamine', patientId: 'rosa' };

describe('what may be drawn from the cabinet', () => {
  it('is of the drug, in date, and nobody else’s', () => {
    const there = lotsFor(
      [
        shipment({}),
        shipment({ id: 'b', drug: 'midazolam', lot: 'MID26A' }),
        shipment({ id: 'c', lot: 'OLD', expiresOn: '2026-11-26' }),
        shipment({ id: 'd', lot: 'EMPTY', onHandMg: 0 }),
        shipment({ id: 'e', lot: 'TOM', forPatientId: 'tom', supply: 'pharmacy' }),
        shipment({ id: 'f', lot: null, state: 'ordered' }),
      ],
      session,
      '2026-11-27',
    );
    expect(there.map((one) => one.lot)).toEqual(['KET26A']);
  });

  it('names the patient’s own first, then what expires first', () => {
    const there = lotsFor(
      [shipment({ lot: 'LATER' }), shipment({ id: 'b', lot: 'SOON', expiresOn: '2026-12-01' }), shipment({ id: 'c', lot: 'ROSA', forPatientId: 'rosa', supply: 'pharmacy' })],
      session,
      '2026-11-27',
    );
    expect(there.map((one) => one.lot)).toEqual(['ROSA', 'SOON', 'LATER']);
  });

  it('counts two shipments of one lot together, a begun vial as one', () => {
    expect(lotsFor([shipment({}), shipment({ id: 'b', onHandMg: 150 })], session, '2026-11-27')).toMatchObject([{ id: 'a', units: 3 }]);
  });
});
