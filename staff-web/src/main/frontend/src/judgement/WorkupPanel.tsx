import { Button, Drawer } from '@mantine/core';
import { useState } from 'react';
import { body, intake } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/intake';
import { useHas } from '../api/me';
import { clinicNow, useZone } from '../live/clock';
import { Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge } from '../parts/Tone';
import { dayIn, timeOf, zonedInstant } from '../parts/time';
import { When } from '../parts/When';
import { Choice, LongField, NumberField, numberOf, TextField } from '../session/fields';
import { decided, useWorkup, type WorkupResult, type WorkupView } from './queries';
import { resultTone, resultWord, workupWord } from './words';
import classes from './Clearance.module.css';

type WorkupKind = WorkupResult['kind'];
const KINDS: WorkupKind[] = ['pdmp-query', 'urine-drug-screen', 'weight', 'vital-signs', 'ecg', 'pregnancy-test', 'lab'];

/** What the medical clearance takes, what is there and until when, and every result; each kind is entered from its own line. */
export function WorkupPanel({ patientId }: { patientId: string }) {
  const has = useHas();
  const workup = useWorkup(patientId);
  const [entering, setEntering] = useState<WorkupKind>();
  const mayEnter = has('nurse', 'prescriber');
  return (
    <Panel title="Work-up" aside={workup.data ? workup.data.missing.length > 0 ? <Badge tone="hold">{workup.data.missing.length} missing</Badge> : <Badge tone="done">Complete</Badge> : undefined}>
      <Loaded query={workup}>{(view) => <Kinds view={view} mayEnter={mayEnter} onEnter={setEntering} />}</Loaded>
      {entering ? <WorkupDrawer patientId={patientId} kind={entering} onClose={() => setEntering(undefined)} /> : null}
    </Panel>
  );
}

