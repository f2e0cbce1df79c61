import { Button, Drawer, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { body, ifMatch, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/scheduling';
import { useHas, useMe } from '../api/me';
import { Empty, Loaded } from '../parts/Loaded';
import { Page, Panel } from '../parts/Page';
import { PatientPicker } from '../parts/PatientPicker';
import { shortName, usePatients } from '../parts/patients';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Rows, Table, table, usePages } from '../parts/Rows';
import { calendarDay } from '../parts/time';
import { Badge, Banner, type Tone } from '../parts/Tone';
import { When } from '../parts/When';

type Draw = components['schemas']['DrawView'];
type Lot = components['schemas']['StockLotView'];
type Line = components['schemas']['DrugLogEntry'];
type Count = components['schemas']['CountView'];
type Review = components['schemas']['CountReviewView'];

const KINDS: Record<Line['kind'], string> = { received: 'Received', drawn: 'Drawn', given: 'Given', 'given-less': 'Given less than told', wasted: 'Wasted', returned: 'Returned', counted: 'Counted', adjusted: 'Adjusted' };
const LOTS: Record<Lot['state'], { tone: Tone; word: string }> = { ordered: { tone: 'waiting', word: 'Ordered' }, received: { tone: 'ready', word: 'In stock' }, used: { tone: 'done', word: 'Used' }, returned: { tone: 'done', word: 'Sent back' } };
const REASONS = [
  { value: 'rest-of-draw', label: 'Rest of the draw' },
  { value: 'not-given', label: 'Drawn and not given' },
  { value: 'rest-of-vial', label: 'Rest of a single-dose vial' },
  { value: 'broken', label: 'Broken or spilt' },
  { value: 'expired', label: 'Expired' },
] as const;
type Reason = (typeof REASONS)[number]['value'];
const TIMES = { opening: 'Opening', closing: 'Closing', inventory: 'Two-yearly inventory' } as const;
const COUNTED: Record<Count['state'], { tone: Tone; word: string }> = { waiting: { tone: 'waiting', word: 'Waits for the second person' }, balanced: { tone: 'done', word: 'Balances' }, different: { tone: 'danger', word: 'Differs from the log' }, disputed: { tone: 'hold', word: 'Two numbers: count again' } };
const FINDINGS = [
  { value: 'miscounted', label: 'Miscounted: the log stands' },
  { value: 'not-recorded', label: 'Something was not written down' },
  { value: 'minor-loss', label: 'Small loss, explained' },
  { value: 'theft-or-significant-loss', label: 'Theft or significant loss' },
] as const;

const ALL = [['drug-stock'], ['drug-log'], ['counts'], ['readiness']];
const mg = (amount: number) => `${Number(amount.toFixed(4))} mg`;

/** Controlled drugs: what is there, what is not accounted for, and the log that says why. */
export default function DrugsPage() {
  return (
    <Page title="Controlled drugs">
      <Missing />
      <Balances />
      <Open />
      <Counts />
      <Shipments />
      <Log />
    </Page>
  );
}

/** A column without a name is one of buttons. */
const columns = (...names: string[]) =>
  names.map((name) => (
    <th scope="col" key={name}>
      {name || <span className="visually-hidden">Act</span>}
    </th>
  ));

function Missing() {
  const has = useHas();
  const query = useQuery({ queryKey: ['drug-stock', 'missing'], queryFn: () => body(scheduling.GET('/api/drug-stock/missing')) });
  const patients = usePatients(has('nurse', 'prescriber') ? (query.data?.items.map((m) => m.patientId) ?? []) : []).data;
  if (!query.data?.items.length) return null;
  return (
    <Banner tone="hold" title={`Not on site for ${query.data.items.length === 1 ? 'a session' : `${query.data.items.length} sessions`} until ${calendarDay(query.data.until)}`}>
      {query.data.items.map((missing) => (
        <div key={missing.sessionId}>
          {missing.drug} for {shortName(patients?.get(missing.patientId))}, <When at={missing.startsAt} />
        </div>
      ))}
    </Banner>
  );
}

const useBalances = () => useQuery({ queryKey: ['drug-stock', 'balances'], queryFn: () => body(scheduling.GET('/api/drug-stock/balances')) });
const useLots = () => useQuery({ queryKey: ['drug-stock', 'on-hand'], queryFn: () => body(scheduling.GET('/api/drug-stock', { params: { query: { onHand: true, limit: 200 } } })) });

/** Drawn and neither given, wasted nor in use. */
const missingMg = (balance: components['schemas']['DrugBalance']) => Number((balance.outMg - balance.inUseMg).toFixed(4));

function Balances() {
  const query = useBalances();
  return (
    <Panel flush title="By the log">
      <Loaded query={query}>
        {({ items }) => (
          <Table label="Balances" head={columns('Drug', 'Schedule', 'In stock', 'In use', 'Not accounted for', 'Lines')}>
            {items.map((one) => (
              <tr key={one.drug}>
                <td>{one.drug}</td>
                <td>{one.schedule}</td>
                <td>{mg(one.onHandMg)}</td>
                <td>{one.inUseMg === 0 ? '' : <Badge tone="info">{mg(one.inUseMg)}</Badge>}</td>
                <td>{missingMg(one) === 0 ? <Badge tone="done">Balances</Badge> : <Badge tone="hold">{mg(missingMg(one))}</Badge>}</td>
                <td>{one.entries}</td>
              </tr>
            ))}
          </Table>
        )}
      </Loaded>
    </Panel>
  );
}

/** Doses that are drawn up or run, what is left of others, and waste that nobody has confirmed. */
function Open() {
  const has = useHas();
  const me = useMe();
  const acts = has('nurse', 'prescriber');
  const draws = useQuery({ queryKey: ['drug-log', 'draws'], queryFn: () => body(scheduling.GET('/api/drug-log/draws')) });
  const wastes = useQuery({ queryKey: ['drug-log', 'wastes'], queryFn: () => body(scheduling.GET('/api/drug-log/wastes')) });
  const patients = usePatients(acts ? (draws.data?.items.map((d) => d.patientId) ?? []) : []).data;
  const [wasting, setWasting] = useState<Draw>();
  const witness = useCommand(
    ({ id, saw }: { id: string; saw: boolean }) =>
      body(saw ? scheduling.POST('/api/drug-log/wastes/{id}/witness', { params: { path: { id } } }) : scheduling.POST('/api/drug-log/wastes/{id}/refusal', { params: { path: { id } } })),
    { refresh: ALL },
  );
  const waits = new Set(wastes.data?.items.map((w) => w.drawId));
  const inUse = draws.data?.items.filter((draw) => draw.use !== 'left') ?? [];
  const left = draws.data?.items.filter((draw) => draw.use === 'left') ?? [];
  const drawn = (draw: Draw) => (
    <>
      <td>
        <Link to="/sessions/$sessionId" params={{ sessionId: draw.sessionId }}>
          <When at={draw.at} />
        </Link>{' '}
        <span className={table['dim']}>by {draw.by}</span>
      </td>
      <td>{shortName(patients?.get(draw.patientId))}</td>
      <td>{draw.drug}</td>
    </>
  );
  const waste = (draw: Draw, verb: string) =>
    waits.has(draw.id) ? (
      <span className={table['dim']}>waits for its witness</span>
    ) : acts ? (
      <Button size="compact-sm" variant="default" onClick={() => setWasting(draw)}>
        {verb}
      </Button>
    ) : null;
  return (
    <>
      <ProblemNotice problem={witness.problem} />
      <Panel flush title="Waste that waits for its witness">
        <Loaded query={wastes}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title="No waste waits">Waste is in the log when a second person, signed in on their own, has confirmed it.</Empty>
            ) : (
              <Table label="Waste that waits" head={columns('When', 'Drug', 'Amount', 'Why', 'Wasted by', '')}>
                {items.map((waste) => (
                  <tr key={waste.id}>
                    <td>
                      <When at={waste.at} />
                    </td>
                    <td>{waste.drug}</td>
                    <td>{mg(waste.mg)}</td>
                    <td>{REASONS.find((r) => r.value === waste.reason)?.label}</td>
                    <td>{waste.by}</td>
                    <td>
                      {acts ? (
                        <Group gap="xs" justify="flex-end" wrap="nowrap">
                          {waste.by === me.username ? (
                            <span className={table['dim']}>somebody else confirms it</span>
                          ) : (
                            <Button size="compact-sm" loading={witness.busy} onClick={() => witness.run({ id: waste.id, saw: true })}>
                              I saw it wasted
                            </Button>
                          )}
                          <Button size="compact-sm" variant="default" loading={witness.busy} onClick={() => witness.run({ id: waste.id, saw: false })}>
                            {waste.by === me.username ? 'Take back' : 'It was not so'}
                          </Button>
                        </Group>
                      ) : null}
                    </td>
                  </tr>
                ))}
              </Table>
            )
          }
        </Loaded>
      </Panel>
      {inUse.length > 0 ? (
        <Panel flush title="In use">
          <Table label="Draws in use" head={columns('Drawn', 'Patient', 'Drug', 'In use', 'Where', '')}>
            {inUse.map((draw) => (
              <tr key={draw.id}>
                {drawn(draw)}
                <td>
                  <strong>{mg(draw.openMg)}</strong>
                </td>
                <td>
                  <Badge tone={draw.use === 'running' ? 'ready' : 'waiting'}>{draw.use === 'running' ? 'The dose runs' : 'Drawn up, not begun'}</Badge>
                </td>
                <td className={table['number']}>{draw.use === 'drawn-up' ? waste(draw, 'Waste it') : null}</td>
              </tr>
            ))}
          </Table>
        </Panel>
      ) : null}
      <Panel flush title="Drawn, not accounted for">
        <Loaded query={draws}>
          {() =>
            left.length === 0 ? (
              <Empty title="Every draw is accounted for">What is left of a dose that is over, or was drawn and not given, is listed here until it is wasted before a witness.</Empty>
            ) : (
              <Table label="Open draws" head={columns('Drawn', 'Patient', 'Drug', 'Drawn', 'Given', 'Wasted', 'Left', '')}>
                {left.map((draw) => (
                  <tr key={draw.id}>
                    {drawn(draw)}
                    <td>{mg(draw.drawnMg)}</td>
                    <td>{mg(draw.givenMg)}</td>
                    <td>{mg(draw.wastedMg)}</td>
                    <td>
                      <strong>{mg(draw.openMg)}</strong>
                    </td>
                    <td className={table['number']}>{waste(draw, 'Waste the rest')}</td>
                  </tr>
                ))}
              </Table>
            )
          }
        </Loaded>
      </Panel>
      <Drawer opened={wasting !== undefined} onClose={() => setWasting(undefined)} position="right" size="md" title="Waste the rest" closeButtonProps={{ 'aria-label': 'Close' }}>
        {wasting ? <WasteForm of={{ drawId: wasting.id }} most={wasting.openMg} reason={wasting.use === 'drawn-up' ? 'not-given' : 'rest-of-draw'} onDone={() => setWasting(undefined)} /> : null}
      </Drawer>
    </>
  );
}

