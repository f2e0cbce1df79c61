import { Button } from '@mantine/core';
import { createContext, type FormEvent, type ReactNode, useContext } from 'react';
import type { Problem } from '../api/problem';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Banner } from '../parts/Tone';
import classes from './forms.module.css';
import type { Session } from './model';
import type { Done } from './useSession';

/** Why the action of this form is locked; undefined when it is not. */
export const Locked = createContext<string | undefined>(undefined);

/** What every form of an action is given. It is done when the server's answer is here, or kept on this device until then. */
export interface ActionProps {
  session: Session;
  onDone: (answer: Done) => void;
}

/** Who says so, for whoever doubts a number: folded, since nobody reads it beside a patient. */
export function Source({ of: source }: { of: string }) {
  return (
    <details className={classes.small}>
      <summary>Where these numbers come from</summary>
      {source}.
    </details>
  );
}

/** The fields of one action, what the server said to the last try, and its button. */
export function ActionBody({
  children,
  send,
  busy,
  problem,
  ready = true,
  danger,
  onSend,
}: {
  children?: ReactNode;
  /** The verb on the button. */
  send: string;
  busy: boolean;
  problem: Problem | undefined;
  ready?: boolean;
  danger?: boolean;
  onSend: () => void;
}) {
  const locked = useContext(Locked);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy && !locked) onSend();
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {children}
      <ProblemNotice problem={problem} onRetry={onSend} />
      {locked ? <Banner tone="waiting" title={locked} /> : null}
      <Button type="submit" size="md" className={classes.send} loading={busy} disabled={!ready || !!locked} {...(danger ? { color: 'red.8' } : {})}>
        {send}
      </Button>
    </form>
  );
}
