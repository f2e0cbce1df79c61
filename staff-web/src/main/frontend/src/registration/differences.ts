type Fact = readonly [name: string, text: string];

export interface Difference {
  name: string;
  /** Undefined where that side has no such row. */
  one: string | undefined;
  other: string | undefined;
  differs: boolean;
}

/** Two lists of facts side by side, row by row under their names; a name that comes twice is matched in order. */
export function differences(one: readonly Fact[], other: readonly Fact[]): Difference[] {
  const left = [...other];
  const rows: Difference[] = one.map(([name, text]) => {
    const at = left.findIndex(([their]) => their === name);
    const found = at < 0 ? undefined : left.splice(at, 1)[0]?.[1];
    return { name, one: text, other: found, differs: text !== found };
  });
  return [...rows, ...left.map(([name, text]) => ({ name, one: undefined, other: text, differs: true }))];
}
