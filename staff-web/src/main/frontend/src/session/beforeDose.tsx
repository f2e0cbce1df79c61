import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { body, intake } from '../api/clients';
import { PROTOCOL } from '../api/generated/protocol';
import { clinicNow, useNow, useZone } from '../live/clock';
import { dayIn, timeOf, zonedInstant } from '../parts/time';
import { Banner } from '../parts/Tone';
import { When } from '../parts/When';
import { CostLine } from './fees';
import { Check, Choice, LongField, NumberField, numberOf, SelectField, TextField } from './fields';
import classes from './forms.module.css';
import { type Bodies, capital, fastingOf, humanized, lastReading, type Session, sprayGapOf, vitalsForGate } from './model';
import { ActionBody, type ActionProps, Source } from './parts';
import { useAct, useChairs, useNurses } from './useSession';

/** The whole record of a patient, where a form needs more than the name. */
export function usePatientRecord(id: string) {
  return useQuery({ queryKey: ['patient', id], queryFn: () => body(intake.GET('/api/patients/{id}', { params: { path: { id } } })), staleTime: 60_000 });
}

export function CheckIn({ session, onDone }: ActionProps) {
  const act = useAct(session, 'check-in', onDone);
  return (
    <ActionBody send="Check in" busy={act.busy} problem={act.problem} onSend={() => act.run({})}>
      <p>
        The patient is here. Booked for <When at={session.startsAt} show="time" />.
      </p>
      {session.escortNamed ? null : <p>Nobody is named yet who takes the patient home: ask now, the dose waits for it.</p>}
    </ActionBody>
  );
}

/** Six digits, shown once: whoever names the escort passes them on. */
function CodeShown({ answer, onDone }: { answer: Session; onDone: (answer: Session) => void }) {
  const code = answer.escortCode ?? '';
  return (
    <div className={classes.form}>
      <div className={classes.figure}>
        <strong>
          Escort code {code.slice(0, 3)} {code.slice(3)}
        </strong>
        <span>Give it to {answer.escort?.name ?? 'the escort'} now: it is told at the door and is not shown again.</span>
      </div>
      <Button size="md" className={classes.send} onClick={() => onDone(answer)}>
        The escort has it
      </Button>
    </div>
  );
}

export function NameEscort({ session, onDone }: ActionProps) {
  const [named, setNamed] = useState<Session>();
  const act = useAct(session, 'escort', setNamed);
  const [name, setName] = useState(session.escort?.name ?? '');
  const [phone, setPhone] = useState(session.escort?.phone ?? '');
  const [relation, setRelation] = useState(session.escort?.relation ?? '');
  const errors = act.problem?.byField() ?? {};
  if (named) return <CodeShown answer={named} onDone={onDone} />;
  return (
    <ActionBody
      send="Save escort"
      busy={act.busy}
      problem={act.problem}
      ready={!!name.trim() && !!phone.trim() && !!relation.trim()}
      onSend={() => act.run({ name: name.trim(), phone: phone.trim(), relation: relation.trim() })}
    >
      <p>Who takes the patient home. The patient may not drive today.</p>
      <TextField label="Escort’s name" value={name} onChange={setName} error={errors['name']} />
      <TextField label="Phone" type="tel" value={phone} onChange={setPhone} error={errors['phone']} />
      <TextField label="Relation" value={relation} onChange={setRelation} error={errors['relation']} placeholder="partner, friend, taxi service …" />
    </ActionBody>
  );
}

export function EscortCode({ session, onDone }: ActionProps) {
  const [made, setMade] = useState<Session>();
  const act = useAct(session, 'escort-code', setMade);
  if (made) return <CodeShown answer={made} onDone={onDone} />;
  return (
    <ActionBody send="Make a new code" busy={act.busy} problem={act.problem} onSend={() => act.run({})}>
      <p>The code before is void. After five wrong tries only a new code or the escort’s ID counts.</p>
    </ActionBody>
  );
}

