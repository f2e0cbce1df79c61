import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { body, intake } from '../api/clients';
import type { components } from '../api/generated/intake';
import { Empty } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { Rows, usePages } from '../parts/Rows';
import { Badge, Banner } from '../parts/Tone';
import { shortName } from '../parts/patients';
import { calendarDay } from '../parts/time';
import { When } from '../parts/When';
import { STATUSES } from '../patients/words';
import { likely, reasonWord } from '../registration/words';
import classes from './Duplicates.module.css';

const Comparison = lazy(() => import('./Comparison'));

export type Pair = components['schemas']['DuplicatePairView'];

/** Pairs that are probably one person, the most alike first, until somebody decides. */
export default function Duplicates() {
  const query = usePages<Pair>(['duplicates', 'list'], (cursor) => body(intake.GET('/api/duplicates', { params: { query: { limit: 50, ...(cursor ? { cursor } : {}) } } })));
  const [pair, setPair] = useState<Pair>();
  const [done, setDone] = useState<{ survivor: string; merged: boolean }>();
  return (
    <>
      {done ? (
        <Banner
          tone="done"
          title={done.merged ? 'The two are one patient now' : 'The two stay two patients'}
          actions={
            done.merged ? (
              <Link to="/patients/$patientId/registration" params={{ patientId: done.survivor }}>
                Open the patient
              </Link>
            ) : null
          }
        >
          {done.merged ? 'The other one stays readable under Merged, where the merging can be taken back.' : 'This pair won’t be found again.'}
        </Banner>
      ) : null}
      <Panel
        flush
        title="Probably one person"
        aside={
          <Link to="/patients/all" search={{ status: 'merged' }}>
            Merged patients
          </Link>
        }
      >
        <Rows
          query={query}
          label="Probable duplicates"
          head={
            <>
              <th scope="col">One</th>
              <th scope="col">The other</th>
              <th scope="col">Why</th>
              <th scope="col">Found</th>
              <th scope="col">
                <span className="visually-hidden">Do</span>
              </th>
            </>
          }
          row={(item) => (
            <tr key={item.id}>
              {item.patients.map((p) => (
                <td key={p.patientId}>
                  <strong>{shortName(p)}</strong>
                  <span className={classes.sub}>Born {calendarDay(p.birthDate)}</span>
                  <span className={classes.sub}>
                    {STATUSES[p.status].word}, referred {calendarDay(p.referredOn)}
                  </span>
                </td>
              ))}
              <td>
                <Badge tone={item.score >= 0.79 ? 'hold' : 'info'}>{likely(item.score)}</Badge>
                <span className={classes.sub}>{item.reasons.map(reasonWord).join(', ')}</span>
              </td>
              <td>
                <When at={item.foundAt} show="date" />
              </td>
              <td>
                <Button size="sm" variant="default" onClick={() => setPair(item)} aria-label={`Compare ${item.patients.map((p) => shortName(p)).join(' and ')}`}>
                  Compare
                </Button>
              </td>
            </tr>
          )}
          empty={<Empty title="Nobody is there twice, as far as can be told">New and corrected patients are compared within a second; a probable pair appears here until somebody merges it or says that they are two.</Empty>}
        />
      </Panel>
      {pair ? (
        <Suspense>
          <Comparison
            pair={pair}
            onClose={() => setPair(undefined)}
            onDone={(what) => {
              setPair(undefined);
              setDone(what);
            }}
          />
        </Suspense>
      ) : null}
    </>
  );
}
