import { Button, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { body, intake } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/intake';
import { useHas } from '../api/me';
import { DIAGNOSES, diagnosisWord, isDiagnosis } from '../judgement/diagnoses';
import { useEvaluations, useWorkup } from '../judgement/queries';
import { Empty, Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge, Banner } from '../parts/Tone';
import { When } from '../parts/When';
import { type Patient, usePatient } from '../patients/queries';
import { routeWord, spoken } from '../patients/words';
import { atHome, differences, doseWord, type Limits, lines, type Plan } from './plan';
import classes from './plan.module.css';

type Request = components['schemas']['PlanRequest'];

const PROFILES: Record<string, string> = {
  'iv-im-continuous': 'Continuous; readings every 15 min until an hour after the end',
  'home-tablets': 'None in the clinic; a call within days of each prescription, and the patient’s own count',
  'esketamine-two-hours': 'Readings before, at 40 min, and until safe to leave; at least two hours',
};

/** What a prescriber ordered for the course, how it changed, and the form that changes it. */
export default function PlanTab() {
  const { patientId } = useParams({ strict: false }) as { patientId: string };
  const has = useHas();
  const patient = usePatient(patientId);
  const workup = useWorkup(patientId, has('nurse', 'prescriber', 'therapist'));
  const [writing, setWriting] = useState(false);
  return (
    <Loaded query={patient}>
      {({ value, etag }) => {
        const { plan } = value;
        const weightKg = workup.data?.results.find((r) => r.kind === 'weight')?.weightKg;
        if (writing) return <PlanForm patient={value} etag={etag} onClose={() => setWriting(false)} />;
        return (
          <div className={classes.layout}>
            <Panel
              title="Treatment plan"
              aside={
                <Group gap="xs" className={classes.screenOnly}>
                  {plan ? (
                    <Button size="sm" variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
                      Print
                    </Button>
                  ) : null}
                  {has('prescriber') && value.status === 'cleared' ? (
                    <Button size="sm" onClick={() => setWriting(true)}>
                      {plan ? 'Revise the plan' : 'Write the plan'}
                    </Button>
                  ) : null}
                </Group>
              }
            >
              {plan ? (
                <Stack gap="xs">
                  {atHome(plan) ? (
                    <Banner
                      tone="info"
                      title="Nothing is planned in a chair"
                      actions={
                        <Link className={classes.screenOnly} to="/patients/$patientId/treatment" params={{ patientId }}>
                          Tablets at home
                        </Link>
                      }
                    >
                      The patient takes the tablets at home; each prescription is small and follows a count of the last.
                    </Banner>
                  ) : null}
                  <p className={classes.meta}>
                    Revision {plan.revision}, approved by {plan.approvedBy}, <When at={plan.approvedAt} /> <Badge tone="done">In force</Badge>
                  </p>
                  <dl className={classes.facts}>
                    {lines(plan, words, weightKg ?? undefined).map(([name, text]) => (
                      <div key={name}>
                        <dt>{name}</dt>
                        <dd>{text}</dd>
                      </div>
                    ))}
                  </dl>
                  {has('prescriber') && value.status !== 'cleared' ? (
                    <p className={classes.meta}>The plan can be revised again when both clearances stand.</p>
                  ) : null}
                </Stack>
              ) : (
                <Empty title="No plan yet">
                  {value.status === 'cleared' ? 'A prescriber writes it on a signed consent to its drug and route.' : 'A prescriber writes it once both clearances are given and the patient has consented.'}
                </Empty>
              )}
            </Panel>
            <Revisions patientId={patientId} />
          </div>
        );
      }}
    </Loaded>
  );
}

const words = { route: routeWord, spoken, diagnosis: diagnosisWord, profile: (id: string) => PROFILES[id] ?? id };

/** Each revision with what it changed of the one before. */
function Revisions({ patientId }: { patientId: string }) {
  const allowed = useHas()('nurse', 'prescriber', 'therapist');
  const query = useQuery({
    queryKey: ['patient', patientId, 'plan-revisions'],
    queryFn: () => body(intake.GET('/api/patients/{id}/plan/revisions', { params: { path: { id: patientId } } })),
    enabled: allowed,
  });
  if (!allowed || !query.data || query.data.items.length < 2) return null;
  const { items } = query.data;
  return (
    <div className={classes.screenOnly}>
      <Panel title="How it changed">
        <ol className={classes.revisions}>
          {items.map((plan, i) => {
            const before = items[i + 1];
            const changed = before && before.id === plan.id ? differences(before, plan, words) : [];
            return (
              <li key={`${plan.id} ${plan.revision}`}>
                <strong>
                  {spoken(plan.drug)}, {routeWord(plan.route)}: revision {plan.revision}
                </strong>
                <p className={classes.meta}>
                  {plan.approvedBy}, <When at={plan.approvedAt} />
                </p>
                {changed.length > 0 ? (
                  <ul>
                    {changed.map(([name, was, is]) => (
                      <li key={name}>
                        {name}: <del>{was}</del> <ins>{is}</ins>
                      </li>
                    ))}
                  </ul>
                ) : null}
              </li>
            );
          })}
        </ol>
      </Panel>
    </div>
  );
}

function PlanForm({ patient, etag, onClose }: { patient: Patient; etag: string | undefined; onClose: () => void }) {
  const limits = useQuery({ queryKey: ['plan-limits'], queryFn: () => body(intake.GET('/api/plan-limits')), staleTime: 600_000 });
  const workup = useWorkup(patient.id);
  const evaluations = useEvaluations(patient.id);
  const measured = workup.data?.results.find((r) => r.kind === 'weight')?.weightKg ?? patient.screening?.history.weightKg;
  // whoever signed the mental-health evaluation has said what is treated
  const diagnosed = evaluations.data?.find((e) => e.kind === 'mental-health' && e.signedAt)?.mentalHealth?.diagnosisCodes?.[0];
  return (
    <Panel title={patient.plan ? `Revise the plan: revision ${patient.plan.revision + 1}` : 'Write the treatment plan'}>
      <Loaded query={limits}>
        {(all) => (evaluations.isPending ? null : <Fields patient={patient} etag={etag} all={all.plans} diagnosed={diagnosed} weightKg={measured ?? undefined} onClose={onClose} />)}
      </Loaded>
    </Panel>
  );
}

function Fields({ patient, etag, all, diagnosed, weightKg, onClose }: { patient: Patient; etag: string | undefined; all: Limits[]; diagnosed: string | undefined; weightKg: number | undefined; onClose: () => void }) {
  const was: Plan | undefined = patient.plan ?? undefined;
  const consented = patient.consents.filter((c) => !c.endedAt);
  const [treatment, setTreatment] = useState(() => (was ? `${was.drug} ${was.route}` : consented[0] ? `${consented[0].drug} ${consented[0].route}` : null));
  const limit = all.find((l) => `${l.drug} ${l.route}` === treatment);
  return (
    <Stack>
      <Select
        label="Drug and route"
        description="As the patient consented"
        data={all.map((l) => ({ value: `${l.drug} ${l.route}`, label: `${spoken(l.drug)}, ${routeWord(l.route)}` }))}
        value={treatment}
        onChange={setTreatment}
        allowDeselect={false}
      />
      {limit && !consented.some((c) => c.drug === limit.drug && c.route === limit.route) ? (
        <Banner tone="hold" title="No consent to this drug and route" actions={<Link to="/patients/$patientId/consent" params={{ patientId: patient.id }}>Consents</Link>}>
          The plan can’t be approved before the patient has signed.
        </Banner>
      ) : null}
      {limit ? (
        // another treatment begins from its own usual values
        <Terms key={treatment} patient={patient} was={was && `${was.drug} ${was.route}` === treatment ? was : undefined} first={!was} etag={etag} limit={limit} diagnosed={diagnosed} weightKg={weightKg} onClose={onClose} />
      ) : null}
    </Stack>
  );
}

function Terms({ patient, was, first, etag, limit, diagnosed, weightKg, onClose }: { patient: Patient; was: Plan | undefined; first: boolean; etag: string | undefined; limit: Limits; diagnosed: string | undefined; weightKg: number | undefined; onClose: () => void }) {
  const fixed = limit.fixedDosesMg.length > 0;
  const inChair = limit.sessionsMost > 0;
  const [diagnosis, setDiagnosis] = useState<string | null>(patient.plan?.diagnosisCode ?? diagnosed ?? null);
  const [typed, setTyped] = useState('');
  const [low, setLow] = useState<number | string>(was?.doseLowMgPerKg ?? limit.doseUsualMgPerKg);
  const [high, setHigh] = useState<number | string>(was?.doseHighMgPerKg ?? limit.doseUsualMgPerKg);
  const [dose, setDose] = useState<string | null>(was?.fixedDoseMg ? String(was.fixedDoseMg) : null);
  const [sessions, setSessions] = useState<number | string>(was?.sessions ?? limit.sessionsUsual);
  const [gap, setGap] = useState<number | string>(was?.minGapDays ?? limit.gapLeastDays);
  const [wide, setWide] = useState<number | string>(was?.maxGapDays ?? '');
  const [least, setLeast] = useState<number | string>(was?.courseMinDays ?? limit.courseLeastDays);
  const [most, setMost] = useState<number | string>(was?.courseMaxDays ?? limit.courseMostDays);
  const [therapist, setTherapist] = useState(was?.therapist ?? '');
  const [from, setFrom] = useState<number | string>(was?.boosters?.fromDays ?? '');
  const [to, setTo] = useState<number | string>(was?.boosters?.toDays ?? '');
  const [incomplete, setIncomplete] = useState(false);
  const send = useCommand(
    (request: Request) => body(intake.PUT('/api/patients/{id}/plan', { params: { path: { id: patient.id }, header: first || !etag ? {} : { 'If-Match': etag } }, body: request })),
    { refresh: [['patient', patient.id], ['patients'], ['worklist'], ['journey', patient.id], ['readiness']], onDone: onClose },
  );
  const errors = send.problem?.byField() ?? {};
  const wrong = (field: string, value: unknown) => (incomplete && (value === '' || value === null) ? 'Needed' : errors[field]);
  const search = typed.trim().toUpperCase();
  const codes = [...new Set([...Object.keys(DIAGNOSES), ...(diagnosis ? [diagnosis] : []), ...(isDiagnosis(search) ? [search] : [])])];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const needed = [diagnosis, sessions, gap, least, most, ...(fixed ? [dose] : [low, high])];
    const open = needed.some((value) => value === '' || value === null);
    setIncomplete(open);
    if (open || !diagnosis) return;
    send.run({
      diagnosisCode: diagnosis,
      drug: limit.drug,
      route: limit.route as Request['route'],
      ...(fixed ? { fixedDoseMg: Number(dose) } : { doseLowMgPerKg: Number(low), doseHighMgPerKg: Number(high) }),
      sessions: Number(sessions),
      minGapDays: Number(gap),
      ...(wide === '' ? {} : { maxGapDays: Number(wide) }),
      courseMinDays: Number(least),
      courseMaxDays: Number(most),
      ...(therapist.trim() ? { therapist: therapist.trim() } : {}),
      ...(from === '' && to === '' ? {} : { boosters: { fromDays: Number(from), toDays: Number(to) } }),
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Select
          label="Diagnosis"
          description="ICD-10-CM; any code may be typed"
          searchable
          data={codes.map((code) => ({ value: code, label: diagnosisWord(code) }))}
          value={diagnosis}
          onChange={setDiagnosis}
          onSearchChange={setTyped}
          nothingFoundMessage="No such code"
          error={wrong('diagnosisCode', diagnosis)}
        />
        {fixed ? (
          <Select label={inChair ? 'Dose' : 'Strength of a tablet'} data={limit.fixedDosesMg.map((mg) => ({ value: String(mg), label: `${mg} mg` }))} value={dose} onChange={setDose} error={wrong('fixedDoseMg', dose)} allowDeselect={false} />
        ) : (
          <>
            <div className={classes.row}>
              <NumberInput label="Least dose" description="mg/kg" step={limit.doseStepMgPerKg} decimalScale={2} value={low} onChange={setLow} error={wrong('doseLowMgPerKg', low)} />
              <NumberInput label="Greatest dose" description={`mg/kg, at most ${limit.doseCapMgPerKg.toFixed(1)}`} step={limit.doseStepMgPerKg} decimalScale={2} value={high} onChange={setHigh} error={wrong('doseHighMgPerKg', high)} />
            </div>
            <InMg low={Number(low)} high={Number(high)} weightKg={weightKg} mostMg={limit.doseMostMg} capMgPerKg={limit.doseCapMgPerKg} />
          </>
        )}
        {inChair ? (
          <>
        <div className={classes.row}>
          <NumberInput label="Sessions" description={`At most ${limit.sessionsMost}`} allowDecimal={false} value={sessions} onChange={setSessions} error={wrong('sessions', sessions)} />
          <NumberInput label="Days between, at least" description={`${limit.gapLeastDays} or more`} allowDecimal={false} value={gap} onChange={setGap} error={wrong('minGapDays', gap)} />
          <NumberInput label="Days between, at most" description="Empty: no limit" allowDecimal={false} value={wide} onChange={setWide} error={errors['maxGapDays']} />
        </div>
        <div className={classes.row}>
          <NumberInput label="Whole course, least days" description={`${limit.courseLeastDays} or more`} allowDecimal={false} value={least} onChange={setLeast} error={wrong('courseMinDays', least)} />
          <NumberInput label="Whole course, most days" description={`${limit.courseMostDays} or less`} allowDecimal={false} value={most} onChange={setMost} error={wrong('courseMaxDays', most)} />
        </div>
        <div className={classes.row}>
          <NumberInput label="Boosters, not before" description={`Days after; ${limit.boosterLeastDays} or more; empty: none`} allowDecimal={false} value={from} onChange={setFrom} error={errors['boosters.fromDays'] ?? errors['boosters']} />
          <NumberInput label="Boosters, not after" description={`Days after; ${limit.boosterMostDays} or less`} allowDecimal={false} value={to} onChange={setTo} error={errors['boosters.toDays']} />
        </div>
          </>
        ) : (
          <Banner tone="info" title="No sessions: nothing is planned in a chair">
            Once the plan is approved, a prescriber prescribes few tablets at a time in the Treatment tab; the clinic calls the patient, who counts what is left.
          </Banner>
        )}
        <TextInput label="Therapist" description="Who reflects with the patient, here or outside" value={therapist} onChange={(e) => setTherapist(e.currentTarget.value)} error={errors['therapist']} maxLength={200} />
        <p className={classes.meta}>Monitoring: {PROFILES[limit.monitoringProfile] ?? limit.monitoringProfile}.</p>
        <p className={classes.meta}>Source of the limits: {limit.source}</p>
        <ProblemNotice problem={send.problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={send.busy}>
            {was ? 'Approve the revision' : 'Approve the plan'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The doses in mg at the measured weight; a screen's own reckoning, the server decides. */
function InMg({ low, high, weightKg, mostMg, capMgPerKg }: { low: number; high: number; weightKg: number | undefined; mostMg: number; capMgPerKg: number }) {
  if (!weightKg) return <Badge tone="hold">The weight has to be measured before the dose can be checked</Badge>;
  const above = high > capMgPerKg ? `above ${capMgPerKg.toFixed(1)} mg/kg` : high * weightKg > mostMg ? `above ${mostMg} mg` : undefined;
  return (
    <p className={classes.dose} data-above={above ? true : undefined} aria-live="polite">
      At {weightKg} kg: {doseWord(low, high, weightKg)} {above ? <Badge tone="danger">{above}</Badge> : <Badge tone="done">within the limit of {mostMg} mg</Badge>}
    </p>
  );
}
