import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { body, intake } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/intake';
import { useHas } from '../api/me';
import { useNow, useZone } from '../live/clock';
import { Empty } from '../parts/Loaded';
import { Page, Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge, Banner } from '../parts/Tone';
import { shortName } from '../parts/patients';
import { calendarDay, dayIn } from '../parts/time';
import { indicationWord, STATUSES } from '../patients/words';
import { type Candidate, useCandidates } from './queries';
import { SexSelect, ZoneSelect } from './sections';
import { likely, reasonWord, said } from './words';
import classes from './Registration.module.css';

type Entry = components['schemas']['NewPatientRequest'];

/** Somebody who comes without a referral in the machine. While the name is typed the clinic says who they may be already. */
export default function NewPatientPage() {
  const has = useHas();
  const navigate = useNavigate();
  const now = useNow();
  const zone = useZone();
  const today = dayIn(now, zone);
  const form = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  const [someoneElse, setSomeoneElse] = useState(false);
  const [draft, setDraft] = useState(() => ({
    givenName: '',
    familyName: '',
    birthDate: '',
    sex: 'unknown' as Entry['sex'],
    phone: '',
    email: '',
    zone: undefined as string | undefined,
    language: 'en' as Entry['language'],
    emailAllowed: false,
    smsAllowed: false,
    indication: 'depression' as Entry['indication'],
    urgency: 'routine' as Entry['urgency'],
    referredOn: undefined as string | undefined,
  }));
  type Draft = typeof draft;
  const set = (change: Partial<Draft>) => {
    // another name or birth date is another question
    if ('givenName' in change || 'familyName' in change || 'birthDate' in change || 'phone' in change) setSomeoneElse(false);
    setDraft((old) => ({ ...old, ...change }));
  };

  const [person] = useDebouncedValue({ givenName: draft.givenName.trim(), familyName: draft.familyName.trim(), birthDate: draft.birthDate, phone: said(draft.phone), email: said(draft.email) }, 300);
  const candidates = useCandidates(person);
  const found = candidates.data?.items ?? [];

  const send = useCommand((entry: Entry, key) => body(intake.POST('/api/patients', { params: { header: { 'Idempotency-Key': key } }, body: entry })), {
    refresh: [['patients'], ['worklist'], ['duplicates']],
    onDone: (patient) => void navigate({ to: '/patients/$patientId/registration', params: { patientId: patient.id } }),
  });

  const refused = send.problem?.rule === 'probable-duplicate';
  const lacks: Record<string, string> = {
    ...(draft.givenName.trim() ? {} : { givenName: 'Needed' }),
    ...(draft.familyName.trim() ? {} : { familyName: 'Needed' }),
    ...(draft.birthDate ? {} : { birthDate: 'Needed' }),
    ...(draft.emailAllowed && !draft.email.trim() ? { email: 'E-mail is allowed, so an address is needed' } : {}),
    ...(draft.smsAllowed && !draft.phone.trim() ? { phone: 'SMS is allowed, so a number is needed' } : {}),
    ...((found.length > 0 || refused) && !someoneElse ? { confirmed: 'Open the patient who is there, or confirm that this is somebody else' } : {}),
  };
  const wrong = { ...(send.problem && !refused ? send.problem.byField() : {}), ...(tried ? lacks : {}) } as Record<string, string>;

  if (!has('front-desk', 'nurse')) return <Empty title="Patients are entered by the front desk or a nurse" action={<Link to="/patients">Patients</Link>} />;

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    setTried(true);
    if (Object.keys(lacks).length > 0) {
      requestAnimationFrame(() => (form.current?.querySelector<HTMLElement>('[aria-invalid="true"]') ?? document.querySelector<HTMLElement>('[data-confirm] input'))?.focus());
      return;
    }
    send.run({
      givenName: draft.givenName.trim(),
      familyName: draft.familyName.trim(),
      birthDate: draft.birthDate,
      sex: draft.sex,
      email: said(draft.email),
      phone: said(draft.phone),
      zone: draft.zone ?? zone,
      language: draft.language,
      emailAllowed: draft.emailAllowed,
      smsAllowed: draft.smsAllowed,
      indication: draft.indication,
      urgency: draft.urgency,
      referredOn: (draft.referredOn ?? today) || null,
      confirmedNew: someoneElse,
    });
  };

  return (
    <Page title="New patient">
      <div className={classes.enter}>
        <Panel>
          <form ref={form} className={classes.form} noValidate aria-label="New patient" onSubmit={submit}>
            <fieldset className={classes.group}>
              <legend>Person</legend>
              <div className={classes.grid}>
                <TextInput label="Given name" maxLength={100} autoComplete="off" data-autofocus autoFocus value={draft.givenName} onChange={(e) => set({ givenName: e.currentTarget.value })} error={wrong['givenName']} />
                <TextInput label="Family name" maxLength={100} autoComplete="off" value={draft.familyName} onChange={(e) => set({ familyName: e.currentTarget.value })} error={wrong['familyName']} />
                <TextInput label="Birth date" type="date" max={today} value={draft.birthDate} onChange={(e) => set({ birthDate: e.currentTarget.value })} error={wrong['birthDate']} />
                <SexSelect value={draft.sex} onChange={(sex) => set({ sex })} error={wrong['sex']} />
              </div>
            </fieldset>
            <fieldset className={classes.group}>
              <legend>How to reach them</legend>
              <div className={classes.grid}>
                <TextInput label="Phone" type="tel" maxLength={40} autoComplete="off" value={draft.phone} onChange={(e) => set({ phone: e.currentTarget.value })} error={wrong['phone']} />
                <TextInput label="E-mail" type="email" maxLength={254} autoComplete="off" value={draft.email} onChange={(e) => set({ email: e.currentTarget.value })} error={wrong['email']} />
                <NativeSelect label="The clinic writes in" value={draft.language} onChange={(e) => set({ language: e.currentTarget.value as Entry['language'] })}>
                  <option value="en">English</option>
                  <option value="es">Spanish</option>
                </NativeSelect>
                <ZoneSelect value={draft.zone ?? zone} onChange={(value) => set({ zone: value })} error={wrong['zone']} />
              </div>
              <div className={classes.checks}>
                <Checkbox label="The patient allows SMS" checked={draft.smsAllowed} onChange={(e) => set({ smsAllowed: e.currentTarget.checked })} />
                <Checkbox label="The patient allows e-mail" checked={draft.emailAllowed} onChange={(e) => set({ emailAllowed: e.currentTarget.checked })} />
              </div>
            </fieldset>
            <fieldset className={classes.group}>
              <legend>Why they come</legend>
              <div className={classes.grid}>
                <NativeSelect label="Indication" value={draft.indication} onChange={(e) => set({ indication: e.currentTarget.value as Entry['indication'] })}>
                  {(['depression', 'anxiety', 'ptsd', 'chronic-pain'] as const).map((code) => (
                    <option key={code} value={code}>
                      {indicationWord(code)}
                    </option>
                  ))}
                </NativeSelect>
                <NativeSelect label="Urgency" value={draft.urgency} onChange={(e) => set({ urgency: e.currentTarget.value as Entry['urgency'] })}>
                  <option value="routine">Routine</option>
                  <option value="urgent">Urgent</option>
                </NativeSelect>
                <TextInput label="Referred on" type="date" max={today} value={draft.referredOn ?? today} onChange={(e) => set({ referredOn: e.currentTarget.value })} error={wrong['referredOn']} />
              </div>
            </fieldset>
            {refused ? (
              <Banner tone="hold" title="Somebody very like this is a patient already">
                Nothing was entered. Look at who was found, and confirm if this is somebody else.
              </Banner>
            ) : (
              <ProblemNotice problem={send.problem} onRetry={submit} />
            )}
            <div className={classes.foot}>
              <Button type="submit" loading={send.busy}>
                {someoneElse ? 'Enter as somebody new' : 'Enter patient'}
              </Button>
              <Button variant="default" renderRoot={(props) => <Link to="/patients" {...props} />}>
                Cancel
              </Button>
            </div>
            <p className={classes.none}>Insurance, history and everything else follows on the patient’s registration; the patient can fill it in by a link.</p>
          </form>
        </Panel>
        <div className={classes.warning} aria-live="polite">
          {found.length > 0 || refused ? (
            <Panel title={found.length <= 1 ? 'This person may be there already' : `${found.length} patients may be this person`}>
              <ul className={classes.candidates}>
                {found.map((candidate) => (
                  <One key={candidate.patient.patientId} candidate={candidate} />
                ))}
              </ul>
              <div data-confirm style={{ marginTop: 14 }}>
                <Checkbox label="I have looked: this is somebody else" checked={someoneElse} onChange={(e) => setSomeoneElse(e.currentTarget.checked)} error={wrong['confirmed']} />
              </div>
            </Panel>
          ) : candidates.isError ? (
            <Panel title="Is this person there already?">
              <p className={classes.none}>This can’t be asked at the moment. The clinic looks again when you enter the patient.</p>
            </Panel>
          ) : (
            <Panel title="Is this person there already?">
              <p className={classes.none}>
                {candidates.isSuccess ? 'Nobody like this is a patient.' : 'As soon as name and birth date are typed, whoever may be the same person shows here.'}
              </p>
            </Panel>
          )}
        </div>
      </div>
    </Page>
  );
}

function One({ candidate: { patient, score, reasons } }: { candidate: Candidate }) {
  return (
    <li className={classes.candidate}>
      <Link to="/patients/$patientId/registration" params={{ patientId: patient.patientId }}>
        {shortName(patient)}
      </Link>
      <small>
        Born {calendarDay(patient.birthDate)}
        {patient.phone ? `, ${patient.phone}` : ''}, {STATUSES[patient.status].word.toLowerCase()}
      </small>
      <p>
        <Badge tone={score >= 0.79 ? 'hold' : 'info'}>{likely(score)}</Badge>
      </p>
      <small>{reasons.map(reasonWord).join(', ').replace(/^./, (c) => c.toUpperCase())}</small>
    </li>
  );
}
