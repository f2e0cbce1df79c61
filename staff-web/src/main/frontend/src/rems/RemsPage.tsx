import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { body, scheduling } from '../api/clients';
import type { components } from '../api/generated/scheduling';
import { useNow, useZone } from '../live/clock';
import { Empty, Loaded } from '../parts/Loaded';
import { Page, Panel } from '../parts/Page';
import { shortName, usePatients } from '../parts/patients';
import { Table, table } from '../parts/Rows';
import { calendarDay, dayIn } from '../parts/time';
import { Badge } from '../parts/Tone';
import { When } from '../parts/When';

type Form = components['schemas']['RemsFormView'];

/** Monitoring forms of esketamine's programme: what is due, and what was sent. */
export default function RemsPage() {
  const [state, setState] = useState<Form['state']>('due');
  const query = useQuery({ queryKey: ['rems', 'forms', state], queryFn: () => body(scheduling.GET('/api/rems/forms', { params: { query: { submitted: state === 'submitted' } } })) });
  const patients = usePatients(query.data?.items.map((form) => form.patientId) ?? []).data;
  return (
    <Page
      title="REMS forms"
      aside={
        <Button variant="default" size="sm" onClick={() => setState(state === 'due' ? 'submitted' : 'due')}>
          {state === 'due' ? 'Show what was sent' : 'Show what is due'}
        </Button>
      }
    >
      <Panel flush title={state === 'due' ? 'To be sent' : 'Sent'}>
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={state === 'due' ? 'No form is due' : 'No form was sent yet'}>When an esketamine session is over, its form is filled in from the session and listed here until it is sent, within 7 days.</Empty>
            ) : (
              <Table
                label="REMS forms"
                head={
                  <>
                    <th scope="col">Session</th>
                    <th scope="col">Patient</th>
                    <th scope="col">Due</th>
                    <th scope="col">Still empty</th>
                    <th scope="col">
                      <span className="visually-hidden">Open</span>
                    </th>
                  </>
                }
              >
                {items.map((form) => (
                  <tr key={form.sessionId}>
                    <td>
                      <When at={form.sessionAt} />
                    </td>
                    <td>{shortName(patients?.get(form.patientId))}</td>
                    <td>
                      <Due form={form} />
                    </td>
                    <td>{form.state === 'submitted' ? '' : form.missing.length === 0 ? 'Nothing' : form.missing.length}</td>
                    <td className={table['number']}>
                      <Button size="compact-sm" variant="default" renderRoot={(props) => <Link {...props} to="/today/rems/$sessionId" params={{ sessionId: form.sessionId }} />}>
                        Open form
                      </Button>
                    </td>
                  </tr>
                ))}
              </Table>
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}

/** Counts the days down. */
export function Due({ form }: { form: Form }) {
  const zone = useZone();
  const today = dayIn(useNow(), zone);
  if (form.state === 'submitted') return <Badge tone="done">{`Sent by ${form.submittedBy ?? ''}`}</Badge>;
  const left = Math.round((Date.parse(form.dueOn) - Date.parse(today)) / 86_400_000);
  if (form.overdue) return <Badge tone="danger">{`Overdue since ${calendarDay(form.dueOn)}`}</Badge>;
  return <Badge tone={left <= 2 ? 'hold' : 'waiting'}>{left === 0 ? 'Due today' : `${left} ${left === 1 ? 'day' : 'days'} left, ${calendarDay(form.dueOn)}`}</Badge>;
}
