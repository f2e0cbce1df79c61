import type { Sign } from './model';
import type { Limits } from './useSession';

/** How a value breaks the limits of the phase that its moment was in; undefined when it sounds no alarm. */
export function breach(limits: Limits, at: number, sign: Sign, value: number): string | undefined {
  const phase = limits.phases.findLast((p, i) => p.from && (i === 0 || Date.parse(p.from) <= at));
  const edge = phase?.signs.find((s) => s.sign === sign);
  if (edge?.lowest != null && value < edge.lowest) return `below ${edge.lowest}${edge.lowestByBaseline ? ' (own)' : ''}`;
  if (edge?.highest != null && value > edge.highest) return `above ${edge.highest}${edge.highestByBaseline ? ' (own)' : ''}`;
  return undefined;
}
