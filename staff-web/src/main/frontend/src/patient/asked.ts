import type { Assessment } from './door';

/** The items that are put with these answers, in their order. */
export function asked(of: Pick<Assessment, 'items' | 'skips'>, answers: Record<string, string>): Assessment['items'] {
  const over = new Set(of.skips.filter((skip) => skip.when.every((w) => answers[w.item] === w.answer)).flatMap((skip) => skip.items));
  return of.items.filter((item) => !over.has(item.id));
}