function WasteForm({ of, most, reason: usual, onDone }: { of: { drawId: string } | { lotId: string }; most: number; reason: Reason; onDone: () => void }) {
  const [amount, setAmount] = useState('drawId' in of ? String(most) : '');
  const [reason, setReason] = useState<Reason>(usual);
  const waste = useCommand((input: { mg: number; reason: Reason }, key) => body(scheduling.POST('/api/drug-log/wastes', { params: { header: { 'Idempotency-Key': key } }, body: { ...of, ...input } })), { refresh: ALL, onDone });
  const errors = waste.problem?.byField() ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    waste.run({ mg: Number(amount), reason });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemNotice problem={waste.problem} />
        <TextInput label="Amount in mg" inputMode="decimal" description={`At most ${mg(most)}`} value={amount} onChange={(e) => setAmount(e.currentTarget.value)} error={errors['mg']} required withAsterisk={false} />
        <NativeSelect label="Why" data={REASONS.map((r) => ({ value: r.value, label: r.label }))} value={reason} onChange={(e) => setReason(e.currentTarget.value as Reason)} />
        <p>It counts when a second person has confirmed it from their own login.</p>
        <Buttons busy={waste.busy} verb="Record waste" onCancel={onDone} />
      </Stack>
    </form>
  );
}

