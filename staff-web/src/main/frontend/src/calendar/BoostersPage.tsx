import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useHas } from '../api/me';
import { useNow, useZone } from '../live/clock';
import { Empty, Loaded } from '../parts/Loaded';
import { Page, Panel } from '../parts/Page';
import { shortName, usePatients } from '../parts/patients';
import { Table } from '../parts/Rows';
import { dayIn } from '../parts/time';
import { Badge } from '../parts/Tone';
import { routeWord } from '../patients/words';
import { DeclineBooster } from './DeclineBooster';
import { Due, Evidence, useBoosters } from './boosters';

/** Single sessions after a course that should be booked, with what each rests on. */
export default function BoostersPage() {
  const has = useHas();
  const boosters = useBoosters();
  const today = dayIn(useNow(), useZone());
  const patients = usePatients(boosters.data?.items.map((booster) => booster.patientId) ?? []).data;
  return (
    <Page title="Boosters due" aside={<Link to="/calendar">Calendar</Link>}>
      <Panel flush>
        <Loaded query={boosters}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title="No booster is due">When a score drifts after a course, or the plan’s window for a booster comes to its end, the patient is listed here.</Empty>
            ) : (
              <Table
                label="Boosters due"
                head={
                  <>
                    <th scope="col">Due</th>
                    <th scope="col">Patient</th>
                    <th scope="col">Why</th>
                    <th scope="col">What it rests on</th>
                    <th scope="col">
                      <span className="visually-hidden">What to do</span>
                    </th>
                  </>
                }
              >
                {items.map((booster) => {
                  const name = shortName(patients?.get(booster.patientId));
                  return (
                    <tr key={booster.id}>
                      <td>
                        <Due booster={booster} today={today} />
                      </td>
                      <td>
                        <Link to="/patients/$patientId/record" params={{ patientId: booster.patientId }}>
                          {name}
                        </Link>
                        , {routeWord(booster.route)}
                      </td>
                      <td>
                        <Badge tone={booster.because === 'drift' ? 'hold' : 'info'}>{booster.because === 'drift' ? 'Score drifts' : 'Calendar'}</Badge>
                      </td>
                      <td>
                        <Evidence booster={booster} />
                      </td>
                      <td>
                        <Group gap="xs" wrap="nowrap" justify="flex-end">
                          {has('front-desk') ? (
                            <Button size="compact-sm" renderRoot={(props) => <Link {...props} to="/calendar/planner" search={{ patient: booster.patientId, booster: booster.id }} aria-label={`Book the booster of ${name}`} />}>
                              Book
                            </Button>
                          ) : null}
                          {has('prescriber') ? <DeclineBooster booster={booster} name={name} /> : null}
                        </Group>
                      </td>
                    </tr>
                  );
                })}
              </Table>
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}
