import { Button } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { clinicNow, useNow, useZone } from '../live/clock';
import { ProblemNotice } from '../parts/ProblemNotice';
import { dayIn, timeOf, zonedInstant } from '../parts/time';
import { Choice } from './fields';
import { breaks, capital, lastReading, ruleWords, type Session, type Sign } from './model';
import { useRecordVitals } from './useSession';
import classes from './VitalsForm.module.css';

interface Spec {
  sign: Exclude<Sign, 'moaas'>;
  label: string;
  unit: string;
  least: number;
  most: number;
}
// the bounds of the service's own check: beyond them it is a slip of the finger
const SIGNS: Spec[] = [
  { sign: 'systolic', label: 'Systolic', unit: 'mmHg', least: 40, most: 300 },
  { sign: 'diastolic', label: 'Diastolic', unit: 'mmHg', least: 20, most: 200 },
  { sign: 'spo2', label: 'SpO2', unit: '%', least: 30, most: 100 },
  { sign: 'heartRate', label: 'Heart rate', unit: '/min', least: 15, most: 300 },
  { sign: 'respiratoryRate', label: 'Breathing', unit: '/min', least: 0, most: 80 },
  { sign: 'cadss6', label: 'CADSS-6', unit: '0–24', least: 0, most: 24 },
];
const EMPTY: Record<string, string> = { systolic: '', diastolic: '', spo2: '', heartRate: '', respiratoryRate: '', cadss6: '' };

/** No further digit can follow: the cursor goes on by itself. */
export function complete(text: string, { least, most }: { least: number; most: number }): boolean {
  const value = Number(text);
  return text !== '' && value >= least && value * 10 > most;
}