function Buttons({ busy, verb, onCancel }: { busy: boolean; verb: string; onCancel: () => void }) {
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onCancel}>
        Cancel
      </Button>
      <Button type="submit" loading={busy}>
        {verb}
      </Button>
    </Group>
  );
}

function Counts() {
  const has = useHas();
  const me = useMe();
  const acts = has('nurse', 'prescriber');
  const query = useQuery({ queryKey: ['counts', 'today'], queryFn: () => body(scheduling.GET('/api/counts')) });
  const reviews = useQuery({ queryKey: ['counts', 'reviews'], queryFn: () => body(scheduling.GET('/api/counts/reviews')) });
  const [counting, setCounting] = useState(false);
  const [second, setSecond] = useState<Count>();
  const [closing, setClosing] = useState<Review>();
  const done = (state: Count['state'] | null | undefined) => (state ? <Badge tone={COUNTED[state].tone}>{COUNTED[state].word}</Badge> : <Badge tone="waiting">Not yet</Badge>);
  return (
    <>
      {reviews.data?.items.map((review) => (
        <Banner
          key={review.id}
          tone={review.overdue ? 'danger' : 'hold'}
          title={`${review.drug}: the log says ${mg(review.expectedMg)}, ${review.cause === 'count' ? `two people counted ${mg(review.foundMg)}` : 'and more was given than it knew'}`}
          actions={
            has('prescriber') ? (
              <Button size="sm" variant="default" onClick={() => setClosing(review)}>
                Say why
              </Button>
            ) : undefined
          }
        >
          A theft or significant loss is reported to the DEA by {calendarDay(review.reportDueOn)}.
        </Banner>
      ))}
      <Panel
        flush
        title="Counts today"
        aside={
          acts ? (
            <Button size="compact-sm" onClick={() => setCounting(true)}>
              Count
            </Button>
          ) : undefined
        }
      >
        <Loaded query={query}>
          {({ due, counts }) => (
            <>
              <Table label="Counts due" head={columns('Drug', 'Opening', 'Closing', 'Inventory by law, next by')}>
                {due.map((one) => (
                  <tr key={one.drug}>
                    <td>{one.drug}</td>
                    <td>{done(one.opening)}</td>
                    <td>{done(one.closing)}</td>
                    <td>{one.inventoryOverdue ? <Badge tone="hold">Due now</Badge> : calendarDay(one.inventoryDueOn)}</td>
                  </tr>
                ))}
              </Table>
              {counts
                .filter((count) => count.state === 'waiting')
                .map((count) => (
                  <Banner
                    key={count.id}
                    tone="waiting"
                    title={`${count.firstBy} has counted ${count.drug}`}
                    actions={
                      acts && count.firstBy !== me.username ? (
                        <Button size="sm" variant="default" onClick={() => setSecond(count)}>
                          Enter my count
                        </Button>
                      ) : undefined
                    }
                  >
                    A second person counts too, without knowing the number.
                  </Banner>
                ))}
            </>
          )}
        </Loaded>
      </Panel>
      <Drawer opened={counting} onClose={() => setCounting(false)} position="right" size="md" title="Count a drug" closeButtonProps={{ 'aria-label': 'Close' }}>
        <CountForm onDone={() => setCounting(false)} />
      </Drawer>
      <Drawer opened={second !== undefined} onClose={() => setSecond(undefined)} position="right" size="md" title="My own count" closeButtonProps={{ 'aria-label': 'Close' }}>
        {second ? <SecondForm count={second} onDone={() => setSecond(undefined)} /> : null}
      </Drawer>
      <Drawer opened={closing !== undefined} onClose={() => setClosing(undefined)} position="right" size="md" title="Why log and cabinet differ" closeButtonProps={{ 'aria-label': 'Close' }}>
        {closing ? <ReviewForm review={closing} onDone={() => setClosing(undefined)} /> : null}
      </Drawer>
    </>
  );
}

