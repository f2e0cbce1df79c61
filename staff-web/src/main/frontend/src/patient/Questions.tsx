import { useCallback, useEffect, useRef, useState } from 'react';
import { type Assessment, type PatientDoor, Refusal, type Visit } from './door';
import { CrisisCard, Message, Title, useSpeech } from './Frame';
import { asked } from './asked';

interface Props {
  door: PatientDoor;
  visit: Visit;
  ended: (e: unknown) => void;
  stop: () => void;
}

/** One question a screen; each answer is kept as soon as it is chosen. */
export function Questions({ door, visit, ended, stop }: Props) {
  const { language, w } = useSpeech();
  const [all, setAll] = useState<Assessment[] | null>(null);
  const [begun, setBegun] = useState(false);
  /** The item on screen; null: the first that is still open. */
  const [place, setPlace] = useState<string | null>(null);
  /** An answer that was not kept yet. */
  const [choosing, setChoosing] = useState<{ item: string; code: string } | null>(null);
  const [state, setState] = useState<'idle' | 'saving' | 'saved' | 'offline' | 'conflict' | 'invalid' | 'unanswered'>('idle');
  /** Shown once, between the instrument that showed danger and what it asks for. */
  const [crisisSeen, setCrisisSeen] = useState(false);

  const latest = useRef<Assessment[]>([]);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const show = useCallback((assessments: Assessment[]) => {
    latest.current = assessments;
    setAll(assessments);
  }, []);
  const load = useCallback(() => door.assessments().then(show), [door, show]);
  useEffect(() => {
    load().catch(ended);
  }, [load, ended]);

  const danger = all?.some((a) => a.crisisLines.length > 0) ?? false;
  useEffect(() => {
    if (danger) window.scrollTo(0, 0);
  }, [danger]);

  if (!all) return <p role="status">{w.loading}</p>;

  const current = all.find((a) => a.status !== 'completed');
  if (!current) {
    return (
      <>
        {danger && <CrisisCard />}
        <Message title={w.doneTitle} body={w.doneQuestions} />
      </>
    );
  }

  if (!begun) {
    const resumed = Object.keys(all[0]?.answers ?? {}).length > 0;
    return (
      <>
        <Title>{w.hello(visit.givenName)}</Title>
        {danger && <CrisisCard />}
        <p>{w.questionsBody}</p>
        <p className="note">{w.questionsNotice}</p>
        <p className="soft">{w.until(new Date(visit.expiresAt).toLocaleDateString(language, { weekday: 'long', day: 'numeric', month: 'long' }))}</p>
        <div className="buttons">
          <button type="button" className="go" onClick={() => setBegun(true)}>
            {resumed ? w.goOn : w.start}
          </button>
        </div>
      </>
    );
  }

  const next = current !== all[0];
  if (next && danger && !crisisSeen) {
    return (
      <>
        <CrisisCard more />
        <div className="buttons">
          <button
            type="button"
            className="go"
            onClick={() => {
              setCrisisSeen(true);
              setPlace(null);
              setState('idle');
            }}
          >
            {w.next}
          </button>
        </div>
      </>
    );
  }

  const answers = choosing ? { ...current.answers, [choosing.item]: choosing.code } : current.answers;
  const items = asked(current, answers);
  const at = Math.max(
    0,
    items.findIndex((i) => (place === null ? answers[i.id] === undefined : i.id === place)),
  );
  const item = items[at]!;
  const last = at === items.length - 1;
  const value = answers[item.id];

  const id = current.id;
  /** One after the other: each needs the version that the one before made. */
  const keep = (given: Record<string, string>, complete: boolean): Promise<boolean> => {
    const run = async () => {
      const of = latest.current.find((a) => a.id === id);
      if (!of) return false;
      setState('saving');
      try {
        const kept = await door.answer(of, given, complete);
        if (complete || kept.opened.some((opened) => !latest.current.some((a) => a.id === opened))) {
          await load();
          if (complete) setPlace(null);
        } else {
          show(latest.current.map((a) => (a.id === kept.id ? kept : a)));
        }
        setChoosing((now) => (now && given[now.item] === now.code ? null : now));
        setState('saved');
        return true;
      } catch (e) {
        if (e instanceof Refusal && e.status === 412) {
          // answered in another window: theirs is shown, ours is chosen again
          await load().catch(ended);
          setChoosing(null);
          setState('conflict');
        } else if (e instanceof Refusal && e.status === 422) {
          setState('invalid');
        } else if (e instanceof Refusal && e.status !== 0 && e.status < 500) {
          ended(e);
        } else {
          setState('offline');
        }
        return false;
      }
    };
    const done = queue.current.then(run, run);
    queue.current = done;
    return done;
  };

  const choose = (code: string) => {
    setPlace(item.id);
    setChoosing({ item: item.id, code });
    void keep({ ...noLonger(current, item.id, code), [item.id]: code }, false);
  };

  const goOn = async () => {
    if (value === undefined && item.required) {
      setState('unanswered');
      return;
    }
    if (choosing && !(await keep({ [choosing.item]: choosing.code }, false))) return;
    if (last) {
      await keep({}, true);
    } else {
      setState('idle');
      setPlace(items[at + 1]!.id);
    }
  };

  return (
    <form
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void goOn();
      }}
    >
      <p className="way">{w.question(at + 1, items.length)}</p>
      <progress max={items.length} value={at + 1} aria-label={w.question(at + 1, items.length)} />
      {danger && <CrisisCard brief={next} />}
      <fieldset>
        <legend>
          <span className="soft">{w.lookBack(current.lookBackDays)}</span>
          <Title key={`${current.id}/${item.id}`}>{item.text[language]}</Title>
        </legend>
        {item.choices.map((choice) => (
          <label className="choice" key={choice.code}>
            <input
              type="radio"
              name={`${current.id}-${item.id}`}
              value={choice.code}
              checked={value === choice.code}
              onChange={() => choose(choice.code)}
            />
            <span>{choice.text[language]}</span>
          </label>
        ))}
      </fieldset>
      <p className={state === 'saving' || state === 'saved' || state === 'idle' ? 'status' : 'wrong'} role="status">
        {{ idle: '', saving: w.working, saved: w.saved, offline: w.offline, conflict: w.conflict, invalid: w.invalid, unanswered: w.unanswered }[state]}
      </p>
      <div className="buttons">
        {at > 0 && (
          <button
            type="button"
            onClick={() => {
              setState('idle');
              setPlace(items[at - 1]!.id);
            }}
          >
            {w.back}
          </button>
        )}
        <button type="submit" className="go" disabled={state === 'saving'}>
          {last ? w.send : w.next}
        </button>
      </div>
      <button type="button" className="quiet" onClick={stop}>
        {w.stop}
      </button>
    </form>
  );
}

/** Answers that the new one passes over are taken back. */
function noLonger(of: Assessment, item: string, code: string): Record<string, string> {
  const before = asked(of, of.answers).map((i) => i.id);
  const after = new Set(asked(of, { ...of.answers, [item]: code }).map((i) => i.id));
  return Object.fromEntries(before.filter((id) => !after.has(id) && of.answers[id] !== undefined).map((id) => [id, '']));
}
