import { Button, SegmentedControl } from '@mantine/core';
import { Link, useBlocker, useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Lines, Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge, Banner } from '../parts/Tone';
import { When } from '../parts/When';
import { usePatient } from '../patients/queries';
import { type Assessment, asked, type Instrument, type Language, missing, scoreOf, shortTitle } from './model';
import { Questionnaire } from './Questionnaire';
import { languageOf, useAssessments, useInstrument } from './queries';
import { ScaleScore } from './Scores';
import { useAnswering } from './useAnswering';
import columns from '../parts/Columns.module.css';
import classes from './AskPage.module.css';

/** An instrument, put to a patient: answers go out as they are given, and the score shows as it grows. */
export default function AskPage() {
  const { patientId, instrumentId } = useParams({ strict: false }) as { patientId: string; instrumentId: string };
  const { session } = useSearch({ strict: false }) as { session?: string };
  const instrument = useInstrument(instrumentId);
  const assessments = useAssessments(patientId);
  const patient = usePatient(patientId);
  // what is gone on with is settled once: a refreshed list must not begin the page anew
  const [begun, setBegun] = useState<{ open: Assessment | undefined }>();
  const found = assessments.data;
  useEffect(() => {
    if (found && !begun) setBegun({ open: found.items.findLast((a) => a.instrument === instrumentId && a.status !== 'completed') });
  }, [found, begun, instrumentId]);

  return (
    <Loaded query={instrument} skeleton={<Lines count={8} height={88} />}>
      {(of) => (
        <Loaded query={assessments} skeleton={<Lines count={8} height={88} />}>
          {({ items }) =>
            begun && patient.data ? (
              <Asking
                key={instrumentId}
                patientId={patientId}
                instrument={of}
                begun={begun.open}
                items={items}
                sex={patient.data.value.sex}
                language={languageOf(patient.data.value.contact.language)}
                session={session}
              />
            ) : (
              <Lines count={8} height={88} />
            )
          }
        </Loaded>
      )}
    </Loaded>
  );
}

interface AskingProps {
  patientId: string;
  instrument: Instrument;
  begun: Assessment | undefined;
  /** All of the patient's, oldest first. */
  items: Assessment[];
  sex: string;
  language: Language;
  session: string | undefined;
}

