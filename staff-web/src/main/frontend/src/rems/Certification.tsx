import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { body, ifMatch, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/scheduling';
import { Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge } from '../parts/Tone';

/** The clinic's certification as a setting of esketamine's programme. */
export function Certification() {
  const query = useQuery({ queryKey: ['rems', 'setting'], queryFn: () => body(scheduling.GET('/api/rems/setting')) });
  return (
    <Panel title="REMS certification (esketamine)" aside={query.data ? <Badge tone={query.data.certified ? 'done' : 'waiting'}>{query.data.certified ? 'Certified' : 'Not certified'}</Badge> : undefined}>
      <Loaded query={query}>{(setting) => <Form key={setting.version} setting={setting} />}</Loaded>
    </Panel>
  );
}

function Form({ setting }: { setting: components['schemas']['RemsSettingView'] }) {
  const [number, setNumber] = useState(setting.number ?? '');
  const [certifiedFrom, setFrom] = useState(setting.certifiedFrom ?? '');
  const [certifiedUntil, setUntil] = useState(setting.certifiedUntil ?? '');
  const save = useCommand(
    () => body(scheduling.PUT('/api/rems/setting', { params: { header: setting.version > 0 ? { 'If-Match': ifMatch(setting.version) } : {} }, body: { number: number.trim(), certifiedFrom, certifiedUntil: certifiedUntil || null } })),
    { refresh: [['rems'], ['readiness']] },
  );
  const errors = save.problem?.byField() ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.run(undefined);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemNotice problem={save.problem} />
        <Group grow align="end">
          <TextInput label="Number" value={number} onChange={(e) => setNumber(e.currentTarget.value)} error={errors['number']} required withAsterisk={false} />
          <TextInput type="date" label="Certified from" value={certifiedFrom} onChange={(e) => setFrom(e.currentTarget.value)} error={errors['certifiedFrom']} required withAsterisk={false} />
          <TextInput type="date" label="Certified through" value={certifiedUntil} onChange={(e) => setUntil(e.currentTarget.value)} error={errors['certifiedUntil']} />
        </Group>
        <Group justify="flex-end">
          <Button type="submit" loading={save.busy}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
