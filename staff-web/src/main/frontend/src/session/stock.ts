import type { components } from '../api/generated/scheduling';
import type { Session } from './model';

type Shipment = components['schemas']['StockLotView'];

export interface Lot {
  id: string;
  ndc: string;
  lot: string;
  container: Shipment['container'];
  /** Whole and begun units that are left. */
  units: number;
  expiresOn: string | undefined;
  /** Came from a pharmacy for this patient. */
  own: boolean;
}

/** What may be drawn for this session: its drug, in date, nobody else's; the patient's own first, then what expires first. */
export function lotsFor(shipments: readonly Shipment[], session: Pick<Session, 'drug' | 'patientId'>, today: string): Lot[] {
  const found = new Map<string, Lot>();
  for (const one of shipments) {
    const others = one.forPatientId && one.forPatientId !== session.patientId;
    const dated = one.expired || (one.expiresOn && one.expiresOn < today);
    if (one.drug !== session.drug || !one.lot || one.state !== 'received' || one.onHandMg <= 0 || others || dated) continue;
    const key = `${one.ndc} ${one.lot}`;
    const before = found.get(key);
    found.set(key, {
      id: before?.id ?? one.id,
      ndc: one.ndc,
      lot: one.lot,
      container: one.container,
      units: (before?.units ?? 0) + Math.ceil(one.onHandMg / one.mgPerUnit),
      expiresOn: one.expiresOn ?? undefined,
      own: before?.own || !!one.forPatientId,
    });
  }
  return [...found.values()].sort((a, b) => Number(b.own) - Number(a.own) || (a.expiresOn ?? '9999').localeCompare(b.expiresOn ?? '9999') || a.lot.localeCompare(b.lot));
}
