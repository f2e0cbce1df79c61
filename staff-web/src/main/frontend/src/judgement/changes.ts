import type { Finding } from './queries';

export interface Change {
  rule: string;
  kind: 'new' | 'gone' | 'changed';
  about: string[];
}

/** What became of the findings between two verdicts; rules that found nothing both times are not named. */
export function changesBetween(before: readonly Finding[], after: readonly Finding[]): Change[] {
  const old = new Map(before.map((f) => [f.rule, f]));
  const now = new Map(after.map((f) => [f.rule, f]));
  const found = (f: Finding | undefined) => f !== undefined && f.outcome !== 'cleared';
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((rule): Change[] => {
    const was = old.get(rule);
    const is = now.get(rule);
    if (found(is) && !found(was)) return [{ rule, kind: 'new', about: is?.about ?? [] }];
    if (!found(is) && found(was)) return [{ rule, kind: 'gone', about: was?.about ?? [] }];
    if (found(is) && (is?.outcome !== was?.outcome || is?.about.join() !== was?.about.join())) return [{ rule, kind: 'changed', about: is?.about ?? [] }];
    return [];
  });
}
