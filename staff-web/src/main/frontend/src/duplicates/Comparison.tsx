import { Button, Drawer, Radio, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { body, intake, versioned } from '../api/clients';
import { useCommand } from '../api/command';
import type { Problem } from '../api/problem';
import { Lines, Loaded } from '../parts/Loaded';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Banner } from '../parts/Tone';
import { shortName } from '../parts/patients';
import { calendarDay } from '../parts/time';
import type { Patient } from '../patients/queries';
import { indicationWord, STATUSES } from '../patients/words';
import { differences } from '../registration/differences';
import { type Registration, registrationQuery } from '../registration/queries';
import { allergies, contact, coverage, demographics, drugs, emergencyContact, type Fact, history, previousTreatments, type SectionKind, therapist } from '../registration/sections';
import type { Pair } from './Duplicates';
import classes from './Duplicates.module.css';

interface Side {
  patient: Patient;
  etag: string | undefined;
  registration: Registration;
}

const facts =
  <Draft,>(kind: SectionKind<Draft>) =>
  (registration: Registration): readonly Fact[] =>
    registration.sections.find((s) => s.section === kind.name)?.state === 'missing' ? [] : kind.facts(kind.begin(registration));

const PARTS = [demographics, contact, emergencyContact, therapist, history, drugs, allergies, previousTreatments, coverage].map((kind) => ({
  title: kind.title,
  facts: facts(kind as SectionKind<unknown>),
}));

function intakeFacts({ status, referral, screening, clearances, consents, plan }: Patient): Fact[] {
  return [
    ['Status', STATUSES[status].word],
    ['Referred', `${calendarDay(referral.referredOn)}, ${indicationWord(referral.indication)}, ${referral.urgency}`],
    ['Screening', screening ? 'Taken' : 'Not taken'],
    ['Clearances', clearances.length > 0 ? String(clearances.length) : 'None'],
    ['Consents', consents.some((c) => !c.endedAt) ? 'In force' : 'None'],
    ['Plan', plan ? `Revision ${plan.revision}` : 'None'],
  ];
}

/** Words for what a merging breaks; any other rule speaks for itself. */
const REFUSED: Record<string, string> = {
  'both-in-treatment': 'Both have clearances, consents or a plan. End what is in force with one of them first, then merge.',
  'merge-other-way': 'The one you would fold in is further on in intake. Keep that one instead.',
  'patient-merged': 'One of the two was merged meanwhile.',
  'pair-decided': 'Somebody has decided on this pair meanwhile.',
};

/** Two patients side by side, what differs marked; then one decision: the same person, or two. */
export default function Comparison({ pair, onClose, onDone }: { pair: Pair; onClose: () => void; onDone: (what: { survivor: string; merged: boolean }) => void }) {
  const ids = pair.patients.map((p) => p.patientId);
  const query = useQuery({
    queryKey: ['duplicates', 'compare', ids],
    queryFn: () =>
      Promise.all(
        ids.map(async (id): Promise<Side> => {
          const [patient, registration] = await Promise.all([versioned(intake.GET('/api/patients/{id}', { params: { path: { id } } })), registrationQuery(id).queryFn()]);
          return { patient: patient.value, etag: patient.etag, registration: registration.value };
        }),
      ),
  });
  return (
    <Drawer opened onClose={onClose} position="right" size={920} title="Are these one person?" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Loaded query={query} skeleton={<Lines count={10} height={36} />}>
        {([one, other]) => (one && other ? <Sides pair={pair} one={one} other={other} onDone={onDone} /> : null)}
      </Loaded>
    </Drawer>
  );
}