function CountForm({ onDone }: { onDone: () => void }) {
  const drugs = useBalances().data?.items ?? [];
  const [drug, setDrug] = useState('ketamine');
  const [at, setAt] = useState<keyof typeof TIMES>('closing');
  const [counted, setCounted] = useState('');
  const count = useCommand((input: { drug: string; at: keyof typeof TIMES; countedMg: number }, key) => body(scheduling.POST('/api/counts', { params: { header: { 'Idempotency-Key': key } }, body: input })), { refresh: ALL, onDone });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    count.run({ drug, at, countedMg: Number(counted) });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemNotice problem={count.problem} />
        <NativeSelect label="Drug" data={drugs.map((d) => d.drug)} value={drug} onChange={(e) => setDrug(e.currentTarget.value)} />
        <NativeSelect label="When" data={Object.entries(TIMES).map(([value, label]) => ({ value, label }))} value={at} onChange={(e) => setAt(e.currentTarget.value as keyof typeof TIMES)} />
        <TextInput label="Counted, in mg" description="Everything on hand, open vials too" inputMode="decimal" value={counted} onChange={(e) => setCounted(e.currentTarget.value)} error={count.problem?.byField()['countedMg']} required withAsterisk={false} />
        <Buttons busy={count.busy} verb="Record my count" onCancel={onDone} />
      </Stack>
    </form>
  );
}

