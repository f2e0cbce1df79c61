import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconPrinter, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { body, intake, type Versioned, versioned } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/intake';
import { useHas } from '../api/me';
import { Problem } from '../api/problem';
import { Empty, Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge } from '../parts/Tone';
import { When } from '../parts/When';
import { AlertCard } from './AlertCard';
import classes from './safety.module.css';

type Plan = components['schemas']['SafetyPlan'];
type Content = components['schemas']['SafetyPlanRequest'];
type Person = components['schemas']['SafetyPlanPerson'];

const TEXTS = ['warningSigns', 'copingStrategies', 'peopleAndPlaces', 'meansSafety'] as const;
type Texts = (typeof TEXTS)[number];
type People = 'peopleToAsk' | 'professionals';

/** The six steps of Stanley and Brown's safety plan, in their order. */
const STEPS: { field: Texts | People; title: string; hint: string }[] = [
  { field: 'warningSigns', title: 'Warning signs', hint: 'Thoughts, moods, situations that tell a crisis may come' },
  { field: 'copingStrategies', title: 'What I can do by myself', hint: 'Without anybody else' },
  { field: 'peopleAndPlaces', title: 'People and places that distract me', hint: 'Company, not help' },
  { field: 'peopleToAsk', title: 'People I can ask for help', hint: 'Name and phone' },
  { field: 'professionals', title: 'Professionals and crisis lines', hint: 'Name and phone; 988 is always there' },
  { field: 'meansSafety', title: 'Making the surroundings safe', hint: 'What is locked away or handed over, and by whom' },
];

/** Alerts and safety plan of one patient. */
export default function SafetyTab() {
  const { patientId } = useParams({ strict: false }) as { patientId: string };
  const has = useHas();
  const alerts = useQuery({
    queryKey: ['safety-alerts', 'of-patient', patientId],
    queryFn: () => body(intake.GET('/api/safety-alerts', { params: { query: { patientId, limit: 200 } } })),
  });
  const plan = useQuery({ queryKey: ['safety-plan', patientId], queryFn: () => planOf(patientId) });
  const [writing, setWriting] = useState(false);
  const writes = has('nurse', 'prescriber', 'therapist');
  return (
    <div className={classes.layout}>
      <Loaded query={plan}>
        {(current) =>
          writing ? (
            <PlanForm patientId={patientId} current={current} onClose={() => setWriting(false)} />
          ) : (
            <PlanPanel
              plan={current?.value}
              act={
                writes ? (
                  <Button size="sm" onClick={() => setWriting(true)}>
                    {!current ? 'Write a safety plan' : current.value.signed ? 'Write the next revision' : 'Go on writing'}
                  </Button>
                ) : null
              }
            />
          )
        }
      </Loaded>
      <div className={`${classes.column} ${classes.screenOnly}`}>
        <Panel title="Alerts">
          <Loaded query={alerts}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title="No alert so far">A high answer on the suicide-risk screener raises one.</Empty>
              ) : (
                <Stack gap="sm">
                  {[...items].reverse().map((alert) => (
                    <AlertCard key={alert.id} alert={alert} />
                  ))}
                </Stack>
              )
            }
          </Loaded>
        </Panel>
        <Revisions patientId={patientId} />
      </div>
    </div>
  );
}

/** Null before the first. */
async function planOf(patientId: string): Promise<Versioned<Plan> | null> {
  try {
    return await versioned(intake.GET('/api/patients/{id}/safety-plan', { params: { path: { id: patientId } } }));
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 404) return null;
    throw failure;
  }
}

function PlanPanel({ plan, act }: { plan: Plan | undefined; act: ReactNode }) {
  return (
    <Panel
      title="Safety plan"
      aside={
        <Group gap="xs" className={classes.screenOnly}>
          {plan ? (
            <Button size="sm" variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
              Print
            </Button>
          ) : null}
          {act}
        </Group>
      }
    >
      {plan ? (
        <>
          <p className={classes.meta}>
            Revision {plan.revision}, written <When at={plan.writtenAt} /> by {plan.writtenBy}{' '}
            {plan.signed ? <Badge tone="done">Signed by {plan.patientSignature}</Badge> : <Badge tone="hold">Not signed yet</Badge>} {plan.copyGiven ? <Badge tone="done">Copy given</Badge> : null}
          </p>
          <PlanSteps plan={plan} />
        </>
      ) : (
        <Empty title="No safety plan yet">Written together with the patient, in their own words; six steps, the patient keeps a copy.</Empty>
      )}
    </Panel>
  );
}

