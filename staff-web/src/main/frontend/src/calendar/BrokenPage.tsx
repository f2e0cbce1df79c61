import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMeans } from '../admin/resources/means';
import { body, ifMatch, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/scheduling';
import { useHas } from '../api/me';
import { Empty } from '../parts/Loaded';
import { Page, Panel } from '../parts/Page';
import { shortName, usePatients } from '../parts/patients';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Rows, table, usePages } from '../parts/Rows';
import { Badge } from '../parts/Tone';
import { When } from '../parts/When';

type Broken = components['schemas']['BrokenSession'];
type Repair = components['schemas']['Repair'];

const RULES: Record<string, string> = {
  closed: 'The clinic is closed then',
  'opening-hours': 'Outside the opening hours',
  'chair-retired': 'Its chair is no more',
  'chair-out-of-order': 'Its chair is out of order',
  'nurse-retired': 'Its nurse is no longer here',
  'nurse-away': 'Its nurse is away',
  'nurse-full': 'Its nurse watches fewer patients now',
  'credential-expired': 'Its nurse’s credential has expired by then',
  'no-prescriber-cover': 'No prescriber is there all the time',
  'pump-missing': 'No pump is in order then',
  'pump-out-of-order': 'Its pump is out of order',
};

/** Booked sessions that no longer fit, and where they could go. */
export default function BrokenPage() {
  const has = useHas();
  const broken = usePages<Broken>(['broken-sessions'], (cursor) => body(scheduling.GET('/api/broken-sessions', { params: { query: { limit: 50, ...(cursor ? { cursor } : {}) } } })));
  const rows = broken.data?.pages.flatMap((page) => page.items) ?? [];
  const patients = usePatients(rows.map((row) => row.patientId)).data;
  const chairs = useMeans('chair').data;
  const nurses = useMeans('nurse').data;
  const where = (place: { chairId: string; nurseId: string }) =>
    `${chairs?.find((c) => c.id === place.chairId)?.name ?? '…'}, ${nurses?.find((n) => n.id === place.nurseId)?.name ?? '…'}`;
  const move = useCommand(
    async ({ row, to }: { row: Broken; to: Repair }) => {
      if (to.following.length) {
        await body(
          scheduling.POST('/api/courses/{id}/replan', {
            params: { path: { id: row.courseId }, header: { 'If-Match': ifMatch(row.courseVersion) } },
            body: { moved: { sessionId: row.sessionId, startsAt: to.startsAt, chairId: to.chairId, nurseId: to.nurseId }, replacing: null, dryRun: false },
          }),
        );
        return;
      }
      await body(
        scheduling.POST('/api/sessions/{id}/move', {
          params: { path: { id: row.sessionId }, header: { 'If-Match': ifMatch(row.version) } },
          body: { startsAt: to.startsAt, chairId: to.chairId, nurseId: to.nurseId },
        }),
      );
    },
    { refresh: [['broken-sessions'], ['sessions'], ['courses']] },
  );
  return (
    <Page title="Sessions that no longer fit">
      <ProblemNotice problem={move.problem} />
      <Panel flush>
        <Rows
          query={broken}
          label="Sessions that no longer fit"
          head={
            <>
              <th scope="col">When</th>
              <th scope="col">Patient</th>
              <th scope="col">Where</th>
              <th scope="col">What is wrong</th>
              <th scope="col">Where it could go</th>
            </>
          }
          row={(row) => (
            <tr key={row.sessionId}>
              <td>
                <Link to="/sessions/$sessionId" params={{ sessionId: row.sessionId }}>
                  <When at={row.startsAt} />
                </Link>
              </td>
              <td>{shortName(patients?.get(row.patientId))}</td>
              <td>{where(row)}</td>
              <td>
                <Badge tone="hold">{RULES[row.rule] ?? row.why}</Badge>
              </td>
              <td>
                {row.repairs.length === 0 ? (
                  <span className={table['dim']}>No place inside the course’s gaps: cancel it, or change the clinic</span>
                ) : (
                  <Group gap="xs">
                    {row.repairs.map((to) =>
                      has('front-desk') ? (
                        <Button key={to.startsAt + to.chairId} size="compact-sm" variant="default" loading={move.busy} onClick={() => move.run({ row, to })}>
                          <Place to={to} where={where(to)} />
                        </Button>
                      ) : (
                        <span key={to.startsAt + to.chairId}>
                          <Place to={to} where={where(to)} />
                        </span>
                      ),
                    )}
                    <Following repairs={row.repairs} />
                  </Group>
                )}
              </td>
            </tr>
          )}
          empty={<Empty title="Everything that is booked fits">When somebody goes on leave, or something closes, the sessions that it breaks are listed here with where they could go.</Empty>}
        />
      </Panel>
    </Page>
  );
}

function Place({ to, where }: { to: Repair; where: string }) {
  if (to.sameTime) return <>Same time: {where}</>;
  return (
    <>
      <When at={to.startsAt} />
      {to.following.length ? `, ${to.following.length} more ${to.following.length === 1 ? 'follows' : 'follow'}` : ''}
    </>
  );
}

/** Where the rest of the course would go, before anything is changed. */
function Following({ repairs }: { repairs: readonly Repair[] }) {
  const follow = repairs.find((to) => to.following.length)?.following;
  if (!follow) return null;
  return (
    <small className={table['dim']}>
      So that the course stays inside its gaps:{' '}
      {follow.map((other, i) => (
        <span key={other.sessionId}>
          {i > 0 ? '; ' : ''}session {other.number} goes from <When at={other.formerStartsAt} /> to <When at={other.startsAt} />
        </span>
      ))}
    </small>
  );
}
