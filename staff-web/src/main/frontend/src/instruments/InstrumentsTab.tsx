import { Button, Drawer, Skeleton } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { body, intake } from '../api/clients';
import { useCommand } from '../api/command';
import { useHas } from '../api/me';
import { LinksPanel } from '../links/LinksPanel';
import { Empty, Lines, Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge, Banner } from '../parts/Tone';
import { When } from '../parts/When';
import { usePatient } from '../patients/queries';
import { About } from './AskPage';
import { type Assessment, asked, bandTone, bandWord, cutWord, type InstrumentLine, number, scaleWord, shortTitle, signed, type Trend } from './model';
import { textOf } from './Questionnaire';
import { languageOf, type PatientOutcome, useAssessments, useInstrument, useInstruments, useOutcomes } from './queries';
import type { Mark } from './TrendChart';
import classes from './InstrumentsTab.module.css';

const TrendChart = lazy(() => import('./TrendChart'));

/** Everything that a patient was asked: what is open, the latest of each instrument, and the course of the chosen one. */
export default function InstrumentsTab() {
  const { patientId } = useParams({ strict: false }) as { patientId: string };
  const has = useHas();
  const instruments = useInstruments();
  const assessments = useAssessments(patientId);
  const [wanted, setWanted] = useState<string>();
  const [shown, setShown] = useState<string>();
  const mayAsk = has('nurse', 'prescriber', 'therapist');
  return (
    <Loaded query={instruments} skeleton={<Lines count={8} />}>
      {(all) => (
        <Loaded query={assessments} skeleton={<Lines count={8} />}>
          {({ items, trend }) => {
            const open = items.filter((a) => a.status !== 'completed');
            const latest = trend.toSorted((a, b) => (b.points.at(-1)?.at ?? '').localeCompare(a.points.at(-1)?.at ?? ''))[0]?.instrument;
            const chosen = wanted ?? latest ?? all[0]?.id;
            return (
              <div className={classes.layout}>
                <div className={classes.column}>
                  {open.length > 0 ? <OpenOnes patientId={patientId} open={open} mayAsk={mayAsk} lines={all} /> : null}
                  <Panel title="Instruments" flush>
                    <Directory patientId={patientId} lines={all} items={items} trend={trend} chosen={chosen} onChoose={setWanted} mayAsk={mayAsk} />
                  </Panel>
                  <LinksPanel patientId={patientId} />
                </div>
                <div className={classes.column}>{chosen ? <Course key={chosen} patientId={patientId} instrument={chosen} items={items} trend={trend} mayAsk={mayAsk} onShow={setShown} /> : null}</div>
                {shown ? <AnswersDrawer patientId={patientId} assessment={items.find((a) => a.id === shown)} onClose={() => setShown(undefined)} /> : null}
              </div>
            );
          }}
        </Loaded>
      )}
    </Loaded>
  );
}