function Kinds({ view, mayEnter, onEnter }: { view: WorkupView; mayEnter: boolean; onEnter: (kind: WorkupKind) => void }) {
  const required = new Map(view.required.map((r) => [r.kind, r]));
  const order = [...view.required.map((r) => r.kind), ...KINDS.filter((k) => !required.has(k))];
  return (
    <>
      <ul className={classes.kinds} aria-label="Work-up">
        {order.map((kind) => {
          const needed = required.get(kind);
          const missing = view.missing.includes(kind);
          const last = view.results.find((r) => r.kind === kind);
          return (
            <li key={kind}>
              <div>
                <div className={classes.findingHead}>
                  <strong>{workupWord(kind)}</strong>
                  {missing ? <Badge tone="hold">{last ? 'Too old' : 'Missing'}</Badge> : needed ? <Badge tone="done">Valid</Badge> : null}
                  {last?.finding ? <Badge tone={resultTone(last.finding)}>{resultWord(last.finding)}</Badge> : null}
                </div>
                {last ? (
                  <div className={classes.value}>
                    {measured(last)}
                    <span className={classes.dim}>
                      <When at={last.takenAt} />, {last.recordedBy}
                      {needed?.validUntil ? (
                        <>
                          ; {missing ? 'counted' : 'counts'} until <When at={needed.validUntil} show="date" />
                        </>
                      ) : null}
                    </span>
                  </div>
                ) : null}
                {last?.note ? <div className={classes.dim}>{last.note}</div> : null}
                {missing || !last ? <small>{needed?.why ?? (kind === 'pregnancy-test' ? 'Where possible before the first session, then every 30 days' : 'As needed')}</small> : null}
              </div>
              {mayEnter ? (
                <Button size="xs" variant={missing ? 'filled' : 'default'} onClick={() => onEnter(kind)}>
                  Enter<span className="visually-hidden"> {workupWord(kind)}</span>
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {view.results.length > 0 ? (
        <details className={classes.fold}>
          <summary>All {view.results.length} results</summary>
          <ul className={classes.results}>
            {view.results.map((r) => (
              <li key={r.id}>
                <span>
                  {workupWord(r.kind)}
                  {r.test ? ` (${r.test})` : ''}: <strong>{r.finding ? resultWord(r.finding) : measured(r)}</strong>
                </span>
                <span className={classes.dim}>
                  <When at={r.takenAt} />, {r.recordedBy}
                  {r.note ? `: ${r.note}` : ''}
                </span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

const measured = (r: WorkupResult) =>
  [
    r.weightKg != null && `${r.weightKg} kg`,
    r.systolic != null && `${r.systolic}/${r.diastolic} mmHg`,
    r.heartRate != null && `pulse ${r.heartRate}`,
    r.spo2 != null && `SpO2 ${r.spo2} %`,
    r.test,
  ]
    .filter(Boolean)
    .join(', ');

function WorkupDrawer({ patientId, kind, onClose }: { patientId: string; kind: WorkupKind; onClose: () => void }) {
  const zone = useZone();
  const [day, setDay] = useState(() => dayIn(clinicNow(), zone));
  const [time, setTime] = useState(() => timeOf(clinicNow(), zone));
  const [result, setResult] = useState<NonNullable<WorkupResult['finding']>>();
  const [numbers, setNumbers] = useState({ weightKg: '', systolic: '', diastolic: '', heartRate: '', spo2: '' });
  const [test, setTest] = useState('');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const dirty = result !== undefined || note !== '' || test !== '' || Object.values(numbers).some(Boolean);

  const send = useCommand(
    (request: components['schemas']['WorkupRequest'], key) =>
      body(intake.POST('/api/patients/{id}/workup/{kind}', { params: { path: { id: patientId, kind }, header: { 'Idempotency-Key': key } }, body: request })),
    { refresh: decided(patientId), onDone: onClose },
  );
  const wrong: Record<string, string> = { ...send.problem?.byField() };
  const need = (field: string, is: boolean, message: string) => tried && !is && (wrong[field] ??= message);
  const weight = kind === 'weight';
  const vitals = kind === 'vital-signs';
  if (weight) need('weightKg', numberOf(numbers.weightKg) !== undefined, 'Needed');
  else if (vitals) {
    need('systolic', numberOf(numbers.systolic) !== undefined, 'Needed');
    need('diastolic', numberOf(numbers.diastolic) !== undefined, 'Needed');
  } else need('result', result !== undefined, 'What did it come to?');
  if (kind === 'lab') need('test', test.trim() !== '', 'Which test?');
  need('takenAt', day !== '' && time !== '', 'When?');

  const complete = () =>
    day !== '' && time !== '' && (weight ? numberOf(numbers.weightKg) !== undefined : vitals ? numberOf(numbers.systolic) !== undefined && numberOf(numbers.diastolic) !== undefined : result !== undefined && (kind !== 'lab' || test.trim() !== ''));
  const submit = () => {
    setTried(true);
    if (!complete()) return;
    const of = (text: string) => numberOf(text) ?? null;
    send.run({
      takenAt: new Date(Math.min(zonedInstant(day, time, zone), clinicNow())).toISOString(),
      result: result ?? null,
      weightKg: weight ? of(numbers.weightKg) : null,
      systolic: vitals ? of(numbers.systolic) : null,
      diastolic: vitals ? of(numbers.diastolic) : null,
      heartRate: vitals ? of(numbers.heartRate) : null,
      spo2: vitals ? of(numbers.spo2) : null,
      test: test.trim() || null,
      note: note.trim() || null,
    });
  };
  const set = (field: keyof typeof numbers) => (value: string) => setNumbers({ ...numbers, [field]: value });

  return (
    <Drawer opened onClose={onClose} position="right" size="md" title={workupWord(kind)} closeOnClickOutside={!dirty} closeOnEscape={!dirty} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className={classes.form}
        noValidate
        aria-label={workupWord(kind)}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {weight ? <NumberField label="Weight" aside="kg, measured" value={numbers.weightKg} onChange={set('weightKg')} error={wrong['weightKg']} /> : null}
        {vitals ? (
          <div className={classes.row}>
            <NumberField label="Systolic" aside="mmHg" value={numbers.systolic} onChange={set('systolic')} error={wrong['systolic']} />
            <NumberField label="Diastolic" aside="mmHg" value={numbers.diastolic} onChange={set('diastolic')} error={wrong['diastolic']} />
            <NumberField label="Pulse" aside="per minute" value={numbers.heartRate} onChange={set('heartRate')} error={wrong['heartRate']} />
            <NumberField label="SpO2" aside="%" value={numbers.spo2} onChange={set('spo2')} error={wrong['spo2']} />
          </div>
        ) : null}
        {kind === 'lab' ? <TextField label="Which test" value={test} onChange={setTest} error={wrong['test']} /> : null}
        {weight || vitals ? null : kind === 'pregnancy-test' ? (
          <Choice
            label="Result"
            value={result}
            onChange={setResult}
            options={[
              { value: 'negative', label: 'Negative' },
              { value: 'positive', label: 'Positive' },
            ]}
            error={wrong['result']}
          />
        ) : (
          <Choice
            label="Result"
            value={result}
            onChange={setResult}
            options={[
              { value: 'expected', label: 'As expected' },
              { value: 'unexpected', label: 'Not as expected' },
            ]}
            error={wrong['result']}
          />
        )}
        <div className={classes.row}>
          <TextField label={kind === 'pdmp-query' ? 'Queried on' : 'Taken on'} type="date" value={day} onChange={setDay} error={wrong['takenAt']} />
          <TextField label="At" type="time" value={time} onChange={setTime} />
        </div>
        <LongField label="Note" aside="optional" value={note} onChange={setNote} error={wrong['note']} />
        <p className={classes.meta}>The rules run again at once. A wrong result is followed by a right one; the latest counts.</p>
        <ProblemNotice problem={send.problem} onRetry={submit} />
        <div className={classes.foot}>
          <Button type="submit" loading={send.busy}>
            Record
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Drawer>
  );
}
