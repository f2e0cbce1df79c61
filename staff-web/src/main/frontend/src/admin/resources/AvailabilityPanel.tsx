import { Button, Chip, Drawer, Group, NumberInput, Select, Stack, Switch, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { body, ifMatch, scheduling } from '../../api/clients';
import { useCommand } from '../../api/command';
import type { components } from '../../api/generated/scheduling';
import { Empty } from '../../parts/Loaded';
import { Panel } from '../../parts/Page';
import { ProblemNotice } from '../../parts/ProblemNotice';
import { Rows, table, usePages } from '../../parts/Rows';
import { calendarDay } from '../../parts/time';
import { Badge } from '../../parts/Tone';
import { Breaks, type Preview } from './Breaks';
import { useNames } from './means';
import { inWords, type Repeats, ruleOf, WEEKDAYS } from './recurrence';
import classes from './Resources.module.css';

type View = components['schemas']['AvailabilityView'];
type Request = components['schemas']['AvailabilityRequest'];
type Effect = Request['effect'];

const EFFECTS: Record<Effect, string> = { open: 'Open as well', closed: 'Closed', works: 'Works', away: 'Away', 'out-of-order': 'Out of order' };
const REASONS = [
  { value: 'holiday', label: 'Holiday' },
  { value: 'leave', label: 'Leave' },
  { value: 'sickness', label: 'Sickness' },
  { value: 'training', label: 'Training' },
  { value: 'maintenance', label: 'Maintenance' },
  { value: 'working-hours', label: 'Working hours' },
  { value: 'other', label: 'Other' },
] as const;
const reasonOf = (code: string) => REASONS.find((r) => r.value === code)?.label ?? code;

/** What can be said of whom. */
const effectsOf = (of: string): Effect[] => (of === 'clinic' ? ['closed', 'open'] : of.startsWith('chair/') || of.startsWith('pump/') ? ['out-of-order'] : ['away', 'works']);

function whenInWords(rule: View): string {
  const days = rule.rrule
    ? `${inWords(rule.rrule)}, from ${calendarDay(rule.firstDay)}${rule.lastDay ? ` until ${calendarDay(rule.lastDay)}` : ''}`
    : rule.lastDay && rule.lastDay !== rule.firstDay
      ? `${calendarDay(rule.firstDay)} to ${calendarDay(rule.lastDay)}`
      : calendarDay(rule.firstDay);
  const from = rule.from?.slice(0, 5);
  const until = rule.until?.slice(0, 5);
  const time = from && until ? `, ${from} to ${until}` : from ? `, from ${from}` : until ? `, until ${until}` : ', all day';
  return days + time;
}

/** Closures, extra hours, leave, working hours, things out of order. */
export function AvailabilityPanel() {
  const names = useNames();
  const rules = usePages<View>(['availability'], (cursor) => body(scheduling.GET('/api/availability', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } })));
  const [open, setOpen] = useState(false);
  const remove = useCommand((rule: View) => body(scheduling.DELETE('/api/availability/{id}', { params: { path: { id: rule.id }, header: { 'If-Match': ifMatch(rule.version) } } })), {
    refresh: [['availability'], ['broken-sessions']],
  });
  return (
    <Panel
      flush
      title="Closures, leave and working hours"
      aside={
        <Button size="sm" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen(true)}>
          Enter
        </Button>
      }
    >
      <ProblemNotice problem={remove.problem} />
      <Rows
        query={rules}
        label="Closures, leave and working hours"
        head={
          <>
            <th scope="col">Whose</th>
            <th scope="col">What</th>
            <th scope="col">When</th>
            <th scope="col">Why</th>
            <th scope="col">
              <span className="visually-hidden">Take back</span>
            </th>
          </>
        }
        row={(rule) => (
          <tr key={rule.id}>
            <td>{rule.of === 'clinic' ? 'The clinic' : (names.get(rule.of) ?? rule.of)}</td>
            <td>
              <Badge tone={rule.effect === 'open' || rule.effect === 'works' ? 'ready' : 'hold'}>{EFFECTS[rule.effect]}</Badge>
            </td>
            <td>{whenInWords(rule)}</td>
            <td>{reasonOf(rule.reason)}</td>
            <td className={table['number']}>
              <Button size="compact-sm" variant="default" loading={remove.busy} onClick={() => remove.run(rule)} aria-label={`Take back: ${EFFECTS[rule.effect]}, ${whenInWords(rule)}`}>
                Take back
              </Button>
            </td>
          </tr>
        )}
        empty={<Empty title="Nothing differs from the weekly hours">People work whenever the clinic is open, until their own hours or leave are entered.</Empty>}
      />
      <Drawer opened={open} onClose={() => setOpen(false)} position="right" size="lg" title="Closure, leave or working hours" closeButtonProps={{ 'aria-label': 'Close' }}>
        {open ? <Form names={names} onDone={() => setOpen(false)} /> : null}
      </Drawer>
    </Panel>
  );
}

