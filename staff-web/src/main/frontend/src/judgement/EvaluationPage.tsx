import { Button, TagsInput, Textarea } from '@mantine/core';
import { Link, useBlocker, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { body, ifMatch, intake } from '../api/clients';
import { useCommand } from '../api/command';
import { useHas } from '../api/me';
import { bandWord, number, shortTitle, scaleWord } from '../instruments/model';
import { useAssessments } from '../instruments/queries';
import { Empty, Lines, Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge, Banner } from '../parts/Tone';
import { When } from '../parts/When';
import { usePatient } from '../patients/queries';
import { RISKS, ruleWord } from '../patients/words';
import { Choice, LongField, NumberField } from '../session/fields';
import { DIAGNOSES, diagnosisWord } from './diagnoses';
import { ASA, codesOf, differing, LABELS, medicalOf, mentalHealthOf, openFields, RECOMMENDATIONS, type Values, valuesOf } from './fields';
import { decided, type Evaluation, useEvaluations, useWorkup } from './queries';
import { type Kind, kindWord, resultWord, workupWord } from './words';
import columns from '../parts/Columns.module.css';
import classes from './EvaluationPage.module.css';

const isKind = (kind: string): kind is Kind => kind === 'mental-health' || kind === 'medical';

/** One evaluation: a draft that is written over until it is signed, and then only amended. */
export default function EvaluationPage() {
  const { patientId, kind } = useParams({ strict: false }) as { patientId: string; kind: string };
  const evaluations = useEvaluations(patientId);
  if (!isKind(kind)) return <Empty title="There is no such evaluation">There are two: mental health and medical.</Empty>;
  return (
    <Loaded query={evaluations} skeleton={<Lines count={6} height={110} />}>
      {(items) => <Writing key={`${patientId} ${kind}`} patientId={patientId} kind={kind} own={items.filter((e) => e.kind === kind)} />}
    </Loaded>
  );
}

function Writing({ patientId, kind, own }: { patientId: string; kind: Kind; own: Evaluation[] }) {
  const has = useHas();
  const may = kind === 'medical' ? has('prescriber') : has('therapist', 'prescriber');
  const latest = own[0];
  const [values, setValues] = useState<Values>(() => valuesOf(kind, latest));
  // the version that what is typed here began with
  const [base, setBase] = useState(latest && { id: latest.id, version: latest.version });
  const [dirty, setDirty] = useState(false);
  const [tried, setTried] = useState(false);
  const [amending, setAmending] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  // what somebody else wrote comes in as long as nothing is typed here
  useEffect(() => {
    if (dirty || !latest || !isNewer(latest, base)) return;
    setValues(valuesOf(kind, latest));
    setBase({ id: latest.id, version: latest.version });
  }, [latest, dirty, base, kind]);

  const shown = useRef(values);
  shown.current = values;

  /** What was typed while the draft was on its way is still to be saved. */
  const adopt = (saved: Evaluation, sent: Values) => {
    setBase({ id: saved.id, version: saved.version });
    if (shown.current === sent) setDirty(false);
  };
  const save = useCommand(
    (typed: Values) => {
      const params = { path: { id: patientId }, header: base && latest ? { 'If-Match': ifMatch(base.version) } : {} };
      return body(
        kind === 'medical' ? intake.PUT('/api/patients/{id}/evaluations/medical', { params, body: medicalOf(typed) }) : intake.PUT('/api/patients/{id}/evaluations/mental-health', { params, body: mentalHealthOf(typed) }),
      );
    },
    { refresh: [['evaluations', patientId], ['worklist']], onDone: adopt },
  );
  const sign = useCommand(
    (version: number) => body(intake.POST('/api/patients/{id}/evaluations/{kind}/sign', { params: { path: { id: patientId, kind }, header: { 'If-Match': ifMatch(version) } } })),
    { refresh: decided(patientId), onDone: (saved) => setBase({ id: saved.id, version: saved.version }) },
  );

  useBlocker({ disabled: !dirty, shouldBlockFn: () => !window.confirm('What you typed is not saved yet. Leave all the same?') });
  useEffect(() => {
    if (!dirty) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [dirty]);

  const set = (field: string) => (value: string) => {
    setValues((all) => ({ ...all, [field]: value }));
    setDirty(true);
    save.forget();
  };
  const signed = latest?.signedAt != null && !dirty;
  const readOnly = signed || !may;
  const open = openFields(kind, values);
  const wrong: Record<string, string> = { ...save.problem?.byField(), ...sign.problem?.byField() };
  if (tried) for (const field of open) wrong[field] ??= 'Needed for the signature';
  for (const [field, message] of Object.entries(wrong)) if (field.startsWith('diagnosisCodes')) wrong['diagnosisCodes'] ??= message;

  const theirs = latest && dirty && isNewer(latest, base) ? valuesOf(kind, latest) : undefined;
  const clashes = theirs ? differing(kind, values, theirs) : [];

  const signNow = async () => {
    setTried(true);
    if (open.length > 0) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong] input')?.focus());
      return;
    }
    try {
      const saved = dirty || !base ? await save.runAsync(values) : base;
      await sign.runAsync(saved.version);
      setTried(false);
    } catch {
      // the notice says it
    }
  };

  return (
    <div className={columns.page}>
      <div className={columns.head}>
        <Link to="/patients/$patientId/clearance" params={{ patientId }} className={columns.back}>
          Clearance
        </Link>
        <h2>{kindWord(kind)} evaluation</h2>
        {latest?.signedAt ? <Badge tone="done">Signed</Badge> : latest ? <Badge tone="waiting">Draft</Badge> : null}
        <p>
          {latest?.signedAt ? (
            <>
              By {latest.signedBy}, <When at={latest.signedAt} />. What is signed never changes.
            </>
          ) : latest ? (
            <>
              Last written by {latest.writtenBy}, <When at={latest.writtenAt} />
            </>
          ) : may ? (
            'Save a draft at any time; the signature takes all but the note.'
          ) : (
            'Not begun yet.'
          )}
        </p>
      </div>
      {latest?.amendedBecause ? (
        <Banner tone="info" title={latest.signedAt ? 'This amends an earlier evaluation' : 'This draft amends the signed evaluation'}>
          {latest.amendedBecause}
          {latest.signedAt ? '' : '. The signed one counts until this one is signed.'}
        </Banner>
      ) : null}
      <div className={columns.layout}>
        {readOnly ? (
          <ReadOnly kind={kind} values={values} />
        ) : (
          <form
            ref={form}
            className={`${columns.column} ${classes.form}`}
            noValidate
            aria-label={`${kindWord(kind)} evaluation`}
            onSubmit={(event) => {
              event.preventDefault();
              save.run(values);
            }}
          >
            {theirs ? (
              <Banner
                tone="hold"
                title={latest?.signedAt ? `${latest.signedBy} signed it meanwhile` : `${latest?.writtenBy} wrote in it meanwhile`}
                actions={
                  latest?.signedAt ? undefined : (
                    <Button size="xs" variant="default" onClick={() => setBase({ id: latest?.id ?? '', version: latest?.version ?? 0 })}>
                      Keep mine and go on
                    </Button>
                  )
                }
              >
                What you typed is kept here and not saved.{latest?.signedAt ? ' Amend the signed one to bring it in.' : clashes.length === 0 ? ' It says the same.' : ' It differs here:'}
                {clashes.length > 0 ? (
                  <ul className={classes.clashes}>
                    {clashes.map((field) => (
                      <li key={field}>
                        <strong>{LABELS[kind][field]}</strong>: {theirs[field] || '(empty)'}{' '}
                        <Button size="compact-xs" variant="default" onClick={() => setValues((all) => ({ ...all, [field]: theirs[field] ?? '' }))}>
                          Take this
                        </Button>
                      </li>
                    ))}
                  </ul>
                ) : null}
              </Banner>
            ) : null}
            {kind === 'medical' ? <MedicalFields values={values} set={set} wrong={wrong} patientId={patientId} /> : <MentalFields values={values} set={set} wrong={wrong} />}
            <Panel>
              <LongField label="Note" aside="optional" value={values['note'] ?? ''} onChange={set('note')} error={wrong['note']} />
            </Panel>
            <div className={classes.foot}>
              {(save.problem && !theirs) || sign.problem ? (
                <div className={classes.problem}>
                  <ProblemNotice problem={(theirs ? undefined : save.problem) ?? sign.problem} onRetry={() => save.run(values)} />
                </div>
              ) : null}
              <Button type="button" onClick={() => void signNow()} loading={sign.busy}>
                Sign the evaluation
              </Button>
              <Button type="submit" variant="default" loading={save.busy && !sign.busy}>
                Save draft
              </Button>
              <span className={classes.dim} role="status">
                {dirty ? 'Not saved yet' : latest ? 'Saved' : ''}
                {open.length > 0 ? ` · ${open.length} ${open.length === 1 ? 'field' : 'fields'} open` : ''}
              </span>
            </div>
          </form>
        )}
        <aside className={columns.aside} aria-label="At hand">
          {latest?.signedAt && may ? amending ? <Amend patientId={patientId} kind={kind} version={latest.version} onDone={() => setAmending(false)} /> : <Button variant="default" onClick={() => setAmending(true)}>Amend this evaluation</Button> : null}
          <AtHand patientId={patientId} />
        </aside>
      </div>
    </div>
  );
}

