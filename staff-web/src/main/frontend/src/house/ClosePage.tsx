import { Button, Group, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { body, ifMatch, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/scheduling';
import { useHas, useMe } from '../api/me';
import { useClinicClock, useNow, useZone } from '../live/clock';
import { Loaded } from '../parts/Loaded';
import { Page, Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Table, table } from '../parts/Rows';
import { calendarDay, dayIn } from '../parts/time';
import { Badge, Banner } from '../parts/Tone';
import { When } from '../parts/When';

type Close = components['schemas']['DayCloseView'];
type Line = Close['lines'][number];

const WORDS: Record<Line['what'], { title: string; expected: string; found: string; money?: boolean }> = {
  sessions: { title: 'Sessions', expected: 'of the day', found: 'over' },
  notes: { title: 'Session notes', expected: 'sessions', found: 'signed' },
  charges: { title: 'Charges', expected: 'sessions discharged', found: 'charged' },
  cash: { title: 'Cash', expected: 'by the ledger', found: 'in the drawer', money: true },
  card: { title: 'Card', expected: 'by the ledger', found: 'by the terminal', money: true },
  'drug-draws': { title: 'Drug log', expected: '', found: 'draws and wastes not accounted for' },
  'drug-count': { title: 'Drug count', expected: '', found: 'drugs not counted, or with an open review' },
};
const dollars = (cents: number) => `$${(cents / 100).toFixed(2)}`;
const shown = (line: Line, value: number) => (WORDS[line.what].money ? dollars(value) : String(value));

/** The end of a clinic day: what does not balance has an owner. */
export default function ClosePage() {
  const clock = useClinicClock();
  if (clock.isPending) return <Page title="Close the day">{null}</Page>;
  return <Day />;
}

function Day() {
  const zone = useZone();
  const today = dayIn(useNow(), zone);
  const [chosen, setChosen] = useState<string>();
  const day = chosen ?? today;
  const query = useQuery({ queryKey: ['day-close', day], queryFn: () => body(scheduling.GET('/api/day-close/{day}', { params: { path: { day } } })) });
  return (
    <Page title="Close the day" aside={<input type="date" aria-label="Day" value={day} max={today} onChange={(e) => e.currentTarget.value && setChosen(e.currentTarget.value)} />}>
      <Loaded query={query}>{(close) => <Lines key={`${close.day} ${close.version}`} close={close} />}</Loaded>
    </Page>
  );
}

function Lines({ close }: { close: Close }) {
  const has = useHas();
  const me = useMe();
  const open = !close.closedAt;
  const writes = open && has('nurse', 'front-desk', 'admin');
  const match = close.version > 0 ? { 'If-Match': ifMatch(close.version) } : {};
  const refresh = [['day-close']];
  const own = useCommand(
    ({ what, owner }: { what: Line['what']; owner: string | null }) => body(scheduling.PUT('/api/day-close/{day}/owner', { params: { path: { day: close.day }, header: match }, body: { what, owner } })),
    { refresh },
  );
  const money = useCommand((input: { cashCents: number; cardCents: number }) => body(scheduling.PUT('/api/day-close/{day}/money', { params: { path: { day: close.day }, header: match }, body: input })), { refresh });
  const finish = useCommand(() => body(scheduling.POST('/api/day-close/{day}/close', { params: { path: { day: close.day }, header: match } })), { refresh });
  const typed = (what: Line['what']) => {
    const found = close.lines.find((line) => line.what === what)?.found;
    return found === null || found === undefined ? '' : (found / 100).toFixed(2);
  };
  const [cash, setCash] = useState(typed('cash'));
  const [card, setCard] = useState(typed('card'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    money.run({ cashCents: Math.round(Number(cash) * 100), cardCents: Math.round(Number(card) * 100) });
  };
  return (
    <>
      <ProblemNotice problem={own.problem ?? money.problem ?? finish.problem} />
      {close.closedAt ? (
        <Banner tone="done" title={`${calendarDay(close.day)} is closed`}>
          By {close.closedBy}, <When at={close.closedAt} />. What did not balance stays with its owner.
        </Banner>
      ) : null}
      {writes ? (
        <Panel title="What was counted">
          <form onSubmit={submit}>
            <Group align="end">
              <TextInput label="Cash in the drawer, $" inputMode="decimal" value={cash} onChange={(e) => setCash(e.currentTarget.value)} required withAsterisk={false} />
              <TextInput label="Card terminal says, $" inputMode="decimal" value={card} onChange={(e) => setCard(e.currentTarget.value)} required withAsterisk={false} />
              <Button type="submit" variant="default" loading={money.busy}>
                Record money
              </Button>
            </Group>
          </form>
        </Panel>
      ) : null}
      <Panel flush title={calendarDay(close.day)}>
        <Table
          label="How the day balances"
          head={
            <>
              <th scope="col">What</th>
              <th scope="col">By the records</th>
              <th scope="col">Found</th>
              <th scope="col">State</th>
              <th scope="col">Who sees to it</th>
            </>
          }
        >
          {close.lines.map((line) => (
            <tr key={line.what}>
              <td>{WORDS[line.what].title}</td>
              <td>
                {WORDS[line.what].expected ? (
                  <>
                    {shown(line, line.expected)} <span className={table['dim']}>{WORDS[line.what].expected}</span>
                  </>
                ) : null}
              </td>
              <td>
                {line.found === null || line.found === undefined ? (
                  <span className={table['dim']}>not counted yet</span>
                ) : (
                  <>
                    {shown(line, line.found)} <span className={table['dim']}>{WORDS[line.what].found}</span>
                  </>
                )}
              </td>
              <td>{line.balances ? <Badge tone="done">Balances</Badge> : <Badge tone={line.owner ? 'waiting' : 'hold'}>{line.left > 0 ? `${shown(line, line.left)} left` : 'Not counted'}</Badge>}</td>
              <td>
                {line.balances ? null : (
                  <Group gap="xs" wrap="nowrap">
                    {line.owner ? <strong>{line.owner}</strong> : <span className={table['dim']}>nobody</span>}
                    {writes && line.owner !== me.username ? (
                      <Button size="compact-sm" variant="default" loading={own.busy} onClick={() => own.run({ what: line.what, owner: me.username })} aria-label={`I see to: ${WORDS[line.what].title}`}>
                        I see to it
                      </Button>
                    ) : null}
                  </Group>
                )}
              </td>
            </tr>
          ))}
        </Table>
      </Panel>
      {open && has('nurse', 'admin') ? (
        <Group justify="flex-end">
          {close.canClose ? null : <span>What does not balance needs somebody who sees to it first.</span>}
          <Button disabled={!close.canClose} loading={finish.busy} onClick={() => finish.run(undefined)}>
            Close the day
          </Button>
        </Group>
      ) : null}
    </>
  );
}