function SecondForm({ count, onDone }: { count: Count; onDone: () => void }) {
  const [counted, setCounted] = useState('');
  const confirm = useCommand((countedMg: number) => body(scheduling.POST('/api/counts/{id}/confirmation', { params: { path: { id: count.id } }, body: { countedMg } })), { refresh: ALL, onDone });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.run(Number(counted));
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemNotice problem={confirm.problem} />
        <TextInput label={`Counted of ${count.drug}, in mg`} inputMode="decimal" value={counted} onChange={(e) => setCounted(e.currentTarget.value)} error={confirm.problem?.byField()['countedMg']} required withAsterisk={false} />
        <Buttons busy={confirm.busy} verb="Record my count" onCancel={onDone} />
      </Stack>
    </form>
  );
}

function ReviewForm({ review, onDone }: { review: Review; onDone: () => void }) {
  const lots = useLots().data?.items.filter((lot) => lot.drug === review.drug) ?? [];
  const [finding, setFinding] = useState<(typeof FINDINGS)[number]['value']>(review.cause === 'count' ? 'miscounted' : 'not-recorded');
  const [explanation, setExplanation] = useState('');
  const [lotId, setLotId] = useState('');
  const [reportedOn, setReportedOn] = useState('');
  const conclude = useCommand(
    () =>
      body(
        scheduling.POST('/api/counts/reviews/{id}/conclusion', {
          params: { path: { id: review.id }, header: { 'If-Match': ifMatch(review.version) } },
          body: { finding, explanation, lotId: lotId || null, reportedOn: reportedOn || null },
        }),
      ),
    { refresh: ALL, onDone },
  );
  const errors = conclude.problem?.byField() ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    conclude.run(undefined);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemNotice problem={conclude.problem} />
        <NativeSelect label="What was it" data={FINDINGS.filter((f) => review.cause === 'count' || f.value !== 'miscounted').map((f) => ({ value: f.value, label: f.label }))} value={finding} onChange={(e) => setFinding(e.currentTarget.value as typeof finding)} error={errors['finding']} />
        {review.cause === 'count' && finding !== 'miscounted' ? (
          <NativeSelect label="Of which shipment" data={[{ value: '', label: 'Choose' }, ...lots.map((lot) => ({ value: lot.id, label: `Lot ${lot.lot ?? ''}, ${mg(lot.onHandMg)}` }))]} value={lotId} onChange={(e) => setLotId(e.currentTarget.value)} error={errors['lotId']} />
        ) : null}
        {finding === 'theft-or-significant-loss' ? <TextInput type="date" label="Reported to the DEA on" value={reportedOn} onChange={(e) => setReportedOn(e.currentTarget.value)} error={errors['reportedOn']} /> : null}
        <Textarea label="Explanation" autosize minRows={3} value={explanation} onChange={(e) => setExplanation(e.currentTarget.value)} error={errors['explanation']} required withAsterisk={false} />
        <Buttons busy={conclude.busy} verb="Close the review" onCancel={onDone} />
      </Stack>
    </form>
  );
}