/** The list may still be the one from before the last save. Ids rise with time. */
const isNewer = (latest: Evaluation, base: { id: string; version: number } | undefined) => !base || latest.id > base.id || (latest.id === base.id && latest.version > base.version);

type FieldsProps = { values: Values; set: (field: string) => (value: string) => void; wrong: Record<string, string> };

function MentalFields({ values, set, wrong }: FieldsProps) {
  const label = LABELS['mental-health'];
  return (
    <>
      <Panel title="Diagnosis and history">
        <div className={classes.fields}>
          <TagsInput
            label={label['diagnosisCodes']}
            description="ICD-10-CM, the leading one first"
            value={codesOf(values['diagnosisCodes'] ?? '')}
            onChange={(codes) => set('diagnosisCodes')(codes.map((c) => (c.split(' ')[0] ?? c).toUpperCase()).join(' '))}
            data={Object.keys(DIAGNOSES)}
            renderOption={({ option }) => diagnosisWord(option.value)}
            filter={({ options, search }) => options.filter((o) => 'value' in o && diagnosisWord(String(o.value)).toLowerCase().includes(search.toLowerCase()))}
            openOnFocus={false}
            acceptValueOnBlur
            maxTags={20}
            error={wrong['diagnosisCodes']}
          />
          {codesOf(values['diagnosisCodes'] ?? '').length > 0 ? <p className={classes.dim}>{codesOf(values['diagnosisCodes'] ?? '').map(diagnosisWord).join('; ')}</p> : null}
          <LongField label={label['history'] as string} value={values['history'] ?? ''} onChange={set('history')} error={wrong['history']} />
        </div>
      </Panel>
      <Panel title="Mental status">
        <div className={classes.two}>
          {Object.keys(label)
            .filter((f) => f.startsWith('mentalStatus.'))
            .map((field) => (
              <LongField key={field} label={label[field] as string} value={values[field] ?? ''} onChange={set(field)} error={wrong[field]} />
            ))}
        </div>
      </Panel>
      <Panel title="Assessment">
        <div className={classes.fields}>
          <LongField label={label['risk'] as string} aside="suicide, violence, misuse" value={values['risk'] ?? ''} onChange={set('risk')} error={wrong['risk']} />
          <LongField label={label['treatmentResistance'] as string} aside="what was tried, how long, with what result" value={values['treatmentResistance'] ?? ''} onChange={set('treatmentResistance')} error={wrong['treatmentResistance']} />
          <Recommend values={values} set={set} wrong={wrong} />
        </div>
      </Panel>
    </>
  );
}

