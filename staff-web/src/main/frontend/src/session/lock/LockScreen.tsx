import { Button } from '@mantine/core';
import { IconLock, IconUrgent } from '@tabler/icons-react';
import { useRouterState } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { body, door } from '../../api/clients';
import { useCommand } from '../../api/command';
import { useMe } from '../../api/me';
import { useNow } from '../../live/clock';
import { ProblemNotice } from '../../parts/ProblemNotice';
import { duration } from '../../parts/time';
import { Badge, Banner } from '../../parts/Tone';
import { When } from '../../parts/When';
import { SignInForm } from '../../signin/SignInForm';
import { CallForHelp } from '../emergency';
import { afterDose, alarmsOf, breaks, lastReading, may, plannedEnd, type Session, type Sign, stateOf, VERBS } from '../model';
import { useSilentSince } from '../offline/link';
import { useChairs, useSession } from '../useSession';
import classes from './LockScreen.module.css';
import { openWithoutNetwork, unlock } from './lock';

/**
 * Over everything, until the PIN or a password: who is treated and what is on record is hidden, how they are is not. What was
 * typed stays beneath.
 */
export default function LockScreen() {
  const dialog = useRef<HTMLDialogElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const sessionId = /^\/sessions\/([^/]+)/.exec(path)?.[1];
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={classes.lock}
      aria-label="Locked screen"
      onCancel={(event) => event.preventDefault()}
      onClose={(event) => {
        if (event.currentTarget.isConnected) event.currentTarget.showModal();
      }}
    >
      <div className={classes.inside}>
        {sessionId ? <AtTheChair sessionId={sessionId} /> : <p className={classes.calm}>This screen locked itself beside a chair.</p>}
        <Opening />
      </div>
    </dialog>
  );
}

const SHOWN: { sign: Sign; label: string; unit: string }[] = [
  { sign: 'spo2', label: 'SpO2', unit: '%' },
  { sign: 'heartRate', label: 'Heart rate', unit: '/min' },
  { sign: 'respiratoryRate', label: 'Breathing', unit: '/min' },
  { sign: 'moaas', label: 'MOAA/S', unit: '' },
];

function AtTheChair({ sessionId }: { sessionId: string }) {
  const session = useSession(sessionId).data;
  if (!session) return <p className={classes.calm}>This screen locked itself beside a chair.</p>;
  return <Vitals session={session} />;
}

function Vitals({ session }: { session: Session }) {
  const me = useMe();
  const now = useNow();
  const chair = useChairs().data?.find((c) => c.id === session.chairId)?.name;
  const last = lastReading(session.vitals);
  const [calling, setCalling] = useState(false);
  const [called, setCalled] = useState<string>();
  const end = session.state === 'dosing' ? plannedEnd(session) : afterDose(session) && session.dischargeNotBefore ? Date.parse(session.dischargeNotBefore) : undefined;
  return (
    <section className={classes.chair} aria-label="At the chair">
      <header>
        <h2>{chair ?? 'Session'}</h2>
        <Badge tone={stateOf(session).tone}>{stateOf(session).word}</Badge>
        {end !== undefined ? <span className={classes.clock}>{end > now ? `${duration(end - now)} left` : `+${duration(now - end)}`}</span> : null}
      </header>
      {alarmsOf(session, session.vitals, now).map((alarm) => (
        <Banner key={alarm.text} tone={alarm.tone} title={alarm.text} />
      ))}
      {last ? (
        <dl className={classes.signs}>
          <div data-alarm={!!(breaks('systolic', last.systolic) ?? breaks('diastolic', last.diastolic)) || undefined}>
            <dt>Blood pressure</dt>
            <dd>
              {last.systolic}/{last.diastolic}
            </dd>
          </div>
          {SHOWN.map(({ sign, label, unit }) => {
            const value = last[sign as keyof typeof last] as number | null;
            return value === null ? null : (
              <div key={sign} data-alarm={!!breaks(sign, value) || undefined}>
                <dt>{label}</dt>
                <dd>
                  {value} <small>{unit}</small>
                </dd>
              </div>
            );
          })}
        </dl>
      ) : (
        <p>No vitals yet.</p>
      )}
      {last ? (
        <p className={classes.small}>
          Taken <When at={last.takenAt} show="time" />
        </p>
      ) : null}
      {may(session, 'call-for-help', me.roles) ? (
        calling ? (
          <CallForHelp
            session={session}
            onDone={(answer) => {
              setCalling(false);
              setCalled(answer === 'waiting' ? 'Waits to be sent: call for help' : 'Done: call for help');
            }}
          />
        ) : (
          <Button size="lg" color="red.9" leftSection={<IconUrgent size={20} aria-hidden />} onClick={() => setCalling(true)}>
            {VERBS['call-for-help']}
          </Button>
        )
      ) : null}
      <div role="status">{called ? <Badge tone={called.startsWith('Done') ? 'done' : 'waiting'}>{called}</Badge> : null}</div>
    </section>
  );
}

