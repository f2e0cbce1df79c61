import { Button, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../api/generated/door';
import { Problem } from '../api/problem';
import { Empty, Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { Rows, table, usePages } from '../parts/Rows';
import { Badge } from '../parts/Tone';
import { When } from '../parts/When';
import { SERVICES, serviceName } from './sections';

type Row = components['schemas']['AuditRow'];

async function ask<T>(path: string): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(path);
  } catch {
    throw Problem.unreachable();
  }
  if (!answer.ok) throw await Problem.of(answer);
  return (await answer.json()) as T;
}

/** Who looked at what, by part of the clinic; and whether the chain of sealed blocks is whole. */
export function AuditTrail() {
  const [service, setService] = useState<string>('intake');
  const [who, setWho] = useState('');
  const [asked] = useDebouncedValue(who.trim(), 300);
  const query = usePages<Row>(['audit', service, asked], (cursor) => {
    const search = new URLSearchParams({ limit: '100' });
    if (asked) search.set('who', asked);
    if (cursor) search.set('cursor', cursor);
    return ask(`/api/services/${service}/audit?${search}`);
  });
  return (
    <Stack>
      <Seals service={service} />
      <Panel
        flush
        title="Audit trail"
        aside={
          <>
            <Select size="xs" aria-label="Part" data={SERVICES.map((value) => ({ value, label: serviceName(value) }))} value={service} onChange={(value) => setService(value ?? 'intake')} allowDeselect={false} />
            <TextInput size="xs" aria-label="Username" placeholder="Username" value={who} onChange={(e) => setWho(e.currentTarget.value)} data-page-search />
          </>
        }
      >
        <Rows
          query={query}
          label="Audit trail"
          head={
            <>
              <th scope="col">When</th>
              <th scope="col">Who</th>
              <th scope="col">What</th>
              <th scope="col">Record</th>
              <th scope="col">Why</th>
              <th scope="col">Outcome</th>
            </>
          }
          row={(row) => (
            <tr key={row.id}>
              <td>
                <When at={row.systemTime} />
              </td>
              <td>{row.who}</td>
              <td>{row.what}</td>
              <td className={table['dim']}>{row.resource}</td>
              <td>{row.why ?? ''}</td>
              <td>{row.outcome === 'refused' ? <Badge tone="danger">Refused</Badge> : <Badge tone="done">{row.outcome}</Badge>}</td>
            </tr>
          )}
          empty={<Empty title="Nothing written down">No access by this username in this part.</Empty>}
        />
      </Panel>
    </Stack>
  );
}

function Seals({ service }: { service: string }) {
  const query = useQuery({
    queryKey: ['audit', service, 'verification'],
    queryFn: () => ask<components['schemas']['Verification']>(`/api/services/${service}/audit/verification`),
    enabled: false,
  });
  return (
    <Panel
      title="Sealed blocks"
      aside={
        <Button size="xs" variant="default" onClick={() => void query.refetch()} loading={query.isFetching}>
          Verify {serviceName(service)}
        </Button>
      }
    >
      {query.data || query.error ? (
        <Loaded query={query}>
          {(v) =>
            v.intact ? (
              <Badge tone="done">{`Whole: ${v.rows.toLocaleString('en-US')} rows in ${v.blocks.toLocaleString('en-US')} blocks, ${v.unsealed} not sealed yet`}</Badge>
            ) : (
              <Badge tone="danger">{`Broken at block ${v.firstBroken}`}</Badge>
            )
          }
        </Loaded>
      ) : (
        <span className={table['dim']}>Computes every block’s hash again and names the first that does not fit.</span>
      )}
    </Panel>
  );
}
