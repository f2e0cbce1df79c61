import type { ReactNode } from 'react';
import { Table } from '../parts/Rows';
import { Panel } from '../parts/Page';
import { When } from '../parts/When';
import { useStaffName } from './dose';
import { capital, humanized, type Session } from './model';

interface Line {
  at: string;
  what: string;
  amount: ReactNode;
  by?: string | null | undefined;
  checkedBy?: string | null | undefined;
  /** Waits for a second person. */
  unchecked?: boolean;
}

/** Every step of the drug, from the order to what was given, with who did it and who checked it. */
export function DoseLog({ session }: { session: Session }) {
  const who = useStaffName();
  const { order, draw } = session;
  const lines: Line[] = [];
  if (order) lines.push({ at: order.at, what: 'Ordered', amount: order.doseMgPerKg ? `${order.doseMg} mg = ${order.doseMgPerKg} mg/kg × ${order.weightKg} kg` : `${order.doseMg} mg`, by: order.by });
  if (draw) lines.push({ at: draw.at, what: 'Drawn', amount: `${draw.mg} mg = ${draw.volumeMl} mL at ${draw.mgPerMl} mg/mL; NDC ${draw.ndc}, lot ${draw.lot}`, by: draw.by, checkedBy: session.secondCheck?.by, unchecked: !session.secondCheck });
  session.titrations.forEach((t) => lines.push({ at: t.at, what: 'Titrated', amount: `${t.doseMg} mg = ${t.doseMgPerKg} mg/kg`, by: t.by }));
  session.pumpSettings.forEach((p) => lines.push({ at: p.at, what: 'Pump set', amount: `${p.volumeMl} mL at ${p.rateMlPerH} mL/h`, by: p.by, checkedBy: p.check?.by, unchecked: !p.check }));
  if (session.doseStartedAt) lines.push({ at: session.doseStartedAt, what: 'Dose started', amount: session.doseMg ? `${session.doseMg} mg` : '' });
  session.devices.forEach((d, i) => lines.push({ at: d.at, what: `Device ${i + 1}`, amount: `${d.mg} mg; lot ${d.lot}`, by: d.by }));
  if (session.injection) lines.push({ at: session.injection.at, what: 'Injected', amount: `${session.injection.volumeMl} mL, ${humanized(session.injection.site)}`, by: session.injection.by });
  session.rescues.forEach((r) => lines.push({ at: r.at, what: `Rescue drug: ${r.drug}`, amount: `${r.amountMg} mg`, by: r.by }));
  if (session.doseEndedAt) lines.push({ at: session.doseEndedAt, what: session.stops.some((s) => s.during === 'dosing') ? 'Dose stopped' : 'Dose ended', amount: '' });
  if (lines.length === 0) return null;
  lines.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  return (
    <Panel title="Dose log" flush>
      <Table
        label="Dose log"
        head={
          <>
            <th>At</th>
            <th>Step</th>
            <th>Amount</th>
            <th>By</th>
            <th>Checked by</th>
          </>
        }
      >
        {lines.map((line, i) => (
          <tr key={i}>
            <td>
              <When at={line.at} show="time" />
            </td>
            <td>{capital(line.what)}</td>
            <td>{line.amount}</td>
            <td>{line.by ? who(line.by) : ''}</td>
            <td>{line.checkedBy ? who(line.checkedBy) : line.unchecked ? 'nobody yet' : ''}</td>
          </tr>
        ))}
      </Table>
    </Panel>
  );
}
