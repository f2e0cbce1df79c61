import { useState } from 'react';
import { PROTOCOL } from '../api/generated/protocol';
import { useMe } from '../api/me';
import { useNow } from '../live/clock';
import { duration } from '../parts/time';
import { Banner } from '../parts/Tone';
import { When } from '../parts/When';
import { usePatientRecord } from './beforeDose';
import { Choice, NumberField, numberOf, TextField } from './fields';
import classes from './forms.module.css';
import { doseMg, doseMinutes, plannedEnd, pumpRate, type Session, treatment } from './model';
import { ActionBody, type ActionProps } from './parts';
import { useAct } from './useSession';

export function OrderDose({ session, onDone }: ActionProps) {
  const act = useAct(session, 'order', onDone);
  const { data: patient } = usePatientRecord(session.patientId);
  const plan = patient?.plan;
  const [dose, setDose] = useState(session.order ? String(session.order.doseMgPerKg) : '');
  const [weight, setWeight] = useState('');
  const errors = act.problem?.byField() ?? {};
  const mgPerKg = numberOf(dose);
  const kg = numberOf(weight);
  const mg = mgPerKg !== undefined && kg !== undefined ? doseMg(mgPerKg, kg) : undefined;
  const rule = PROTOCOL['dose-rule'];
  const steps: number[] = [];
  if (plan) for (let i = Math.round(plan.doseLowMgPerKg * 10); i <= Math.round(plan.doseHighMgPerKg * 10); i++) steps.push(i / 10);
  const fixed = plan?.fixedDoseMg ?? undefined;
  const beyond = plan && mgPerKg !== undefined && mgPerKg > plan.doseHighMgPerKg ? `The plan allows at most ${plan.doseHighMgPerKg} mg/kg` : undefined;
  return (
    <ActionBody
      send={session.order ? 'Order a new dose' : 'Order dose'}
      busy={act.busy}
      problem={act.problem}
      ready={(fixed !== undefined || mgPerKg !== undefined) && (weight === '' || kg !== undefined)}
      onSend={() => (fixed !== undefined || mgPerKg !== undefined) && act.run({ doseMgPerKg: fixed === undefined ? (mgPerKg ?? null) : null, weightKg: kg ?? null })}
    >
      {session.order ? (
        <p>
          Ordered: {session.order.doseMg} mg ({session.order.doseMgPerKg} mg/kg). A new order voids draw and check.
        </p>
      ) : null}
      {fixed !== undefined ? (
        <div className={classes.figure}>
          <strong>{fixed} mg</strong>
          <span>Fixed by the plan, whatever the weight. Another dose needs a new revision of the plan.</span>
        </div>
      ) : steps.length > 0 ? (
        <Choice label="Dose" aside={`mg/kg, plan ${plan?.doseLowMgPerKg}–${plan?.doseHighMgPerKg}`} value={steps.includes(mgPerKg ?? -1) ? String(mgPerKg) : undefined} onChange={setDose} least={56} options={steps.map((s) => ({ value: String(s), label: s.toFixed(1) }))} error={errors['doseMgPerKg']} />
      ) : (
        <NumberField label="Dose" aside="mg/kg" value={dose} onChange={setDose} error={errors['doseMgPerKg'] ?? beyond} />
      )}
      <NumberField label="Weight, measured today" aside="kg" value={weight} onChange={setWeight} error={errors['weightKg']} note={`Left empty, a weight of the last ${rule.weightMaxAgeDays} days is taken.`} />
      {mg !== undefined && fixed === undefined ? (
        <div className={classes.figure}>
          <strong>{mg.toFixed(1)} mg</strong>
          <span>
            {mgPerKg} mg/kg × {kg} kg, rounded down; pump {pumpRate(mg, session.route)} mg/h over {doseMinutes(session.route)} min. The order that the server answers counts.
          </span>
        </div>
      ) : null}
    </ActionBody>
  );
}

const VIALS = PROTOCOL.vials.mgPerMl.map((strength) => ({ value: String(strength), label: `${strength} mg/mL` }));