function Sides({ pair, one, other, onDone }: { pair: Pair; one: Side; other: Side; onDone: (what: { survivor: string; merged: boolean }) => void }) {
  // who is further on in intake goes on; the front desk can choose otherwise
  const further = (side: Side) => (side.patient.plan ? 4 : 0) + (side.patient.clearances.length > 0 ? 2 : 0) + (side.patient.screening ? 1 : 0);
  const [keep, setKeep] = useState((further(other) > further(one) ? other : one).patient.id);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const name = useId();
  const survivor = keep === one.patient.id ? one : other;
  const folded = survivor === one ? other : one;
  const refresh = [['duplicates'], ['patients'], ['worklist'], ['patient', one.patient.id], ['patient', other.patient.id], ['registration'], ['journeys']];

  const merge = useCommand(
    (request: { duplicateId: string; reason: string }) =>
      body(intake.POST('/api/patients/{id}/merge', { params: { path: { id: survivor.patient.id }, header: survivor.etag ? { 'If-Match': survivor.etag } : {} }, body: request })),
    { refresh, onDone: () => onDone({ survivor: survivor.patient.id, merged: true }) },
  );
  const dismiss = useCommand((request: { reason: string }) => body(intake.POST('/api/duplicates/{id}/dismiss', { params: { path: { id: pair.id } }, body: request })), {
    refresh,
    onDone: () => onDone({ survivor: survivor.patient.id, merged: false }),
  });
  const decide = (how: 'merge' | 'dismiss') => {
    setTried(true);
    merge.forget();
    dismiss.forget();
    if (!reason.trim()) return document.getElementById(`${name}-reason`)?.focus();
    if (how === 'merge') merge.run({ duplicateId: folded.patient.id, reason: reason.trim() });
    else dismiss.run({ reason: reason.trim() });
  };
  const groups = [{ title: 'Intake', rows: differences(intakeFacts(one.patient), intakeFacts(other.patient)) }, ...PARTS.map((part) => ({ title: part.title, rows: differences(part.facts(one.registration), part.facts(other.registration)) }))].filter(
    (group) => group.rows.length > 0,
  );

  return (
    <div className={classes.compare}>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label="Both patients side by side">
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">What</span>
              </th>
              {[one, other].map(({ patient }) => (
                <th key={patient.id} scope="col">
                  <Link to="/patients/$patientId/registration" params={{ patientId: patient.id }} target="_blank">
                    {shortName(patient)}
                  </Link>
                </th>
              ))}
            </tr>
          </thead>
          {groups.map((group) => (
            <tbody key={group.title}>
              <tr className={classes.group}>
                <th scope="rowgroup" colSpan={3}>
                  {group.title}
                </th>
              </tr>
              {group.rows.map((row, i) => (
                <tr key={`${i} ${row.name}`} data-differs={row.differs || undefined}>
                  <th scope="row">
                    {row.name}
                    {row.differs ? <span className={classes.differs}>differs</span> : null}
                  </th>
                  <td>{row.one ?? '—'}</td>
                  <td>{row.other ?? '—'}</td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
      <div className={classes.foot}>
        <Radio.Group label="If they are one person, keep" value={keep} onChange={setKeep}>
          <div className={classes.keep}>
            {[one, other].map(({ patient }, i) => (
              <Radio key={patient.id} value={patient.id} label={`${i === 0 ? 'Left' : 'Right'}: ${shortName(patient)}, born ${calendarDay(patient.birthDate)}, referred ${calendarDay(patient.referral.referredOn)}`} />
            ))}
          </div>
        </Radio.Group>
        <p className={classes.note}>What the kept one lacks is taken from the other, but for insurance cards. The other stays readable, and merging can be undone.</p>
        <TextInput
          id={`${name}-reason`}
          label="How do you know?"
          placeholder="Same person, confirmed by phone"
          maxLength={500}
          autoComplete="off"
          value={reason}
          onChange={(e) => setReason(e.currentTarget.value)}
          error={tried && !reason.trim() ? 'Either decision takes a reason' : undefined}
        />
        <Refusal problem={merge.problem ?? dismiss.problem} />
        <div className={classes.buttons}>
          <Button loading={merge.busy} disabled={dismiss.busy} onClick={() => decide('merge')}>
            Merge: they are one person
          </Button>
          <Button variant="default" loading={dismiss.busy} disabled={merge.busy} onClick={() => decide('dismiss')}>
            They are two people
          </Button>
        </div>
      </div>
    </div>
  );
}

function Refusal({ problem }: { problem: Problem | undefined }) {
  const words = problem && REFUSED[problem.rule];
  return words ? (
    <Banner tone="hold" title="Not merged">
      {words}
    </Banner>
  ) : (
    <ProblemNotice problem={problem} />
  );
}
