import { Button } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import type { Problem } from '../api/problem';
import { ProblemNotice } from '../parts/ProblemNotice';
import classes from './forms.module.css';
import type { Session } from './model';

/** What every form of an action is given. It is done when the server's answer is here. */
export interface ActionProps {
  session: Session;
  onDone: (answer: Session) => void;
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) onSend();
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {children}
      <ProblemNotice problem={problem} onRetry={onSend} />
      <Button type="submit" size="md" className={classes.send} loading={busy} disabled={!ready} {...(danger ? { color: 'red.8' } : {})}>
        {send}
      </Button>
    </form>
  );
}
