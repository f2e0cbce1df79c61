import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { body, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/scheduling';
import { useHas } from '../api/me';
import { Empty, Loaded } from '../parts/Loaded';
import { Page, Panel } from '../parts/Page';
import { shortName, usePatients } from '../parts/patients';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Table, table } from '../parts/Rows';
import { calendarDay } from '../parts/time';
import { Badge, type Tone } from '../parts/Tone';
import { When } from '../parts/When';
import { ROUTES } from '../session/model';

type Order = components['schemas']['StandingOrderView'];

const STANDING: Record<Order['standing'], { tone: Tone; word: string }> = {
  signed: { tone: 'done', word: 'Signed' },
  expiring: { tone: 'hold', word: 'Ends soon: sign again' },
  'not-signed': { tone: 'danger', word: 'Not signed' },
};
const WHY: Record<string, string> = { 'not-signed': 'No signed order held', 'above-order': 'More than the order allows' };

/** Rescue drugs that a nurse may give at once, and what was given without an order. */
export default function OrdersPage() {
  return (
    <Page title="Standing orders">
      <Orders />
    </Page>
  );
}

export function Orders() {
  const has = useHas();
  const signs = has('prescriber');
  const query = useQuery({ queryKey: ['standing-orders'], queryFn: () => body(scheduling.GET('/api/standing-orders')) });
  const patients = usePatients(has('nurse', 'prescriber') ? (query.data?.toSign.map((o) => o.patientId) ?? []) : []).data;
  const sign = useCommand((drug: string, key) => body(scheduling.POST('/api/standing-orders', { params: { header: { 'Idempotency-Key': key } }, body: { drug } })), { refresh: [['standing-orders']] });
  const signGiven = useCommand((id: string) => body(scheduling.POST('/api/standing-orders/given/{id}/signature', { params: { path: { id } } })), { refresh: [['standing-orders']] });
  return (
    <>
      <ProblemNotice problem={sign.problem ?? signGiven.problem} />
      <Panel flush title="Orders">
        <Loaded query={query}>
          {({ orders }) => (
            <Table
              label="Standing orders"
              head={
                <>
                  <th scope="col">Drug</th>
                  <th scope="col">At most, at one time</th>
                  <th scope="col">Vital signs again after</th>
                  <th scope="col">State</th>
                  <th scope="col">Signed</th>
                  <th scope="col">
                    <span className="visually-hidden">Sign</span>
                  </th>
                </>
              }
            >
              {orders.map((order) => (
                <tr key={order.drug}>
                  <td>
                    {order.drug}, {ROUTES[order.route] ?? order.route}
                  </td>
                  <td>{order.mostMg} mg</td>
                  <td>{order.recheckMinutes} min</td>
                  <td>
                    <Badge tone={STANDING[order.standing].tone}>{STANDING[order.standing].word}</Badge>
                  </td>
                  <td>
                    {order.signedBy ? `${order.signedBy}, through ${calendarDay(order.validUntil ?? '')}` : ''}
                  </td>
                  <td className={table['number']}>
                    {signs && order.standing !== 'signed' ? (
                      <Button size="compact-sm" loading={sign.busy} onClick={() => sign.run(order.drug)} aria-label={`Sign the order of ${order.drug}`}>
                        Sign for a year
                      </Button>
                    ) : null}
                  </td>
                </tr>
              ))}
            </Table>
          )}
        </Loaded>
      </Panel>
      <Panel flush title="Given without an order">
        <Loaded query={query}>
          {({ toSign }) =>
            toSign.length === 0 ? (
              <Empty title="Nothing waits for a signature">A rescue drug is never refused. What no signed standing order covered is listed here until a prescriber signs it.</Empty>
            ) : (
              <Table
                label="Given without an order"
                head={
                  <>
                    <th scope="col">Given</th>
                    <th scope="col">Patient</th>
                    <th scope="col">Drug</th>
                    <th scope="col">Why</th>
                    <th scope="col">
                      <span className="visually-hidden">Sign</span>
                    </th>
                  </>
                }
              >
                {toSign.map((order) => (
                  <tr key={order.id}>
                    <td>
                      <Link to="/sessions/$sessionId" params={{ sessionId: order.sessionId }}>
                        <When at={order.givenAt} />
                      </Link>{' '}
                      <span className={table['dim']}>by {order.givenBy}</span>
                    </td>
                    <td>{shortName(patients?.get(order.patientId))}</td>
                    <td>
                      {order.drug} {order.amountMg} mg
                    </td>
                    <td>{WHY[order.why] ?? order.why}</td>
                    <td className={table['number']}>
                      {signs ? (
                        <Button size="compact-sm" loading={signGiven.busy} onClick={() => signGiven.run(order.id)}>
                          Sign as an order
                        </Button>
                      ) : null}
                    </td>
                  </tr>
                ))}
              </Table>
            )
          }
        </Loaded>
      </Panel>
    </>
  );
}