/** What the soft limit is about, and why the dose may go on. */
export function Weigh({ session, onDone }: ActionProps) {
  const act = useAct(session, 'weigh', onDone);
  const [why, setWhy] = useState('');
  const last = lastReading(session.vitals);
  const soft = PROTOCOL['vitals-limits'].preDoseSoftHold;
  return (
    <ActionBody send="Weighed: the dose may go on" busy={act.busy} problem={act.problem} ready={!!why.trim()} onSend={() => act.run({ why: why.trim() })}>
      <p>
        {last ? (
          <strong>
            {last.systolic}/{last.diastolic}
          </strong>
        ) : null}{' '}
        is above {soft.systolicAbove}/{soft.diastolicAbove}. It stops no dose, but a clinician weighs it and says why.
      </p>
      <Source of={PROTOCOL['vitals-limits'].source} />
      <LongField label="Why the dose may be given" value={why} onChange={setWhy} error={act.problem?.byField()['why']} note="Goes into the record and the note." />
    </ActionBody>
  );
}

export function ReviewDrugs({ session, onDone }: ActionProps) {
  const act = useAct(session, 'review-drugs', onDone);
  const [conclusion, setConclusion] = useState('');
  return (
    <ActionBody send="Close the review" busy={act.busy} problem={act.problem} ready={!!conclusion.trim()} onSend={() => act.run({ conclusion: conclusion.trim() })}>
      <p>The patient’s drugs changed since last time. After the review the gate can be asked again.</p>
      <LongField label="Conclusion" value={conclusion} onChange={setConclusion} error={act.problem?.byField()['conclusion']} />
    </ActionBody>
  );
}

const SITES = (['hand-left', 'hand-right', 'forearm-left', 'forearm-right', 'elbow-left', 'elbow-right'] as const).map((site) => ({ value: site, label: capital(humanized(site)) }));
const GAUGES = ['18', '20', '22', '24'].map((g) => ({ value: g, label: `${g} G` }));

/** Every attempt counts, also the one that failed. */
export function IvLine({ session, onDone }: ActionProps) {
  const act = useAct(session, 'iv-access', onDone);
  const [site, setSite] = useState<Bodies['iv-access']['site']>();
  const [gauge, setGauge] = useState('22');
  const [lies, setLies] = useState<'yes' | 'no'>();
  return (
    <ActionBody send="Record attempt" busy={act.busy} problem={act.problem} ready={!!site && !!lies} onSend={() => site && act.run({ site, gauge: Number(gauge), success: lies === 'yes' })}>
      {session.ivAttempts.length > 0 ? <p>Attempts so far: {session.ivAttempts.map((a) => `${humanized(a.site)} ${a.gauge} G, ${a.success ? 'lies' : 'failed'}`).join('; ')}.</p> : null}
      <Choice label="Site" value={site} onChange={setSite} options={SITES} least={120} />
      <Choice label="Cannula" value={gauge} onChange={setGauge} options={GAUGES} least={64} />
      <Choice
        label="The line lies"
        value={lies}
        onChange={setLies}
        options={[
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No, failed' },
        ]}
      />
    </ActionBody>
  );
}

export function Surroundings({ session, onDone }: ActionProps) {
  const act = useAct(session, 'setting', onDone);
  const before = session.surroundings;
  const [music, setMusic] = useState<Bodies['setting']['music'] | undefined>(before?.music as Bodies['setting']['music'] | undefined);
  const [light, setLight] = useState<Bodies['setting']['light'] | undefined>(before?.light as Bodies['setting']['light'] | undefined);
  const [mask, setMask] = useState(before?.mask ?? false);
  return (
    <ActionBody send="Save set and setting" busy={act.busy} problem={act.problem} ready={!!music && !!light} onSend={() => music && light && act.run({ music, mask, light })}>
      <Choice
        label="Music"
        value={music}
        onChange={setMusic}
        options={[
          { value: 'none', label: 'None' },
          { value: 'clinic', label: 'The clinic’s' },
          { value: 'own', label: 'The patient’s own' },
        ]}
      />
      <Choice
        label="Light"
        value={light}
        onChange={setLight}
        options={[
          { value: 'dim', label: 'Dim' },
          { value: 'normal', label: 'Normal' },
        ]}
      />
      <Check label="Eye mask" checked={mask} onChange={setMask} />
    </ActionBody>
  );
}

