import { Button, Drawer, Group, SegmentedControl, Stack } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { csrfToken } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/door';
import { Problem } from '../api/problem';
import { Empty, Lines, Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Table, table } from '../parts/Rows';
import { Badge, Banner } from '../parts/Tone';
import { When } from '../parts/When';
import { SERVICES, serviceName } from './sections';
import classes from './Admin.module.css';

type Summary = components['schemas']['DeadLetterSummary'];
type Detail = components['schemas']['DeadLetterDetail'];

/** Every service has the same endpoints under its own name, which no one document describes: asked for by hand. */
async function ask<T>(service: string, path: string, method: 'GET' | 'POST' = 'GET'): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(`/api/services/${service}/${path}`, { method, headers: method === 'POST' ? { 'X-XSRF-TOKEN': csrfToken() } : {} });
  } catch {
    throw Problem.unreachable();
  }
  if (!answer.ok) throw await Problem.of(answer);
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** Events that a service refused. They stay until they were replayed; nothing behind them waits. */
export function DeadLetters() {
  const [state, setState] = useState<'DEAD' | 'REPLAYED'>('DEAD');
  const [open, setOpen] = useState<{ service: string; id: string }>();
  const lists = useQueries({
    queries: SERVICES.map((service) => ({
      queryKey: ['dead-letters', service, state],
      queryFn: () => ask<{ items: Summary[]; nextCursor?: string | null }>(service, `dead-letters?state=${state}&limit=100`),
      refetchInterval: 30_000,
    })),
  });
  const found = lists.flatMap((list, i) => (list.data?.items ?? []).map((letter) => ({ service: SERVICES[i] as string, ...letter }))).sort((a, b) => a.at.localeCompare(b.at));
  const missing = SERVICES.filter((_, i) => lists[i]?.error && !lists[i]?.data);
  const more = SERVICES.filter((_, i) => lists[i]?.data?.nextCursor);
  const pending = lists.some((list) => list.isPending);

  return (
    <Stack>
      {missing.length > 0 ? (
        <Banner tone="hold" title={`Could not be asked: ${missing.map(serviceName).join(', ')}`}>
          The list below is not complete.
        </Banner>
      ) : null}
      <Panel
        flush
        title="Dead letters"
        aside={
          <SegmentedControl
            size="xs"
            aria-label="Which dead letters"
            value={state}
            onChange={(value) => setState(value as 'DEAD' | 'REPLAYED')}
            data={[
              { value: 'DEAD', label: 'Waiting' },
              { value: 'REPLAYED', label: 'Replayed' },
            ]}
          />
        }
      >
        {found.length === 0 ? (
          pending ? (
            <Lines count={3} />
          ) : (
            <Empty title={state === 'DEAD' ? 'No dead letters' : 'None was replayed'}>An event that a service refused, for a reason that trying again does not cure, is kept here with its reason until somebody replays it.</Empty>
          )
        ) : (
          <Table
            label="Dead letters"
            head={
              <>
                <th scope="col">Since</th>
                <th scope="col">Refused by</th>
                <th scope="col">Event</th>
                <th scope="col">Reason</th>
                <th scope="col">Tries</th>
                <th scope="col">
                  <span className="visually-hidden">Open</span>
                </th>
              </>
            }
          >
            {found.map((letter) => (
              <tr key={`${letter.service} ${letter.id}`}>
                <td>
                  <When at={letter.at} />
                </td>
                <td>{serviceName(letter.service)}</td>
                <td>{letter.type ?? 'unknown'}</td>
                <td>
                  <Badge tone={state === 'DEAD' ? 'danger' : 'done'}>{letter.reason}</Badge>
                </td>
                <td>{letter.attempts}</td>
                <td className={table['number']}>
                  <Button size="compact-sm" variant="default" onClick={() => setOpen({ service: letter.service, id: letter.id })}>
                    Open
                  </Button>
                </td>
              </tr>
            ))}
          </Table>
        )}
        {more.length > 0 ? <div className={table['more']}>More than 100 in {more.map(serviceName).join(', ')}: replay these first.</div> : null}
      </Panel>
      <Drawer opened={open !== undefined} onClose={() => setOpen(undefined)} position="right" size="lg" title="Dead letter" closeButtonProps={{ 'aria-label': 'Close' }}>
        {open ? <Letter {...open} onDone={() => setOpen(undefined)} /> : null}
      </Drawer>
    </Stack>
  );
}

function Letter({ service, id, onDone }: { service: string; id: string; onDone: () => void }) {
  const query = useQuery({ queryKey: ['dead-letters', service, 'one', id], queryFn: () => ask<Detail>(service, `dead-letters/${encodeURIComponent(id)}`) });
  const replay = useCommand(() => ask<unknown>(service, `dead-letters/${encodeURIComponent(id)}/replay`, 'POST'), { refresh: [['dead-letters']], onDone });
  return (
    <Loaded query={query}>
      {(letter) => (
        <Stack>
          <ProblemNotice problem={replay.problem} />
          <dl className={classes.facts}>
            <dt>Refused by</dt>
            <dd>{serviceName(service)}</dd>
            <dt>Event</dt>
            <dd>{letter.type ?? 'unknown'}</dd>
            <dt>Reason</dt>
            <dd>
              {letter.reason}: {letter.message}
            </dd>
            <dt>Where</dt>
            <dd>
              {letter.topic}, partition {letter.partition}, offset {letter.offset}
            </dd>
            <dt>Tries</dt>
            <dd>{letter.attempts}</dd>
          </dl>
          {letter.body ? (
            <div>
              <strong>Event</strong>
              <pre className={classes.code} tabIndex={0}>
                {letter.body}
              </pre>
            </div>
          ) : null}
          <details>
            <summary>Stack</summary>
            <pre className={classes.code} tabIndex={0}>
              {letter.stack}
            </pre>
          </details>
          {letter.state === 'DEAD' ? (
            <Group justify="flex-end">
              <Button onClick={() => replay.run(undefined)} loading={replay.busy}>
                Replay now
              </Button>
            </Group>
          ) : (
            <Badge tone="done">Replayed</Badge>
          )}
        </Stack>
      )}
    </Loaded>
  );
}