function Form({ names, onDone }: { names: Map<string, string>; onDone: () => void }) {
  const [of, setOf] = useState('clinic');
  const [effect, setEffect] = useState<Effect>('closed');
  const [reason, setReason] = useState<Request['reason']>('holiday');
  const [firstDay, setFirstDay] = useState('');
  const [lastDay, setLastDay] = useState('');
  const [wholeDay, setWholeDay] = useState(true);
  const [from, setFrom] = useState('08:00');
  const [until, setUntil] = useState('18:00');
  const [repeats, setRepeats] = useState<Repeats>('never');
  const [interval, setInterval] = useState(1);
  const [weekdays, setWeekdays] = useState<string[]>([]);
  const [shown, setShown] = useState<{ preview: Preview; asked: string }>();

  const rrule = ruleOf({ repeats, interval, weekdays }, firstDay);
  const request: Request = {
    of,
    effect,
    firstDay,
    lastDay: lastDay || null,
    from: wholeDay ? null : from,
    until: wholeDay ? null : until,
    rrule: rrule ?? null,
    reason,
  };
  const asked = JSON.stringify(request);
  const look = useCommand((input: Request) => body(scheduling.POST('/api/availability/preview', { body: input })), { onDone: (preview, input) => setShown({ preview, asked: JSON.stringify(input) }) });
  const save = useCommand((input: Request, key) => body(scheduling.POST('/api/availability', { params: { header: { 'Idempotency-Key': key } }, body: input })), { refresh: [['availability'], ['broken-sessions']], onDone });
  const seen = shown?.asked === asked ? shown.preview : undefined;
  const problem = save.problem ?? look.problem;
  const errors = problem?.byField() ?? {};
  const choose = (whose: string) => {
    setOf(whose);
    const [first] = effectsOf(whose);
    if (first && !effectsOf(whose).includes(effect)) setEffect(first);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (seen) save.run(request);
    else look.run(request);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemNotice problem={problem} />
        <Select label="Whose" searchable allowDeselect={false} data={[{ value: 'clinic', label: 'The clinic' }, ...[...names].map(([value, label]) => ({ value, label }))]} value={of} onChange={(v) => choose(v ?? 'clinic')} error={errors['of']} />
        <div className={classes['pair']}>
          <Select label="What" allowDeselect={false} data={effectsOf(of).map((value) => ({ value, label: EFFECTS[value] }))} value={effect} onChange={(v) => setEffect(v as Effect)} error={errors['effect']} />
          <Select label="Why" allowDeselect={false} data={[...REASONS]} value={reason} onChange={(v) => setReason(v as Request['reason'])} />
        </div>
        <div className={classes['pair']}>
          <TextInput type="date" label="First day" value={firstDay} onChange={(e) => setFirstDay(e.currentTarget.value)} error={errors['firstDay']} required withAsterisk={false} />
          <TextInput type="date" label="Last day" description={repeats === 'never' ? 'Empty for a single day' : 'Empty to go on without end'} inputWrapperOrder={['label', 'input', 'description', 'error']} value={lastDay} onChange={(e) => setLastDay(e.currentTarget.value)} error={errors['lastDay']} />
        </div>
        <Switch label="All day" checked={wholeDay} onChange={(e) => setWholeDay(e.currentTarget.checked)} />
        {wholeDay ? null : (
          <div className={classes['pair']}>
            <TextInput type="time" label="From" value={from} onChange={(e) => setFrom(e.currentTarget.value)} error={errors['from']} required withAsterisk={false} />
            <TextInput type="time" label="Until" value={until} onChange={(e) => setUntil(e.currentTarget.value)} error={errors['until']} required withAsterisk={false} />
          </div>
        )}
        <Select
          label="Repeats"
          allowDeselect={false}
          data={[
            { value: 'never', label: 'No' },
            { value: 'weekly', label: 'Every week or every few weeks' },
            { value: 'monthly', label: 'Every month, on that weekday' },
            { value: 'yearly', label: 'Every year, on that date' },
          ]}
          value={repeats}
          onChange={(v) => setRepeats((v ?? 'never') as Repeats)}
          error={errors['rrule']}
        />
        {repeats === 'weekly' ? (
          <>
            <NumberInput label="Every how many weeks" value={interval} onChange={(v) => setInterval(Math.max(1, Number(v) || 1))} min={1} max={52} />
            <Chip.Group multiple value={weekdays} onChange={setWeekdays}>
              <Group gap="xs" role="group" aria-label="On these weekdays">
                {WEEKDAYS.map((day) => (
                  <Chip key={day.value} value={day.value} aria-label={day.name}>
                    {day.label}
                  </Chip>
                ))}
              </Group>
            </Chip.Group>
          </>
        ) : null}
        {rrule ? <p className={classes['closed']}>{inWords(rrule)}.</p> : null}
        {seen ? <Breaks preview={seen} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={save.busy || look.busy}>
            {seen ? (seen.broken ? 'Save all the same' : 'Save') : 'See what it would break'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