function MedicalFields({ values, set, wrong, patientId }: FieldsProps & { patientId: string }) {
  const label = LABELS.medical;
  const workup = useWorkup(patientId);
  const vitals = workup.data?.results.find((r) => r.kind === 'vital-signs');
  return (
    <>
      <Panel title="History and examination">
        <div className={classes.fields}>
          <LongField label={label['reviewOfSystems'] as string} value={values['reviewOfSystems'] ?? ''} onChange={set('reviewOfSystems')} error={wrong['reviewOfSystems']} />
          <LongField label={label['physicalExam'] as string} value={values['physicalExam'] ?? ''} onChange={set('physicalExam')} error={wrong['physicalExam']} />
        </div>
      </Panel>
      <Panel
        title="Vital signs at rest"
        aside={
          vitals ? (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                for (const field of ['systolic', 'diastolic', 'heartRate', 'spo2'] as const) if (vitals[field] != null) set(field)(String(vitals[field]));
              }}
            >
              Take over {vitals.systolic}/{vitals.diastolic} from the work-up
            </Button>
          ) : undefined
        }
      >
        <div className={classes.four}>
          <NumberField label="Systolic" aside="mmHg" value={values['systolic'] ?? ''} onChange={set('systolic')} error={wrong['systolic']} />
          <NumberField label="Diastolic" aside="mmHg" value={values['diastolic'] ?? ''} onChange={set('diastolic')} error={wrong['diastolic']} />
          <NumberField label="Pulse" aside="per minute" value={values['heartRate'] ?? ''} onChange={set('heartRate')} error={wrong['heartRate']} />
          <NumberField label="SpO2" aside="%" value={values['spo2'] ?? ''} onChange={set('spo2')} error={wrong['spo2']} />
        </div>
      </Panel>
      <Panel title="Anaesthetic risk">
        <div className={classes.fields}>
          <Choice label={label['asaClass'] as string} value={(values['asaClass'] || undefined) as (typeof ASA)[number]['value'] | undefined} onChange={set('asaClass')} options={ASA} error={wrong['asaClass']} least={120} />
          <div className={classes.two}>
            <LongField label={label['airway'] as string} aside="Mallampati, opening, neck" value={values['airway'] ?? ''} onChange={set('airway')} error={wrong['airway']} />
            <LongField label={label['cardiac'] as string} value={values['cardiac'] ?? ''} onChange={set('cardiac')} error={wrong['cardiac']} />
          </div>
          <LongField label={label['labs'] as string} aside="which, and what they say" value={values['labs'] ?? ''} onChange={set('labs')} error={wrong['labs']} />
          <Recommend values={values} set={set} wrong={wrong} />
        </div>
      </Panel>
    </>
  );
}

