import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { body, scheduling } from '../api/clients';
import { useHas } from '../api/me';
import { Empty } from '../parts/Loaded';
import { Page, Panel } from '../parts/Page';
import { shortName, usePatients } from '../parts/patients';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Rows, usePages } from '../parts/Rows';
import { Badge } from '../parts/Tone';
import { When } from '../parts/When';
import { type Entry, suitable, WANTS } from './entries';
import { OfferActions } from './OfferActions';
import { useLeave } from './useWaitlist';
import { Why } from './Why';
import classes from './Waitlist.module.css';

/** Who waits, in the order in which they are asked, and what is held for whom. */
export default function WaitlistPage() {
  const has = useHas();
  const desk = has('front-desk');
  const waiting = usePages<Entry>(['waitlist', 'all'], (cursor) => body(scheduling.GET('/api/waitlist', { params: { query: { limit: 50, ...(cursor ? { cursor } : {}) } } })));
  const rows = waiting.data?.pages.flatMap((page) => page.items) ?? [];
  const patients = usePatients(rows.map((row) => row.patientId)).data;
  const leave = useLeave();
  return (
    <Page title="Wait-list">
      <p className={classes.lead}>
        A place that somebody cancels, moves from or lets go is held for the first whom it suits: the more urgent first, then who is nearest to the gap limit, then who waits longest. Whoever does not answer in time keeps their turn for the next place.
      </p>
      <ProblemNotice problem={leave.problem} />
      <Panel flush>
        <Rows
          query={waiting}
          label="Who waits"
          head={
            <>
              <th scope="col">Turn</th>
              <th scope="col">Patient</th>
              <th scope="col">Waits for</th>
              <th scope="col">Why this turn</th>
              <th scope="col">Held for them</th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </>
          }
          row={(entry) => {
            const name = shortName(patients?.get(entry.patientId));
            return (
              <tr key={entry.id}>
                <td>{rows.indexOf(entry) + 1}</td>
                <td>
                  <Link to="/patients/$patientId" params={{ patientId: entry.patientId }}>
                    {name}
                  </Link>
                </td>
                <td>
                  <WaitsFor entry={entry} />
                </td>
                <td>
                  <Why entry={entry} name={name} />
                </td>
                <td>{entry.offer ? <OfferActions entry={entry} name={name} may={desk} /> : <Badge tone="info">Waits</Badge>}</td>
                <td>
                  {desk ? (
                    <Button size="compact-sm" variant="subtle" color="gray" onClick={() => leave.run(entry)} loading={leave.busy} aria-label={`Take ${name} off the list`}>
                      Take off
                    </Button>
                  ) : null}
                </td>
              </tr>
            );
          }}
          empty={<Empty title="Nobody waits">A patient who wants an earlier session, a course or a booster is put on the list from their record. Freed places are then offered by themselves.</Empty>}
        />
      </Panel>
    </Page>
  );
}

export function WaitsFor({ entry }: { entry: Entry }) {
  return (
    <div className={classes.why}>
      <span>{WANTS[entry.wants]}</span>
      {entry.sessionStartsAt ? (
        <span className={classes.dim}>
          now <When at={entry.sessionStartsAt} />
        </span>
      ) : null}
      {entry.preferred.length > 0 ? <span className={classes.dim}>{suitable(entry.preferred)}</span> : null}
    </div>
  );
}