function Shipments() {
  const acts = useHas()('nurse', 'prescriber');
  const query = usePages<Lot>(['drug-stock', 'shipments'], (cursor) => body(scheduling.GET('/api/drug-stock', { params: { query: { limit: 50, ...(cursor ? { cursor } : {}) } } })));
  const patients = usePatients(acts ? (query.data?.pages.flatMap((p) => p.items).flatMap((lot) => (lot.forPatientId ? [lot.forPatientId] : [])) ?? []) : []).data;
  const [open, setOpen] = useState<{ lot?: Lot; act: 'order' | 'receive' | 'waste' }>();
  const giveBack = useCommand((lot: Lot) => body(scheduling.POST('/api/drug-stock/{id}/return', { params: { path: { id: lot.id }, header: { 'If-Match': ifMatch(lot.version) } } })), { refresh: ALL });
  const close = () => setOpen(undefined);
  return (
    <>
      <ProblemNotice problem={giveBack.problem} />
      <Panel
        flush
        title="Shipments"
        aside={
          acts ? (
            <Button size="compact-sm" onClick={() => setOpen({ act: 'order' })}>
              Record an order
            </Button>
          ) : undefined
        }
      >
        <Rows
          query={query}
          label="Shipments"
          head={
            <>
              <th scope="col">Drug</th>
              <th scope="col">Product (NDC)</th>
              <th scope="col">For</th>
              <th scope="col">Lot</th>
              <th scope="col">Expires</th>
              <th scope="col">In stock</th>
              <th scope="col">State</th>
              <th scope="col">
                <span className="visually-hidden">Act</span>
              </th>
            </>
          }
          row={(lot) => (
            <tr key={lot.id}>
              <td>{lot.drug}</td>
              <td>
                {lot.ndc} <span className={table['dim']}>{`${lot.unitsReceived || lot.unitsOrdered} × ${mg(lot.mgPerUnit)}`}</span>
              </td>
              <td>{lot.forPatientId ? shortName(patients?.get(lot.forPatientId)) : 'The clinic'}</td>
              <td>{lot.lot}</td>
              <td>{lot.expired ? <Badge tone="danger">Expired</Badge> : lot.expiresOn ? calendarDay(lot.expiresOn) : ''}</td>
              <td>{mg(lot.onHandMg)}</td>
              <td>{lot.late ? <Badge tone="hold">{`Late: due ${calendarDay(lot.dueOn ?? '')}`}</Badge> : <Badge tone={LOTS[lot.state].tone}>{LOTS[lot.state].word}</Badge>}</td>
              <td>
                {acts ? (
                  <Group gap="xs" justify="flex-end" wrap="nowrap">
                    {lot.state === 'ordered' ? (
                      <Button size="compact-sm" variant="default" onClick={() => setOpen({ lot, act: 'receive' })}>
                        Receive
                      </Button>
                    ) : null}
                    {lot.state === 'received' ? (
                      <>
                        <Button size="compact-sm" variant="default" onClick={() => setOpen({ lot, act: 'waste' })}>
                          Waste
                        </Button>
                        <Button size="compact-sm" variant="default" loading={giveBack.busy} onClick={() => giveBack.run(lot)}>
                          Send back
                        </Button>
                      </>
                    ) : null}
                  </Group>
                ) : null}
              </td>
            </tr>
          )}
          empty={<Empty title="No shipment yet">Record what was ordered; when it comes, its lot and units. Nothing can be drawn that the log does not know.</Empty>}
        />
      </Panel>
      <Drawer opened={open !== undefined} onClose={close} position="right" size="md" title={open?.act === 'order' ? 'Record an order' : open?.act === 'receive' ? 'A shipment has come' : 'Waste from stock'} closeButtonProps={{ 'aria-label': 'Close' }}>
        {open?.act === 'order' ? <OrderForm onDone={close} /> : null}
        {open?.act === 'receive' && open.lot ? <ReceiveForm lot={open.lot} onDone={close} /> : null}
        {open?.act === 'waste' && open.lot ? <WasteForm of={{ lotId: open.lot.id }} most={open.lot.onHandMg} reason="rest-of-vial" onDone={close} /> : null}
      </Drawer>
    </>
  );
}

