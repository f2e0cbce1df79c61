import { SegmentedControl, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { body, notification } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/notification';
import { roleName, useHas } from '../api/me';
import { useNow } from '../live/clock';
import { Empty } from '../parts/Loaded';
import { Page, Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Rows, table, usePages } from '../parts/Rows';
import { Badge } from '../parts/Tone';
import { duration } from '../parts/time';
import { When } from '../parts/When';
import { shortName, usePatients } from '../parts/patients';
import { Button } from '@mantine/core';
import { reasonOf, stateOf, STATUSES, templateName } from './words';

type Notice = components['schemas']['Notice'];
type Task = components['schemas']['StaffTask'];

export default function MessagesPage() {
  const has = useHas();
  const notices = has('front-desk', 'nurse', 'biller', 'admin');
  const tasks = has('nurse', 'prescriber', 'therapist', 'admin');
  return (
    <Page title="Messages">
      <Stack>
        {tasks ? <Tasks /> : null}
        {notices ? <Notices /> : null}
      </Stack>
    </Page>
  );
}

function Tasks() {
  const now = useNow();
  const query = usePages<Task>(['staff-tasks', 'open'], (cursor) => body(notification.GET('/api/staff-tasks', { params: { query: { open: true, cursor, limit: 50 } } })));
  const { data: patients } = usePatients((query.data?.pages ?? []).flatMap((page) => page.items).map((task) => task.patientId));
  return (
    <Panel flush title="Open tasks">
      <Rows
        query={query}
        label="Open tasks"
        head={
          <>
            <th scope="col">Patient</th>
            <th scope="col">Task</th>
            <th scope="col">Since</th>
            <th scope="col">Told</th>
            <th scope="col">Next escalation</th>
          </>
        }
        row={(task) => (
          <tr key={task.id}>
            <td>
              <Link to="/patients/$patientId" params={{ patientId: task.patientId }}>
                {shortName(patients?.get(task.patientId))}
              </Link>
            </td>
            <td>
              <Badge tone="danger">Safety alert</Badge> {task.reason.replaceAll('-', ' ')}
            </td>
            <td>
              <When at={task.openedAt} />
            </td>
            <td>{task.escalations.filter((step) => step.doneAt).map((step) => roleName(step.role)).join(', ') || 'everybody on shift'}</td>
            <td>{task.nextEscalationAt ? (Date.parse(task.nextEscalationAt) > now ? `in ${duration(Date.parse(task.nextEscalationAt) - now)}` : 'now') : 'none'}</td>
          </tr>
        )}
        empty={<Empty title="No open tasks">Safety alerts that nobody has acknowledged yet stand here, with their escalation.</Empty>}
      />
    </Panel>
  );
}

function Notices() {
  const has = useHas();
  const [status, setStatus] = useState<string>('failed');
  const query = usePages<Notice>(['notices', status], (cursor) => body(notification.GET('/api/notices', { params: { query: { status, cursor, limit: 50 } } })));
  const items = (query.data?.pages ?? []).flatMap((page) => page.items);
  const { data: patients } = usePatients(items.map((notice) => notice.patientId));
  const resend = useCommand(
    (notice: Notice) => body(notification.POST('/api/notices/{id}/resend', { params: { path: { id: notice.id }, header: { 'If-Match': `"${notice.version}"` } } })),
    { refresh: [['notices']] },
  );
  return (
    <Panel
      flush
      title="Notices to patients"
      aside={<SegmentedControl size="xs" aria-label="Which notices" value={status} onChange={setStatus} data={STATUSES.map((value) => ({ value, label: stateOf(value)[1].replace('Waiting for contact details', 'Waiting') }))} />}
    >
      <ProblemNotice problem={resend.problem} />
      <Rows
        query={query}
        label="Notices to patients"
        head={
          <>
            <th scope="col">Patient</th>
            <th scope="col">Notice</th>
            <th scope="col">By</th>
            <th scope="col">{status === 'pending' ? 'Planned for' : 'When'}</th>
            <th scope="col">State</th>
            <th scope="col">
              <span className="visually-hidden">Do</span>
            </th>
          </>
        }
        row={(notice) => {
          const [tone, word] = stateOf(notice.status);
          return (
            <tr key={notice.id}>
              <td>
                <Link to="/patients/$patientId" params={{ patientId: notice.patientId }}>
                  {shortName(patients?.get(notice.patientId))}
                </Link>
              </td>
              <td>{templateName(notice.template)}</td>
              <td>{notice.channel === 'email' ? 'Mail' : notice.channel === 'sms' ? 'SMS' : 'Staff'}</td>
              <td>
                <When at={notice.decidedAt ?? notice.plannedAt} />
              </td>
              <td>
                <Badge tone={tone}>{word}</Badge> <span className={table['dim']}>{reasonOf(notice.reason)}</span>
              </td>
              <td className={table['number']}>
                {notice.status === 'failed' && has('admin') ? (
                  <Button size="compact-sm" variant="default" onClick={() => resend.run(notice)} loading={resend.busy}>
                    Send again
                  </Button>
                ) : null}
              </td>
            </tr>
          );
        }}
        empty={
          status === 'failed' ? (
            <Empty title="No notice failed">Every notice reached its patient’s mail or phone, or was held back for a reason.</Empty>
          ) : (
            <Empty title={`No notice is ${stateOf(status)[1].toLowerCase()}`} />
          )
        }
      />
    </Panel>
  );
}
