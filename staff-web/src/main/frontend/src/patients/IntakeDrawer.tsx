import { Button, Drawer, NumberInput, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { body, ifMatch, intake, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import type { components as Intake } from '../api/generated/intake';
import type { components as Scheduling } from '../api/generated/scheduling';
import type { Problem } from '../api/problem';
import { useZone } from '../live/clock';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Banner } from '../parts/Tone';
import { dateOf, timeOf } from '../parts/time';
import type { Patient } from './queries';
import classes from './IntakeDrawer.module.css';

export type IntakeStep = 'plan' | 'book';

const TITLES: Record<IntakeStep, string> = {
  plan: 'Treatment plan',
  book: 'Book the course',
};

interface FormProps {
  patient: Patient;
  onDone: () => void;
}

/** One step of the intake. What is typed stays until it is sent or the drawer is closed on purpose. */
export default function IntakeDrawer({ step, patient, etag, onClose }: { step: IntakeStep; patient: Patient; etag: string | undefined; onClose: () => void }) {
  const [dirty, setDirty] = useState(false);
  const version = etag ?? ifMatch(patient.version);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={TITLES[step]}
      closeOnClickOutside={!dirty}
      closeOnEscape={!dirty}
      closeButtonProps={{ 'aria-label': 'Close' }}
      onInput={() => setDirty(true)}
    >
      {step === 'plan' ? <PlanForm patient={patient} version={version} onDone={onClose} /> : null}
      {step === 'book' ? <BookForm patient={patient} onDone={onClose} /> : null}
    </Drawer>
  );
}

const refreshOf = (patientId: string) => [['patient', patientId], ['patients'], ['journey', patientId], ['journeys'], ['readiness'], ['safety-alerts']];

/** After the first try what is still missing shows at its field until it is there; the first such field comes into sight. */
function useForm(missing: Record<string, string>, problem?: Problem) {
  const ref = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  const complete = () => {
    setTried(true);
    if (Object.keys(missing).length === 0) return true;
    requestAnimationFrame(() => ref.current?.querySelector<HTMLElement>('[aria-invalid="true"],[data-wrong] input')?.focus());
    return false;
  };
  return { ref, complete, wrong: { ...(problem?.byField() ?? {}), ...(tried ? missing : {}) } as Record<string, string> };
}