export function DrawDrug({ session, onDone }: ActionProps) {
  const act = useAct(session, 'draw', onDone);
  const [ndc, setNdc] = useState('');
  const [lot, setLot] = useState('');
  const [vial, setVial] = useState<string>();
  const [diluted, setDiluted] = useState('');
  const [volume, setVolume] = useState('');
  const errors = act.problem?.byField() ?? {};
  const ordered = session.order?.doseMg;
  const dilutedTo = numberOf(diluted);
  const strength = dilutedTo ?? numberOf(vial ?? '');
  const ml = numberOf(volume);
  const mg = strength !== undefined && ml !== undefined ? strength * ml : undefined;
  const off = mg !== undefined && ordered !== undefined ? Math.abs(mg - ordered) > (ordered * PROTOCOL['dose-rule'].drawnWithinPercent) / 100 : false;
  const dilute = session.route === 'iv' && Number(vial) > PROTOCOL.vials.ivAtMostMgPerMl;
  return (
    <ActionBody
      send="Record draw"
      busy={act.busy}
      problem={act.problem}
      ready={!!ndc.trim() && !!lot.trim() && vial !== undefined && ml !== undefined && (!dilute || dilutedTo !== undefined)}
      onSend={() => act.run({ ndc: ndc.trim(), lot: lot.trim(), vialMgPerMl: Number(vial), dilutedToMgPerMl: dilutedTo ?? null, volumeMl: ml ?? 0 })}
    >
      {session.draw ? <p>A new draw voids the check of the one before.</p> : null}
      <div className={classes.figure}>
        <strong>{ordered} mg ordered</strong>
        <span>{ordered !== undefined && strength ? `${(ordered / strength).toFixed(2)} mL at ${strength} mg/mL` : 'Choose the vial to see the volume'}</span>
      </div>
      <div className={classes.pair}>
        <TextField label="NDC" aside="scan the vial" value={ndc} onChange={setNdc} error={errors['ndc']} placeholder="42023-0113-10" />
        <TextField label="Lot" value={lot} onChange={setLot} error={errors['lot']} />
      </div>
      <Choice label="Vial" value={vial} onChange={setVial} options={VIALS} error={errors['vialMgPerMl']} />
      <div className={classes.pair}>
        <NumberField label="Diluted to" aside="mg/mL" value={diluted} onChange={setDiluted} error={errors['dilutedToMgPerMl']} note={dilute ? `For IV at most ${PROTOCOL.vials.ivAtMostMgPerMl} mg/mL (label)` : 'Empty when undiluted'} />
        <NumberField label="Volume drawn" aside="mL" value={volume} onChange={setVolume} error={errors['volumeMl']} />
      </div>
      {mg !== undefined ? (
        <div className={classes.figure} data-off={off || undefined}>
          <strong>{Math.round(mg * 1000) / 1000} mg in the syringe</strong>
          <span>{off ? `More than ${PROTOCOL['dose-rule'].drawnWithinPercent} % off the order: it will be refused` : 'Within the order'}</span>
        </div>
      ) : null}
    </ActionBody>
  );
}

export function useStaffName() {
  const me = useMe();
  return (username: string) => (username === me.username ? 'you' : username);
}

/** What is in the syringe and what was ordered, for whoever has to compare. */
function Syringe({ session }: { session: Session }) {
  const who = useStaffName();
  const { draw, order } = session;
  return (
    <dl className={classes.facts}>
      <dt>Drug</dt>
      <dd>{treatment(session)}</dd>
      <dt>Ordered</dt>
      <dd>{order ? `${order.doseMg} mg (${order.doseMgPerKg} mg/kg × ${order.weightKg} kg) by ${who(order.by)}` : '–'}</dd>
      <dt>Drawn</dt>
      <dd>{draw ? `${draw.mg} mg = ${draw.volumeMl} mL at ${draw.mgPerMl} mg/mL` : '–'}</dd>
      <dt>Vial</dt>
      <dd>{draw ? `${draw.vialMgPerMl} mg/mL, NDC ${draw.ndc}, lot ${draw.lot}` : '–'}</dd>
      <dt>Pump</dt>
      <dd>{session.pumpMgPerHour ? `${session.pumpMgPerHour} mg/h over ${doseMinutes(session.route)} min` : '–'}</dd>
      <dt>Drawn by</dt>
      <dd>
        {draw ? (
          <>
            {who(draw.by)}, <When at={draw.at} show="time" />
          </>
        ) : (
          '–'
        )}
      </dd>
      <dt>Checked by</dt>
      <dd>
        {session.secondCheck ? (
          <>
            {who(session.secondCheck.by)}, <When at={session.secondCheck.at} show="time" />
          </>
        ) : (
          'nobody yet'
        )}
      </dd>
    </dl>
  );
}

export function SecondCheck({ session, onDone }: ActionProps) {
  const act = useAct(session, 'second-check', onDone);
  const me = useMe();
  const own = session.draw?.by === me.username;
  return (
    <ActionBody send="Checked: it is right" busy={act.busy} problem={act.problem} ready={!!session.draw} onSend={() => act.run({})}>
      <Syringe session={session} />
      {own ? (
        <Banner tone="hold" title="You drew it: somebody else checks">
          A second person, nurse or prescriber, signs in and compares vial, volume and pump with the order. Your own check will be refused.
        </Banner>
      ) : (
        <p>Compare drug, vial, volume and pump with the order, with your own eyes.</p>
      )}
    </ActionBody>
  );
}

export function StartDose({ session, onDone }: ActionProps) {
  const act = useAct(session, 'start', onDone);
  return (
    <ActionBody send={session.order ? `Start dose: ${session.order.doseMg} mg` : 'Start dose'} busy={act.busy} problem={act.problem} onSend={() => act.run({})}>
      <Syringe session={session} />
      <p>The server judges once more, at this moment, whether this patient may be treated. The dose runs when it said yes.</p>
    </ActionBody>
  );
}

export function FinishDose({ session, onDone }: ActionProps) {
  const act = useAct(session, 'finish', onDone);
  const now = useNow();
  const end = plannedEnd(session);
  if (session.state === 'stopped') {
    return (
      <ActionBody send="Go on to recovery" busy={act.busy} problem={act.problem} onSend={() => act.run({})}>
        <p>The dose was interrupted; the patient recovers now. Observation counts from when it was stopped.</p>
      </ActionBody>
    );
  }
  return (
    <ActionBody send="The dose has ended" busy={act.busy} problem={act.problem} onSend={() => act.run({})}>
      {end !== undefined && now < end ? (
        <Banner tone="hold" title={`${duration(end - now)} of the planned time are left`}>
          To interrupt the dose use Stop: it keeps the reason and counts the share given.
        </Banner>
      ) : (
        <p>The infusion has run its planned time. Recovery and its observation time begin now.</p>
      )}
    </ActionBody>
  );
}
