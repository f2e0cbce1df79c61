import { Button, Checkbox, Drawer, NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { body, ifMatch, intake, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import type { components as Intake } from '../api/generated/intake';
import type { components as Scheduling } from '../api/generated/scheduling';
import type { Problem } from '../api/problem';
import { useHas } from '../api/me';
import { useZone } from '../live/clock';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge, Banner } from '../parts/Tone';
import { dateOf, timeOf } from '../parts/time';
import { C_SSRS_ITEMS, PHQ9_ANSWERS, PHQ9_ITEMS } from './instruments';
import type { Patient } from './queries';
import { CONDITIONS, clearanceWord, instrumentWord, OUTCOMES, RISKS, ruleWord } from './words';
import classes from './IntakeDrawer.module.css';

export type IntakeStep = 'screening' | 'mental-health' | 'medical' | 'plan' | 'book';

const TITLES: Record<IntakeStep, string> = {
  screening: 'Screening',
  'mental-health': 'Mental-health clearance',
  medical: 'Medical clearance',
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
      {step === 'screening' ? <ScreeningForm patient={patient} version={version} onDone={onClose} /> : null}
      {step === 'mental-health' || step === 'medical' ? <ClearanceForm kind={step} patient={patient} version={version} onDone={onClose} /> : null}
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

/** One question with a few answers, each a large button. */
function Choice<T extends string>({ name, label, options, value, onChange, error }: { name: string; label: ReactNode; options: readonly { value: T; label: string }[]; value: T | undefined; onChange: (value: T) => void; error?: string | undefined }) {
  return (
    <fieldset className={classes.item} data-wrong={error ? true : undefined}>
      <legend>{label}</legend>
      <div className={classes.choices}>
        {options.map((option) => (
          <label key={option.value} className={classes.choice}>
            <input type="radio" name={name} value={option.value} checked={value === option.value} onChange={() => onChange(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {error ? <div className={classes.wrong}>{error}</div> : null}
    </fieldset>
  );
}

const YES_NO = [
  { value: 'no', label: 'No' },
  { value: 'yes', label: 'Yes' },
] as const;
const BEHAVIOUR = [
  { value: 'no', label: 'Never' },
  { value: 'lifetime', label: 'Once, more than 3 months ago' },
  { value: 'past-3-months', label: 'In the past 3 months' },
] as const;
const PREGNANCY = [
  { value: 'no', label: 'No' },
  { value: 'yes', label: 'Yes' },
  { value: 'unknown', label: 'Not certain' },
  { value: 'not-applicable', label: 'Does not apply' },
] as const;

type Condition = keyof typeof CONDITIONS;
type ScreeningAnswer = Intake['schemas']['ScreeningAnswer'];

function ScreeningForm({ patient, version, onDone }: FormProps & { version: string }) {
  const [phq9, setPhq9] = useState<(string | undefined)[]>(Array(9).fill(undefined));
  const [q, setQ] = useState<Record<string, string | undefined>>({});
  const [conditions, setConditions] = useState<Condition[]>(patient.screening?.history.conditions ?? []);
  const [drugs, setDrugs] = useState<string[]>(patient.screening?.history.drugs ?? []);
  const [failed, setFailed] = useState<number | string>(patient.screening?.history.failedTreatments ?? '');
  const [systolic, setSystolic] = useState<number | string>('');
  const [diastolic, setDiastolic] = useState<number | string>('');
  const [weight, setWeight] = useState<number | string>('');
  const [pregnancy, setPregnancy] = useState<'no' | 'yes' | 'unknown' | 'not-applicable'>();
  const [answer, setAnswer] = useState<ScreeningAnswer>();

  const send = useCommand(
    (request: Intake['schemas']['ScreeningRequest']) =>
      body(
        intake.PUT('/api/patients/{id}/screening', {
          params: { path: { id: patient.id }, header: patient.screening ? { 'If-Match': version } : {} },
          body: request,
        }),
      ),
    { refresh: refreshOf(patient.id), onDone: setAnswer },
  );

  const answered = phq9.filter((a) => a !== undefined).length;
  const sum = phq9.reduce((total, a) => total + Number(a ?? 0), 0);
  const opened = Number(phq9[8] ?? 0) >= 1;
  const thoughts = q['q2'] === 'yes';
  const asked = opened ? ['q1', 'q2', ...(thoughts ? ['q3', 'q4', 'q5'] : []), 'q6'] : [];

  const missing: Record<string, string> = {};
  phq9.forEach((a, i) => a === undefined && (missing[`phq9[${i}]`] = 'Not answered yet'));
  asked.forEach((item) => q[item] === undefined && (missing[`cssrs.${item}`] = 'Not answered yet'));
  if (failed === '') missing['history.failedTreatments'] = 'Needed';
  if (systolic === '') missing['history.systolic'] = 'Needed';
  if (diastolic === '') missing['history.diastolic'] = 'Needed';
  if (weight === '') missing['history.weightKg'] = 'Needed';
  if (!pregnancy) missing['history.pregnancy'] = 'Not answered yet';
  const form = useForm(missing, send.problem);
  const { wrong } = form;

  const submit = () => {
    if (!form.complete() || !pregnancy) return;
    const yes = (item: string) => q[item] === 'yes';
    send.run({
      phq9: phq9.map(Number),
      cssrs: opened
        ? { q1: yes('q1'), q2: thoughts, q3: thoughts ? yes('q3') : null, q4: thoughts ? yes('q4') : null, q5: thoughts ? yes('q5') : null, q6: q['q6'] as 'no' | 'lifetime' | 'past-3-months' }
        : null,
      history: { conditions, drugs, failedTreatments: Number(failed), systolic: Number(systolic), diastolic: Number(diastolic), weightKg: Number(weight), pregnancy },
    });
  };

  if (answer) return <ScreeningResult answer={answer} onDone={onDone} />;
  return (
    <Form formRef={form.ref} onSubmit={submit} label="Screening">
      <h3>PHQ-9: over the last 14 days, how often bothered by</h3>
      {PHQ9_ITEMS.map((item, i) => (
        <Choice
          key={item}
          name={`phq9-${i + 1}`}
          label={`${i + 1}. ${item}`}
          options={PHQ9_ANSWERS.map((label, n) => ({ value: String(n), label }))}
          value={phq9[i]}
          onChange={(value) => setPhq9(phq9.map((old, n) => (n === i ? value : old)))}
          error={wrong[`phq9[${i}]`]}
        />
      ))}
      <div className={classes.sum} role="status">
        <Badge tone={answered === 9 ? 'info' : 'waiting'}>{answered === 9 ? `PHQ-9 sum ${sum} of 27` : `${answered} of 9 answered`}</Badge>
      </div>
      {opened ? (
        <>
          <Banner tone="danger" title="Item 9 is not “not at all”: ask the C-SSRS now">
            Stay with the patient. Crisis line 988, emergency 911.
          </Banner>
          <h3>C-SSRS screener</h3>
          {asked.map((item) => {
            const n = Number(item.slice(1));
            return item === 'q6' ? (
              <Choice key={item} name={item} label={`6. ${C_SSRS_ITEMS[5]}`} options={BEHAVIOUR} value={q[item] as 'no' | undefined} onChange={(value) => setQ({ ...q, [item]: value })} error={wrong[`cssrs.${item}`]} />
            ) : (
              <Choice key={item} name={item} label={`${n}. ${C_SSRS_ITEMS[n - 1]}`} options={YES_NO} value={q[item] as 'no' | undefined} onChange={(value) => setQ({ ...q, [item]: value })} error={wrong[`cssrs.${item}`]} />
            );
          })}
        </>
      ) : null}
      <h3>History</h3>
      <fieldset className={classes.item}>
        <legend>Ever found, tick all</legend>
        <div className={classes.checks}>
          {(Object.keys(CONDITIONS) as Condition[]).map((code) => (
            <Checkbox key={code} label={CONDITIONS[code]} checked={conditions.includes(code)} onChange={(event) => setConditions(event.currentTarget.checked ? [...conditions, code] : conditions.filter((c) => c !== code))} />
          ))}
        </div>
      </fieldset>
      <TagsInput label="Drugs taken now" description="One after the other, Enter after each; leave empty when none is taken" value={drugs} onChange={setDrugs} error={wrong['history.drugs']} acceptValueOnBlur />
      <div className={classes.row}>
        <NumberInput label="Failed treatments" description="adequate, this episode" min={0} max={50} allowDecimal={false} value={failed} onChange={setFailed} error={wrong['history.failedTreatments']} hideControls />
        <NumberInput label="Weight" description="kg, measured" min={20} max={400} decimalScale={1} value={weight} onChange={setWeight} error={wrong['history.weightKg']} hideControls />
        <NumberInput label="Systolic" description="mmHg, at rest" allowDecimal={false} value={systolic} onChange={setSystolic} error={wrong['history.systolic']} hideControls />
        <NumberInput label="Diastolic" description="mmHg, at rest" allowDecimal={false} value={diastolic} onChange={setDiastolic} error={wrong['history.diastolic']} hideControls />
      </div>
      <Choice name="pregnancy" label="Pregnant?" options={PREGNANCY} value={pregnancy} onChange={setPregnancy} error={wrong['history.pregnancy']} />
      <ProblemNotice problem={send.problem} onRetry={submit} />
      <div className={classes.foot}>
        <Button type="submit" loading={send.busy}>
          Record screening
        </Button>
      </div>
    </Form>
  );
}

function ScreeningResult({ answer, onDone }: { answer: ScreeningAnswer; onDone: () => void }) {
  const risk = RISKS[answer.suicideRisk];
  const outcome = OUTCOMES[answer.outcome];
  return (
    <div className={classes.form}>
      {answer.safetyAlertId ? (
        <Banner tone="danger" title="High suicide risk: a safety alert is open">
          Stay with the patient. A nurse or prescriber acknowledges it in the header or under the bell; it escalates until then. Crisis line 988, emergency 911.
        </Banner>
      ) : null}
      <Banner
        tone={outcome?.tone ?? 'info'}
        title={answer.outcome === 'cleared' ? 'Recorded: no contraindication found' : answer.outcome === 'needs-review' ? 'Recorded: a prescriber has findings to review' : 'Recorded: excluded by a rule'}
      >
        {answer.outcome === 'cleared' ? 'Next: the two clearances.' : answer.outcome === 'needs-review' ? 'Next: the reviews, with the medical clearance.' : 'This patient can’t be treated here.'}
      </Banner>
      <div className={classes.sum}>
        {answer.scores
          .filter((s) => s.instrument !== 'c-ssrs')
          .map((s) => (
            <Badge key={s.instrument} tone="info">
              {instrumentWord(s.instrument)} {s.score}, {s.band.replace(/-/g, ' ')}
            </Badge>
          ))}
        {risk ? <Badge tone={risk.tone}>{risk.word}</Badge> : null}
      </div>
      {answer.findings
        .filter((f) => f.outcome !== 'cleared')
        .map((f) => (
          <div key={f.rule} className={classes.quote}>
            <strong>{ruleWord(f.rule)}</strong>: {f.reason}
            <small>Source: {f.source}</small>
          </div>
        ))}
      <div className={classes.foot}>
        <Button onClick={onDone}>Done</Button>
      </div>
    </div>
  );
}

function ClearanceForm({ kind, patient, version, onDone }: FormProps & { kind: 'mental-health' | 'medical'; version: string }) {
  const has = useHas();
  const open = has('prescriber') ? (patient.screening?.findings.filter((f) => f.outcome === 'needs-review' && !patient.reviews?.some((r) => r.finding === f.rule)) ?? []) : [];
  const [decision, setDecision] = useState<'cleared' | 'declined'>();
  const [reason, setReason] = useState('');
  const [reviews, setReviews] = useState<Record<string, string>>({});
  const [override, setOverride] = useState('');
  const send = useCommand(
    (request: Intake['schemas']['ClearanceRequest']) => {
      const params = { path: { id: patient.id }, header: { 'If-Match': version } };
      return body(
        kind === 'medical' ? intake.PUT('/api/patients/{id}/clearances/medical', { params, body: request }) : intake.PUT('/api/patients/{id}/clearances/mental-health', { params, body: request }),
      );
    },
    { refresh: refreshOf(patient.id), onDone },
  );
  const missing: Record<string, string> = {};
  if (!decision) missing['decision'] = 'Not decided yet';
  if (decision === 'declined' && !reason.trim()) missing['reason'] = 'To decline takes a reason';
  if (decision === 'cleared' && kind === 'medical') open.forEach((f) => !reviews[f.rule]?.trim() && (missing[`review.${f.rule}`] = 'Every finding needs a reason to go on'));
  const form = useForm(missing, send.problem);
  const { wrong } = form;

  const submit = () => {
    if (!form.complete() || !decision) return;
    const written = open.filter((f) => reviews[f.rule]?.trim()).map((f) => ({ finding: f.rule, reason: (reviews[f.rule] as string).trim() }));
    send.run({ decision, reason: reason.trim() || null, ...(decision === 'cleared' && written.length > 0 ? { reviewed: written } : {}), ...(decision === 'cleared' && override.trim() ? { override: override.trim() } : {}) });
  };

  return (
    <Form formRef={form.ref} onSubmit={submit} label={clearanceWord(kind)}>
      <Choice
        name="decision"
        label={kind === 'medical' ? 'After the medical evaluation, treatment is' : 'After the mental-health evaluation, treatment is'}
        options={[
          { value: 'cleared', label: 'Safe: clear' },
          { value: 'declined', label: 'Not for this patient: decline' },
        ]}
        value={decision}
        onChange={setDecision}
        error={wrong['decision']}
      />
      {decision === 'declined' ? (
        <>
          <Banner tone="hold" title="To decline is final">
            The patient can’t be treated here afterwards.
          </Banner>
          <Textarea label="Reason" description="Stays in intake" autosize minRows={3} maxLength={1000} value={reason} onChange={(e) => setReason(e.currentTarget.value)} error={wrong['reason']} />
        </>
      ) : null}
      {decision === 'cleared' && open.length > 0 ? (
        <>
          <h3>Findings to review</h3>
          {open.map((f) => (
            <div key={f.rule} className={classes.form}>
              <div className={classes.quote}>
                <strong>{ruleWord(f.rule)}</strong>: {f.reason}
                <small>Source: {f.source}</small>
              </div>
              <Textarea
                label={`Why to go on in spite of: ${ruleWord(f.rule).toLowerCase()}`}
                autosize
                minRows={2}
                maxLength={1000}
                value={reviews[f.rule] ?? ''}
                onChange={(e) => setReviews({ ...reviews, [f.rule]: e.currentTarget.value })}
                error={wrong[`review.${f.rule}`]}
              />
            </div>
          ))}
        </>
      ) : null}
      {decision === 'cleared' && has('prescriber') ? (
        <Textarea
          label="Why to clear without a signed evaluation or a complete work-up"
          description="Only when one is lacking; a prescriber’s reason, kept in the audit"
          autosize
          minRows={2}
          maxLength={1000}
          value={override}
          onChange={(e) => setOverride(e.currentTarget.value)}
        />
      ) : null}
      <ProblemNotice problem={send.problem} onRetry={submit} />
      <div className={classes.foot}>
        <Button type="submit" loading={send.busy} color={decision === 'declined' ? 'red' : undefined}>
          {decision === 'declined' ? 'Decline treatment' : `Give ${clearanceWord(kind).toLowerCase()}`}
        </Button>
      </div>
    </Form>
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

