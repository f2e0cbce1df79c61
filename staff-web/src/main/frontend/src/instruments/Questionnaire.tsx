import { type KeyboardEvent, type RefObject, useEffect, useId, useRef } from 'react';
import { type Answers, asked, type Instrument, type Item, keysOf, type Language } from './model';
import type { Clash } from './useAnswering';
import classes from './Questionnaire.module.css';

/** How long a 1 waits for its 0, where ten is a choice. */
const TEN_MS = 700;

/**
 * The items of an instrument, as one reads them to a patient. Digits (or y and n) choose and lead on; arrows move; Delete takes an
 * answer back. With the mouse or a finger each choice leads on, too.
 */
export function Questionnaire({
  instrument,
  answers,
  onAnswer,
  onEnd,
  language,
  wrong,
  clashes = [],
  onSettle,
  autoFocus = false,
  rootRef,
}: {
  instrument: Instrument;
  answers: Answers;
  onAnswer: (item: string, code: string) => void;
  /** After the last item. */
  onEnd?: () => void;
  language: Language;
  /** Messages by item. */
  wrong: Record<string, string>;
  clashes?: Clash[];
  onSettle?: (clash: Clash, mine: boolean) => void;
  autoFocus?: boolean;
  rootRef?: RefObject<HTMLOListElement | null>;
}) {
  const own = useRef<HTMLOListElement>(null);
  const root = rootRef ?? own;
  const name = useId();
  const items = asked(instrument, answers);
  const ten = useRef<{ item: string; timer: ReturnType<typeof setTimeout> }>(undefined);

  const field = (id: string) => root.current?.querySelector<HTMLElement>(`[data-item="${id}"]`);
  const focus = (id: string) => {
    const found = field(id);
    const at = found?.querySelector<HTMLInputElement>('input:checked') ?? found?.querySelector<HTMLInputElement>('input');
    at?.focus({ preventScroll: true });
    found?.scrollIntoView({ block: 'nearest' });
  };
  const step = (from: string, by: number) => {
    const at = items.findIndex((item) => item.id === from) + by;
    const to = items[at];
    if (to) focus(to.id);
    else if (by > 0) onEnd?.();
  };
  // after the answer is drawn: what comes next may depend on it
  const latest = useRef(step);
  latest.current = step;
  const onward = (from: string) => requestAnimationFrame(() => latest.current(from, 1));

  useEffect(() => {
    if (!autoFocus) return;
    const first = items.find((item) => answers[item.id] === undefined) ?? items[0];
    if (first) focus(first.id);
    // once, when it comes into sight
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const onKey = (item: Item) => (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const done = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    const key = event.key.toLowerCase();
    if (key === 'arrowdown') return done(), step(item.id, 1);
    if (key === 'arrowup') return done(), step(item.id, -1);
    if (key === 'enter') return done(), step(item.id, 1);
    if (key === 'delete' || key === 'backspace') return done(), onAnswer(item.id, '');
    const keys = keysOf(item);
    if (ten.current?.item === item.id && key === '0') {
      clearTimeout(ten.current.timer);
      ten.current = undefined;
      done();
      onAnswer(item.id, codeAt(item, keys.indexOf('10')));
      return onward(item.id);
    }
    const at = keys.indexOf(key);
    if (at < 0) return undefined;
    done();
    onAnswer(item.id, codeAt(item, at));
    if (key === '1' && keys.includes('10')) {
      clearTimeout(ten.current?.timer);
      ten.current = { item: item.id, timer: setTimeout(() => ((ten.current = undefined), latest.current(item.id, 1)), TEN_MS) };
      return undefined;
    }
    return onward(item.id);
  };

  return (
    <ol className={classes.items} ref={root} lang={language}>
      {items.map((item) => {
        const keys = keysOf(item);
        const scale = item.choices.length > 6;
        const clash = clashes.find((c) => c.item === item.id);
        return (
          <li key={item.id}>
            <fieldset className={classes.item} data-item={item.id} data-wrong={wrong[item.id] ? true : undefined} data-answered={answers[item.id] !== undefined || undefined} onKeyDown={onKey(item)}>
              <legend>
                <span className={classes.number}>{label(instrument, item)}</span>
                <span>
                  {item.text[language]}
                  {item.required ? null : <small> {language === 'es' ? '(opcional)' : '(optional)'}</small>}
                </span>
              </legend>
              <div className={classes.choices} data-scale={scale || undefined}>
                {item.choices.map((choice, i) => (
                  <label key={choice.code} className={classes.choice}>
                    <input
                      type="radio"
                      name={`${name}-${item.id}`}
                      value={choice.code}
                      checked={answers[item.id] === choice.code}
                      onChange={() => onAnswer(item.id, choice.code)}
                      onClick={(event) => {
                        // a finger or the mouse; arrows between the choices come as clicks without detail
                        if (event.detail > 0) onward(item.id);
                      }}
                    />
                    <span>
                      {scale ? null : <kbd aria-hidden>{keys[i]}</kbd>}
                      {choice.text[language]}
                    </span>
                  </label>
                ))}
              </div>
              {wrong[item.id] ? <div className={classes.wrong}>{wrong[item.id]}</div> : null}
              {clash ? (
                <div className={classes.clash} role="alert">
                  <span>
                    Somebody else answered this meanwhile: {textOf(item, clash.theirs, language)}. Yours: {textOf(item, clash.mine, language)}.
                  </span>
                  <button type="button" onClick={() => onSettle?.(clash, true)}>
                    Take mine
                  </button>
                  <button type="button" onClick={() => onSettle?.(clash, false)}>
                    Keep theirs
                  </button>
                </div>
              ) : null}
            </fieldset>
          </li>
        );
      })}
    </ol>
  );
}

const codeAt = (item: Item, at: number) => item.choices[at]?.code ?? '';
const label = (instrument: Instrument, item: Item) => `${instrument.items.findIndex((i) => i.id === item.id) + 1}.`;
export const textOf = (item: Item, code: string | undefined, language: Language) => (code ? (item.choices.find((c) => c.code === code)?.text[language] ?? code) : 'taken back');