function Recommend({ values, set, wrong }: FieldsProps) {
  return <Choice label="Recommendation" value={(values['recommendation'] || undefined) as (typeof RECOMMENDATIONS)[number]['value'] | undefined} onChange={set('recommendation')} options={RECOMMENDATIONS} error={wrong['recommendation']} least={150} />;
}

function ReadOnly({ kind, values }: { kind: Kind; values: Values }) {
  const written = Object.entries(LABELS[kind]).filter(([field]) => values[field]);
  if (written.length === 0) return <Empty title="Nothing is written yet">{kind === 'medical' ? 'A prescriber writes it.' : 'A therapist or prescriber writes it.'}</Empty>;
  return (
    <Panel>
      <dl className={classes.read}>
        {written.map(([field, label]) => (
          <div key={field}>
            <dt>{label}</dt>
            <dd>{shown(field, values[field] ?? '')}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function shown(field: string, value: string) {
  if (field === 'diagnosisCodes') return codesOf(value).map(diagnosisWord).join('; ');
  if (field === 'recommendation') return RECOMMENDATIONS.find((r) => r.value === value)?.label ?? value;
  if (field === 'asaClass') return ASA.find((a) => a.value === value)?.label ?? value;
  return value;
}

function Amend({ patientId, kind, version, onDone }: { patientId: string; kind: Kind; version: number; onDone: () => void }) {
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const amend = useCommand(
    (why: string) => body(intake.POST('/api/patients/{id}/evaluations/{kind}/amend', { params: { path: { id: patientId, kind }, header: { 'If-Match': ifMatch(version) } }, body: { reason: why } })),
    { refresh: [['evaluations', patientId]], onDone },
  );
  return (
    <Panel title="Amend">
      <form
        className={classes.fields}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (reason.trim()) amend.run(reason.trim());
        }}
      >
        <Textarea label="Why" description="A new draft begins with the same content; what was signed stays" autosize minRows={2} maxLength={1000} value={reason} onChange={(e) => setReason(e.currentTarget.value)} error={tried && !reason.trim() ? 'To amend takes a reason' : amend.problem?.byField()['reason']} />
        <ProblemNotice problem={amend.problem} />
        <Button type="submit" loading={amend.busy}>
          Begin the amendment
        </Button>
      </form>
    </Panel>
  );
}

/** What one looks up while writing: scores, findings, work-up. */
function AtHand({ patientId }: { patientId: string }) {
  const patient = usePatient(patientId);
  const assessments = useAssessments(patientId);
  const workup = useWorkup(patientId);
  const screening = patient.data?.value.screening;
  const found = screening?.findings.filter((f) => f.outcome !== 'cleared') ?? [];
  const risk = screening ? RISKS[screening.suicideRisk] : undefined;
  const latest = (workup.data?.results ?? []).filter((r, i, all) => all.findIndex((o) => o.kind === r.kind) === i);
  return (
    <Panel title="At hand">
      <dl className={classes.hand}>
        <dt>Scores</dt>
        <dd>
          {assessments.data?.trend.length === 0 ? 'None yet' : null}
          {assessments.data?.trend.map((t) => {
            const last = t.points.at(-1);
            return last ? (
              <div key={`${t.instrument} ${t.scale.id}`}>
                {shortTitle(t.instrument)}
                {t.scale.id === 'total' || t.scale.id === 'risk' ? '' : ` ${scaleWord(t.scale.id).toLowerCase()}`} {t.scale.kind === 'graded' ? '' : <strong>{number(last.value)}</strong>} {last.band ? bandWord(t.instrument, last.band).toLowerCase() : ''}
              </div>
            ) : null;
          })}
        </dd>
        {risk ? (
          <>
            <dt>Suicide risk</dt>
            <dd>
              <Badge tone={risk.tone}>{risk.word}</Badge>
            </dd>
          </>
        ) : null}
        <dt>Findings</dt>
        <dd>{screening ? (found.length > 0 ? found.map((f) => ruleWord(f.rule)).join(', ') : 'No contraindication') : 'Not screened yet'}</dd>
        <dt>Drugs</dt>
        <dd>{screening ? screening.history.drugs.join(', ') || 'None' : 'Not screened yet'}</dd>
        <dt>Work-up</dt>
        <dd>
          {latest.length === 0 ? 'None yet' : null}
          {latest.map((r) => (
            <div key={r.id}>
              {workupWord(r.kind)}: {r.finding ? resultWord(r.finding).toLowerCase() : r.weightKg != null ? `${r.weightKg} kg` : `${r.systolic}/${r.diastolic}`}, <When at={r.takenAt} show="date" />
            </div>
          ))}
        </dd>
      </dl>
    </Panel>
  );
}
