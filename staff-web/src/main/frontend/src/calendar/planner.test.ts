import { describe, expect, it } from 'vitest';
import { type Block, mondayOf, weeksOf } from './planner';

const block = (number: number, startsAt: string): Block => ({ number, startsAt, endsAt: startsAt, chairId: 'c', nurseId: 'n', because: [], changed: false, fixed: false });

describe('the planner’s weeks', () => {
  it('begin on Mondays, also for a Sunday', () => {
    expect(mondayOf('2026-11-29')).toBe('2026-11-23');
    expect(mondayOf('2026-11-23')).toBe('2026-11-23');
  });

  it('hold every block on the clinic’s day, and why days were passed over', () => {
    // one in the evening of the 29th in New York, the 30th in UTC
    const weeks = weeksOf([block(1, '2026-11-30T01:00:00Z'), block(2, '2026-12-03T14:00:00Z')], [{ day: '2026-12-01', startsAt: null, rule: 'closed' }, { day: '2026-12-03', startsAt: '2026-12-03T13:00:00Z', rule: 'chair-full' }], 'America/New_York');
    expect(weeks).toHaveLength(2);
    expect(weeks[0]?.[6]).toMatchObject({ day: '2026-11-29', blocks: [{ number: 1 }] });
    expect(weeks[1]?.[1]).toEqual({ day: '2026-12-01', blocks: [], passed: 'closed' });
    expect(weeks[1]?.[3]?.passed).toBeUndefined();
  });

  it('show where a moved session was', () => {
    const weeks = weeksOf([{ ...block(1, '2026-12-03T14:00:00Z'), formerStartsAt: '2026-12-14T14:00:00Z' }], [], 'UTC');
    expect(weeks.flat().map((cell) => cell.day)).toContain('2026-12-14');
  });

  it('are none without blocks', () => expect(weeksOf([], [], 'UTC')).toEqual([]));
});