function Asking({ patientId, instrument, begun, items, sex, language: own, session }: AskingProps) {
  const [language, setLanguage] = useState<Language>(instrument.answeredBy === 'patient' ? own : 'en');
  const asking = useAnswering(patientId, instrument, begun, { mode: session ? 'session' : 'staff', sessionId: session });
  const [tried, setTried] = useState(false);
  const finish = useRef<HTMLButtonElement>(null);
  const root = useRef<HTMLOListElement>(null);
  const { answers, assessment } = asking;
  const before = items.findLast((a) => a.instrument === instrument.id && a.status === 'completed' && a.id !== assessment?.id);
  const still = missing(instrument, answers);
  const done = assessment?.status === 'completed';
  const all = asked(instrument, answers);
  const given = all.filter((item) => answers[item.id] !== undefined).length;

  useBlocker({
    disabled: asking.unsent === 0,
    shouldBlockFn: () => !window.confirm('The last answers have not reached the clinic yet and would be lost. Leave all the same?'),
  });

  const wrong: Record<string, string> = {};
  for (const [field, message] of Object.entries(asking.problem?.byField() ?? {})) wrong[field.replace(/^answers\./, '')] = message;
  if (tried) for (const item of still) wrong[item.id] ??= 'Not answered yet';

  const complete = () => {
    setTried(true);
    const first = still[0];
    if (!first) return asking.complete();
    const field = root.current?.querySelector<HTMLElement>(`[data-item="${first.id}"]`);
    field?.querySelector('input')?.focus({ preventScroll: true });
    field?.scrollIntoView({ block: 'center' });
    return undefined;
  };

  const danger = assessment?.crisisLines.length ? assessment.crisisLines : undefined;
  const opened = assessment?.opened ?? [];
  const urgent = opened.filter((o) => o.instrument.startsWith('c-ssrs'));

  return (
    <div className={columns.page}>
      <div className={columns.head}>
        {session ? (
          <Link to="/sessions/$sessionId" params={{ sessionId: session }} className={columns.back}>
            Session
          </Link>
        ) : (
          <Link to="/patients/$patientId/instruments" params={{ patientId }} className={columns.back}>
            Instruments
          </Link>
        )}
        <h2>{shortTitle(instrument.id)}</h2>
        <p lang={language}>
          {instrument.title[language]}
          {instrument.licence.wording === 'labels' ? <span lang="en"> (labels only: the wording is on the licensed form)</span> : null}
        </p>
        {instrument.answeredBy === 'patient' ? (
          <SegmentedControl
            className={classes.language}
            size="sm"
            value={language}
            onChange={(value) => setLanguage(value as Language)}
            data={[
              { value: 'en', label: 'English' },
              { value: 'es', label: 'Español' },
            ]}
            aria-label="Language of the items"
          />
        ) : null}
      </div>
      {begun && begun.status === 'partial' && !done ? (
        <Banner tone="info" title="Going on where it was left">
          {Object.keys(begun.answers).length} of {asked(instrument, begun.answers).length} answered since <When at={begun.startedAt} />, last by {begun.by}.
        </Banner>
      ) : null}
      <div className={`${columns.layout} ${classes.ask}`}>
        <div className={columns.column}>
          {done ? (
            <Panel title="Completed">
              <p className={classes.meta}>Scored and kept; it never changes again. Another one can be begun at any time.</p>
            </Panel>
          ) : (
            <Panel flush>
              <Questionnaire
                instrument={instrument}
                answers={answers}
                onAnswer={asking.answer}
                onEnd={() => finish.current?.focus()}
                language={language}
                wrong={wrong}
                clashes={asking.clashes}
                onSettle={asking.settle}
                autoFocus
                rootRef={root}
              />
            </Panel>
          )}
          {danger ? <CrisisBanner lines={danger} asksNext={urgent.some((o) => items.find((a) => a.id === o.assessmentId)?.status !== 'completed')} alert={assessment?.safetyAlertId ?? undefined} /> : null}
          {urgent.map((o) => (
            <Opened key={o.assessmentId} patientId={patientId} assessmentId={o.assessmentId} instrumentId={o.instrument} sex={sex} language={language} session={session} />
          ))}
        </div>
        <aside className={`${columns.aside} ${classes.score}`} aria-label="Score">
          <Panel title="Score" aside={done ? <Badge tone="done">Scored</Badge> : <Badge tone="waiting">{given === 0 ? 'Not begun' : `${given} of ${all.length}`}</Badge>}>
            <div aria-live="polite">
              {instrument.scales.map((scale) => {
                const mine = scoreOf(instrument, scale, answers, sex);
                const final = assessment?.scores.find((s) => s.scale === scale.id);
                return (
                  <ScaleScore
                    key={scale.id}
                    instrument={instrument.id}
                    scale={scale}
                    value={done ? final?.value : mine.sofar}
                    band={done ? final?.band : mine.band}
                    cuts={done ? (final?.cuts ?? []) : mine.cuts}
                    before={done || mine.value !== undefined ? before?.scores.find((s) => s.scale === scale.id)?.value : undefined}
                    provisional={!done}
                    alone={instrument.scales.length === 1}
                    progress={mine}
                  />
                );
              })}
            </div>
            {before?.completedAt ? (
              <p className={classes.meta}>
                Last time <When at={before.completedAt} show="date" />
                {before.scores.map((s) => (s.band ? `: ${s.value}` : ` ${s.value}`)).join(',')}
              </p>
            ) : null}
            <p className={classes.saved} role="status">
              {done ? null : asking.saving ? 'Saving…' : asking.unsent > 0 ? `${asking.unsent} ${asking.unsent === 1 ? 'answer' : 'answers'} not saved yet` : given > 0 ? 'All answers saved' : 'Each answer is saved as it is given'}
            </p>
            <ProblemNotice problem={asking.problem} onRetry={asking.retry} />
            <div className={classes.actions}>
              {done ? (
                <>
                  {opened
                    .filter((o) => !urgent.includes(o))
                    .map((o) => (
                      <Button key={o.assessmentId} renderRoot={(props) => <Link to="/patients/$patientId/instruments/ask/$instrumentId" params={{ patientId, instrumentId: o.instrument }} {...props} />}>
                        Positive: ask {shortTitle(o.instrument)} now
                      </Button>
                    ))}
                  <Button variant={opened.length > urgent.length ? 'default' : 'filled'} renderRoot={(props) => <Link to="/patients/$patientId/instruments" params={{ patientId }} {...props} />}>
                    Back to instruments
                  </Button>
                </>
              ) : (
                <>
                  <Button ref={finish} onClick={complete} loading={asking.saving && still.length === 0 && tried}>
                    Complete and score
                  </Button>
                  <Button variant="default" renderRoot={(props) => <Link to="/patients/$patientId/instruments" params={{ patientId }} {...props} />}>
                    {given > 0 ? 'Go on later' : 'Back'}
                  </Button>
                </>
              )}
            </div>
          </Panel>
          {done ? null : (
            <p className={classes.keys}>
              Keys: <kbd>{instrument.items[0]?.choices.length === 2 ? 'y n' : '0–9'}</kbd> choose and lead on, <kbd>↑</kbd> <kbd>↓</kbd> move, <kbd>Delete</kbd> takes back.
            </p>
          )}
          <About instrument={instrument} />
        </aside>
      </div>
    </div>
  );
}

