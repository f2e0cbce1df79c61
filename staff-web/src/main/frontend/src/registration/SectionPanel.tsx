import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Versioned } from '../api/clients';
import { useCommand } from '../api/command';
import { useMe } from '../api/me';
import { Problem } from '../api/problem';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge, type Tone } from '../parts/Tone';
import { When } from '../parts/When';
import { differences } from './differences';
import { type Registration, registrationQuery, type SectionState } from './queries';
import type { SectionKind } from './sections';
import classes from './Registration.module.css';

const STATES: Record<SectionState['state'], [Tone, string]> = { complete: ['done', 'Complete'], partial: ['hold', 'Partial'], missing: ['waiting', 'Missing'] };

interface Editing<Draft> {
  draft: Draft;
  /** What stood there when the editing began; its version goes with the change. */
  base: Draft;
  etag: string | undefined;
  /** What somebody else saved meanwhile. */
  theirs?: Draft;
}

/**
 * One section, shown or edited. Sections share one version: when another section was saved meanwhile, this one is sent again by itself;
 * when this very one was, both versions are shown and the person decides.
 */
export function SectionPanel<Draft>({ kind, patientId, now, may }: { kind: SectionKind<Draft>; patientId: string; now: Versioned<Registration>; may: boolean }) {
  const queries = useQueryClient();
  const { username } = useMe();
  const [editing, setEditing] = useState<Editing<Draft>>();
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const { queryKey, queryFn } = registrationQuery(patientId);

  const save = useCommand(
    async ({ draft, base, etag }: { draft: Draft; base: Draft; etag: string | undefined }) => {
      try {
        return await kind.put(patientId, etag, draft);
      } catch (failure) {
        if (!(failure instanceof Problem) || (failure.status !== 412 && failure.status !== 428)) throw failure;
        const newest = await queryFn();
        const theirs = kind.begin(newest.value);
        queries.setQueryData(queryKey, newest);
        if (JSON.stringify(theirs) === JSON.stringify(base)) return kind.put(patientId, newest.etag, draft);
        setEditing((old) => (old ? { ...old, theirs, base: theirs, etag: newest.etag } : old));
        throw failure;
      }
    },
    {
      refresh: [['patient', patientId], ['patients'], ['worklist'], ['duplicates'], ['journey', patientId], ['coverages']],
      onDone: (answer) => {
        queries.setQueryData(queryKey, answer);
        close();
      },
    },
  );

  const close = () => {
    setEditing(undefined);
    setTried(false);
    save.forget();
    requestAnimationFrame(() => opener.current?.focus());
  };
  const open = () => {
    const base = kind.begin(now.value);
    setEditing({ draft: base, base, etag: now.value.version > 0 ? now.etag : undefined });
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('input, select, button')?.focus());
  };

  const state = now.value.sections.find((s) => s.section === kind.name);
  const [tone, word] = STATES[state?.state ?? 'missing'];
  const lacks = editing ? kind.lacks(editing.draft) : {};
  const wrong = { ...(save.problem?.byField() ?? {}), ...(tried ? lacks : {}) };
  const filled = state?.filledBy ? (state.filledBy === 'patient' ? 'the patient' : state.filledBy === username ? 'you' : state.filledBy) : undefined;
  const id = `section-${kind.name}`;
  const untouched = state?.state === 'missing' && !state.filledBy;

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (!editing) return;
    setTried(true);
    if (Object.keys(lacks).length > 0) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    save.run({ draft: editing.draft, base: editing.base, etag: editing.etag });
  };

  return (
    <section className={classes.section} id={id} aria-labelledby={`${id}-title`} data-editing={editing ? true : undefined}>
      <div className={classes.head}>
        <h2 id={`${id}-title`}>{kind.title}</h2>
        <Badge tone={tone}>{word}</Badge>
        {!editing && may ? (
          <Button ref={opener} className={classes.edit} size="compact-sm" variant={untouched ? 'light' : 'subtle'} onClick={open} aria-label={`${untouched ? 'Fill in' : 'Edit'}: ${kind.title}`}>
            {untouched ? 'Fill in' : 'Edit'}
          </Button>
        ) : null}
      </div>
      <p className={classes.meta}>
        {filled && state?.filledAt ? (
          <>
            Filled by {filled}, <When at={state.filledAt} />
          </>
        ) : state?.state === 'missing' ? (
          kind.asks
        ) : (
          'From the referral'
        )}
      </p>
      {editing ? (
        <form ref={form} className={classes.form} noValidate aria-label={kind.title} onSubmit={submit}>
          {editing.theirs !== undefined ? <Conflict kind={kind} mine={editing.draft} theirs={editing.theirs} onTheirs={close} by={filled ?? 'somebody else'} /> : null}
          {kind.fields({ draft: editing.draft, set: (draft) => setEditing((old) => (old ? { ...old, draft } : old)), wrong })}
          {save.problem && editing.theirs === undefined ? <ProblemNotice problem={save.problem} onRetry={submit} /> : null}
          <div className={classes.foot}>
            <Button type="submit" loading={save.busy}>
              {editing.theirs === undefined ? 'Save' : 'Save mine over theirs'}
            </Button>
            <Button variant="default" onClick={close} disabled={save.busy}>
              Cancel
            </Button>
          </div>
        </form>
      ) : untouched ? null : (
        <dl className={classes.facts}>
          {kind.facts(kind.begin(now.value)).map(([name, text], i) => (
            <div key={`${i} ${name}`}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

/** Both versions, with what differs marked; the fields below go on holding what was typed. */
function Conflict<Draft>({ kind, mine, theirs, by, onTheirs }: { kind: SectionKind<Draft>; mine: Draft; theirs: Draft; by: string; onTheirs: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'start' });
    box.current?.focus({ preventScroll: true });
  }, [theirs]);
  return (
    <div ref={box} className={classes.conflict} role="alert" tabIndex={-1}>
      <strong>{by.replace(/^./, (c) => c.toUpperCase())} saved this section while you were typing</strong>
      <p>Nothing of yours was saved yet. Change yours below and save it over theirs, or keep theirs.</p>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label="Both versions">
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">What</span>
              </th>
              <th scope="col">Saved now</th>
              <th scope="col">Yours</th>
            </tr>
          </thead>
          <tbody>
            {differences(kind.facts(theirs), kind.facts(mine)).map((row, i) => (
              <tr key={`${i} ${row.name}`} data-differs={row.differs || undefined}>
                <th scope="row">
                  {row.name}
                  {row.differs ? <span className={classes.differs}> differs</span> : null}
                </th>
                <td>{row.one ?? 'not there'}</td>
                <td>{row.other ?? 'not there'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Button size="xs" variant="default" onClick={onTheirs}>
        Keep theirs
      </Button>
    </div>
  );
}
