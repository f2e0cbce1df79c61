import { useState } from 'react';
import { PROTOCOL } from '../api/generated/protocol';
import { useHas, useMe } from '../api/me';
import { Problem } from '../api/problem';
import { useNow, useZone } from '../live/clock';
import { duration, timeOf } from '../parts/time';
import { Banner } from '../parts/Tone';
import { When } from '../parts/When';
import { Check, Choice, LongField, TextField } from './fields';
import classes from './forms.module.css';
import { capital, hasLine, humanized, lastReading, openReviews, unresolved, VERBS, vitalsForDischarge } from './model';
import { ActionBody, type ActionProps, Source } from './parts';
import { useAct } from './useSession';

const ALDRETE = [
  { part: 'activity', label: 'Activity', marks: ['None', 'Two limbs', 'All limbs'] },
  { part: 'breathing', label: 'Breathing', marks: ['None', 'Shallow', 'Deep, coughs'] },
  { part: 'circulation', label: 'Circulation, from baseline', marks: ['> 50 mmHg', '20–50', '< 20 mmHg'] },
  { part: 'consciousness', label: 'Consciousness', marks: ['No answer', 'On calling', 'Awake'] },
  { part: 'spo2', label: 'SpO2', marks: ['< 90 % on O₂', 'Needs O₂', '> 92 % on air'] },
] as const;
type Part = (typeof ALDRETE)[number]['part'];
const MARKS = ['0', '1', '2'] as const;

/** The gate names every rule that is not met in one sentence; here each gets its line. */
function listed(problem: Problem | undefined): Problem | undefined {
  if (problem?.status !== 422 || !problem.message.includes(`${problem.rule}: `)) return problem;
  const reasons = problem.message.split('; ').map((reason) => capital(reason.replace(/^[a-z0-9-]+: /, '')));
  return new Problem(422, { title: problem.title, detail: 'The discharge gate is not passed yet', rule: problem.rule, errors: reasons.map((message) => ({ field: '', rule: problem.rule, message })) });
}

export function Discharge({ session, onDone }: ActionProps) {
  const act = useAct(session, 'discharge', onDone);
  const has = useHas();
  const me = useMe();
  const now = useNow();
  const gate = PROTOCOL['discharge-gate'];
  const [aldrete, setAldrete] = useState<Partial<Record<Part, string>>>({});
  const [moaas, setMoaas] = useState<string>();
  const [cssrs, setCssrs] = useState<'no' | 'yes'>();
  const [seenBy, setSeenBy] = useState('');
  const [code, setCode] = useState('');
  const line = hasLine(session.route);
  const [told, setTold] = useState({ dissociationOver: false, walksSteadily: false, ivOut: false, instructionsGiven: false, escortPresent: false });
  const [overriding, setOverriding] = useState(false);
  const [reason, setReason] = useState('');
  const errors = act.problem?.byField() ?? {};
  const answered = ALDRETE.every(({ part }) => aldrete[part] !== undefined);
  const sum = ALDRETE.reduce((total, { part }) => total + Number(aldrete[part] ?? 0), 0);
  const tick = (name: keyof typeof told) => (checked: boolean) => setTold({ ...told, [name]: checked });
  const before = session.dischargeNotBefore ? Date.parse(session.dischargeNotBefore) - now : 0;
  const last = lastReading(session.vitals);

  return (
    <ActionBody
      send={overriding ? 'Discharge with override' : 'Discharge'}
      busy={act.busy}
      problem={listed(act.problem)}
      ready={answered && moaas !== undefined && cssrs !== undefined && (!overriding || !!reason.trim())}
      onSend={() =>
        act.run({
          aldrete: { activity: Number(aldrete.activity), breathing: Number(aldrete.breathing), circulation: Number(aldrete.circulation), consciousness: Number(aldrete.consciousness), spo2: Number(aldrete.spo2) },
          moaas: Number(moaas),
          ...told,
          ivOut: line ? told.ivOut : null,
          cssrsHigh: cssrs === 'yes',
          escortCode: code.replace(/\D/g, '') || null,
          escortIdSeenBy: seenBy.trim() || null,
          override: overriding ? { reason: reason.trim() } : null,
        })
      }
    >
      {before > 0 && session.dischargeNotBefore ? (
        <Banner tone="waiting" title={`Observation for ${duration(before)} more`}>
          Until <When at={session.dischargeNotBefore} show="time" />. You can fill this in meanwhile.
        </Banner>
      ) : null}
      {unresolved(session).length > 0 ? (
        <Banner tone="hold" title={`Still going on: ${unresolved(session).map((e) => humanized(e.effect)).join(', ')}`}>
          Record when it is over.
        </Banner>
      ) : null}
      {openReviews(session).length > 0 ? <Banner tone="hold" title="A serious adverse event waits for a prescriber’s review" /> : null}
      {vitalsForDischarge(session, session.vitals, now) && last ? (
        <p className={classes.small}>
          Vitals for the gate: {last.systolic}/{last.diastolic}, SpO2 {last.spo2} %, <When at={last.takenAt} show="time" />
          {session.gate?.vitals ? `; before the dose ${session.gate.vitals.systolic}/${session.gate.vitals.diastolic}` : ''}.
        </p>
      ) : (
        <Banner tone="hold" title={`Vitals of the last ${gate.readingMaxAgeMinutes} min are missing`}>
          Record them before you discharge.
        </Banner>
      )}
      {ALDRETE.map(({ part, label, marks }) => (
        <Choice
          key={part}
          label={label}
          value={aldrete[part]}
          onChange={(mark) => setAldrete({ ...aldrete, [part]: mark })}
          options={MARKS.map((mark) => ({
            value: mark,
            label: (
              <>
                <strong>{mark}</strong> {marks[Number(mark)]}
              </>
            ),
          }))}
        />
      ))}
      <div className={classes.figure} data-off={answered && sum < gate.aldreteAtLeast ? true : undefined}>
        <strong>Aldrete {answered ? `${sum} of 10` : '–'}</strong>
        <span>at least {gate.aldreteAtLeast} to leave</span>
      </div>
      <Choice label="MOAA/S" aside="5 is fully awake" least={44} value={moaas} onChange={setMoaas} error={errors['moaas']} options={['0', '1', '2', '3', '4', '5'].map((m) => ({ value: m, label: m }))} />
      <Check label="Dissociation is over" checked={told.dissociationOver} onChange={tick('dissociationOver')} />
      <Check label="Walks steadily" checked={told.walksSteadily} onChange={tick('walksSteadily')} />
      {line ? <Check label="IV line is out" checked={told.ivOut} onChange={tick('ivOut')} /> : null}
      <Check label="Instructions given: no driving until after a night’s sleep" checked={told.instructionsGiven} onChange={tick('instructionsGiven')} />
      <Choice
        label="C-SSRS since last contact: high risk"
        value={cssrs}
        onChange={setCssrs}
        error={errors['cssrsHigh']}
        options={[
          { value: 'no', label: 'No' },
          { value: 'yes', label: 'Yes, high' },
        ]}
      />
      {cssrs === 'yes' ? (
        <Banner tone="danger" title="Don’t leave the patient alone">
          Call the prescriber. Crisis line: 988.
        </Banner>
      ) : null}
      <Check label={session.escort ? `Escort is here: ${session.escort.name}, ${session.escort.relation}` : 'Escort is here'} checked={told.escortPresent} onChange={tick('escortPresent')} />
      <TextField label="Code the escort tells" value={code} onChange={setCode} error={errors['escortCode']} note="Six digits; without it somebody sees their ID" />
      <Check label="I saw the escort’s ID" checked={seenBy === me.name} onChange={(seen) => setSeenBy(seen ? me.name : '')} />
      <TextField label="Escort’s ID seen by" value={seenBy} onChange={setSeenBy} error={errors['escortIdSeenBy']} placeholder={me.name} />
      {has('prescriber') ? (
        <>
          <Check label="Override: let the patient go although a rule is not met" checked={overriding} onChange={setOverriding} />
          {overriding ? <LongField label="Reason for the override" value={reason} onChange={setReason} error={errors['override.reason'] ?? errors['override']} note="Goes into the record and the audit trail." /> : null}
        </>
      ) : null}
      <Source of={gate.source} />
    </ActionBody>
  );
}

