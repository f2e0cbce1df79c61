import { expect, test } from 'vitest';
import { WORDS } from './words';

test('every text is there in both languages, and none is the other one by mistake', () => {
  const same = new Set(['No', 'Plan', '988']);
  const compare = (path: string, en: unknown, es: unknown): void => {
    expect(typeof es, path).toBe(typeof en);
    if (typeof en === 'object' && en !== null) {
      expect(Object.keys(es as object).sort(), path).toEqual(Object.keys(en).sort());
      for (const [key, value] of Object.entries(en)) compare(`${path}.${key}`, value, (es as Record<string, unknown>)[key]);
    } else if (typeof en === 'string' && !same.has(en)) {
      expect(es, path).not.toBe(en);
      expect((es as string).trim(), path).not.toBe('');
    }
  };
  compare('words', WORDS.en, WORDS.es);
});

test('the crisis lines are named in every language', () => {
  for (const w of Object.values(WORDS)) {
    expect(w.crisis).toContain('988');
    expect(w.crisis).toContain('911');
    expect(w.crisisBody).toContain('988');
    expect(w.crisisBody).toContain('911');
  }
});