function OpenOnes({ patientId, open, mayAsk, lines }: { patientId: string; open: Assessment[]; mayAsk: boolean; lines: InstrumentLine[] }) {
  return (
    <Panel title="Waiting for answers">
      <ul className={classes.open}>
        {open.map((a) => {
          const urgent = a.instrument.startsWith('c-ssrs');
          const of = lines.find((line) => line.id === a.instrument)?.items;
          const given = Object.keys(a.answers).length;
          return (
            <li key={a.id}>
              <div>
                <strong>{shortTitle(a.instrument)}</strong> <Badge tone={urgent ? 'danger' : 'waiting'}>{a.status === 'partial' ? `${given} of ${of ?? given + a.missing.length}` : urgent ? 'Ask now' : 'Not begun'}</Badge>
                <small>
                  {a.requiredBy ? 'Asked for by another instrument’s answers' : a.mode === 'link' ? 'Sent to the patient by link' : `Begun by ${a.by}`}, <When at={a.startedAt} />
                </small>
              </div>
              {mayAsk ? (
                <Button size="sm" color={urgent ? 'red' : undefined} renderRoot={(props) => <Link to="/patients/$patientId/instruments/ask/$instrumentId" params={{ patientId, instrumentId: a.instrument }} {...props} />}>
                  {a.status === 'partial' ? 'Go on' : 'Ask'}
                  <span className="visually-hidden"> {shortTitle(a.instrument)}</span>
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function Directory({ patientId, lines, items, trend, chosen, onChoose, mayAsk }: { patientId: string; lines: InstrumentLine[]; items: Assessment[]; trend: Trend[]; chosen: string | undefined; onChoose: (id: string) => void; mayAsk: boolean }) {
  const has = useHas();
  const [sending, setSending] = useState<string>();
  const send = useCommand(
    (instrument: string, key) => body(intake.POST('/api/patients/{id}/links', { params: { path: { id: patientId }, header: { 'Idempotency-Key': key } }, body: { purpose: 'assessment', instrument } })),
    { refresh: [['links', patientId], ['assessments', patientId], ['notices']] },
  );
  const maySend = has('front-desk', 'nurse', 'prescriber', 'therapist');
  const order = [...lines].sort((a, b) => Number(items.some((i) => i.instrument === b.id)) - Number(items.some((i) => i.instrument === a.id)));
  return (
    <>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label="Instruments and latest scores">
        <table className={classes.directory}>
          <thead>
            <tr>
              <th scope="col">Instrument</th>
              <th scope="col">Latest</th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {order.map((line) => {
              const scores = trend.filter((t) => t.instrument === line.id);
              return (
                <tr key={line.id} data-chosen={line.id === chosen || undefined}>
                  <th scope="row">
                    <button type="button" className={classes.choose} aria-pressed={line.id === chosen} onClick={() => onChoose(line.id)}>
                      {shortTitle(line.id)}
                    </button>
                    <small title={line.title.en}>{line.title.en}</small>
                  </th>
                  <td>
                    {scores.length === 0 ? <span className={classes.dim}>Never</span> : null}
                    {scores.map((t) => {
                      const last = t.points.at(-1);
                      const before = t.points.at(-2);
                      return last ? (
                        <div key={t.scale.id} className={classes.latest}>
                          {t.scale.kind === 'graded' ? null : <strong>{number(last.value)}</strong>}
                          {last.band ? <Badge tone={bandTone(t.scale, last.band)}>{bandWord(line.id, last.band)}</Badge> : scores.length > 1 ? <span className={classes.dim}>{scaleWord(t.scale.id)}</span> : null}
                          {before && t.scale.kind !== 'graded' ? <span className={classes.dim}>{signed(Math.round((last.value - before.value) * 100) / 100)}</span> : null}
                        </div>
                      ) : null;
                    })}
                    {scores[0]?.points.at(-1) ? (
                      <small className={classes.dim}>
                        <When at={(scores[0].points.at(-1) as { at: string }).at} show="date" />
                      </small>
                    ) : null}
                  </td>
                  <td className={classes.rowActions}>
                    {mayAsk ? (
                      <Button size="xs" variant="default" renderRoot={(props) => <Link to="/patients/$patientId/instruments/ask/$instrumentId" params={{ patientId, instrumentId: line.id }} {...props} />}>
                        Ask<span className="visually-hidden"> {shortTitle(line.id)}</span>
                      </Button>
                    ) : null}
                    {maySend && line.answeredBy === 'patient' ? (
                      <Button
                        size="xs"
                        variant="subtle"
                        loading={send.busy && sending === line.id}
                        onClick={() => {
                          setSending(line.id);
                          send.run(line.id);
                        }}
                      >
                        Send link<span className="visually-hidden"> for {shortTitle(line.id)}</span>
                      </Button>
                    ) : null}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {send.problem ? (
        <div className={classes.pad}>
          {send.problem.rule === 'nobody-on-call' ? (
            <Banner tone="hold" title="Not sent: nobody is on call">
              {shortTitle(sending ?? '')} asks about suicide, so somebody must be there to act on the answers. Ask it in the clinic, or have an administrator fill the on-call roster.
            </Banner>
          ) : (
            <ProblemNotice problem={send.problem} onRetry={() => sending && send.run(sending)} />
          )}
        </div>
      ) : null}
    </>
  );
}

/** One instrument over time: chart, table, response and remission. */
function Course({ patientId, instrument: id, items, trend, mayAsk, onShow }: { patientId: string; instrument: string; items: Assessment[]; trend: Trend[]; mayAsk: boolean; onShow: (id: string) => void }) {
  const instrument = useInstrument(id);
  const outcomes = useOutcomes(patientId);
  const scores = trend.filter((t) => t.instrument === id);
  const done = items.filter((a) => a.instrument === id && a.status === 'completed').toReversed();
  return (
    <Panel
      title={`${shortTitle(id)} over time`}
      aside={
        mayAsk ? (
          <Button size="sm" renderRoot={(props) => <Link to="/patients/$patientId/instruments/ask/$instrumentId" params={{ patientId, instrumentId: id }} {...props} />}>
            Ask {shortTitle(id)}
          </Button>
        ) : undefined
      }
    >
      <p className={classes.meta}>{instrument.data?.title.en ?? ' '}</p>
      {done.length === 0 ? (
        <Empty title="Not answered yet">Once it is, its scores show here on the instrument’s own bands.</Empty>
      ) : (
        scores.map((t) => {
          const outcome = outcomes.data?.find((o) => o.instrument === id && o.scale === t.scale.id);
          const marks: Mark[] = [];
          const base = outcome?.baseline.value;
          for (const threshold of instrument.data?.thresholds ?? []) {
            if (threshold.scale !== t.scale.id) continue;
            if (threshold.kind === 'remission') marks.push({ at: threshold.value, word: `Remission, ${number(threshold.value)} or less` });
            else if (base !== undefined) marks.push({ at: threshold.measure === 'percent' ? base * (1 - threshold.value / 100) : base - threshold.value, word: `Response, ${threshold.measure === 'percent' ? `${threshold.value} %` : `${threshold.value} points`} down` });
          }
          return (
            <div key={t.scale.id} className={classes.course}>
              {scores.length > 1 ? <h3>{scaleWord(t.scale.id)}</h3> : null}
              {outcome ? <OutcomeLine outcome={outcome} /> : null}
              <Suspense fallback={<Skeleton height={260} radius="md" />}>
                <TrendChart instrument={id} scale={t.scale} points={t.points} marks={marks} />
              </Suspense>
            </div>
          );
        })
      )}
      {done.length > 0 ? (
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={`${shortTitle(id)}, every time`}>
          <table className={classes.times}>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Score</th>
                <th scope="col">Asked</th>
                <th scope="col">
                  <span className="visually-hidden">Answers</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {done.map((a) => (
                <tr key={a.id}>
                  <td>{a.completedAt ? <When at={a.completedAt} /> : null}</td>
                  <td>
                    {a.scores.map((s) => {
                      const scale = scores.find((t) => t.scale.id === s.scale)?.scale;
                      return (
                        <div key={s.scale} className={classes.latest}>
                          {scale?.kind === 'graded' ? null : (
                            <>
                              {a.scores.length > 1 ? `${scaleWord(s.scale)} ` : ''}
                              <strong>{number(s.value)}</strong>
                            </>
                          )}
                          {s.band && scale ? <Badge tone={bandTone(scale, s.band)}>{bandWord(id, s.band)}</Badge> : null}
                          {s.cuts.filter((cut) => cut !== 'positive' || !s.band).map((cut) => (
                            <span key={cut} className={classes.dim}>
                              {cutWord(cut)}
                            </span>
                          ))}
                        </div>
                      );
                    })}
                  </td>
                  <td className={classes.dim}>{HOW[a.mode] ?? a.mode}, {a.by}</td>
                  <td>
                    <Button size="compact-sm" variant="subtle" onClick={() => onShow(a.id)}>
                      Answers
                      <span className="visually-hidden"> of {a.completedAt}</span>
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {instrument.data ? <About instrument={instrument.data} /> : null}
    </Panel>
  );
}

/** Baseline, the change since, and whether that is a response or remission. */
function OutcomeLine({ outcome: { baseline, latest } }: { outcome: PatientOutcome }) {
  return (
    <div className={classes.outcome}>
      <span>
        Baseline <strong>{number(baseline.value)}</strong>, <When at={baseline.at} show="date" />
      </span>
      {latest ? (
        <span>
          Change <strong>{signed(latest.change)}</strong>
          {latest.changePercent != null ? ` (${signed(Math.round(latest.changePercent))} %)` : ''} after {latest.sessions} {latest.sessions === 1 ? 'session' : 'sessions'}
        </span>
      ) : (
        <span className={classes.dim}>No follow-up after a session yet</span>
      )}
      {latest?.remission ? <Badge tone="done">Remission</Badge> : null}
      {latest?.response === true ? <Badge tone="done">Response</Badge> : latest?.response === false ? <Badge tone="waiting">No response yet</Badge> : null}
    </div>
  );
}

const HOW: Record<string, string> = { staff: 'By staff', link: 'By link', session: 'In session', import: 'Sent by another system' };

function AnswersDrawer({ patientId, assessment, onClose }: { patientId: string; assessment: Assessment | undefined; onClose: () => void }) {
  const patient = usePatient(patientId);
  const instrument = useInstrument(assessment?.instrument, assessment?.instrumentVersion);
  if (!assessment) return null;
  const language = languageOf(patient.data?.value.contact.language);
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={`${shortTitle(assessment.instrument)}, answers`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <p className={classes.meta}>
        Answered {assessment.completedAt ? <When at={assessment.completedAt} /> : null}, {(HOW[assessment.mode] ?? assessment.mode).toLowerCase()}, {assessment.by}; version {assessment.instrumentVersion}.
      </p>
      <Loaded query={instrument}>
        {(of) => (
          <table className={classes.answers}>
            <thead>
              <tr>
                <th scope="col">Item</th>
                <th scope="col">Answer</th>
                <th scope="col">Points</th>
              </tr>
            </thead>
            <tbody lang={language}>
              {asked(of, assessment.answers).map((item) => (
                <tr key={item.id}>
                  <td>{item.text[language]}</td>
                  <td>{assessment.answers[item.id] === undefined ? '–' : textOf(item, assessment.answers[item.id], language)}</td>
                  <td>{item.choices.find((c) => c.code === assessment.answers[item.id])?.points ?? ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
      <p className={classes.meta}>
        <a href={`/api/patients/${patientId}/assessments/${assessment.id}/questionnaire-response`} download={`${assessment.instrument}.json`}>
          QuestionnaireResponse (FHIR, JSON)
        </a>
      </p>
    </Drawer>
  );
}