function PlanSteps({ plan }: { plan: Plan }) {
  return (
    <ol className={classes.plan}>
      {STEPS.map(({ field, title }) => {
        const entries = plan[field].map((entry) => (typeof entry === 'string' ? entry : `${entry.name}${entry.phone ? `, ${entry.phone}` : ''}`));
        return (
          <li key={field}>
            <h3>{title}</h3>
            {entries.length > 0 ? (
              <ul>
                {entries.map((entry) => (
                  <li key={entry}>{entry}</li>
                ))}
              </ul>
            ) : (
              <p className={classes.nothing}>Nothing yet</p>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Revisions({ patientId }: { patientId: string }) {
  const query = useQuery({
    queryKey: ['safety-plan', patientId, 'revisions'],
    queryFn: () => body(intake.GET('/api/patients/{id}/safety-plan/revisions', { params: { path: { id: patientId } } })),
  });
  const former = (query.data ?? []).slice(0, -1);
  if (former.length === 0) return null;
  return (
    <Panel title="Earlier revisions">
      {[...former].reverse().map((plan) => (
        <details key={plan.revision}>
          <summary>
            Revision {plan.revision}, <When at={plan.writtenAt} />, {plan.writtenBy}
          </summary>
          <PlanSteps plan={plan} />
        </details>
      ))}
    </Panel>
  );
}

const started = (plan: Plan | undefined): Content => ({
  warningSigns: plan?.warningSigns ?? [],
  copingStrategies: plan?.copingStrategies ?? [],
  peopleAndPlaces: plan?.peopleAndPlaces ?? [],
  peopleToAsk: plan?.peopleToAsk ?? [],
  professionals: plan?.professionals.length ? plan.professionals : [{ name: '988 Suicide and Crisis Lifeline', phone: '988' }],
  meansSafety: plan?.meansSafety ?? [],
  // a new revision is talked through and signed anew
  reviewedWithPatient: plan && !plan.signed ? plan.reviewedWithPatient : false,
  copyGiven: plan && !plan.signed ? plan.copyGiven : false,
});

function PlanForm({ patientId, current, onClose }: { patientId: string; current: Versioned<Plan> | null; onClose: () => void }) {
  const [content, setContent] = useState(() => started(current?.value));
  const [signature, setSignature] = useState('');
  const save = useCommand(
    (input: Content) =>
      body(intake.PUT('/api/patients/{id}/safety-plan', { params: { path: { id: patientId }, header: current?.etag ? { 'If-Match': current.etag } : {} }, body: input })),
    { refresh: [['safety-plan', patientId], ['worklist'], ['safety-alerts']], onDone: onClose },
  );
  const errors = save.problem?.byField() ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.run({
      ...content,
      ...Object.fromEntries(TEXTS.map((field) => [field, content[field].map((line) => line.trim()).filter(Boolean)])),
      peopleToAsk: named(content.peopleToAsk),
      professionals: named(content.professionals),
      ...(signature.trim() ? { patientSignature: signature.trim() } : {}),
    } as Content);
  };
  return (
    <Panel title="Safety plan">
      <form onSubmit={submit}>
        <Stack gap="lg">
          {STEPS.map(({ field, title, hint }, i) =>
            field === 'peopleToAsk' || field === 'professionals' ? (
              <PeopleStep key={field} title={`${i + 1}. ${title}`} hint={hint} value={content[field]} error={errors[field]} onChange={(value) => setContent({ ...content, [field]: value })} />
            ) : (
              <TextStep key={field} title={`${i + 1}. ${title}`} hint={hint} value={content[field]} error={errors[field]} onChange={(value) => setContent({ ...content, [field]: value })} />
            ),
          )}
          <Stack gap={8}>
            <Checkbox label="Read through together with the patient" checked={content.reviewedWithPatient} onChange={(e) => setContent({ ...content, reviewedWithPatient: e.currentTarget.checked })} error={errors['reviewedWithPatient']} />
            <Checkbox label="The patient has a copy" checked={content.copyGiven} onChange={(e) => setContent({ ...content, copyGiven: e.currentTarget.checked })} />
          </Stack>
          <TextInput
            label="The patient signs with their name"
            description="Leave it empty to go on later: a signed revision is not changed any more"
            value={signature}
            onChange={(e) => setSignature(e.currentTarget.value)}
            error={errors['patientSignature']}
            autoComplete="off"
          />
          <ProblemNotice problem={save.problem} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.busy}>
              {signature.trim() ? 'Sign the safety plan' : 'Keep the draft'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

const named = (people: Person[]) => people.map((p) => ({ name: p.name.trim(), phone: p.phone?.trim() || null })).filter((p) => p.name || p.phone);

function Lines<T>({ title, hint, error, value, fresh, line, onChange }: { title: string; hint: string; error: string | undefined; value: T[]; fresh: T; line: (entry: T, change: (next: T) => void, label: string) => ReactNode; onChange: (value: T[]) => void }) {
  const shown = value.length > 0 ? value : [fresh];
  const put = (i: number, entry: T) => onChange(shown.map((old, k) => (k === i ? entry : old)));
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
      <legend>
        <strong>{title}</strong> <span className={classes.meta}>{hint}</span>
      </legend>
      <div className={classes.rows}>
        {shown.map((entry, i) => (
          <div key={i} className={classes.row} data-two={typeof entry === 'object' || undefined}>
            {line(entry, (next) => put(i, next), `${title}, line ${i + 1}`)}
            <Button variant="default" px={10} aria-label={`Remove line ${i + 1} of ${title}`} onClick={() => onChange(shown.filter((_, k) => k !== i))}>
              <IconX size={16} aria-hidden />
            </Button>
          </div>
        ))}
        {error ? (
          <div role="alert" style={{ color: 'var(--mantine-color-error)' }}>
            {error}
          </div>
        ) : null}
        <div>
          <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange([...shown, fresh])}>
            Add a line
          </Button>
        </div>
      </div>
    </fieldset>
  );
}

function TextStep(props: { title: string; hint: string; error: string | undefined; value: string[]; onChange: (value: string[]) => void }) {
  return <Lines<string> {...props} fresh="" line={(entry, change, label) => <TextInput aria-label={label} value={entry} onChange={(e) => change(e.currentTarget.value)} maxLength={500} />} />;
}

function PeopleStep(props: { title: string; hint: string; error: string | undefined; value: Person[]; onChange: (value: Person[]) => void }) {
  return (
    <Lines<Person>
      {...props}
      fresh={{ name: '' }}
      line={(entry, change, label) => (
        <>
          <TextInput aria-label={`${label}: name`} placeholder="Name" value={entry.name} onChange={(e) => change({ ...entry, name: e.currentTarget.value })} maxLength={100} />
          <TextInput aria-label={`${label}: phone`} placeholder="Phone" type="tel" value={entry.phone ?? ''} onChange={(e) => change({ ...entry, phone: e.currentTarget.value })} maxLength={30} />
        </>
      )}
    />
  );
}
