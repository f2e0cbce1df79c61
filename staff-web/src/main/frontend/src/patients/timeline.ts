import { dayIn } from '../parts/time';
import type { Entry } from './queries';

export interface Node {
  entry: Entry;
  children: Node[];
  /** The same thing done several times in a row, such as six escorts named: shown as one. */
  alike: Node[];
}

export interface Day {
  /** 2026-01-31 in the clinic's zone */
  day: string;
  nodes: Node[];
}

const IN_A_ROW_MS = 2 * 60_000;

/** The later fact of one record hangs under the earlier: an answer under its claim, a decision under its request. */
const ANSWERS: Record<string, string> = {
  'claim-adjudicated': 'claim-submitted',
  'claim-denied': 'claim-submitted',
  'authorization-granted': 'authorization-requested',
  'authorization-denied': 'authorization-requested',
  'self-pay-agreed': 'estimate-issued',
  'safety-alert-acknowledged': 'safety-alert-raised',
};

/**
 * A journey as a tree: what one command or one event brought about hangs under it. A message that went out on a later day than its
 * cause, such as a reminder, stands on its own day. Newest day and newest act first; consequences in their order.
 *
 * @param sessionOfClaim as far as billing tells: a claim hangs under the end of its session
 */
export function timeline(entries: readonly Entry[], zone: string, sessionOfClaim: ReadonlyMap<string, string> = new Map()): Day[] {
  const nodes = new Map<string, Node>(entries.map((entry) => [entry.id, { entry, children: [], alike: [] }]));
  const leads = new Map<string, Node>();
  const begun = new Map<string, Node>();
  const completed = new Map<string, Node>();
  for (const node of nodes.values()) {
    const { entry } = node;
    const command = `${entry.service} ${entry.correlationId}`;
    if (!entry.causedBy && !leads.has(command)) leads.set(command, node);
    begun.set(`${entry.type} ${entry.resource}`, node);
    if (entry.type === 'session-completed' || (entry.type === 'note-signed' && !completed.has(entry.resource))) completed.set(entry.resource, node);
  }
  const parentOf = (node: Node): Node | undefined => {
    const { entry } = node;
    const cause = entry.causedBy ? nodes.get(entry.causedBy) : undefined;
    if (cause) {
      const later = entry.service === 'notification' && dayIn(entry.at, zone) !== dayIn(cause.entry.at, zone);
      return later ? undefined : cause;
    }
    const asked = ANSWERS[entry.type];
    if (asked) {
      const found = begun.get(`${asked} ${entry.resource}`);
      if (found) return found;
    }
    if (entry.type === 'claim-submitted') {
      const session = completed.get(sessionOfClaim.get(entry.resource) ?? '');
      if (session) return session;
    }
    const lead = entry.causedBy ? undefined : leads.get(`${entry.service} ${entry.correlationId}`);
    return lead === node ? undefined : lead;
  };
  const roots: Node[] = [];
  const place = new Map<Node, Node | undefined>();
  for (const node of nodes.values()) {
    let parent = parentOf(node);
    // never a circle, whatever a service tells
    for (let above = parent; above; above = place.get(above)) if (above === node) parent = undefined;
    place.set(node, parent);
    (parent?.children ?? roots).push(node);
  }
  roots.sort((a, b) => Date.parse(b.entry.at) - Date.parse(a.entry.at));
  const days: Day[] = [];
  for (const node of roots) {
    const day = dayIn(node.entry.at, zone);
    if (days.at(-1)?.day !== day) days.push({ day, nodes: [] });
    const shown = days.at(-1)?.nodes ?? [];
    const before = shown.at(-1);
    if (before && before.entry.type === node.entry.type && Date.parse(before.entry.at) - Date.parse(node.entry.at) < IN_A_ROW_MS) before.alike.push(node);
    else shown.push(node);
  }
  return days;
}

export const countOf = (node: Node): number => node.children.reduce((sum, child) => sum + 1 + countOf(child), 0);
