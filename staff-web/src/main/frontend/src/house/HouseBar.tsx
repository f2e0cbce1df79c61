import { Button, Group, Menu, Popover, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { body, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/scheduling';
import { useHas, useMe } from '../api/me';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge } from '../parts/Tone';
import { When } from '../parts/When';
import { maySee } from '../shell/places';
import { useDueCalls } from '../treatment/queries';

type Item = components['schemas']['HouseItem'];

const ITEMS: Record<string, string> = { 'crash-cart': 'Crash cart', oxygen: 'Oxygen', aed: 'AED' };

/** On the board: whether the house is ready for a dose, and the ways to drugs, REMS forms, standing orders and the day's end. */
export function HouseBar() {
  const has = useHas();
  const { roles } = useMe();
  const house = useQuery({ queryKey: ['house-checks'], queryFn: () => body(scheduling.GET('/api/house-checks')), enabled: has('nurse', 'prescriber') });
  return (
    <Group gap="xs">
      {house.data ? (
        <Popover width={360} position="bottom-end" withArrow shadow="md" trapFocus>
          <Popover.Target>
            <Button variant="default" size="sm" aria-label="House checks">
              <Badge tone={house.data.ready ? 'done' : 'hold'}>{house.data.ready ? 'House ready' : 'House not checked'}</Badge>
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <Stack gap="sm">
              {house.data.items.map((item) => (
                <Check key={item.item} item={item} />
              ))}
            </Stack>
          </Popover.Dropdown>
        </Popover>
      ) : null}
      <CallsDue />
      {has('nurse', 'prescriber', 'front-desk', 'biller', 'admin', 'therapist') ? (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <Button variant="default" size="sm">
              The clinic’s day
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {maySee('/today/drugs', roles) ? <Menu.Item renderRoot={(props) => <Link {...props} to="/today/drugs" />}>Controlled drugs</Menu.Item> : null}
            {maySee('/today/rems', roles) ? <Menu.Item renderRoot={(props) => <Link {...props} to="/today/rems" />}>REMS forms</Menu.Item> : null}
            {maySee('/today/orders', roles) ? <Menu.Item renderRoot={(props) => <Link {...props} to="/today/orders" />}>Standing orders</Menu.Item> : null}
            {maySee('/today/calls', roles) ? <Menu.Item renderRoot={(props) => <Link {...props} to="/today/calls" />}>Calls to patients</Menu.Item> : null}
            {maySee('/today/integration', roles) ? <Menu.Item renderRoot={(props) => <Link {...props} to="/today/integration" />}>Integration sessions</Menu.Item> : null}
            {maySee('/today/close', roles) ? <Menu.Item renderRoot={(props) => <Link {...props} to="/today/close" />}>Close the day</Menu.Item> : null}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </Group>
  );
}

/** In sight on the board as long as somebody has to be called. */
function CallsDue() {
  const calls = useDueCalls().data ?? [];
  const overdue = calls.filter((call) => call.overdue).length;
  if (calls.length === 0) return null;
  return (
    <Button variant="default" size="sm" renderRoot={(props) => <Link {...props} to="/today/calls" />}>
      <Badge tone={overdue ? 'danger' : 'waiting'}>{overdue ? `${overdue} ${overdue === 1 ? 'call' : 'calls'} overdue` : `${calls.length} ${calls.length === 1 ? 'call' : 'calls'} due`}</Badge>
    </Button>
  );
}

function Check({ item }: { item: Item }) {
  const name = ITEMS[item.item] ?? item.item;
  const [wrong, setWrong] = useState(false);
  const [remark, setRemark] = useState('');
  const check = useCommand(
    (input: { ok: boolean; remark: string | null }, key) => body(scheduling.POST('/api/house-checks', { params: { header: { 'Idempotency-Key': key } }, body: { item: item.item, ok: input.ok, remark: input.remark } })),
    { refresh: [['house-checks'], ['readiness']], onDone: () => setWrong(false) },
  );
  return (
    <div>
      <Group justify="space-between" wrap="nowrap">
        <div>
          <strong>{name}</strong>
          <div>
            {item.ok === null || item.ok === undefined ? (
              <Badge tone="waiting">Not checked today</Badge>
            ) : item.ok ? (
              <Badge tone="done">Ready</Badge>
            ) : (
              <Badge tone="danger">{item.remark ?? 'Not ready'}</Badge>
            )}{' '}
            {item.at ? (
              <small>
                {item.by}, <When at={item.at} show="time" />
              </small>
            ) : null}
          </div>
        </div>
        <Group gap={6} wrap="nowrap">
          <Button size="compact-sm" loading={check.busy} onClick={() => check.run({ ok: true, remark: null })} aria-label={`${name} is ready`}>
            Ready
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setWrong((now) => !now)} aria-label={`${name} is not ready`}>
            Not ready
          </Button>
        </Group>
      </Group>
      {wrong ? (
        <Group gap={6} mt={6} wrap="nowrap" align="end">
          <TextInput label="What is wrong" value={remark} onChange={(e) => setRemark(e.currentTarget.value)} style={{ flex: 1 }} />
          <Button size="sm" variant="default" disabled={!remark.trim()} onClick={() => check.run({ ok: false, remark: remark.trim() })}>
            Record
          </Button>
        </Group>
      ) : null}
      <ProblemNotice problem={check.problem} />
    </div>
  );
}