export function Gate({ session, onDone }: ActionProps) {
  const act = useAct(session, 'gate', onDone);
  const { data: patient } = usePatientRecord(session.patientId);
  const now = useNow();
  const [solids, setSolids] = useState('');
  const [liquids, setLiquids] = useState('');
  const [test, setTest] = useState<Bodies['gate']['pregnancyTest']>();
  const [drugs, setDrugs] = useState<'no' | 'yes'>();
  const [sprayed, setSprayed] = useState('');
  const errors = act.problem?.byField() ?? {};
  const limits = fastingOf(session.route);
  const sprayLeast = sprayGapOf(session.route);
  const last = lastReading(session.vitals);
  const pregnancy = test ?? (patient?.sex === 'male' ? 'not-applicable' : undefined);
  const solidsHours = numberOf(solids);
  const liquidsHours = numberOf(liquids);
  const sprayHours = sprayLeast === undefined ? undefined : numberOf(sprayed);
  const fresh = vitalsForGate(session, session.vitals, now);
  const short = (hours: number | undefined, least: number | undefined) =>
    hours !== undefined && least !== undefined && hours < least ? `Less than ${least} h: the gate will hold the patient` : undefined;
  return (
    <ActionBody
      send={session.state === 'held' ? 'Recheck' : 'Ask the gate'}
      busy={act.busy}
      problem={act.problem}
      ready={solidsHours !== undefined && liquidsHours !== undefined && pregnancy !== undefined && drugs !== undefined}
      onSend={() => act.run({ fastingSolidsHours: solidsHours ?? 0, fastingLiquidsHours: liquidsHours ?? 0, pregnancyTest: pregnancy ?? 'negative', drugsChanged: drugs === 'yes', ...(sprayHours === undefined ? {} : { decongestantHours: sprayHours }) })}
    >
      {session.hold ? (
        <Banner tone="hold" title={session.hold.rechecksLeft === 1 ? 'One recheck left' : `${session.hold.rechecksLeft} rechecks left`}>
          Until <When at={session.hold.recheckUntil} show="time" />; after that the session is cancelled without fee.
        </Banner>
      ) : null}
      <div className={classes.pair}>
        <NumberField label="Last solid food" aside="hours ago" value={solids} onChange={setSolids} error={errors['fastingSolidsHours'] ?? short(solidsHours, limits?.solidsHours)} note={limits ? `at least ${limits.solidsHours} h` : undefined} />
        <NumberField label="Last clear liquid" aside="hours ago" value={liquids} onChange={setLiquids} error={errors['fastingLiquidsHours'] ?? short(liquidsHours, limits?.liquidsHours)} note={limits ? `at least ${limits.liquidsHours} h` : undefined} />
      </div>
      {sprayLeast === undefined ? null : (
        <NumberField label="Nasal steroid or decongestant" aside="hours ago" value={sprayed} onChange={setSprayed} error={errors['decongestantHours'] ?? short(sprayHours, sprayLeast)} note={`at least ${sprayLeast} h; empty when none was used`} />
      )}
      <Choice
        label="Pregnancy test"
        value={pregnancy}
        onChange={setTest}
        error={errors['pregnancyTest']}
        options={[
          { value: 'negative', label: 'Negative' },
          { value: 'positive', label: 'Positive' },
          { value: 'not-applicable', label: 'Not applicable' },
        ]}
      />
      <Choice
        label="Drugs changed since last time"
        value={drugs}
        onChange={setDrugs}
        options={[
          { value: 'no', label: 'No' },
          { value: 'yes', label: 'Yes' },
        ]}
      />
      <div className={classes.small}>
        {last ? (
          <>
            Vitals for the gate: {last.systolic}/{last.diastolic}, SpO2 {last.spo2} %, heart rate {last.heartRate}, <When at={last.takenAt} show="time" />
            {fresh ? '.' : ': take new ones first.'}
          </>
        ) : (
          'No vitals since check-in: record them first.'
        )}{' '}
        Hold: from {PROTOCOL['vitals-limits'].preDoseHardHold.systolicFrom}/{PROTOCOL['vitals-limits'].preDoseHardHold.diastolicFrom}, SpO2 below {PROTOCOL['vitals-limits'].preDoseHardHold.spo2Below} %, heart rate above{' '}
        {PROTOCOL['vitals-limits'].preDoseHardHold.heartRateAbove}.
      </div>
      <Source of={PROTOCOL['vitals-limits'].source} />
    </ActionBody>
  );
}