function OrderForm({ onDone }: { onDone: () => void }) {
  const drugs = useBalances().data?.items ?? [];
  const [drug, setDrug] = useState('ketamine');
  const [ndc, setNdc] = useState('');
  const [container, setContainer] = useState<'vial' | 'device'>('vial');
  const [mgPerUnit, setMgPerUnit] = useState('');
  const [units, setUnits] = useState('');
  const [forPatientId, setForPatient] = useState<string | null>(null);
  const [dueOn, setDueOn] = useState('');
  const order = useCommand(
    (_: undefined, key) =>
      body(
        scheduling.POST('/api/drug-stock', {
          params: { header: { 'Idempotency-Key': key } },
          body: { drug, ndc: ndc.trim(), container, mgPerUnit: Number(mgPerUnit), supply: forPatientId ? 'pharmacy' : 'buy-and-bill', forPatientId, units: Number(units), dueOn: dueOn || null },
        }),
      ),
    { refresh: ALL, onDone },
  );
  const errors = order.problem?.byField() ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    order.run(undefined);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemNotice problem={order.problem} />
        <NativeSelect label="Drug" data={drugs.map((d) => d.drug)} value={drug} onChange={(e) => setDrug(e.currentTarget.value)} error={errors['drug']} />
        <TextInput label="Product (NDC)" description="Three groups, as on the label" value={ndc} onChange={(e) => setNdc(e.currentTarget.value)} error={errors['ndc']} required withAsterisk={false} />
        <NativeSelect label="Comes in" data={[{ value: 'vial', label: 'Vials' }, { value: 'device', label: 'Nasal devices' }]} value={container} onChange={(e) => setContainer(e.currentTarget.value as 'vial' | 'device')} />
        <Group grow>
          <TextInput label="How many" inputMode="numeric" value={units} onChange={(e) => setUnits(e.currentTarget.value)} error={errors['units']} required withAsterisk={false} />
          <TextInput label="mg in each" inputMode="decimal" value={mgPerUnit} onChange={(e) => setMgPerUnit(e.currentTarget.value)} error={errors['mgPerUnit']} required withAsterisk={false} />
        </Group>
        <PatientPicker label="For one patient" description="Left empty for the clinic’s own stock; a pharmacy’s shipment is used for nobody else" value={forPatientId} onChange={setForPatient} error={errors['forPatientId']} />
        <TextInput type="date" label="Due on" value={dueOn} onChange={(e) => setDueOn(e.currentTarget.value)} error={errors['dueOn']} />
        <Buttons busy={order.busy} verb="Record the order" onCancel={onDone} />
      </Stack>
    </form>
  );
}

