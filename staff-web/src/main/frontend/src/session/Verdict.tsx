import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type Role, roleName, useHas } from '../api/me';
import { useNow } from '../live/clock';
import { Badge } from '../parts/Tone';
import { ago } from '../parts/time';
import { When } from '../parts/When';
import { wayOf } from './clearing';
import { type Act, capital, isStepOfToday, ruleWords } from './model';
import type { Readiness } from './useSession';
import classes from './Verdict.module.css';

export const blockersOf = (readiness: Readiness) => readiness.blockers.filter((b) => b.blocks.includes('treating') && !isStepOfToday(b.rule));
type Blocker = Readiness['blockers'][number];

/** Older than this, what other services told is worth a word. */
const OLD_MS = 2 * 60_000;

/** Can this patient be treated today? The verdict, then only what stands against it, with who can clear it and the way there. */
export function ReadinessLine({ readiness, onAct }: { readiness: Readiness; onAct?: ((act: Act) => void) | undefined }) {
  const now = useNow();
  const real = blockersOf(readiness);
  const steps = readiness.blockers.filter((b) => isStepOfToday(b.rule) && b.blocks.includes('treating'));
  const age = now - Date.parse(readiness.asOf);
  return (
    <section className={classes.line} aria-label="Can this patient be treated today?">
      {readiness.canTreat ? (
        <Badge tone="done">Can be treated today</Badge>
      ) : real.length === 0 ? (
        <Badge tone="ready">Nothing against treatment so far</Badge>
      ) : (
        <Badge tone="hold">Can’t be treated yet</Badge>
      )}
      {steps.length > 0 ? <span>Still to do here: {steps.map((b) => ruleWords(b.rule)).join(', ')}</span> : null}
      {readiness.softHolds.length > 0 ? <span>To weigh: {readiness.softHolds.map(ruleWords).join(', ')}</span> : null}
      {real.length > 0 ? (
        <ul className={classes.blockers}>
          {real.map((b) => (
            <li key={b.rule}>
              <div>
                <strong>{capital(ruleWords(b.rule))}</strong>: {b.detail}
                <small>
                  Cleared by {b.whoCanClear.map((role) => roleName(role as Role).toLowerCase()).join(' or ')}. Source: {b.source}
                  {b.heardAt ? (
                    <>
                      . Known since <When at={b.heardAt} />
                    </>
                  ) : null}
                </small>
              </div>
              <Clear blocker={b} patientId={readiness.patientId} onAct={onAct} />
            </li>
          ))}
        </ul>
      ) : null}
      <details className={classes.sources}>
        <summary>{age > OLD_MS && age < 1e12 ? `Last news of other services ${ago(age)} ago` : 'Where this comes from'}</summary>
        <ul>
          {readiness.heardFrom.map((from) => (
            <li key={from.service}>
              {capital(from.service)}: {from.lastAt ? <When at={from.lastAt} /> : 'nothing told of this patient yet'}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

/** The way to where the blocker is cleared, for who can clear it. */
function Clear({ blocker, patientId, onAct }: { blocker: Blocker; patientId: string; onAct: ((act: Act) => void) | undefined }) {
  const has = useHas();
  const way = wayOf(blocker.rule);
  if (!way || !has(...(blocker.whoCanClear as Role[]))) return null;
  if ('act' in way) {
    return onAct ? (
      <Button size="sm" variant="default" onClick={() => onAct(way.act)}>
        {way.verb}
      </Button>
    ) : null;
  }
  return (
    <Button size="sm" variant="default" renderRoot={(props) => <Link {...props} to={way.page} params={{ patientId }} />}>
      {way.verb}
    </Button>
  );
}
