import { useState } from 'react';
import { PROTOCOL } from '../api/generated/protocol';
import { useMeans } from '../admin/resources/means';
import { useMe } from '../api/me';
import { useNow } from '../live/clock';
import { duration } from '../parts/time';
import { Banner } from '../parts/Tone';
import { When } from '../parts/When';
import { usePatientRecord } from './beforeDose';
import { Check, Choice, NumberField, numberOf, TextField } from './fields';
import { FromStock } from './FromStock';
import classes from './forms.module.css';
import { type Bodies, byPump, capital, deviceOf, doseMg, doseMinutes, humanized, plannedEnd, pumpNow, pumpRate, type Session, treatment, unchecked } from './model';
import { ActionBody, type ActionProps } from './parts';
import { useAct } from './useSession';

export function OrderDose({ session, onDone }: ActionProps) {
  const act = useAct(session, 'order', onDone);
  const { data: patient } = usePatientRecord(session.patientId);
  const plan = patient?.plan;
  const [dose, setDose] = useState(session.order ? String(session.order.doseMgPerKg) : '');
  const [high, setHigh] = useState(session.order?.highMgPerKg && session.order.highMgPerKg > session.order.doseMgPerKg ? String(session.order.highMgPerKg) : '');
  const [weight, setWeight] = useState('');
  const [again, setAgain] = useState(false);
  const errors = act.problem?.byField() ?? {};
  const mgPerKg = numberOf(dose);
  const kg = numberOf(weight);
  const mg = mgPerKg !== undefined && kg !== undefined ? doseMg(mgPerKg, kg) : undefined;
  const rule = PROTOCOL['dose-rule'];
  const steps: number[] = [];
  if (plan) for (let i = Math.round(plan.doseLowMgPerKg * 10); i <= Math.round(plan.doseHighMgPerKg * 10); i++) steps.push(i / 10);
  const fixed = plan?.fixedDoseMg ?? undefined;
  const upTo = numberOf(high);
  const above = mgPerKg === undefined || !byPump(session.route) ? [] : steps.filter((s) => s > mgPerKg);
  const most = (rule.capMg as Record<string, number>)[session.route];
  const beyond = plan && mgPerKg !== undefined && mgPerKg > plan.doseHighMgPerKg ? `The plan allows at most ${plan.doseHighMgPerKg} mg/kg` : undefined;
  return (
    <ActionBody
      send={session.order ? 'Order a new dose' : 'Order dose'}
      busy={act.busy}
      problem={act.problem}
      ready={(fixed !== undefined || mgPerKg !== undefined) && (weight === '' || kg !== undefined)}
      onSend={() => (fixed !== undefined || mgPerKg !== undefined) && act.run({ doseMgPerKg: fixed === undefined ? (mgPerKg ?? null) : null, highMgPerKg: fixed === undefined && upTo !== undefined && upTo > (mgPerKg ?? 0) ? upTo : null, weightKg: kg ?? null, weighedAgain: again || null })}
    >
      {session.order ? (
        <p>
          Ordered: {session.order.doseMg} mg{session.order.doseMgPerKg ? ` (${session.order.doseMgPerKg} mg/kg)` : ''}. A new order voids draw and check.
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
      {above.length > 0 ? (
        <Choice
          label="May be titrated up to"
          aside="mg/kg, without a new order"
          value={upTo !== undefined && upTo > (mgPerKg ?? 0) ? String(upTo) : 'no'}
          onChange={(v) => setHigh(v === 'no' ? '' : v)}
          least={56}
          options={[{ value: 'no', label: 'Not' }, ...above.map((s) => ({ value: String(s), label: s.toFixed(1) }))]}
          error={errors['highMgPerKg']}
        />
      ) : null}
      <NumberField label="Weight, measured today" aside="kg" value={weight} onChange={(typed) => {
        setWeight(typed);
        setAgain(false);
      }} error={errors['weightKg']} note={`Left empty, a weight of the last ${rule.weightMaxAgeDays} days is taken.`} />
      {again || act.problem?.rule === 'weight-differs' ? <Check label={`Weighed again: it is ${weight} kg`} checked={again} onChange={setAgain} /> : null}
      {mg !== undefined && fixed === undefined ? (
        <div className={classes.figure} data-off={(most !== undefined && mg > most) || undefined}>
          <strong>{mg.toFixed(1)} mg</strong>
          <span>
            {mgPerKg} mg/kg × {kg} kg, rounded down{byPump(session.route) ? `; pump ${pumpRate(mg, session.route)} mg/h over ${doseMinutes(session.route)} min` : ''}
            {most ? `; at most ${most} mg by this route` : ''}. The order that the server answers counts.
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
  const ordered = session.doseMg ?? undefined;
  const most = byPump(session.route) ? (session.order?.highMg ?? ordered) : ordered;
  const dilutedTo = numberOf(diluted);
  const strength = dilutedTo ?? numberOf(vial ?? '');
  const ml = numberOf(volume);
  const mg = strength !== undefined && ml !== undefined ? strength * ml : undefined;
  const within = PROTOCOL['dose-rule'].drawnWithinPercent / 100;
  const off = mg !== undefined && ordered !== undefined && most !== undefined ? mg < ordered * (1 - within) - 1e-9 || mg > most * (1 + within) + 1e-9 : false;
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
        <span>
          {ordered !== undefined && strength ? `${(ordered / strength).toFixed(2)} mL at ${strength} mg/mL` : 'Choose the vial to see the volume'}
          {ordered !== undefined && most !== undefined && most > ordered ? `; up to ${most} mg may be drawn for titrating` : ''}
        </span>
      </div>
      <FromStock session={session} ndc={ndc} lot={lot} onPick={(code, number) => { setNdc(code); setLot(number); }} />
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

/** People of the record by the name under which the clinic lists them; an account that it doesn't list by its own. */
export function useStaffName() {
  const me = useMe();
  const listed = [...(useMeans('nurse').data ?? []), ...(useMeans('prescriber').data ?? [])];
  return (username: string) => (username === me.username ? 'you' : (listed.find((one) => one.username === username)?.name ?? username));
}

/** What is in the syringe and what was ordered, for whoever has to compare. */
function Syringe({ session }: { session: Session }) {
  const who = useStaffName();
  const { draw, order } = session;
  const pump = pumpNow(session);
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
      {session.titrations.length > 0 ? (
        <>
          <dt>Titrated to</dt>
          <dd>
            {session.doseMg} mg ({session.titrations.at(-1)?.doseMgPerKg} mg/kg)
          </dd>
        </>
      ) : null}
      {byPump(session.route) ? (
        <>
          <dt>Pump</dt>
          <dd>{pump ? `${pump.volumeMl} mL at ${pump.rateMlPerH} mL/h, set by ${who(pump.by)}${pump.check ? `, checked by ${who(pump.check.by)}` : ', nobody checked it yet'}` : 'not set yet'}</dd>
          <dt>For this dose</dt>
          <dd>{session.suggestedPump ? `${session.suggestedPump.volumeMl} mL at ${session.suggestedPump.rateMlPerH} mL/h (${session.pumpMgPerHour} mg/h over ${doseMinutes(session.route)} min)` : '–'}</dd>
        </>
      ) : null}
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
      <dt>Draw checked by</dt>
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
  const open = unchecked(session);
  const own = (open === 'draw' && session.draw?.by === me.username) || (pumpNow(session) && !pumpNow(session)?.check && pumpNow(session)?.by === me.username);
  return (
    <ActionBody send="Checked: it is right" busy={act.busy} problem={act.problem} ready={!!open} onSend={() => act.run({})}>
      <Syringe session={session} />
      {own ? (
        <Banner tone="hold" title="You drew it or set the pump: somebody else checks">
          A second person, nurse or prescriber, signs in and compares vial, volume and pump with the order. Your own check will be refused.
        </Banner>
      ) : (
        <p>Compare drug, vial, volume and pump with the order, with your own eyes.</p>
      )}
      {byPump(session.route) && !pumpNow(session) ? <p>The pump is not set yet: it needs a check of its own then.</p> : null}
    </ActionBody>
  );
}

export function SetPump({ session, onDone }: ActionProps) {
  const act = useAct(session, 'pump', onDone);
  const right = session.suggestedPump;
  const [volume, setVolume] = useState('');
  const [rate, setRate] = useState('');
  const errors = act.problem?.byField() ?? {};
  const ml = numberOf(volume);
  const mlPerH = numberOf(rate);
  return (
    <ActionBody send="Record pump setting" busy={act.busy} problem={act.problem} ready={!!session.draw && ml !== undefined && mlPerH !== undefined} onSend={() => ml !== undefined && mlPerH !== undefined && act.run({ volumeMl: ml, rateMlPerH: mlPerH })}>
      {right ? (
        <div className={classes.figure}>
          <strong>
            {right.volumeMl} mL at {right.rateMlPerH} mL/h
          </strong>
          <span>
            {session.doseMg} mg at {session.draw?.mgPerMl} mg/mL over {doseMinutes(session.route)} min. Type what the pump shows, not what stands here.
          </span>
        </div>
      ) : (
        <p>Draw the drug first.</p>
      )}
      <div className={classes.pair}>
        <NumberField label="Volume" aside="mL" value={volume} onChange={setVolume} error={errors['volumeMl']} />
        <NumberField label="Rate" aside="mL/h" value={rate} onChange={setRate} error={errors['rateMlPerH']} />
      </div>
      <p className={classes.small}>{session.state === 'dosing' ? 'Until a second person has checked it, the setting before counts.' : 'A second person checks it before the dose starts.'}</p>
    </ActionBody>
  );
}

/** Another dose inside the ordered range. */
export function Titrate({ session, onDone }: ActionProps) {
  const act = useAct(session, 'titrate', onDone);
  const { order } = session;
  const [dose, setDose] = useState<string>();
  const low = order?.lowMgPerKg ?? undefined;
  const high = order?.highMgPerKg ?? undefined;
  const steps: number[] = [];
  if (low !== undefined && high !== undefined) for (let i = Math.round(low * 10); i <= Math.round(high * 10); i++) steps.push(i / 10);
  const mgPerKg = numberOf(dose ?? '');
  return (
    <ActionBody send="Titrate" busy={act.busy} problem={act.problem} ready={mgPerKg !== undefined} onSend={() => mgPerKg !== undefined && act.run({ doseMgPerKg: mgPerKg })}>
      {order ? (
        <p>
          Ordered from {low} to {high} mg/kg; now {session.doseMg} mg. More than {high} mg/kg needs a new order.
        </p>
      ) : null}
      <Choice label="Dose" aside="mg/kg" value={dose} onChange={setDose} least={56} options={steps.map((s) => ({ value: String(s), label: s.toFixed(1) }))} error={act.problem?.byField()['doseMgPerKg']} />
      {mgPerKg !== undefined && order ? (
        <div className={classes.figure}>
          <strong>{doseMg(mgPerKg, order.weightKg).toFixed(1)} mg</strong>
          <span>Then set the pump; a second person checks it.</span>
        </div>
      ) : null}
    </ActionBody>
  );
}

const MUSCLES = (['deltoid-left', 'deltoid-right', 'thigh-left', 'thigh-right', 'gluteal-left', 'gluteal-right'] as const).map((site) => ({ value: site, label: capital(humanized(site)) }));

export function StartDose({ session, onDone }: ActionProps) {
  const act = useAct(session, 'start', onDone);
  const [site, setSite] = useState<Bodies['start']['site']>();
  const injected = session.route === 'im';
  return (
    <ActionBody
      send={session.doseMg ? `Start dose: ${session.doseMg} mg` : 'Start dose'}
      busy={act.busy}
      problem={act.problem}
      ready={!injected || !!site}
      onSend={() => act.run(injected && site ? { site } : {})}
    >
      {session.devicesWanted > 0 ? (
        <p>
          {session.devicesWanted} devices of {deviceOf(session.route)?.mg} mg, {deviceOf(session.route)?.gapMinutes} min from one to the next. Record each when the patient has used it.
        </p>
      ) : (
        <Syringe session={session} />
      )}
      {injected ? <Choice label="Into which muscle" value={site ?? undefined} onChange={setSite} options={MUSCLES} least={120} error={act.problem?.byField()['site']} /> : null}
      <p>The server judges once more, at this moment, whether this patient may be treated. The dose runs when it said yes.</p>
    </ActionBody>
  );
}

export function UseDevice({ session, onDone }: ActionProps) {
  const act = useAct(session, 'device', onDone);
  const now = useNow();
  const last = session.devices.at(-1);
  const [ndc, setNdc] = useState(last?.ndc ?? '');
  const [lot, setLot] = useState(last?.lot ?? '');
  const errors = act.problem?.byField() ?? {};
  const left = session.nextDeviceNotBefore ? Date.parse(session.nextDeviceNotBefore) - now : 0;
  return (
    <ActionBody send={`Device ${session.devices.length + 1} of ${session.devicesWanted} is used`} busy={act.busy} problem={act.problem} ready={!!ndc.trim() && !!lot.trim()} onSend={() => act.run({ ndc: ndc.trim(), lot: lot.trim() })}>
      {left > 0 ? (
        <Banner tone="waiting" title={`Next device in ${duration(left)}`}>
          Label: {deviceOf(session.route)?.gapMinutes} min from one device to the next.
        </Banner>
      ) : null}
      {last ? (
        <p>
          Used: {session.devices.length} of {session.devicesWanted}, the last at <When at={last.at} show="time" />.
        </p>
      ) : null}
      <FromStock session={session} ndc={ndc} lot={lot} onPick={(code, number) => { setNdc(code); setLot(number); }} />
      <div className={classes.pair}>
        <TextField label="NDC" aside="scan the device" value={ndc} onChange={setNdc} error={errors['ndc']} placeholder="50458-0028-02" />
        <TextField label="Lot" value={lot} onChange={setLot} error={errors['lot']} />
      </div>
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
  if (session.devicesWanted > 0) {
    return (
      <ActionBody send="The dose has ended" busy={act.busy} problem={act.problem} onSend={() => act.run({})}>
        <p>
          {session.devices.length} of {session.devicesWanted} devices are used. Observation counts from the last one; to end the dose early use Stop.
        </p>
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
