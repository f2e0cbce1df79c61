import { Button, Drawer, Group, NumberInput, SegmentedControl, Stack, Switch, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { body, scheduling } from '../../api/clients';
import { useCommand } from '../../api/command';
import { Empty, Loaded } from '../../parts/Loaded';
import { Panel } from '../../parts/Page';
import { ProblemNotice } from '../../parts/ProblemNotice';
import { Table, table } from '../../parts/Rows';
import { calendarDay } from '../../parts/time';
import { Badge } from '../../parts/Tone';
import { Breaks, type Preview } from './Breaks';
import { add, change, type Kind, type Means, type MeansForm, useMeans } from './means';

const WORDS: Record<Kind, { title: string; one: string; empty: string }> = {
  chair: { title: 'Chairs and rooms', one: 'a chair or room', empty: 'Sessions are booked into chairs and rooms.' },
  pump: { title: 'Infusion pumps', one: 'a pump', empty: 'As long as no pump is listed, every chair has its own. From the first one on, each infusion takes a pump of the list.' },
  nurse: { title: 'Nurses', one: 'a nurse', empty: 'A nurse watches every session.' },
  prescriber: { title: 'Prescribers', one: 'a prescriber', empty: 'Without a prescriber nothing is booked.' },
  therapist: { title: 'Therapists', one: 'a therapist', empty: 'Patients reflect on their sessions with a therapist of the clinic, or with their own.' },
};

function says(kind: Kind, item: Means): string {
  switch (kind) {
    case 'chair':
      return `${item.kind === 'room' ? 'Room' : 'Chair'}${item.bufferMinutes ? `, ${item.bufferMinutes} min free after each session` : ''}`;
    case 'pump':
      return item.bufferMinutes ? `${item.bufferMinutes} min free after each session` : '';
    case 'nurse':
      return `Watches up to ${item.maxChairs} ${item.maxChairs === 1 ? 'patient' : 'patients'}`;
    case 'prescriber':
      return '';
    case 'therapist':
      return item.external ? 'Works elsewhere' : 'Of the clinic';
  }
}

/** All of one kind, with their entering, changing and retiring. */
export function MeansPanel({ kind }: { kind: Kind }) {
  const query = useMeans(kind);
  const [open, setOpen] = useState<Means | 'new'>();
  const words = WORDS[kind];
  const person = kind === 'nurse' || kind === 'prescriber' || kind === 'therapist';
  return (
    <Panel
      flush
      title={words.title}
      aside={
        <Button size="sm" variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>
          Add {words.one}
        </Button>
      }
    >
      <Loaded query={query}>
        {(items) =>
          items.length === 0 ? (
            <Empty title="None yet">{words.empty}</Empty>
          ) : (
            <Table
              label={words.title}
              head={
                <>
                  <th scope="col">Name</th>
                  {person ? <th scope="col">Account</th> : null}
                  <th scope="col">Details</th>
                  <th scope="col">State</th>
                  <th scope="col">
                    <span className="visually-hidden">Change</span>
                  </th>
                </>
              }
            >
              {items.map((item) => (
                <tr key={item.id}>
                  <td>{item.name}</td>
                  {person ? <td>{item.username ?? <span className={table['dim']}>none</span>}</td> : null}
                  <td>{says(kind, item)}</td>
                  <td>{item.retiredOn ? <Badge tone="waiting">{`Retired from ${calendarDay(item.retiredOn)}`}</Badge> : <Badge tone="done">In use</Badge>}</td>
                  <td className={table['number']}>
                    <Button size="compact-sm" variant="default" onClick={() => setOpen(item)} aria-label={`Change ${item.name}`}>
                      Change
                    </Button>
                  </td>
                </tr>
              ))}
            </Table>
          )
        }
      </Loaded>
      <Drawer opened={open !== undefined} onClose={() => setOpen(undefined)} position="right" size="md" title={open === 'new' ? `Add ${words.one}` : `Change ${words.one}`} closeButtonProps={{ 'aria-label': 'Close' }}>
        {open ? <Form key={open === 'new' ? 'new' : open.id} kind={kind} present={open === 'new' ? undefined : open} onDone={() => setOpen(undefined)} /> : null}
      </Drawer>
    </Panel>
  );
}

function Form({ kind, present, onDone }: { kind: Kind; present: Means | undefined; onDone: () => void }) {
  const [form, setForm] = useState<MeansForm>({
    name: present?.name ?? '',
    username: present?.username ?? '',
    kind: present?.kind ?? 'chair',
    bufferMinutes: present?.bufferMinutes ?? 0,
    maxChairs: present?.maxChairs ?? 2,
    external: present?.external ?? false,
    retiredOn: present?.retiredOn ?? '',
  });
  const save = useCommand((input: MeansForm, key) => (present ? change(kind, present, input) : add(kind, input, key)), { refresh: [[`${kind}s`], ['broken-sessions']], onDone });
  const retires = present !== undefined && form.retiredOn !== '' && form.retiredOn !== (present.retiredOn ?? '');
  const [shown, setShown] = useState<{ preview: Preview; asked: string }>();
  const look = useCommand((retiredOn: string) => body(scheduling.POST('/api/resources/preview', { body: { of: `${kind}/${present?.id ?? ''}`, retiredOn } })), {
    onDone: (preview, asked) => setShown({ preview, asked }),
  });
  const seen = shown?.asked === form.retiredOn ? shown.preview : undefined;
  const errors = (save.problem ?? look.problem)?.byField() ?? {};
  const put = (some: Partial<MeansForm>) => setForm({ ...form, ...some });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (retires && !seen) look.run(form.retiredOn);
    else save.run(form);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemNotice problem={save.problem ?? look.problem} />
        <TextInput label="Name" value={form.name} onChange={(e) => put({ name: e.currentTarget.value })} error={errors['name']} required withAsterisk={false} />
        {!present && (kind === 'nurse' || kind === 'prescriber' || kind === 'therapist') ? (
          <TextInput
            label="Staff account"
            description={kind === 'therapist' ? 'Leave empty for a patient’s own therapist' : 'As they sign in; can’t change later'}
            value={form.username}
            onChange={(e) => put({ username: e.currentTarget.value })}
            error={errors['username']}
            required={kind !== 'therapist'}
            withAsterisk={false}
          />
        ) : null}
        {kind === 'chair' ? (
          <SegmentedControl
            aria-label="Chair or room"
            value={form.kind}
            onChange={(value) => put({ kind: value === 'room' ? 'room' : 'chair' })}
            data={[
              { value: 'chair', label: 'Chair' },
              { value: 'room', label: 'Room' },
            ]}
          />
        ) : null}
        {kind === 'chair' || kind === 'pump' ? (
          <NumberInput label="Minutes kept free after each session" value={form.bufferMinutes} onChange={(v) => put({ bufferMinutes: Number(v) })} min={0} max={240} error={errors['bufferMinutes']} />
        ) : null}
        {kind === 'nurse' ? <NumberInput label="Patients watched at once, at most" value={form.maxChairs} onChange={(v) => put({ maxChairs: Number(v) })} min={1} max={8} error={errors['maxChairs']} /> : null}
        {kind === 'therapist' ? <Switch label="Works elsewhere" checked={form.external} onChange={(e) => put({ external: e.currentTarget.checked })} /> : null}
        {present ? (
          <TextInput
            type="date"
            label="Retired from"
            description="The first day without it; sessions that are booked after stay, and are listed as broken. Empty while it is in use."
            value={form.retiredOn}
            onChange={(e) => put({ retiredOn: e.currentTarget.value })}
            error={errors['retiredOn']}
          />
        ) : null}
        {retires && seen ? <Breaks preview={seen} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={save.busy || look.busy}>
            {!present ? 'Add' : retires && !seen ? 'See what it would break' : retires && seen?.broken ? 'Retire all the same' : 'Save changes'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
