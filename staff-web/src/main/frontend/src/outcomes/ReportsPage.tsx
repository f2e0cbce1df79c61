import { Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { body, intake } from '../api/clients';
import { DIAGNOSES, diagnosisWord } from '../judgement/diagnoses';
import { scaleWord, shortTitle } from '../instruments/model';
import { useInstrument, useInstruments } from '../instruments/queries';
import { Empty, Loaded } from '../parts/Loaded';
import { Page, Panel } from '../parts/Page';
import { SelectField, TextField } from '../session/fields';
import { change, type Figures, mean, percent, shown } from './figures';
import classes from './Reports.module.css';

const CohortChart = lazy(() => import('./CohortChart'));

const ROUTES = [
  { value: 'any', label: 'Any route' },
  { value: 'iv', label: 'IV' },
  { value: 'im', label: 'IM' },
  { value: 'nasal', label: 'Nasal' },
  { value: 'oral', label: 'By mouth' },
] as const;

type Route = 'iv' | 'im' | 'nasal' | 'oral';

/** Response and remission across patients: by instrument, route, diagnosis, number of sessions and time. */
export default function ReportsPage() {
  const instruments = useInstruments();
  const [instrument, setInstrument] = useState('phq-9');
  const [scale, setScale] = useState<string>();
  const [route, setRoute] = useState('any');
  const [diagnosis, setDiagnosis] = useState('any');
  const [sessions, setSessions] = useState('any');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const of = useInstrument(instrument);
  const scales = of.data?.scales ?? [];
  const chosen = scale && scales.some((s) => s.id === scale) ? scale : scales[0]?.id;
  const query = {
    instrument,
    ...(chosen ? { scale: chosen } : {}),
    ...(route !== 'any' ? { route: route as Route } : {}),
    ...(diagnosis !== 'any' ? { diagnosis } : {}),
    ...(sessions !== 'any' ? { sessions: Number(sessions) } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  };
  const cohort = useQuery({
    queryKey: ['outcomes', 'cohort', query],
    queryFn: () => body(intake.GET('/api/outcomes/cohorts', { params: { query } })),
    enabled: chosen !== undefined,
    placeholderData: keepPreviousData,
  });
  const thresholds = of.data?.thresholds.filter((t) => t.scale === chosen) ?? [];
  return (
    <Page title="Reports">
      <Panel title="Outcomes">
        <form className={classes.filters} aria-label="Which patients" onSubmit={(event) => event.preventDefault()}>
          <SelectField label="Instrument" value={instrument} onChange={setInstrument} options={(instruments.data ?? []).map((i) => ({ value: i.id, label: shortTitle(i.id) }))} />
          {scales.length > 1 ? <SelectField label="Scale" value={chosen ?? ''} onChange={setScale} options={scales.map((s) => ({ value: s.id, label: scaleWord(s.id) }))} /> : null}
          <SelectField label="Route" value={route} onChange={setRoute} options={ROUTES} />
          <SelectField label="Diagnosis" value={diagnosis} onChange={setDiagnosis} options={[{ value: 'any', label: 'Any diagnosis' }, { value: 'F33', label: 'F33 Recurrent depression, all' }, { value: 'F32', label: 'F32 Single episode, all' }, ...Object.keys(DIAGNOSES).map((code) => ({ value: code, label: diagnosisWord(code) }))]} />
          <SelectField label="After sessions" value={sessions} onChange={setSessions} options={[{ value: 'any', label: 'Any number' }, ...[1, 2, 3, 4, 5, 6, 8, 10, 12].map((n) => ({ value: String(n), label: String(n) }))]} />
          <TextField label="Scored from" type="date" value={from} onChange={setFrom} />
          <TextField label="Scored until" type="date" value={to} onChange={setTo} />
        </form>
        <Loaded query={cohort} skeleton={<Skeleton height={320} radius="md" />}>
          {(c) => (
            <>
              <dl className={classes.figures}>
                <Figure name="Patients" value={c.all.fewerThan != null ? `Fewer than ${c.all.fewerThan}` : shown(c.all.patients)} />
                {c.all.fewerThan != null ? (
                  <div className={classes.withheld}>
                    <dt>Figures</dt>
                    <dd className={classes.note}>Withheld for fewer than {c.all.fewerThan} patients, so that nobody is recognised. Widen the filters.</dd>
                  </div>
                ) : (
                  <>
                    <Figure name="Response" value={percent(c.all.responseRate)} note={thresholds.find((t) => t.kind === 'response')?.source} />
                    <Figure name="Remission" value={percent(c.all.remissionRate)} note={thresholds.find((t) => t.kind === 'remission')?.source} />
                    <Figure name="Mean change" value={change(c.all.meanChange)} />
                    <Figure name="Mean score" value={mean(c.all.meanValue)} />
                  </>
                )}
              </dl>
              {c.bySession.length === 0 ? (
                <Empty title="No follow-up fits yet">A score counts once it is given after a session; ask {shortTitle(instrument)} again at the course’s end.</Empty>
              ) : (
                <>
                  {c.bySession.some((s) => s.figures.meanValue != null) ? (
                    <Suspense fallback={<Skeleton height={280} radius="md" />}>
                      <CohortChart rows={c.bySession} most={scales.find((s) => s.id === chosen)?.most ?? 27} title={shortTitle(instrument)} />
                    </Suspense>
                  ) : null}
                  <div className={classes.scroll} tabIndex={0} role="region" aria-label="Outcomes by number of sessions">
                    <table className={classes.table}>
                      <thead>
                        <tr>
                          <th scope="col">Sessions</th>
                          <th scope="col">Patients</th>
                          <th scope="col">Mean score</th>
                          <th scope="col">Mean change</th>
                          <th scope="col">Response</th>
                          <th scope="col">Remission</th>
                        </tr>
                      </thead>
                      <tbody>
                        {c.bySession.map((s) => (
                          <Row key={s.sessions} sessions={s.sessions} figures={s.figures} />
                        ))}
                      </tbody>
                    </table>
                  </div>
                </>
              )}
            </>
          )}
        </Loaded>
      </Panel>
    </Page>
  );
}

function Row({ sessions, figures: f }: { sessions: number; figures: Figures }) {
  return (
    <tr>
      <th scope="row">{sessions}</th>
      {f.fewerThan != null ? (
        <td colSpan={5} className={classes.note}>
          Fewer than {f.fewerThan} patients: withheld
        </td>
      ) : (
        <>
          <td>{shown(f.patients)}</td>
          <td>{mean(f.meanValue)}</td>
          <td>{change(f.meanChange)}</td>
          <td>{percent(f.responseRate)}</td>
          <td>{percent(f.remissionRate)}</td>
        </>
      )}
    </tr>
  );
}

function Figure({ name, value, note }: { name: string; value: string; note?: string | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
      {note ? <dd className={classes.note}>{note}</dd> : null}
    </div>
  );
}