/** The PIN of who is signed in, or anybody's own sign-in. */
function Opening() {
  const me = useMe();
  const silent = useSilentSince() !== undefined;
  const [byPassword, setByPassword] = useState(!me.pinSet);
  const [pin, setPin] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const open = useCommand((typed: string) => body(door.POST('/api/me/unlock', { body: { pin: typed } })), { onDone: unlock });
  useEffect(() => {
    if (open.problem?.rule === 'wrong-pin') {
      setPin('');
      field.current?.focus();
    }
    // signed out meanwhile, or no PIN any more: only a password helps
    if (open.problem?.status === 401 || open.problem?.rule === 'csrf' || open.problem?.rule === 'pin-missing') setByPassword(true);
  }, [open.problem]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (pin.length >= 4 && !open.busy) open.run(pin);
  };
  const press = (digit: string) => {
    setPin((before) => (digit === 'back' ? before.slice(0, -1) : `${before}${digit}`.slice(0, 8)));
    field.current?.focus();
  };
  return (
    <section className={classes.opening} aria-label="Unlock">
      <h1>
        <IconLock size={22} aria-hidden /> Locked
      </h1>
      {silent ? (
        <Banner
          tone="waiting"
          title="No network: nobody can check a PIN"
          actions={
            <Button size="md" variant="default" onClick={openWithoutNetwork}>
              Go on without it
            </Button>
          }
        >
          Vitals and what is never refused can be recorded, in the name of {me.name}. It locks again when the network is back.
        </Banner>
      ) : null}
      {byPassword ? (
        <>
          <p className={classes.small}>{me.pinSet ? 'Anybody signs in with their own name and password.' : `${me.name} has no PIN yet: sign in with a password, then set one in the menu with your name.`}</p>
          <SignInForm
            // whoever it is: the page begins anew under their name
            onSignedIn={() => window.location.reload()}
          />
          {me.pinSet ? (
            <Button variant="subtle" size="md" onClick={() => setByPassword(false)}>
              PIN of {me.name}
            </Button>
          ) : null}
        </>
      ) : (
        <form className={classes.pin} onSubmit={submit}>
          <label htmlFor="pin">PIN of {me.name}</label>
          <input ref={field} id="pin" type="password" inputMode="none" autoComplete="off" maxLength={8} value={pin} autoFocus onChange={(e) => setPin(e.currentTarget.value.replace(/\D/g, ''))} aria-invalid={open.problem ? true : undefined} />
          {open.problem?.rule === 'wrong-pin' ? <Banner tone="danger" title="This is not the PIN" /> : <ProblemNotice problem={open.problem} />}
          <div className={classes.keys} role="group" aria-label="PIN keypad">
            {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => (
              <button key={digit} type="button" onClick={() => press(digit)}>
                {digit}
              </button>
            ))}
            <button type="button" onClick={() => press('back')} aria-label="Delete a digit">
              ⌫
            </button>
            <button type="button" onClick={() => press('0')}>
              0
            </button>
            <button type="submit" className={classes.ok} disabled={pin.length < 4 || open.busy}>
              Unlock
            </button>
          </div>
          <Button variant="subtle" size="md" onClick={() => setByPassword(true)}>
            Somebody else, or by password
          </Button>
        </form>
      )}
    </section>
  );
}
