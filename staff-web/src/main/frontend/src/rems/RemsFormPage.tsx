import { Button, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { body, ifMatch, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/scheduling';
import { useZone } from '../live/clock';
import { Loaded } from '../parts/Loaded';
import { Page, Panel } from '../parts/Page';
import { usePatients } from '../parts/patients';
import { ProblemNotice } from '../parts/ProblemNotice';
import { table } from '../parts/Rows';
import { calendarDay, dayIn, timeOf, zonedInstant } from '../parts/time';
import { When } from '../parts/When';
import { Due } from './RemsPage';
import classes from './Rems.module.css';

type Form = components['schemas']['RemsFormView'];
type Content = components['schemas']['RemsContent'];
type Effect = Content['sedation'];

const SEEN = [
  { value: 'unknown', label: 'Not known' },
  { value: 'no', label: 'No' },
  { value: 'yes', label: 'Yes' },
];
const FIELDS: Record<string, string> = {
  devices: 'devices',
  doseStartedAt: 'when the dose began',
  before: 'blood pressure before',
  after40: 'blood pressure after about 40 min',
  beforeLeaving: 'blood pressure before leaving',
  sedation: 'sedation, and when it was over',
  dissociation: 'dissociation, and when it was over',
  readyToLeaveAt: 'when the patient was ready to leave',
};

/** One session's form: filled in from the session, completed here, printed with the patient's name, and marked as sent. */
export default function RemsFormPage() {
  const { sessionId } = useParams({ strict: false }) as { sessionId: string };
  const query = useQuery({ queryKey: ['rems', 'form', sessionId], queryFn: () => body(scheduling.GET('/api/rems/forms/{sessionId}', { params: { path: { sessionId } } })) });
  return (
    <Page
      title="REMS monitoring form"
      width="text"
      aside={
        <Group gap="xs" className={classes.noPrint}>
          <Button variant="default" size="sm" onClick={() => window.print()}>
            Print
          </Button>
          <Button variant="default" size="sm" component="a" href={`/api/rems/forms/${sessionId}/pdf`} target="_blank" rel="noreferrer">
            PDF without name
          </Button>
        </Group>
      }
    >
      <Loaded query={query}>{(form) => <FormOf key={form.version} form={form} />}</Loaded>
    </Page>
  );
}

function FormOf({ form }: { form: Form }) {
  const zone = useZone();
  const patient = usePatients([form.patientId]).data?.get(form.patientId);
  const enrolment = useQuery({ queryKey: ['rems', 'enrolment', form.patientId], queryFn: () => body(scheduling.GET('/api/rems/patients/{patientId}', { params: { path: { patientId: form.patientId } } })) });
  const [content, setContent] = useState<Content>(form.content);
  const [correcting, setCorrecting] = useState<string>();
  // as it is typed: a line that was begun with Enter is still empty
  const [sedating, setSedating] = useState(form.content.otherSedatingDrugs.join('\n'));
  const refresh = [['rems']];
  const save = useCommand((input: Content) => body(scheduling.PUT('/api/rems/forms/{sessionId}', { params: { path: { sessionId: form.sessionId }, header: { 'If-Match': ifMatch(form.version) } }, body: input })), { refresh });
  const submit = useCommand(() => body(scheduling.POST('/api/rems/forms/{sessionId}/submission', { params: { path: { sessionId: form.sessionId }, header: { 'If-Match': ifMatch(form.version) } } })), { refresh });
  const sent = form.state === 'submitted';
  const change = (part: Partial<Content>) => setContent((now) => ({ ...now, ...part }));
  const changed = JSON.stringify(content) !== JSON.stringify(form.content);
  const day = dayIn(form.sessionAt, zone);
  const at = (time: string) => (time ? new Date(zonedInstant(day, time, zone)).toISOString() : null);
  const errors = save.problem?.byField() ?? {};
  const pressure = (name: 'before' | 'after40' | 'beforeLeaving', label: string) => {
    const value = content[name];
    const told = form.prefilled?.[name];
    const corrected = form.corrections.findLast((one) => one.field === name);
    const wrong = Object.entries(errors).find(([field]) => field.startsWith(name))?.[1];
    return (
      <tr>
        <th scope="row">{label}</th>
        <td>
          {value && correcting !== name ? (
            <Group gap="xs">
              <span>
                {value.systolic}/{value.diastolic} mmHg, <When at={value.takenAt} show="time" />
              </span>
              {sent ? null : (
                <Button className={classes.noPrint} size="compact-sm" variant="default" aria-label={`Correct: ${label}`} onClick={() => setCorrecting(name)}>
                  Correct
                </Button>
              )}
            </Group>
          ) : sent ? (
            '–'
          ) : (
            <Pressure
              label={label}
              was={value ? { systolic: String(value.systolic), diastolic: String(value.diastolic), time: timeOf(value.takenAt, zone) } : undefined}
              onCancel={value ? () => setCorrecting(undefined) : undefined}
              onSet={(systolic, diastolic, time) => {
                // the second that the session knows stays while the minute does
                const takenAt = value && timeOf(value.takenAt, zone) === time ? value.takenAt : (at(time) ?? form.sessionAt);
                change({ [name]: { takenAt, systolic, diastolic } });
                setCorrecting(undefined);
              }}
            />
          )}
          {wrong ? (
            <div className={classes.wrong} role="alert">
              {wrong}
            </div>
          ) : null}
          {corrected ? (
            <div className={classes.meta}>
              {told ? (
                <>
                  The session has {told.systolic}/{told.diastolic} mmHg, <When at={told.takenAt} show="time" />; corrected
                </>
              ) : (
                'The session has none; added'
              )}{' '}
              by {corrected.by}, <When at={corrected.at} />
            </div>
          ) : null}
        </td>
      </tr>
    );
  };
  const effect = (name: 'sedation' | 'dissociation', label: string) => {
    const value: Effect = content[name];
    return (
      <tr>
        <th scope="row">{label}</th>
        <td>
          <Group gap="xs" className={classes.noPrint}>
            <NativeSelect aria-label={label} data={SEEN} value={value.occurred} disabled={sent} onChange={(e) => change({ [name]: { occurred: e.currentTarget.value as Effect['occurred'], resolvedAt: value.resolvedAt ?? null } })} />
            {value.occurred === 'yes' ? (
              <TextInput type="time" aria-label={`${label} was over at`} value={value.resolvedAt ? timeOf(value.resolvedAt, zone) : ''} disabled={sent} onChange={(e) => change({ [name]: { occurred: 'yes', resolvedAt: at(e.currentTarget.value) } })} />
            ) : null}
          </Group>
          <span className={classes.onlyPrint}>{value.occurred === 'yes' ? `Yes, over at ${value.resolvedAt ? timeOf(value.resolvedAt, zone) : '–'}` : value.occurred === 'no' ? 'No' : '–'}</span>
        </td>
      </tr>
    );
  };
  return (
    <Stack>
      <ProblemNotice problem={save.problem ?? submit.problem} />
      <Panel flush>
        <table className={`${table['table']} ${classes.form}`}>
          <tbody>
            <tr>
              <th scope="row">Patient</th>
              <td>{patient ? `${patient.familyName}, ${patient.givenName}, born ${calendarDay(patient.birthDate)}` : '…'}</td>
            </tr>
            <tr>
              <th scope="row">Enrolment</th>
              <td>{enrolment.data?.enrolled ? (enrolment.data.number ?? 'enrolled') : 'not enrolled'}</td>
            </tr>
            <tr>
              <th scope="row">Session</th>
              <td>
                <Link to="/sessions/$sessionId" params={{ sessionId: form.sessionId }}>
                  <When at={form.sessionAt} />
                </Link>
              </td>
            </tr>
            <tr>
              <th scope="row">Dose</th>
              <td>
                {content.doseMg} mg{content.devices.map((device) => `; ${device.mg} mg, lot ${device.lot}`).join('')}
              </td>
            </tr>
            <tr>
              <th scope="row">Dose began</th>
              <td>{content.doseStartedAt ? <When at={content.doseStartedAt} show="time" /> : '–'}</td>
            </tr>
            {pressure('before', 'Blood pressure before')}
            {pressure('after40', 'Blood pressure after about 40 min')}
            {pressure('beforeLeaving', 'Blood pressure before leaving')}
            {effect('sedation', 'Sedation')}
            {effect('dissociation', 'Dissociation')}
            <tr>
              <th scope="row">Ready to leave</th>
              <td>
                <TextInput type="time" className={classes.noPrint} aria-label="Ready to leave at" value={content.readyToLeaveAt ? timeOf(content.readyToLeaveAt, zone) : ''} disabled={sent} onChange={(e) => change({ readyToLeaveAt: at(e.currentTarget.value) })} />
                <span className={classes.onlyPrint}>{content.readyToLeaveAt ? timeOf(content.readyToLeaveAt, zone) : '–'}</span>
              </td>
            </tr>
            <tr>
              <th scope="row">Other sedating drugs</th>
              <td>
                <Textarea className={classes.noPrint} aria-label="Other sedating drugs, one a line" autosize minRows={1} value={sedating} disabled={sent} onChange={(e) => {
                  setSedating(e.currentTarget.value);
                  change({ otherSedatingDrugs: e.currentTarget.value.split('\n').map((line) => line.trim()).filter(Boolean) });
                }} />
                <span className={classes.onlyPrint}>{content.otherSedatingDrugs.join(', ') || 'None'}</span>
              </td>
            </tr>
            <tr>
              <th scope="row">Serious adverse events</th>
              <td>{content.seriousAdverseEvents.length === 0 ? 'None' : content.seriousAdverseEvents.map((event) => `${event.what}, ${timeOf(event.at, zone)}`).join('; ')}</td>
            </tr>
            <tr>
              <th scope="row">Due</th>
              <td>
                <Due form={form} />
              </td>
            </tr>
          </tbody>
        </table>
      </Panel>
      {sent ? null : (
        <Group justify="space-between" className={classes.noPrint}>
          <span>{form.missing.length === 0 ? 'Everything is filled in.' : `Still empty: ${form.missing.map((field) => FIELDS[field] ?? field).join(', ')}.`}</span>
          <Group>
            <Button variant="default" disabled={!changed} loading={save.busy} onClick={() => save.run(content)}>
              Save
            </Button>
            <Button disabled={changed || form.missing.length > 0} loading={submit.busy} onClick={() => submit.run(undefined)}>
              Mark as sent
            </Button>
          </Group>
        </Group>
      )}
    </Stack>
  );
}

interface Typed {
  systolic: string;
  diastolic: string;
  time: string;
}

/** mmHg and the time of the day; the server judges whether they can be. */
function Pressure({ label, was, onSet, onCancel }: { label: string; was: Typed | undefined; onSet: (systolic: number, diastolic: number, time: string) => void; onCancel: (() => void) | undefined }) {
  const [typed, setTyped] = useState<Typed>(was ?? { systolic: '', diastolic: '', time: '' });
  const number = (text: string) => (/^[0-9]{2,3}$/.test(text.trim()) ? Number(text) : undefined);
  const systolic = number(typed.systolic);
  const diastolic = number(typed.diastolic);
  const upsideDown = systolic !== undefined && diastolic !== undefined && systolic <= diastolic;
  return (
    <div className={classes.noPrint}>
      <Group gap="xs">
        <TextInput aria-label={`${label}: systolic`} placeholder="Systolic" inputMode="numeric" w={90} value={typed.systolic} onChange={(e) => setTyped({ ...typed, systolic: e.currentTarget.value })} error={upsideDown} />
        <TextInput aria-label={`${label}: diastolic`} placeholder="Diastolic" inputMode="numeric" w={90} value={typed.diastolic} onChange={(e) => setTyped({ ...typed, diastolic: e.currentTarget.value })} error={upsideDown} />
        <TextInput type="time" aria-label={`${label}: time`} value={typed.time} onChange={(e) => setTyped({ ...typed, time: e.currentTarget.value })} />
        <Button size="compact-sm" variant="default" disabled={systolic === undefined || diastolic === undefined || upsideDown || !typed.time} onClick={() => onSet(systolic ?? 0, diastolic ?? 0, typed.time)}>
          Take
        </Button>
        {onCancel ? (
          <Button size="compact-sm" variant="subtle" onClick={onCancel}>
            Leave as it is
          </Button>
        ) : null}
      </Group>
      {upsideDown ? <div className={classes.wrong}>The systolic pressure is above the diastolic.</div> : null}
    </div>
  );
}
