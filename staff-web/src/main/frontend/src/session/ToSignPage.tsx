import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { body, scheduling } from '../api/clients';
import { useNow } from '../live/clock';
import { Empty, Loaded } from '../parts/Loaded';
import { Page, Panel } from '../parts/Page';
import { shortName, usePatients } from '../parts/patients';
import { Table } from '../parts/Rows';
import { duration } from '../parts/time';
import { Badge } from '../parts/Tone';
import { When } from '../parts/When';
import { treatment } from './model';
import { OverrideCard } from './Overrides';
import forms from './forms.module.css';

/** What waits for a prescriber, on whatever device they hold: overrides first, then notes by when they are due. */
export default function ToSignPage() {
  const overrides = useQuery({ queryKey: ['overrides', 'asked'], queryFn: async () => (await body(scheduling.GET('/api/overrides', { params: { query: { state: 'asked', limit: 200 } } }))).items });
  const notes = useInfiniteQuery({
    queryKey: ['notes', 'unsigned'],
    queryFn: ({ pageParam }) => body(scheduling.GET('/api/notes', { params: { query: { state: 'unsigned', limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const lines = notes.data?.pages.flatMap((page) => page.items) ?? [];
  const patients = usePatients([...lines, ...(overrides.data ?? [])].map((one) => one.patientId)).data;
  const now = useNow();
  return (
    <Page title="To sign">
      <Panel title="Overrides asked" aside={overrides.data?.length ? <Badge tone="waiting">{overrides.data.length}</Badge> : null}>
        <Loaded query={overrides}>
          {(asked) =>
            asked.length === 0 ? (
              <Empty title="Nobody asks for an override">When a nurse asks at the chair, it appears here at once.</Empty>
            ) : (
              <div className={forms.form}>
                {asked.map((one) => (
                  <section key={one.id} className={forms.form} aria-label={shortName(patients?.get(one.patientId))}>
                    <Link to="/sessions/$sessionId" params={{ sessionId: one.sessionId }}>
                      {shortName(patients?.get(one.patientId))}
                    </Link>
                    <OverrideCard override={one} />
                  </section>
                ))}
              </div>
            )
          }
        </Loaded>
      </Panel>
      <Panel title="Session notes" aside={lines.some((n) => n.overdue) ? <Badge tone="danger">{`${lines.filter((n) => n.overdue).length} overdue`}</Badge> : null} flush={lines.length > 0}>
        <Loaded query={notes}>
          {() =>
            lines.length === 0 ? (
              <Empty title="All notes are signed">A note is drafted when a session is over and waits here for its signature.</Empty>
            ) : (
              <Table
                label="Notes to sign"
                head={
                  <>
                    <th scope="col">Due</th>
                    <th scope="col">Patient</th>
                    <th scope="col">Session</th>
                    <th scope="col">Ended</th>
                    <th scope="col">Assessment</th>
                    <th scope="col">
                      <span className="visually-hidden">Action</span>
                    </th>
                  </>
                }
              >
                {lines.map((note) => (
                  <tr key={note.sessionId}>
                    <td>{note.overdue && note.dueAt ? <Badge tone="danger">{`Overdue by ${duration(now - Date.parse(note.dueAt))}`}</Badge> : note.dueAt ? <>in {duration(Date.parse(note.dueAt) - now)}</> : '–'}</td>
                    <td>{shortName(patients?.get(note.patientId))}</td>
                    <td>
                      {treatment(note)}, session {note.number}
                    </td>
                    <td>
                      <When at={note.draftedAt} />
                    </td>
                    <td>{note.assessed ? 'Written' : 'Not written'}</td>
                    <td>
                      <Button size="compact-md" variant="default" renderRoot={(props) => <Link to="/sessions/$sessionId" params={{ sessionId: note.sessionId }} {...props} />}>
                        Open note
                      </Button>
                    </td>
                  </tr>
                ))}
              </Table>
            )
          }
        </Loaded>
        {notes.hasNextPage ? (
          <Button variant="subtle" onClick={() => void notes.fetchNextPage()} loading={notes.isFetchingNextPage}>
            Show more
          </Button>
        ) : null}
      </Panel>
    </Page>
  );
}
