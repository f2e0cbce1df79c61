import { Button, Code, CopyButton, Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { body, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/scheduling';
import { Empty } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Rows, usePages } from '../parts/Rows';
import { When } from '../parts/When';

type Feed = components['schemas']['FeedAnswer'];
export interface Followable {
  kind: 'nurse' | 'prescriber' | 'chair';
  id: string;
  label: string;
}

const KINDS: Record<string, string> = { nurse: 'Nurse', prescriber: 'Prescriber', chair: 'Chair or room' };

/** Calendars that telephones and desktop programs follow. The link is the key: it is shown once. */
export function Feeds({ choices }: { choices: Followable[] }) {
  const feeds = usePages<Feed>(['feeds'], (cursor) => body(scheduling.GET('/api/feeds', { params: { query: { ...(cursor ? { cursor } : {}), limit: 100 } } })));
  const [made, setMade] = useState<Feed>();
  const [chosen, setChosen] = useState<string | null>(choices.length === 1 ? (choices[0]?.id ?? null) : null);
  const make = useCommand((input: Followable) => body(scheduling.POST('/api/feeds', { body: { kind: input.kind, of: input.id } })), { refresh: [['feeds']], onDone: setMade });
  const revoke = useCommand((id: string) => body(scheduling.DELETE('/api/feeds/{id}', { params: { path: { id } } })), { refresh: [['feeds']], onDone: (_, id) => setMade((known) => (known?.id === id ? undefined : known)) });
  const choice = choices.find((one) => one.id === chosen);
  const link = made?.path ? `${window.location.origin}${made.path}` : undefined;
  return (
    <Stack>
      <Text size="sm">A feed shows when and in which chair sessions are, from a week ago to 90 days ahead. It has no patient, drug or reason in it. Whoever has its link can follow it: revoke it when a telephone is lost.</Text>
      <ProblemNotice problem={make.problem ?? revoke.problem} />
      <Group align="end">
        <Select label="Calendar of" data={choices.map((one) => ({ value: one.id, label: one.label }))} value={chosen} onChange={setChosen} searchable maw={320} />
        <Button disabled={!choice} loading={make.busy} onClick={() => choice && make.run(choice)}>
          Make a link
        </Button>
      </Group>
      {link ? (
        <Panel title={`Link for ${made?.name}`}>
          <Stack gap="xs">
            <Text size="sm">Copy it into the calendar program now (“subscribe to calendar”): it is not shown again.</Text>
            <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }} aria-label="Link of the feed">
              {link}
            </Code>
            <CopyButton value={link}>{({ copied, copy }) => <Button variant="default" onClick={copy} style={{ alignSelf: 'start' }}>{copied ? 'Copied' : 'Copy the link'}</Button>}</CopyButton>
          </Stack>
        </Panel>
      ) : null}
      <Rows
        query={feeds}
        label="Feeds"
        head={
          <>
            <th scope="col">Of</th>
            <th scope="col">Kind</th>
            <th scope="col">Made</th>
            <th scope="col">What to do</th>
          </>
        }
        empty={<Empty title="Nobody follows a calendar yet">Make a link above.</Empty>}
        row={(feed) => (
          <tr key={feed.id}>
            <td>{feed.name}</td>
            <td>{KINDS[feed.kind] ?? feed.kind}</td>
            <td>
              <When at={feed.madeAt} /> by {feed.madeBy}
            </td>
            <td>
              <Button
                size="sm"
                variant="default"
                loading={revoke.busy}
                aria-label={`Revoke the feed of ${feed.name}`}
                onClick={() => revoke.run(feed.id)}
              >
                Revoke
              </Button>
            </td>
          </tr>
        )}
      />
    </Stack>
  );
}
