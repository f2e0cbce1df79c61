import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { body, intake } from '../api/clients';
import { PROTOCOL } from '../api/generated/protocol';
import { clinicNow, useNow, useZone } from '../live/clock';
import { dayIn, timeOf, zonedInstant } from '../parts/time';
import { Banner } from '../parts/Tone';
import { When } from '../parts/When';
import { Choice, NumberField, numberOf, SelectField, TextField } from './fields';
import classes from './forms.module.css';
import { type Bodies, fastingOf, lastReading, vitalsForGate } from './model';
import { ActionBody, type ActionProps } from './parts';
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

export function NameEscort({ session, onDone }: ActionProps) {
  const act = useAct(session, 'escort', onDone);
  const [name, setName] = useState(session.escort?.name ?? '');
  const [phone, setPhone] = useState(session.escort?.phone ?? '');
  const [relation, setRelation] = useState(session.escort?.relation ?? '');
  const errors = act.problem?.byField() ?? {};
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

export function Gate({ session, onDone }: ActionProps) {
  const act = useAct(session, 'gate', onDone);
  const { data: patient } = usePatientRecord(session.patientId);
  const now = useNow();
  const [solids, setSolids] = useState('');
  const [liquids, setLiquids] = useState('');
  const [test, setTest] = useState<Bodies['gate']['pregnancyTest']>();
  const [drugs, setDrugs] = useState<'no' | 'yes'>();
  const errors = act.problem?.byField() ?? {};
  const limits = fastingOf(session.route);
  const last = lastReading(session.vitals);
  const pregnancy = test ?? (patient?.sex === 'male' ? 'not-applicable' : undefined);
  const solidsHours = numberOf(solids);
  const liquidsHours = numberOf(liquids);
  const fresh = vitalsForGate(session, session.vitals, now);
  const short = (hours: number | undefined, least: number | undefined) =>
    hours !== undefined && least !== undefined && hours < least ? `Less than ${least} h: the gate will hold the patient` : undefined;
  return (
    <ActionBody
      send={session.state === 'held' ? 'Recheck' : 'Ask the gate'}
      busy={act.busy}
      problem={act.problem}
      ready={solidsHours !== undefined && liquidsHours !== undefined && pregnancy !== undefined && drugs !== undefined}
      onSend={() => act.run({ fastingSolidsHours: solidsHours ?? 0, fastingLiquidsHours: liquidsHours ?? 0, pregnancyTest: pregnancy ?? 'negative', drugsChanged: drugs === 'yes' })}
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
        {PROTOCOL['vitals-limits'].preDoseHardHold.heartRateAbove}. Source: {PROTOCOL['vitals-limits'].source}.
      </div>
    </ActionBody>
  );
}

const CANCEL_REASONS = [
  { value: 'patient', label: 'The patient cancels' },
  { value: 'clinic', label: 'The clinic cancels' },
] as const;

export function Cancel({ session, onDone }: ActionProps) {
  const act = useAct(session, 'cancel', onDone);
  const [reason, setReason] = useState<Bodies['cancel']['reason']>();
  return (
    <ActionBody send="Cancel this session" danger busy={act.busy} problem={act.problem} ready={!!reason} onSend={() => reason && act.run({ reason })}>
      <p>The place becomes free for somebody else, and the patient is told.</p>
      <Choice label="Who cancels" value={reason} onChange={setReason} options={CANCEL_REASONS} least={140} />
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
