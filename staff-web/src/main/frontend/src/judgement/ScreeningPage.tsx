import { Button, Checkbox } from '@mantine/core';
import { Link, useBlocker, useParams } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { body, ifMatch, intake } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/intake';
import { type Answers, type Instrument, type Language, missing as missingItems, scoreOf, shortTitle, withAnswer } from '../instruments/model';
import { Questionnaire } from '../instruments/Questionnaire';
import { languageOf, touchedBy, useAssessments, useInstrument } from '../instruments/queries';
import { ScaleScore } from '../instruments/Scores';
import { clinicNow } from '../live/clock';
import { Lines, Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge, Banner } from '../parts/Tone';
import { When } from '../parts/When';
import { type Patient, usePatient } from '../patients/queries';
import { CONDITIONS, OUTCOMES, RISKS } from '../patients/words';
import { Choice, NumberField, numberOf } from '../session/fields';
import { DrugsField } from './DrugsField';
import { FindingLine } from './FindingsPanel';
import { decided } from './queries';
import { CONDITION_GROUPS } from './words';
import classes from './EvaluationPage.module.css';
import own from './ScreeningPage.module.css';

type Schemas = components['schemas'];
type Condition = Schemas['HistoryView']['conditions'][number];
type Pregnancy = Schemas['HistoryView']['pregnancy'];

const PREGNANCY = [
  { value: 'no', label: 'No' },
  { value: 'yes', label: 'Yes' },
  { value: 'unknown', label: 'Not certain' },
  { value: 'not-applicable', label: 'Does not apply' },
] as const;

