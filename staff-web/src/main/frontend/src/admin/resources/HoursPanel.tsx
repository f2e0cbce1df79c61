import { Button, Group, Stack, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { body, type Versioned, scheduling, versioned } from '../../api/clients';
import { useCommand } from '../../api/command';
import type { components } from '../../api/generated/scheduling';
import { Loaded } from '../../parts/Loaded';
import { Panel } from '../../parts/Page';
import { ProblemNotice } from '../../parts/ProblemNotice';
import { Breaks, type Preview } from './Breaks';
import classes from './Resources.module.css';

type View = components['schemas']['OpeningHoursView'];
const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;
const nameOf = (day: string) => day[0] + day.slice(1).toLowerCase();

/** The week as it usually is. */
export function HoursPanel() {
  const query = useQuery({ queryKey: ['opening-hours', 'edit'], queryFn: () => versioned(scheduling.GET('/api/opening-hours')), refetchOnWindowFocus: false });
  return <Loaded query={query}>{(hours) => <Form key={hours.value.version} hours={hours} />}</Loaded>;
}

function Form({ hours: { value, etag } }: { hours: Versioned<View> }) {
  const [week, setWeek] = useState(() =>
    DAYS.map((day) => {
      const open = value.hours.find((h) => h.day === day);
      return { day, open: open !== undefined, opens: open?.opens.slice(0, 5) ?? '08:00', closes: open?.closes.slice(0, 5) ?? '18:00' };
    }),
  );
  const save = useCommand(
    (input: typeof week) =>
      body(
        scheduling.PUT('/api/opening-hours', {
          params: { header: value.version > 0 && etag ? { 'If-Match': etag } : {} },
          body: request(input),
        }),
      ),
    { refresh: [['opening-hours'], ['broken-sessions']] },
  );
  const request = (input: typeof week) => ({ hours: input.filter((d) => d.open).map(({ day, opens, closes }) => ({ day, opens, closes })) });
  const [shown, setShown] = useState<{ preview: Preview; asked: string }>();
  const look = useCommand((input: typeof week) => body(scheduling.POST('/api/opening-hours/preview', { body: request(input) })), {
    onDone: (preview, input) => setShown({ preview, asked: JSON.stringify(input) }),
  });
  const seen = shown?.asked === JSON.stringify(week) ? shown.preview : undefined;
  const put = (i: number, change: Partial<(typeof week)[number]>) => setWeek(week.map((d, k) => (k === i ? { ...d, ...change } : d)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (seen) save.run(week);
    else look.run(week);
  };
  return (
    <Panel title="Opening hours">
      <form onSubmit={submit}>
        <Stack gap="xs">
          {week.map((day, i) => (
            <div key={day.day} className={classes['day']}>
              <Switch label={nameOf(day.day)} checked={day.open} onChange={(e) => put(i, { open: e.currentTarget.checked })} />
              {day.open ? (
                <>
                  <TextInput type="time" step={900} aria-label={`${nameOf(day.day)} opens`} value={day.opens} onChange={(e) => put(i, { opens: e.currentTarget.value })} required />
                  <TextInput type="time" step={900} aria-label={`${nameOf(day.day)} closes`} value={day.closes} onChange={(e) => put(i, { closes: e.currentTarget.value })} required />
                </>
              ) : (
                <span className={classes['closed']}>Closed</span>
              )}
            </div>
          ))}
          <ProblemNotice problem={save.problem ?? look.problem} />
          {seen ? <Breaks preview={seen} /> : null}
          <Group justify="space-between">
            <span className={classes['closed']}>{`Times are the clinic’s (${value.zone.replace(/_/g, ' ')}), on the quarter hour.`}</span>
            <Button type="submit" loading={save.busy || look.busy}>
              {seen ? (seen.broken ? 'Save the hours all the same' : 'Save the hours') : 'See what it would break'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
