import { useQuery } from '@tanstack/react-query';
import { body, scheduling } from '../api/clients';
import { useHas } from '../api/me';
import { clinicNow, useZone } from '../live/clock';
import { calendarDay, dayIn } from '../parts/time';
import { Choice } from './fields';
import type { Session } from './model';
import { lotsFor } from './stock';

/** What the drug log has of this drug for this patient: one touch instead of typing what the scanner did not read. */
export function FromStock({ session, ndc, lot, onPick }: { session: Session; ndc: string; lot: string; onPick: (ndc: string, lot: string) => void }) {
  const has = useHas();
  const zone = useZone();
  const stock = useQuery({ queryKey: ['drug-stock', 'on-hand'], queryFn: () => body(scheduling.GET('/api/drug-stock', { params: { query: { onHand: true, limit: 200 } } })), enabled: has('nurse', 'prescriber') });
  const there = lotsFor(stock.data?.items ?? [], session, dayIn(clinicNow(), zone));
  if (there.length === 0) return null;
  return (
    <Choice
      label="From the cabinet"
      aside="or scan it"
      value={there.find((one) => one.ndc === ndc && one.lot === lot)?.id}
      onChange={(id) => {
        const one = there.find((each) => each.id === id);
        if (one) onPick(one.ndc, one.lot);
      }}
      least={160}
      options={there.map((one) => ({
        value: one.id,
        label: (
          <>
            <strong>{one.lot}</strong> {one.own ? 'for this patient' : `${one.units} ${one.container}${one.units === 1 ? '' : 's'}`}
            {one.expiresOn ? `, until ${calendarDay(one.expiresOn)}` : ''}
          </>
        ),
      }))}
    />
  );
}