/** The prescriber's own words beside what was drafted. */
export function WriteNote({ session, onDone }: ActionProps) {
  const act = useAct(session, 'note', onDone);
  const [words, setWords] = useState(session.note?.assessment ?? '');
  if (!session.note) return <p>The note is drafted when the session is over.</p>;
  return (
    <ActionBody send="Save assessment" busy={act.busy} problem={act.problem} ready={!!words.trim()} onSend={() => act.run({ assessment: words.trim() })}>
      <NoteLines lines={session.note.lines} />
      <LongField label="Assessment" value={words} onChange={setWords} error={act.problem?.byField()['assessment']} note="You can change it until the note is signed." />
    </ActionBody>
  );
}

export function SignNote({ session, onDone }: ActionProps) {
  const act = useAct(session, 'sign-note', onDone);
  const { note } = session;
  if (!note) return <p>The note is drafted when the session is over.</p>;
  return (
    <ActionBody send="Sign note" busy={act.busy} problem={act.problem} ready={!note.signedAt} onSend={() => act.run({})}>
      <NoteLines lines={note.lines} />
      {note.assessment ? (
        <p>
          <strong>Assessment:</strong> {note.assessment}
        </p>
      ) : (
        <Banner tone="hold" title="No assessment yet">
          Write it first with “{VERBS.note}”, or sign the draft as it is.
        </Banner>
      )}
      <p className={classes.small}>
        {note.dueAt ? (
          <>
            Due <When at={note.dueAt} />.{' '}
          </>
        ) : null}
        After your signature charges can be made, and the note is only added to.
      </p>
    </ActionBody>
  );
}

export function AddToNote({ session, onDone }: ActionProps) {
  const act = useAct(session, 'addendum', onDone);
  const [text, setText] = useState('');
  return (
    <ActionBody send="Add to the note" busy={act.busy} problem={act.problem} ready={!!text.trim()} onSend={() => act.run({ text: text.trim() })}>
      <p>What is signed stays as it is; this is added below, with your name and the time.</p>
      <LongField label="Addendum" value={text} onChange={setText} error={act.problem?.byField()['text']} />
    </ActionBody>
  );
}

const INSTANT = /\d{4}-\d{2}-\d{2}T[\d:.]+Z/g;

/** The note as it is kept, its instants read in the clinic's zone. */
export function NoteLines({ lines }: { lines: string[] }) {
  const zone = useZone();
  return (
    <ul className={classes.note}>
      {lines.map((line, i) => (
        <li key={i}>{line.replace(INSTANT, (instant) => timeOf(instant, zone))}</li>
      ))}
    </ul>
  );
}
