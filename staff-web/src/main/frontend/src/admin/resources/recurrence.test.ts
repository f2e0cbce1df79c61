import { describe, expect, it } from 'vitest';
import { inWords, ruleOf } from './recurrence';

describe('a recurrence', () => {
  it('is made from the form', () => {
    expect(ruleOf({ repeats: 'never', interval: 1, weekdays: [] }, '2026-12-02')).toBeUndefined();
    expect(ruleOf({ repeats: 'weekly', interval: 1, weekdays: ['WE', 'MO'] }, '2026-12-01')).toBe('FREQ=WEEKLY;BYDAY=MO,WE');
    expect(ruleOf({ repeats: 'weekly', interval: 2, weekdays: [] }, '2026-12-04')).toBe('FREQ=WEEKLY;INTERVAL=2;BYDAY=FR');
    expect(ruleOf({ repeats: 'monthly', interval: 1, weekdays: [] }, '2026-12-02')).toBe('FREQ=MONTHLY;BYDAY=1WE');
    expect(ruleOf({ repeats: 'monthly', interval: 1, weekdays: [] }, '2026-12-29')).toBe('FREQ=MONTHLY;BYDAY=-1TU');
    expect(ruleOf({ repeats: 'yearly', interval: 1, weekdays: [] }, '2026-12-25')).toBe('FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25');
  });

  it('reads as people say it', () => {
    expect(inWords('FREQ=WEEKLY;BYDAY=MO,WE,FR')).toBe('Every Monday, Wednesday and Friday');
    expect(inWords('FREQ=WEEKLY;INTERVAL=2;BYDAY=FR')).toBe('Every 2 weeks on Friday');
    expect(inWords('FREQ=MONTHLY;BYDAY=-1FR')).toBe('Every month on the last Friday');
    expect(inWords('FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25')).toBe('Every year on December 25');
    expect(inWords('FREQ=DAILY;COUNT=3')).toBe('Every day, 3 times');
    expect(inWords('FREQ=WEEKLY;BYDAY=MO;UNTIL=20271231')).toBe('Every Monday, until 2027-12-31');
  });

  it('is shown as it stands where words would say less', () => {
    expect(inWords('FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1')).toBe('FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1');
  });
});