function Form({ formRef, onSubmit, children, label }: { formRef: React.Ref<HTMLFormElement>; onSubmit: () => void; children: ReactNode; label: string }) {
  return (
    <form
      ref={formRef}
      className={classes.form}
      noValidate
      aria-label={label}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}

/** What the clinic offers now, see intake's plan-limits.json. */
const DRUG = 'ketamine';
const ROUTE = 'iv';

const DIAGNOSES = [
  { value: 'F33.2', label: 'F33.2 Recurrent depression, severe' },
  { value: 'F33.1', label: 'F33.1 Recurrent depression, moderate' },
  { value: 'F32.2', label: 'F32.2 Depression, single episode, severe' },
  { value: 'F41.1', label: 'F41.1 Generalized anxiety disorder' },
  { value: 'F40.10', label: 'F40.10 Social anxiety disorder' },
  { value: 'F41.0', label: 'F41.0 Panic disorder' },
  { value: 'F43.10', label: 'F43.10 Post-traumatic stress disorder' },
  { value: 'G90.50', label: 'G90.50 Complex regional pain syndrome I' },
  { value: 'G89.4', label: 'G89.4 Chronic pain syndrome' },
];

function PlanForm({ patient, version, onDone }: FormProps & { version: string }) {
  const was = patient.plan;
  const [diagnosis, setDiagnosis] = useState<string | null>(was?.diagnosisCode ?? null);
  const [low, setLow] = useState<number | string>(was?.doseLowMgPerKg ?? 0.5);
  const [high, setHigh] = useState<number | string>(was?.doseHighMgPerKg ?? 0.5);
  const [sessions, setSessions] = useState<number | string>(was?.sessions ?? 6);
  const [gap, setGap] = useState<number | string>(was?.minGapDays ?? 1);
  const [least, setLeast] = useState<number | string>(was?.courseMinDays ?? 14);
  const [most, setMost] = useState<number | string>(was?.courseMaxDays ?? 21);
  const send = useCommand(
    (request: Intake['schemas']['PlanRequest']) =>
      body(intake.PUT('/api/patients/{id}/plan', { params: { path: { id: patient.id }, header: was ? { 'If-Match': version } : {} }, body: request })),
    { refresh: refreshOf(patient.id), onDone },
  );
  const missing: Record<string, string> = {};
  if (!diagnosis) missing['diagnosisCode'] = 'Needed';
  for (const [field, value] of Object.entries({ doseLowMgPerKg: low, doseHighMgPerKg: high, sessions, minGapDays: gap, courseMinDays: least, courseMaxDays: most })) if (value === '') missing[field] = 'Needed';
  const form = useForm(missing, send.problem);
  const { wrong } = form;
  const submit = () => {
    if (!form.complete() || !diagnosis) return;
    send.run({
      diagnosisCode: diagnosis,
      drug: was?.drug ?? DRUG,
      route: was?.route ?? ROUTE,
      doseLowMgPerKg: Number(low),
      doseHighMgPerKg: Number(high),
      sessions: Number(sessions),
      minGapDays: Number(gap),
      courseMinDays: Number(least),
      courseMaxDays: Number(most),
    });
  };
  return (
    <Form formRef={form.ref} onSubmit={submit} label="Treatment plan">
      <div className={classes.quote}>
        <strong>Ketamine, IV infusion</strong>
        <small>{was ? `A change becomes revision ${was.revision + 1}; sessions keep the revision that they were given under.` : 'Your approval makes it revision 1.'}</small>
      </div>
      <Select
        label="Diagnosis"
        description="ICD-10-CM"
        searchable
        data={diagnosis && !DIAGNOSES.some((d) => d.value === diagnosis) ? [...DIAGNOSES, { value: diagnosis, label: diagnosis }] : DIAGNOSES}
        value={diagnosis}
        onChange={setDiagnosis}
        error={wrong['diagnosisCode']}
      />
      <div className={classes.row}>
        <NumberInput label="Least dose" description="mg/kg" step={0.1} min={0.1} max={1} decimalScale={1} value={low} onChange={setLow} error={wrong['doseLowMgPerKg']} />
        <NumberInput label="Greatest dose" description="mg/kg, cap 1.0" step={0.1} min={0.1} max={1} decimalScale={1} value={high} onChange={setHigh} error={wrong['doseHighMgPerKg']} />
      </div>
      <div className={classes.row}>
        <NumberInput label="Sessions" description="at most 6" min={1} max={6} allowDecimal={false} value={sessions} onChange={setSessions} error={wrong['sessions']} />
        <NumberInput label="Days between" description="at least" min={1} allowDecimal={false} value={gap} onChange={setGap} error={wrong['minGapDays']} />
        <NumberInput label="Course, least days" min={14} max={21} allowDecimal={false} value={least} onChange={setLeast} error={wrong['courseMinDays']} description="14 or more" />
        <NumberInput label="Course, most days" min={14} max={21} allowDecimal={false} value={most} onChange={setMost} error={wrong['courseMaxDays']} description="21 or less" />
      </div>
      <ProblemNotice problem={send.problem} onRetry={submit} />
      <div className={classes.foot}>
        <Button type="submit" loading={send.busy}>
          {was ? 'Approve revision' : 'Approve plan'}
        </Button>
      </div>
    </Form>
  );
}

function useHouse() {
  const chairs = useQuery({ queryKey: ['chairs'], queryFn: () => body(scheduling.GET('/api/chairs', { params: { query: { limit: 200 } } })), staleTime: 300_000 });
  const nurses = useQuery({ queryKey: ['nurses'], queryFn: () => body(scheduling.GET('/api/nurses', { params: { query: { limit: 200 } } })), staleTime: 300_000 });
  return {
    chair: (id: string) => chairs.data?.items.find((c) => c.id === id)?.name ?? '…',
    nurse: (id: string) => nurses.data?.items.find((n) => n.id === id)?.name ?? '…',
  };
}

type Suggestion = Scheduling['schemas']['Suggestion'];

function BookForm({ patient, onDone }: FormProps) {
  const [from, setFrom] = useState('');
  const [suggestion, setSuggestion] = useState<Suggestion>();
  const zone = useZone();
  const house = useHouse();
  const suggest = useCommand((day: string) => body(scheduling.POST('/api/courses/suggestions', { body: { patientId: patient.id, from: day || null } })), { onDone: setSuggestion });
  const book = useCommand(
    (request: Scheduling['schemas']['BookingRequest'], key) => body(scheduling.POST('/api/courses', { params: { header: { 'Idempotency-Key': key } }, body: request })),
    { refresh: [...refreshOf(patient.id), ['courses'], ['sessions']], onDone },
  );
  const sessions = suggestion?.sessions ?? [];
  const taken = book.problem?.rule === 'place-taken';
  const form = useForm({}, suggest.problem);
  const { wrong } = form;
  return (
    <Form
      formRef={form.ref}
      label="Book the course"
      onSubmit={() => {
        if (sessions.length > 0 && !taken) book.run({ patientId: patient.id, sessions: sessions.map(({ startsAt, chairId, nurseId }) => ({ startsAt, chairId, nurseId })) });
        else {
          book.forget();
          suggest.run(from);
        }
      }}
    >
      <TextInput
        type="date"
        label="Not before"
        description="Empty: as early as possible"
        value={from}
        onChange={(e) => {
          setFrom(e.currentTarget.value);
          setSuggestion(undefined);
        }}
        error={wrong['from']}
      />
      <ProblemNotice problem={suggest.problem} onRetry={() => suggest.run(from)} />
      {sessions.length > 0 ? (
        <table className={classes.places}>
          <caption style={{ textAlign: 'start', fontWeight: 650, paddingBottom: 6 }}>Suggested places, all or none</caption>
          <thead>
            <tr>
              <th scope="col">Session</th>
              <th scope="col">Day</th>
              <th scope="col">Chair taken</th>
              <th scope="col">Chair</th>
              <th scope="col">Nurse</th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((s) => (
              <tr key={s.number}>
                <td>{s.number}</td>
                <td>{dateOf(s.startsAt, zone)}</td>
                <td>
                  {timeOf(s.startsAt, zone)} to {timeOf(s.endsAt, zone)}
                </td>
                <td>{house.chair(s.chairId)}</td>
                <td>{house.nurse(s.nurseId)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {taken ? (
        <Banner tone="hold" title="Somebody else took one of these places meanwhile">
          Nothing was booked. Ask for other places: they take into account what is booked now.
        </Banner>
      ) : (
        <ProblemNotice problem={book.problem} />
      )}
      <div className={classes.foot}>
        <Button type="submit" loading={book.busy || suggest.busy}>
          {taken ? 'Suggest other places' : sessions.length > 0 ? `Book all ${sessions.length} sessions` : 'Suggest places'}
        </Button>
        {sessions.length > 0 && !taken ? (
          <Button
            variant="default"
            onClick={() => {
              book.forget();
              suggest.run(from);
            }}
            loading={suggest.busy}
          >
            Suggest again
          </Button>
        ) : null}
      </div>
    </Form>
  );
}

