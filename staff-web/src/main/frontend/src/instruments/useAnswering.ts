import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { body, ifMatch, intake } from '../api/clients';
import { Problem } from '../api/problem';
import { type Answers, type Assessment, type Instrument, withAnswer } from './model';
import { touchedBy } from './queries';

/** Somebody else answered an item otherwise while this one was on its way. */
export interface Clash {
  item: string;
  mine: string;
  theirs: string | undefined;
}

/** After a failure that passes, the next try by itself. */
const RETRY_MS = 5_000;

/**
 * Answers on their way to the server: each goes out as it is given, one request at a time, and what could not be sent stays here
 * and is sent again. Nothing is begun on the server before the first answer.
 *
 * @param begun what is gone on with
 */
export function useAnswering(patientId: string, instrument: Instrument, begun: Assessment | undefined, how: { mode: 'staff' | 'session'; sessionId?: string | undefined }) {
  const queries = useQueryClient();
  const [assessment, setAssessment] = useState(begun);
  const [answers, setAnswers] = useState<Answers>(begun?.answers ?? {});
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [clashes, setClashes] = useState<Clash[]>([]);
  const [unsent, setUnsent] = useState(0);

  const known = useRef(begun);
  const shown = useRef<Answers>(begun?.answers ?? {});
  const pending = useRef<Record<string, string>>({});
  const completing = useRef(false);
  const busy = useRef(false);
  const retry = useRef<ReturnType<typeof setTimeout>>(undefined);
  const gone = useRef(false);

  const show = useCallback((next: Answers) => {
    shown.current = next;
    setAnswers(next);
  }, []);

  const take = useCallback((view: Assessment) => {
    known.current = view;
    setAssessment(view);
  }, []);

  const flush = useCallback(async (): Promise<void> => {
    clearTimeout(retry.current);
    if (busy.current || gone.current) return;
    const batch = { ...pending.current };
    const complete = completing.current;
    if (Object.keys(batch).length === 0 && !complete) return;
    busy.current = true;
    setSaving(true);
    const path = { id: patientId };
    let again = false;
    try {
      const open = known.current;
      const view = open
        ? await body(
            intake.PUT('/api/patients/{id}/assessments/{assessmentId}', {
              params: { path: { ...path, assessmentId: open.id }, header: { 'If-Match': ifMatch(open.version) } },
              body: { answers: batch, complete },
            }),
          )
        : await body(
            intake.POST('/api/patients/{id}/assessments', {
              params: { path, header: { 'Idempotency-Key': crypto.randomUUID() } },
              body: { instrument: instrument.id, mode: how.mode, sessionId: how.sessionId ?? null, answers: Object.fromEntries(Object.entries(batch).filter(([, code]) => code !== '')), complete },
            }),
          );
      for (const [item, code] of Object.entries(batch)) if (pending.current[item] === code) delete pending.current[item];
      take(view);
      setProblem(undefined);
      // one that was open before may have brought answers of its own
      show(over(view.answers, pending.current));
      if (view.status === 'completed') {
        completing.current = false;
        await Promise.all(touchedBy(patientId).map((queryKey) => queries.invalidateQueries({ queryKey })));
      } else {
        // what its answers opened, or raised, is shown all over the page
        void queries.invalidateQueries({ queryKey: ['assessments', patientId] });
        if (view.safetyAlertId && view.safetyAlertId !== open?.safetyAlertId) void queries.invalidateQueries({ queryKey: ['safety-alerts'] });
      }
      again = Object.keys(pending.current).length > 0;
    } catch (failure) {
      const found = failure instanceof Problem ? failure : Problem.unreachable();
      if (found.status === 412 || found.rule === 'assessment-completed') {
        again = await meet(found);
      } else {
        setProblem(found);
        if (found.passing && !gone.current) retry.current = setTimeout(() => void flush(), (found.retryAfter ?? RETRY_MS / 1000) * 1000);
        else completing.current = false;
      }
    } finally {
      busy.current = false;
      setSaving(false);
      setUnsent(Object.keys(pending.current).length);
    }
    if (again) await flush();

    /** Somebody else was there meanwhile: their answers to other items are taken, to the same items both are shown. */
    async function meet(refusal: Problem): Promise<boolean> {
      const before = known.current;
      if (!before) return false;
      try {
        const now = await body(intake.GET('/api/patients/{id}/assessments/{assessmentId}', { params: { path: { ...path, assessmentId: before.id } } }));
        const found: Clash[] = [];
        for (const [item, mine] of Object.entries(pending.current)) {
          const theirs = now.answers[item];
          if (theirs !== before.answers[item] && (theirs ?? '') !== mine) {
            found.push({ item, mine, theirs });
            delete pending.current[item];
          }
        }
        take(now);
        if (now.status === 'completed') {
          pending.current = {};
          completing.current = false;
          show(now.answers);
          setProblem(refusal);
          return false;
        }
        if (found.length > 0) {
          setClashes((all) => [...all.filter((c) => !found.some((f) => f.item === c.item)), ...found]);
          completing.current = false;
        }
        show(over(now.answers, pending.current));
        return Object.keys(pending.current).length > 0 || completing.current;
      } catch (failure) {
        setProblem(failure instanceof Problem ? failure : Problem.unreachable());
        return false;
      }
    }
  }, [patientId, instrument.id, how.mode, how.sessionId, queries, show, take]);

  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
      clearTimeout(retry.current);
    };
  }, []);

  // closing the window would lose what has not arrived yet
  useEffect(() => {
    if (unsent === 0) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [unsent]);

  const answer = useCallback(
    (item: string, code: string) => {
      const next = withAnswer(instrument, shown.current, item, code);
      show(next.answers);
      Object.assign(pending.current, next.changes);
      setUnsent(Object.keys(pending.current).length);
      setClashes((all) => all.filter((c) => c.item !== item));
      void flush();
    },
    [instrument, flush, show],
  );

  return {
    assessment,
    answers,
    answer,
    /** Sends what is left and asks for the score. */
    complete: () => {
      completing.current = true;
      void flush();
    },
    saving,
    unsent,
    problem,
    retry: () => void flush(),
    clashes,
    settle: (clash: Clash, mine: boolean) => {
      setClashes((all) => all.filter((c) => c !== clash));
      if (mine) answer(clash.item, clash.mine);
    },
  };
}

/** What the server has, under what it has not heard yet. */
const over = (base: Answers, pending: Record<string, string>): Answers => Object.fromEntries(Object.entries({ ...base, ...pending }).filter(([, code]) => code !== ''));