function ReceiveForm({ lot, onDone }: { lot: Lot; onDone: () => void }) {
  const [number, setNumber] = useState('');
  const [expiresOn, setExpiresOn] = useState('');
  const [units, setUnits] = useState(String(lot.unitsOrdered));
  const receive = useCommand(
    () => body(scheduling.POST('/api/drug-stock/{id}/receipt', { params: { path: { id: lot.id }, header: { 'If-Match': ifMatch(lot.version) } }, body: { lot: number.trim(), expiresOn, units: Number(units) } })),
    { refresh: ALL, onDone },
  );
  const errors = receive.problem?.byField() ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    receive.run(undefined);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemNotice problem={receive.problem} />
        <TextInput label="Lot" value={number} onChange={(e) => setNumber(e.currentTarget.value)} error={errors['lot']} required withAsterisk={false} />
        <TextInput type="date" label="Expires on" value={expiresOn} onChange={(e) => setExpiresOn(e.currentTarget.value)} error={errors['expiresOn']} required withAsterisk={false} />
        <TextInput label={`How many came, of ${lot.unitsOrdered}`} inputMode="numeric" value={units} onChange={(e) => setUnits(e.currentTarget.value)} error={errors['units']} required withAsterisk={false} />
        <Buttons busy={receive.busy} verb="Receive" onCancel={onDone} />
      </Stack>
    </form>
  );
}

function Log() {
  const drugs = useBalances().data?.items ?? [];
  const [drug, setDrug] = useState('ketamine');
  const query = usePages<Line>(['drug-log', 'lines', drug], (cursor) => body(scheduling.GET('/api/drug-log', { params: { query: { drug, newestFirst: true, limit: 50, ...(cursor ? { cursor } : {}) } } })));
  return (
    <Panel flush title="Log" aside={<NativeSelect aria-label="Drug of the log" size="xs" data={drugs.length ? drugs.map((d) => d.drug) : [drug]} value={drug} onChange={(e) => setDrug(e.currentTarget.value)} />}>
      <Rows
        query={query}
        label="Drug log"
        head={
          <>
            <th scope="col">No.</th>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col">Amount</th>
            <th scope="col">In stock after</th>
            <th scope="col">Drawn and open after</th>
            <th scope="col">By</th>
            <th scope="col">Witness</th>
          </>
        }
        row={(line) => (
          <tr key={line.id}>
            <td>{line.number}</td>
            <td>
              <When at={line.at} />
            </td>
            <td>
              {line.sessionId ? (
                <Link to="/sessions/$sessionId" params={{ sessionId: line.sessionId }}>
                  {KINDS[line.kind]}
                </Link>
              ) : (
                KINDS[line.kind]
              )}
              {line.lotId || line.kind !== 'drawn' ? null : <Badge tone="danger">beyond the stock</Badge>}
            </td>
            <td>{mg(line.mg)}</td>
            <td>{mg(line.onHandMg)}</td>
            <td>{line.outMg === 0 ? '' : mg(line.outMg)}</td>
            <td>{line.by}</td>
            <td>{line.witness}</td>
          </tr>
        )}
        empty={<Empty title="No line yet">Every mg that comes, is drawn, given, wasted or counted stands here, numbered without a gap.</Empty>}
      />
    </Panel>
  );
}
