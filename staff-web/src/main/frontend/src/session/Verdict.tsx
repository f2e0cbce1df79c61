import { roleName } from '../api/me';
import { Badge } from '../parts/Tone';
import { capital, isStepOfToday, ruleWords } from './model';
import type { Readiness } from './useSession';
import classes from './Verdict.module.css';

export const blockersOf = (readiness: Readiness) => readiness.blockers.filter((b) => b.blocks.includes('treating') && !isStepOfToday(b.rule));

/** Can this patient be treated today? The verdict, then only what stands against it, with who can clear it. */
export function ReadinessLine({ readiness }: { readiness: Readiness }) {
  const real = blockersOf(readiness);
  const steps = readiness.blockers.filter((b) => isStepOfToday(b.rule) && b.blocks.includes('treating'));
  return (
    <div className={classes.line}>
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
              <strong>{capital(ruleWords(b.rule))}</strong>: {b.detail}
              <small>
                Cleared by {b.whoCanClear.map((role) => roleName(role).toLowerCase()).join(' or ')}. Source: {b.source}
              </small>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