function CrisisBanner({ lines, asksNext, alert }: { lines: string[]; asksNext: boolean; alert: string | undefined }) {
  return (
    <Banner tone="danger" title={alert ? 'High suicide risk: a safety alert is open' : 'Stay with the patient'}>
      {asksNext && !alert ? 'This answer asks for the C-SSRS now, below. ' : ''}
      Crisis lines: {lines.join(', ')}.{alert ? ' A nurse or prescriber acknowledges the alert in the header; it escalates until then.' : ''}
    </Banner>
  );
}

/** The suicide screener that an answer opened: asked there and then. */
function Opened({ patientId, assessmentId, instrumentId, sex, language, session }: { patientId: string; assessmentId: string; instrumentId: string; sex: string; language: Language; session: string | undefined }) {
  const instrument = useInstrument(instrumentId);
  const assessments = useAssessments(patientId);
  const [begun, setBegun] = useState<Assessment>();
  const found = assessments.data?.items.find((a) => a.id === assessmentId);
  useEffect(() => {
    if (found && !begun) setBegun(found);
  }, [found, begun]);
  return (
    <Loaded query={instrument}>
      {(of) => (begun ? <OpenedForm patientId={patientId} instrument={of} begun={begun} sex={sex} language={language} session={session} /> : <Lines count={4} height={72} />)}
    </Loaded>
  );
}

function OpenedForm({ patientId, instrument, begun, sex, language, session }: { patientId: string; instrument: Instrument; begun: Assessment; sex: string; language: Language; session: string | undefined }) {
  const asking = useAnswering(patientId, instrument, begun, { mode: session ? 'session' : 'staff', sessionId: session });
  const [tried, setTried] = useState(false);
  const finish = useRef<HTMLButtonElement>(null);
  const { answers, assessment } = asking;
  const done = assessment?.status === 'completed';
  const still = missing(instrument, answers);
  const wrong: Record<string, string> = {};
  for (const [field, message] of Object.entries(asking.problem?.byField() ?? {})) wrong[field.replace(/^answers\./, '')] = message;
  if (tried) for (const item of still) wrong[item.id] ??= 'Not answered yet';
  const score = (scale: Instrument['scales'][number]): ReactNode => {
    const mine = scoreOf(instrument, scale, answers, sex);
    const final = assessment?.scores.find((s) => s.scale === scale.id);
    return (
      <ScaleScore
        key={scale.id}
        instrument={instrument.id}
        scale={scale}
        value={done ? final?.value : mine.sofar}
        band={done ? final?.band : mine.band}
        cuts={[]}
        provisional={!done}
        alone
        progress={mine}
      />
    );
  };
  return (
    <section className={classes.opened} aria-label={shortTitle(instrument.id)}>
      <Panel title={shortTitle(instrument.id)} aside={done ? <Badge tone="done">Scored</Badge> : <Badge tone="danger">Ask now</Badge>} flush>
        {assessment?.crisisLines.length && assessment.safetyAlertId ? (
          <div className={classes.pad}>
            <CrisisBanner lines={assessment.crisisLines} asksNext={false} alert={assessment.safetyAlertId} />
          </div>
        ) : null}
        {done ? null : (
          <Questionnaire
            instrument={instrument}
            answers={answers}
            onAnswer={asking.answer}
            onEnd={() => finish.current?.focus()}
            language={language}
            wrong={wrong}
            clashes={asking.clashes}
            onSettle={asking.settle}
            autoFocus={Object.keys(begun.answers).length === 0}
          />
        )}
        <div className={classes.pad}>
          <div aria-live="polite">{instrument.scales.map(score)}</div>
          <ProblemNotice problem={asking.problem} onRetry={asking.retry} />
          {done ? null : (
            <div className={classes.actions}>
              <Button
                ref={finish}
                onClick={() => {
                  setTried(true);
                  if (still.length === 0) asking.complete();
                }}
              >
                Complete the {shortTitle(instrument.id)}
              </Button>
            </div>
          )}
        </div>
      </Panel>
    </section>
  );
}

/** Where it comes from and what one may do with it. */
export function About({ instrument }: { instrument: Instrument }) {
  return (
    <details className={classes.about}>
      <summary>About this instrument</summary>
      <dl>
        <dt>Source</dt>
        <dd>{instrument.source}</dd>
        <dt>Licence</dt>
        <dd>{instrument.licence.note}</dd>
        <dt>Spanish</dt>
        <dd>{instrument.translation}</dd>
        <dt>Version</dt>
        <dd>
          {instrument.version}, approved by {instrument.approver.replace(/-/g, ' ')}
        </dd>
        <dt>FHIR</dt>
        <dd>
          <a href={`/api/instruments/${instrument.id}/questionnaire`} download={`${instrument.id}.json`}>
            Questionnaire (JSON)
          </a>
        </dd>
      </dl>
    </details>
  );
}