/** One set of vital signs, by keyboard or with a thumb. What was typed stays until the server has it. */
export function VitalsForm({ session }: { session: Session }) {
  const now = useNow();
  const zone = useZone();
  const last = lastReading(session.vitals);
  const [values, setValues] = useState(EMPTY);
  const [moaas, setMoaas] = useState<string>();
  const [time, setTime] = useState<string>();
  const [saved, setSaved] = useState<string>();
  const inputs = useRef(new Map<string, HTMLInputElement>());
  const focused = useRef<Spec>(undefined);
  /** The set that was sent: tried again it is the same reading. */
  const sent = useRef<{ readingId: string; takenAt: string }>(undefined);
  const record = useRecordVitals(session, (reading) => {
    sent.current = undefined;
    setValues(EMPTY);
    setMoaas(undefined);
    setTime(undefined);
    setSaved(reading.takenAt);
    inputs.current.get('systolic')?.focus({ preventScroll: true });
  });
  const errors = record.problem?.byField() ?? {};

  const number = (sign: string) => (values[sign] === '' || values[sign] === undefined ? undefined : Number(values[sign]));
  const outside = (spec: Spec) => {
    const value = number(spec.sign);
    return value !== undefined && (value < spec.least || value > spec.most);
  };
  const upsideDown = (number('systolic') ?? 999) <= (number('diastolic') ?? 0);
  const ready = SIGNS.every((spec) => (spec.sign === 'cadss6' || number(spec.sign) !== undefined) && !outside(spec)) && moaas !== undefined && !upsideDown;

  const put = (spec: Spec, raw: string) => {
    const text = raw.replace(/\D/g, '').slice(0, 3);
    setValues((before) => ({ ...before, [spec.sign]: text }));
    setSaved(undefined);
    if (complete(text, spec)) next(spec);
  };
  const next = (spec: Spec) => {
    const following = SIGNS[SIGNS.indexOf(spec) + 1];
    if (following) inputs.current.get(following.sign)?.focus();
  };
  const key = (typed: string) => {
    const spec = focused.current ?? SIGNS[0];
    if (!spec) return;
    inputs.current.get(spec.sign)?.focus();
    if (typed === 'next') next(spec);
    else put(spec, typed === 'back' ? (values[spec.sign] ?? '').slice(0, -1) : (values[spec.sign] ?? '') + typed);
  };

  const send = () => {
    // a definite refusal recorded nothing, so the set is taken anew; without an answer it must stay the same reading
    if (!record.problem?.outcomeUnknown || !sent.current) {
      const takenAt = time ? new Date(Math.min(zonedInstant(dayIn(clinicNow(), zone), time, zone), clinicNow())).toISOString() : new Date(clinicNow()).toISOString();
      sent.current = { readingId: crypto.randomUUID(), takenAt };
    }
    record.run({
      ...sent.current,
      deviceAt: new Date(clinicNow()).toISOString(),
      systolic: number('systolic') ?? 0,
      diastolic: number('diastolic') ?? 0,
      spo2: number('spo2') ?? 0,
      heartRate: number('heartRate') ?? 0,
      respiratoryRate: number('respiratoryRate') ?? 0,
      moaas: Number(moaas),
      cadss6: number('cadss6') ?? null,
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !record.busy) send();
  };
  const coarse = typeof window.matchMedia === 'function' && window.matchMedia('(pointer: coarse)').matches;

  return (
    <form className={classes.form} onSubmit={submit} noValidate aria-label="One set of vitals">
      <div className={classes.signs}>
        {SIGNS.map((spec) => {
          const value = number(spec.sign);
          const alarm = value !== undefined ? breaks(spec.sign, value) : undefined;
          const before = last?.[spec.sign];
          const wrong = errors[spec.sign] ?? (outside(spec) ? `${spec.least} to ${spec.most}` : spec.sign === 'diastolic' && upsideDown ? 'Above the systolic' : undefined);
          return (
            <label key={spec.sign} className={classes.sign} data-alarm={!!(alarm ?? wrong) || undefined}>
              <span className={classes.name}>{spec.label}</span>
              <span className={classes.last}>{before === undefined || before === null ? '' : `last ${before}`}</span>
              <input
                ref={(input) => {
                  if (input) inputs.current.set(spec.sign, input);
                }}
                aria-label={spec.label}
                inputMode={coarse ? 'none' : 'numeric'}
                autoComplete="off"
                maxLength={3}
                value={values[spec.sign]}
                aria-invalid={wrong ? true : undefined}
                onFocus={() => {
                  focused.current = spec;
                }}
                onChange={(e) => put(spec, e.currentTarget.value)}
              />
              <span className={classes.unit}>{spec.sign === 'cadss6' ? 'optional' : spec.unit}</span>
              {(wrong ?? alarm) ? <span className={classes.alarm}>{wrong ?? `Alarm: ${ruleWords(alarm ?? '')}`}</span> : null}
            </label>
          );
        })}
      </div>
      <Choice
        label="MOAA/S"
        aside={last ? `last ${last.moaas}; 5 fully awake` : '5 fully awake'}
        least={40}
        value={moaas}
        onChange={setMoaas}
        error={errors['moaas'] ?? (moaas !== undefined && breaks('moaas', Number(moaas)) ? `Alarm: ${ruleWords('sedation')}` : undefined)}
        options={['5', '4', '3', '2', '1', '0'].map((m) => ({ value: m, label: m }))}
      />
      <div className={classes.keys} role="group" aria-label="Keypad">
        {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => (
          <button key={digit} type="button" onClick={() => key(digit)}>
            {digit}
          </button>
        ))}
        <button type="button" onClick={() => key('back')} aria-label="Delete a digit">
          ⌫
        </button>
        <button type="button" onClick={() => key('0')}>
          0
        </button>
        <button type="button" onClick={() => key('next')}>
          Next
        </button>
      </div>
      <div className={classes.when}>
        {time === undefined ? (
          <>
            <span>
              Taken now, <strong>{timeOf(now, zone)}</strong>
            </span>
            <button type="button" className={classes.link} onClick={() => setTime(timeOf(now, zone))}>
              Taken earlier
            </button>
          </>
        ) : (
          <>
            <label>
              Taken at <input type="time" value={time} onChange={(e) => setTime(e.currentTarget.value)} />
            </label>
            <button type="button" className={classes.link} onClick={() => setTime(undefined)}>
              Taken now
            </button>
          </>
        )}
      </div>
      {errors['takenAt'] ? <div className={classes.alarm}>{capital(errors['takenAt'])}</div> : null}
      <ProblemNotice problem={record.problem} onRetry={send} />
      <Button type="submit" size="md" className={classes.send} loading={record.busy} disabled={!ready}>
        Record vitals
      </Button>
      <div role="status" className={classes.saved}>
        {saved ? `Recorded: vitals of ${timeOf(saved, zone)}` : ''}
      </div>
    </form>
  );
}
