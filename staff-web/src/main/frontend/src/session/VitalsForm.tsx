import { Button } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Problem } from '../api/problem';
import { clinicNow, useNow, useZone } from '../live/clock';
import { ProblemNotice } from '../parts/ProblemNotice';
import { dayIn, timeOf, zonedInstant } from '../parts/time';
import { Choice } from './fields';
import { complete, EMPTY, isPart, isSet, namesIn, numberIn, readingOf, SIGNS, type Spec, typed, type Values, wrongIn } from './keying';
import { breach } from './limits';
import { breaks, capital, lastReading, ruleWords, type Session, type Sign } from './model';
import { outbox, useLink } from './offline/link';
import { useLimits } from './useSession';
import classes from './VitalsForm.module.css';

/** A whole set goes by itself, and can be taken back for so long. */
const UNDO_MS = 5_000;

interface Held {
  id: string;
  until: number;
}
interface Said {
  at: string;
  waiting: boolean;
}

/**
 * One set of vital signs, by keyboard or with a thumb: eleven digits, none of them a Tab or an Enter. The last one sends; it can
 * be taken back for a few seconds. What was typed stays until it is kept.
 */
export function VitalsForm({ session }: { session: Session }) {
  const now = useNow();
  const zone = useZone();
  const last = lastReading(session.vitals);
  const [values, setValues] = useState<Values>(EMPTY);
  const [touchedMoaas, setMoaas] = useState<string>();
  const [time, setTime] = useState<string>();
  const [said, setSaid] = useState<Said>();
  // what waited is on record when it has left this device
  const kept = useLink(session.id).waiting.filter((e) => e.kind === 'vitals');
  const waits = !!said?.waiting && kept.some((e) => !e.refused);
  const refused = !!said?.waiting && kept.some((e) => e.refused);
  const [held, setHeld] = useState<Held>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const inputs = useRef(new Map<string, HTMLInputElement>());
  const focused = useRef<Spec>(undefined);
  const [at, setAt] = useState<string>();
  const errors = problem?.byField() ?? {};
  const limits = useLimits(session).data;
  /** As the server will judge it; by the limits of all while its own can't be had. */
  const alarmOf = (sign: Sign, value: number | undefined) => {
    if (value === undefined) return undefined;
    if (limits) return breach(limits, now, sign, value);
    const rule = breaks(sign, value);
    return rule && ruleWords(rule);
  };

  // before the dose everybody is awake; under it somebody has to have looked
  const preset = last?.moaas ?? (session.doseStartedAt ? undefined : 5);
  const moaas = touchedMoaas ?? (preset === undefined ? undefined : String(preset));
  const whole = isSet(values) && moaas !== undefined;
  const ready = isPart(values);

  const clear = (kept: Partial<Values> = {}) => {
    setValues({ ...EMPTY, ...kept });
    setMoaas(undefined);
    setTime(undefined);
    setHeld(undefined);
    setBusy(false);
  };

  /** Writes the set down on this device; from there it goes to the server. */
  const send = (what: Values, holdMs: number) => {
    const id = crypto.randomUUID();
    const takenAt = new Date(time ? Math.min(zonedInstant(dayIn(clinicNow(), zone), time, zone), clinicNow()) : clinicNow()).toISOString();
    const all = isSet(what) && moaas !== undefined;
    setProblem(undefined);
    setSaid(undefined);
    if (holdMs > 0) setHeld({ id, until: Date.now() + holdMs });
    else setBusy(true);
    const sent = { current: id };
    going.current = sent;
    void outbox.put({ id, sessionId: session.id, kind: 'vitals', at: takenAt, body: { readingId: id, takenAt, ...readingOf(what), ...(all || touchedMoaas !== undefined ? { moaas: Number(moaas) } : {}) } }, holdMs).then((outcome) => {
      // taken back, and something else is in the fields now
      if (going.current !== sent) return;
      going.current = undefined;
      setHeld(undefined);
      setBusy(false);
      if (outcome.state === 'refused') {
        setProblem(outcome.problem);
        return;
      }
      clear();
      setSaid({ at: takenAt, waiting: outcome.state === 'waiting' });
      if (document.activeElement instanceof HTMLInputElement && [...inputs.current.values()].includes(document.activeElement)) inputs.current.get('systolic')?.focus({ preventScroll: true });
      else focused.current = undefined;
    });
  };
  const going = useRef<{ current: string }>(undefined);

  const takeBack = (then?: Partial<Values>) => {
    const id = held?.id;
    if (!id) return;
    going.current = undefined;
    setHeld(undefined);
    void outbox.take(id).then((taken) => {
      // too late: it is on its way, and only what was typed since remains
      if (!taken) clear(then);
    });
  };

  const put = (spec: Spec, raw: string) => {
    const after = typed(values, spec, raw);
    if (held) takeBack({ [spec.sign]: after.values[spec.sign] });
    setValues(after.values);
    setSaid(undefined);
    setProblem(undefined);
    if (after.next) inputs.current.get(after.next.sign)?.focus();
    if (after.whole && moaas !== undefined) send(after.values, UNDO_MS);
  };
  const key = (pressed: string) => {
    const spec = focused.current ?? SIGNS[0];
    if (!spec) return;
    inputs.current.get(spec.sign)?.focus();
    if (pressed === 'next') inputs.current.get((SIGNS[SIGNS.indexOf(spec) + 1] ?? SIGNS[0])?.sign ?? '')?.focus();
    else put(spec, pressed === 'back' ? values[spec.sign].slice(0, -1) : values[spec.sign] + pressed);
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (held) {
      setBusy(true);
      void outbox.release(held.id);
    } else if (ready) send(values, 0);
  };
  const coarse = typeof window.matchMedia === 'function' && window.matchMedia('(pointer: coarse)').matches;

  return (
    <form className={classes.form} onSubmit={submit} noValidate aria-label="One set of vitals">
      <div className={classes.signs}>
        {SIGNS.map((spec) => {
          const value = numberIn(values, spec.sign);
          const alarm = at === spec.sign && !complete(values[spec.sign], spec) ? undefined : alarmOf(spec.sign, value);
          const before = last?.[spec.sign];
          // more digits may follow where the cursor is
          const begun = at === spec.sign && value !== undefined && value < spec.least;
          const wrong = errors[spec.sign] ?? (begun ? undefined : wrongIn(values, spec));
          return (
            <label key={spec.sign} className={classes.sign} data-alarm={!!(alarm ?? wrong) || undefined}>
              <span className={classes.name}>{spec.label}</span>
              <span className={classes.last}>
                {before === undefined || before === null ? null : (
                  <>
                    <i>last </i>
                    {before}
                  </>
                )}
              </span>
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
                  setAt(spec.sign);
                }}
                onBlur={() => setAt(undefined)}
                onChange={(e) => put(spec, e.currentTarget.value)}
              />
              <span className={classes.unit}>{spec.sign === 'cadss6' ? 'optional' : spec.unit}</span>
              {(wrong ?? alarm) ? <span className={classes.alarm}>{wrong ?? `Alarm: ${alarm}`}</span> : null}
            </label>
          );
        })}
      </div>
      <div className={classes.moaas}>
        <Choice
          label="MOAA/S"
          aside={touchedMoaas === undefined && preset !== undefined ? (last?.moaas !== null && last?.moaas !== undefined ? `as last time: ${preset}` : 'preset: fully awake') : '5 fully awake'}
          least={40}
          value={moaas}
          onChange={(value) => {
            if (held) takeBack();
            setMoaas(value);
          }}
          error={errors['moaas'] ?? (moaas !== undefined && alarmOf('moaas', Number(moaas)) ? `Alarm: ${ruleWords('sedation')}` : undefined)}
          options={['5', '4', '3', '2', '1', '0'].map((m) => ({ value: m, label: m }))}
        />
      </div>
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
      {held ? (
        <Undo held={held} onUndo={() => takeBack()} />
      ) : (
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
      )}
      <div className={classes.problem}>
      {errors['takenAt'] ? <div className={classes.alarm}>{capital(errors['takenAt'])}</div> : null}
      <ProblemNotice problem={problem} />
      </div>
      <Button type="submit" size="md" className={classes.send} loading={busy} disabled={!held && !ready}>
        {held || whole || !ready ? 'Record vitals' : `Record only ${namesIn(values)}`}
      </Button>
      <div role="status" className={classes.saved} data-waiting={waits || undefined}>
        {said ? (waits ? `Waits to be sent: vitals of ${timeOf(said.at, zone)}` : refused ? '' : `Recorded: vitals of ${timeOf(said.at, zone)}`) : ''}
      </div>
    </form>
  );
}

/** The set goes in a moment; one touch takes it back. */
function Undo({ held, onUndo }: { held: Held; onUndo: () => void }) {
  const [left, setLeft] = useState(Math.ceil((held.until - Date.now()) / 1000));
  useEffect(() => {
    const tick = setInterval(() => setLeft(Math.max(0, Math.ceil((held.until - Date.now()) / 1000))), 250);
    return () => clearInterval(tick);
  }, [held]);
  return (
    <div className={classes.undo}>
      <span role="status">Complete: it is recorded in a moment</span>
      <b aria-hidden>{left} s</b>
      <Button size="md" variant="default" onClick={onUndo}>
        Undo
      </Button>
    </div>
  );
}
