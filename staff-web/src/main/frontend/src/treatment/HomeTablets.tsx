import { Button, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { body, ifMatch, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/scheduling';
import { useHas } from '../api/me';
import { useWorkup } from '../judgement/queries';
import { useNow, useZone } from '../live/clock';
import { Empty, Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Table } from '../parts/Rows';
import { calendarDay, dayIn } from '../parts/time';
import { Badge } from '../parts/Tone';
import { When } from '../parts/When';
import { usePrescriptions, useTabletTerms } from './queries';
import { COUNT_REASONS, directionsWord, leftOf, type Prescription } from './words';
import classes from './treatment.module.css';
import { Source } from '../session/parts';

/**
 * Tablets between infusions, or of a plan of tablets alone: what was prescribed, what the patient counted, and the next prescription.
 *
 * @param plannedMg the strength that a plan of tablets asks for; none when the plan is of sessions
 */
export function HomeTablets({ patientId, plannedMg }: { patientId: string; plannedMg: number | undefined }) {
  const has = useHas();
  const query = usePrescriptions(patientId);
  const [writing, setWriting] = useState(false);
  const [counting, setCounting] = useState<string>();
  if (!has('nurse', 'prescriber')) return null;
  return (
    <Panel
      title="Tablets at home"
      flush
      aside={
        has('prescriber') && !writing ? (
          <Button size="compact-sm" variant="default" onClick={() => setWriting(true)}>
            Prescribe tablets
          </Button>
        ) : undefined
      }
    >
      {writing ? <Prescribe patientId={patientId} plannedMg={plannedMg} left={leftOf(query.data ?? [])} onClose={() => setWriting(false)} /> : null}
      <Loaded query={query}>
        {(all) =>
          all.length === 0 ? (
            writing ? null : <Empty title="No tablets were prescribed">{plannedMg ? 'A prescriber gives few at a time' : 'A prescriber gives few at a time, between infusions'}; the patient counts what is left.</Empty>
          ) : (
            <>
              <Table
                label="Prescriptions"
                head={
                  <>
                    <th scope="col">Prescribed</th>
                    <th scope="col">Tablets</th>
                    <th scope="col">Left</th>
                    <th scope="col">
                      <span className="visually-hidden">Action</span>
                    </th>
                  </>
                }
              >
                {[...all].reverse().map((rx) => (
                  <tr key={rx.id}>
                    <td>
                      <When at={rx.prescribedAt} show="date" />
                      <div>{rx.prescribedBy}</div>
                    </td>
                    <td>
                      {rx.tablets} of {rx.strengthMg} mg
                      <div>{directionsWord(rx.directions)}</div>
                      <div>{rx.pharmacy}</div>
                    </td>
                    <td>
                      <Badge tone={rx.left === 0 ? 'done' : 'waiting'}>{rx.left === 0 ? 'None' : `${rx.left} of ${rx.tablets}`}</Badge>
                      <div>{rx.counts.length ? <When at={(rx.counts.at(-1) as Prescription['counts'][number]).at} show="date" /> : 'Not counted yet'}</div>
                    </td>
                    <td>
                      {rx.left > 0 ? (
                        <Button size="compact-sm" variant="default" onClick={() => setCounting(rx.id)}>
                          Count
                        </Button>
                      ) : null}
                    </td>
                  </tr>
                ))}
              </Table>
              {all.filter((rx) => rx.id === counting).map((rx) => <Count key={rx.id} rx={rx} onClose={() => setCounting(undefined)} />)}
              <p className={classes.meta}>The clinic takes no tablets back; collectors whom the DEA has authorized do.</p>
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Count({ rx, onClose }: { rx: Prescription; onClose: () => void }) {
  const [left, setLeft] = useState<number | string>('');
  const [because, setBecause] = useState<(typeof COUNT_REASONS)[number]['value']>('taken');
  const send = useCommand(
    (input: { left: number; because: typeof because }) => body(scheduling.POST('/api/home-prescriptions/{id}/counts', { params: { path: { id: rx.id }, header: { 'If-Match': ifMatch(rx.version) } }, body: input })),
    { refresh: [['home-tablets', rx.patientId]], onDone: onClose },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (left !== '') send.run({ left: Number(left), because });
  };
  return (
    <form onSubmit={submit} aria-label="The patient’s own count">
      <Stack gap="sm" p="md">
        <Group grow align="start">
          <NumberInput label="Tablets left" description="As the patient counts them" allowDecimal={false} min={0} value={left} onChange={setLeft} error={send.problem?.byField()['left']} />
          <Select label="The others were" description="Since the last count" data={COUNT_REASONS.map((one) => ({ ...one }))} value={because} onChange={(value) => value && setBecause(value as typeof because)} allowDeselect={false} />
        </Group>
        <ProblemNotice problem={send.problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" loading={send.busy} disabled={left === ''}>
            Record count
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Prescribe({ patientId, plannedMg, left, onClose }: { patientId: string; plannedMg: number | undefined; left: number; onClose: () => void }) {
  const zone = useZone();
  const today = dayIn(useNow(), zone);
  const terms = useTabletTerms(true);
  const workup = useWorkup(patientId);
  const query = workup.data?.results.find((result) => result.kind === 'pdmp-query');
  const [strength, setStrength] = useState<string | null>(plannedMg ? String(plannedMg) : null);
  const [tablets, setTablets] = useState<number | string>('');
  const [directions, setDirections] = useState<string | null>(null);
  const [pharmacy, setPharmacy] = useState('');
  const [pdmp, setPdmp] = useState<string>();
  const [visit, setVisit] = useState('');
  const pdmpOn = pdmp ?? (query?.takenAt ? dayIn(query.takenAt, zone) : '');
  const send = useCommand(
    (request: components['schemas']['PrescriptionRequest'], key) => body(scheduling.POST('/api/home-prescriptions', { params: { header: { 'Idempotency-Key': key } }, body: request })),
    { refresh: [['home-tablets', patientId], ['calls']], onDone: onClose },
  );
  const errors = send.problem?.byField() ?? {};
  const ready = strength !== null && tablets !== '' && directions !== null && pharmacy.trim() !== '' && pdmpOn !== '';
  return (
    <Loaded query={terms}>
      {(known) => (
        <form
          aria-label="Prescribe tablets for home"
          onSubmit={(event) => {
            event.preventDefault();
            send.run({ patientId, strengthMg: Number(strength), tablets: Number(tablets), directions: directions ?? '', pharmacy: pharmacy.trim(), pdmpQueriedOn: pdmpOn, inPersonVisitOn: visit || null });
          }}
        >
          <Stack gap="sm" p="md">
            {left > known.leftMost ? <Badge tone="hold">{`${left} tablets of the last prescription are left: count with the patient first`}</Badge> : null}
            <div className={classes.row}>
              <Select label="Strength" description={plannedMg ? 'As the plan has it' : undefined} inputWrapperOrder={['label', 'input', 'description', 'error']} data={known.strengthsMg.filter((mg) => !plannedMg || mg === plannedMg).map((mg) => ({ value: String(mg), label: `${mg} mg` }))} value={strength} onChange={setStrength} error={errors['strengthMg']} allowDeselect={false} />
              <NumberInput label="Tablets" description={`At most ${known.tabletsMost}, and ${known.mgMost} mg in all`} allowDecimal={false} min={1} value={tablets} onChange={setTablets} error={errors['tablets']} inputWrapperOrder={['label', 'input', 'description', 'error']} />
              <Select label="Directions" data={known.directions.map((code) => ({ value: code, label: directionsWord(code) }))} value={directions} onChange={setDirections} error={errors['directions']} allowDeselect={false} />
            </div>
            <div className={classes.row}>
              <TextInput label="Pharmacy" value={pharmacy} onChange={(e) => setPharmacy(e.currentTarget.value)} error={errors['pharmacy']} maxLength={200} />
              <TextInput type="date" label="Monitoring programme asked on" description={`At most ${known.pdmpDaysMost} days ago`} inputWrapperOrder={['label', 'input', 'description', 'error']} max={today} value={pdmpOn} onChange={(e) => setPdmp(e.currentTarget.value)} error={errors['pdmpQueriedOn']} />
              <TextInput
                type="date"
                label="Seen in person on"
                description={today < known.inPersonVisitFrom ? `Needed from ${calendarDay(known.inPersonVisitFrom)} on` : 'Needed'}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                max={today}
                value={visit}
                onChange={(e) => setVisit(e.currentTarget.value)}
                error={errors['inPersonVisitOn']}
              />
            </div>
            <Source of={`${known.source}. Confirmed by: ${known.approver}`} />
            <ProblemNotice problem={send.problem} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Close
              </Button>
              <Button type="submit" loading={send.busy} disabled={!ready}>
                Prescribe
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Loaded>
  );
}