/** PHQ-9, the C-SSRS where item 9 asks for it, and the history: what the rules judge. */
export default function ScreeningPage() {
  const { patientId } = useParams({ strict: false }) as { patientId: string };
  const patient = usePatient(patientId);
  const phq9 = useInstrument('phq-9');
  const cssrs = useInstrument('c-ssrs');
  const registration = useQuery({
    queryKey: ['registration', patientId],
    queryFn: () => body(intake.GET('/api/patients/{id}/registration', { params: { path: { id: patientId } } })),
  });
  return (
    <Loaded query={phq9} skeleton={<Lines count={8} height={88} />}>
      {(first) => (
        <Loaded query={cssrs}>
          {(second) => (
            <Loaded query={patient} skeleton={<Lines count={8} height={88} />}>
              {({ value, etag }) =>
                registration.isPending ? (
                  <Lines count={8} height={88} />
                ) : (
                  <Screening key={patientId} patient={value} version={etag ?? ifMatch(value.version)} phq9={first} cssrs={second} registered={registration.data} />
                )
              }
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

function Screening({ patient, version, phq9, cssrs, registered }: { patient: Patient; version: string; phq9: Instrument; cssrs: Instrument; registered: Schemas['RegistrationView'] | undefined }) {
  const before = patient.screening?.history;
  const language: Language = languageOf(patient.contact.language);
  const [mood, setMood] = useState<Answers>({});
  const [risk, setRisk] = useState<Answers>({});
  const [conditions, setConditions] = useState<Condition[]>(before?.conditions ?? registered?.history?.conditions ?? []);
  const [drugs, setDrugs] = useState<string[]>(before?.drugs ?? registered?.drugs?.drugs.map((d) => d.name) ?? []);
  const [numbers, setNumbers] = useState({ failedTreatments: before ? String(before.failedTreatments) : '', weightKg: '', systolic: '', diastolic: '' });
  const [pregnancy, setPregnancy] = useState<Pregnancy>();
  const [tried, setTried] = useState(false);
  const [answer, setAnswer] = useState<Schemas['ScreeningAnswer']>();
  const form = useRef<HTMLFormElement>(null);
  const dirty = Object.keys(mood).length > 0 && !answer;

  const send = useCommand(
    (request: Schemas['ScreeningRequest']) => body(intake.PUT('/api/patients/{id}/screening', { params: { path: { id: patient.id }, header: patient.screening ? { 'If-Match': version } : {} }, body: request })),
    { refresh: [...decided(patient.id), ...touchedBy(patient.id)], onDone: setAnswer },
  );
  useBlocker({ disabled: !dirty, shouldBlockFn: () => !window.confirm('The screening is not recorded yet. Leave all the same?') });
  useEffect(() => {
    if (answer) window.scrollTo({ top: 0 });
  }, [answer]);

  const opened = Number(mood['9'] ?? 0) >= 1;
  const wrong: Record<string, string> = {};
  for (const [field, message] of Object.entries(send.problem?.byField() ?? {})) wrong[field] = message;
  const moodWrong: Record<string, string> = {};
  const riskWrong: Record<string, string> = {};
  const need = (field: string, is: boolean, message: string) => {
    if (tried && !is) wrong[field] ??= message;
    return is;
  };
  const lackMood = missingItems(phq9, mood);
  const lackRisk = opened ? missingItems(cssrs, risk) : [];
  if (tried) {
    for (const item of lackMood) moodWrong[item.id] = 'Not answered yet';
    for (const item of lackRisk) riskWrong[item.id] = 'Not answered yet';
  }
  const complete = [
    lackMood.length === 0,
    lackRisk.length === 0,
    need('history.failedTreatments', numberOf(numbers.failedTreatments) !== undefined, 'Needed'),
    need('history.weightKg', numberOf(numbers.weightKg) !== undefined, 'Needed'),
    need('history.systolic', numberOf(numbers.systolic) !== undefined, 'Needed'),
    need('history.diastolic', numberOf(numbers.diastolic) !== undefined, 'Needed'),
    need('history.pregnancy', pregnancy !== undefined, 'Not answered yet'),
  ].every(Boolean);

  const submit = () => {
    setTried(true);
    if (!complete || !pregnancy) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[data-wrong] input, [aria-invalid="true"]')?.focus());
      return;
    }
    const yes = (item: string) => (risk[item] === undefined ? null : risk[item] === 'yes');
    send.run({
      phq9: phq9.items.map((item) => Number(mood[item.id])),
      cssrs: opened ? { q1: risk['q1'] === 'yes', q2: risk['q2'] === 'yes', q3: yes('q3'), q4: yes('q4'), q5: yes('q5'), q6: risk['q6'] as 'no' | 'lifetime' | 'past-3-months' } : null,
      history: { conditions, drugs, failedTreatments: Number(numbers.failedTreatments), systolic: Number(numbers.systolic), diastolic: Number(numbers.diastolic), weightKg: Number(numbers.weightKg), pregnancy },
    });
  };
  const set = (field: keyof typeof numbers) => (value: string) => setNumbers({ ...numbers, [field]: value });

  const total = phq9.scales[0] && scoreOf(phq9, phq9.scales[0], mood, patient.sex);
  const grade = opened && cssrs.scales[0] ? scoreOf(cssrs, cssrs.scales[0], risk, patient.sex) : undefined;

  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <Link to="/patients/$patientId/clearance" params={{ patientId: patient.id }} className={classes.back}>
          Clearance
        </Link>
        <h2>Screening</h2>
        <p>PHQ-9, the C-SSRS where item 9 asks for it, and the history; the rules judge as soon as it is recorded.</p>
      </div>
      {answer ? (
        <Result answer={answer} patientId={patient.id} />
      ) : (
        <form
          ref={form}
          className={classes.layout}
          noValidate
          aria-label="Screening"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <div className={classes.form}>
            <Earlier patientId={patient.id} phq9={phq9} empty={Object.keys(mood).length === 0} onTake={(answers, suicide) => (setMood(answers), setRisk(suicide))} />
            <Panel title="PHQ-9, over the last 14 days" flush>
              <Questionnaire instrument={phq9} answers={mood} onAnswer={(item, code) => setMood((all) => withAnswer(phq9, all, item, code).answers)} language={language} wrong={moodWrong} autoFocus />
            </Panel>
            {opened ? (
              <>
                <Banner tone="danger" title="Item 9 is not “not at all”: ask the C-SSRS now">
                  Stay with the patient. Crisis line 988, emergency 911.
                </Banner>
                <section className={own.opened} aria-label="C-SSRS screener">
                  <Panel title="C-SSRS screener" aside={<Badge tone="danger">Ask now</Badge>} flush>
                    <Questionnaire instrument={cssrs} answers={risk} onAnswer={(item, code) => setRisk((all) => withAnswer(cssrs, all, item, code).answers)} language={language} wrong={riskWrong} />
                  </Panel>
                </section>
              </>
            ) : null}
            <Panel title="History: ever found, tick all">
              <div className={own.groups}>
                {CONDITION_GROUPS.map((group) => (
                  <fieldset key={group.title} className={own.group}>
                    <legend>{group.title}</legend>
                    {group.codes.map((code) => (
                      <Checkbox
                        key={code}
                        label={CONDITIONS[code]}
                        checked={conditions.includes(code)}
                        onChange={(event) => setConditions(event.currentTarget.checked ? [...conditions, code] : conditions.filter((c) => c !== code))}
                      />
                    ))}
                  </fieldset>
                ))}
              </div>
            </Panel>
            <Panel title="Drugs and treatments">
              <div className={classes.fields}>
                <DrugsField value={drugs} onChange={setDrugs} error={wrong['history.drugs']} />
                <div className={classes.four}>
                  <NumberField label="Failed treatments" aside="adequate, this episode" value={numbers.failedTreatments} onChange={set('failedTreatments')} error={wrong['history.failedTreatments']} />
                </div>
              </div>
            </Panel>
            <Panel title="Measured today">
              <div className={classes.fields}>
                <div className={classes.four}>
                  <NumberField label="Weight" aside="kg" value={numbers.weightKg} onChange={set('weightKg')} error={wrong['history.weightKg']} />
                  <NumberField label="Systolic" aside="mmHg, at rest" value={numbers.systolic} onChange={set('systolic')} error={wrong['history.systolic']} />
                  <NumberField label="Diastolic" aside="mmHg, at rest" value={numbers.diastolic} onChange={set('diastolic')} error={wrong['history.diastolic']} />
                </div>
                <Choice label="Pregnant?" value={pregnancy} onChange={setPregnancy} options={PREGNANCY} error={wrong['history.pregnancy']} least={110} />
              </div>
            </Panel>
            <div className={classes.foot}>
              {send.problem ? (
                <div className={classes.problem}>
                  <ProblemNotice problem={send.problem} onRetry={submit} />
                </div>
              ) : null}
              <Button type="submit" loading={send.busy}>
                Record screening
              </Button>
              <Button variant="default" renderRoot={(props) => <Link to="/patients/$patientId/clearance" params={{ patientId: patient.id }} {...props} />}>
                Not now
              </Button>
            </div>
          </div>
          <aside className={classes.aside} aria-label="Score">
            <Panel title="Score" aside={<Badge tone="waiting">{total ? `${total.answered} of ${total.of}` : ''}</Badge>}>
              <div aria-live="polite">
                {total ? <ScaleScore instrument="phq-9" scale={total.scale} value={total.sofar} band={total.band} cuts={total.cuts} provisional alone progress={total} /> : null}
                {grade ? (
                  <>
                    <h3 className={own.name}>{shortTitle('c-ssrs')}</h3>
                    <ScaleScore instrument="c-ssrs" scale={grade.scale} value={grade.sofar} band={grade.band} cuts={[]} provisional alone progress={grade} />
                  </>
                ) : null}
              </div>
            </Panel>
          </aside>
        </form>
      )}
    </div>
  );
}

/** A PHQ-9 that still counts need not be asked twice. */
function Earlier({ patientId, phq9, empty, onTake }: { patientId: string; phq9: Instrument; empty: boolean; onTake: (mood: Answers, risk: Answers) => void }) {
  const assessments = useAssessments(patientId);
  const items = assessments.data?.items ?? [];
  const given = items.findLast((a) => a.instrument === 'phq-9' && a.status === 'completed');
  if (!empty || !given?.completedAt || Date.parse(given.completedAt) < clinicNow() - phq9.lookBackDays * 86_400_000) return null;
  const asked = given.opened.find((o) => o.instrument === 'c-ssrs');
  return (
    <Banner
      tone="info"
      title="The PHQ-9 was answered lately"
      actions={
        <Button size="xs" variant="default" onClick={() => onTake(given.answers, items.find((a) => a.id === asked?.assessmentId)?.answers ?? {})}>
          Use these answers
        </Button>
      }
    >
      <When at={given.completedAt} />, {given.scores[0]?.value} points.
    </Banner>
  );
}

function Result({ answer, patientId }: { answer: Schemas['ScreeningAnswer']; patientId: string }) {
  const risk = RISKS[answer.suicideRisk];
  const outcome = OUTCOMES[answer.outcome];
  const found = answer.findings.filter((f) => f.outcome !== 'cleared');
  return (
    <div className={classes.fields}>
      {answer.safetyAlertId ? (
        <Banner tone="danger" title="High suicide risk: a safety alert is open">
          Stay with the patient. A nurse or prescriber acknowledges it in the header or under the bell; it escalates until then. Crisis line 988, emergency 911.
        </Banner>
      ) : null}
      <Banner
        tone={outcome?.tone ?? 'info'}
        title={answer.outcome === 'cleared' ? 'Recorded: no contraindication found' : answer.outcome === 'needs-review' ? 'Recorded: a prescriber has findings to review' : 'Recorded: excluded by a rule'}
      >
        {answer.outcome === 'cleared' ? 'Next: the work-up and the two evaluations.' : answer.outcome === 'needs-review' ? 'Next: the work-up, the two evaluations, and the reviews with the medical clearance.' : 'This patient can’t be treated here as things are.'}
      </Banner>
      <Panel title="What it came to">
        <div className={own.came}>
          {answer.scores
            .filter((s) => s.instrument !== 'c-ssrs')
            .map((s) => (
              <Badge key={s.instrument} tone="info">
                {shortTitle(s.instrument)} {s.score}, {s.band.replace(/-/g, ' ')}
              </Badge>
            ))}
          {risk ? <Badge tone={risk.tone}>{risk.word}</Badge> : null}
        </div>
        {found.length > 0 ? (
          <ul className={own.findings} aria-label="Findings">
            {found.map((f) => (
              <FindingLine key={f.rule} finding={f} review={undefined} />
            ))}
          </ul>
        ) : null}
      </Panel>
      <div>
        <Button renderRoot={(props) => <Link to="/patients/$patientId/clearance" params={{ patientId }} {...props} />}>Go on to the clearance</Button>
      </div>
    </div>
  );
}