const CANCEL_REASONS = [
  { value: 'patient', label: 'The patient cancels' },
  { value: 'clinic', label: 'The clinic cancels' },
  { value: 'safety', label: 'Not safe for the patient' },
] as const;

export function Cancel({ session, onDone }: ActionProps) {
  const act = useAct(session, 'cancel', onDone);
  const [reason, setReason] = useState<Bodies['cancel']['reason']>();
  return (
    <ActionBody send="Cancel this session" danger busy={act.busy} problem={act.problem} ready={!!reason} onSend={() => reason && act.run({ reason })}>
      <p>The place becomes free for somebody else, and the patient is told.</p>
      <Choice label="Who cancels" value={reason} onChange={setReason} options={CANCEL_REASONS} least={140} />
      {reason ? <CostLine sessionId={session.id} action="cancel" reason={reason} /> : null}
    </ActionBody>
  );
}

export function Miss({ session, onDone }: ActionProps) {
  const act = useAct(session, 'miss', onDone);
  return (
    <ActionBody send="Mark as missed" danger busy={act.busy} problem={act.problem} onSend={() => act.run({})}>
      <p>
        The patient did not come to the session of <When at={session.startsAt} />.
      </p>
      <CostLine sessionId={session.id} action="miss" />
    </ActionBody>
  );
}

export function Move({ session, onDone }: ActionProps) {
  const act = useAct(session, 'move', onDone);
  const zone = useZone();
  const chairs = useChairs().data ?? [];
  const nurses = useNurses().data ?? [];
  const [day, setDay] = useState(() => dayIn(session.startsAt, zone));
  const [time, setTime] = useState(() => timeOf(session.startsAt, zone));
  const [chair, setChair] = useState(session.chairId);
  const [nurse, setNurse] = useState(session.nurseId);
  const errors = act.problem?.byField() ?? {};
  const startsAt = day && time ? zonedInstant(day, time, zone) : undefined;
  return (
    <ActionBody
      send="Move session"
      busy={act.busy}
      problem={act.problem}
      ready={startsAt !== undefined && startsAt > clinicNow()}
      onSend={() => startsAt !== undefined && act.run({ startsAt: new Date(startsAt).toISOString(), chairId: chair, nurseId: nurse })}
    >
      <p>
        Now <When at={session.startsAt} />. The same rules as at booking apply: free chair and nurse, opening hours, the plan’s gaps.
      </p>
      <div className={classes.pair}>
        <TextField label="Day" type="date" value={day} onChange={setDay} error={errors['startsAt']} />
        <TextField label="Start" type="time" value={time} onChange={setTime} note={`Quarter hours, ${zone}`} />
      </div>
      <SelectField label="Chair" value={chair} onChange={setChair} error={errors['chairId']} options={chairs.map((c) => ({ value: c.id, label: c.name }))} />
      <SelectField label="Nurse" value={nurse} onChange={setNurse} error={errors['nurseId']} options={nurses.map((n) => ({ value: n.id, label: n.name }))} />
    </ActionBody>
  );
}
