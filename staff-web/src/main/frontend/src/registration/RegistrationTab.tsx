import { Skeleton } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useHas } from '../api/me';
import { LinksPanel } from '../links/LinksPanel';
import { Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { calendarDay } from '../parts/time';
import { When } from '../parts/When';
import { type Patient, usePatient } from '../patients/queries';
import { indicationWord, spoken } from '../patients/words';
import { type Registration, useRegistration } from './queries';
import { SectionPanel } from './SectionPanel';
import { allergies, contact, coverage, demographics, drugs, emergencyContact, history, previousTreatments, therapist, TITLES } from './sections';
import classes from './Registration.module.css';

/** What patient and staff fill in before the first visit: each section by itself, with how far it is and who filled it. */
export default function RegistrationTab() {
  const { patientId } = useParams({ strict: false }) as { patientId: string };
  const has = useHas();
  const query = useRegistration(patientId);
  const patient = usePatient(patientId).data?.value;
  const merged = patient?.status === 'merged';
  const may = has('front-desk', 'nurse', 'prescriber', 'therapist') && !merged;
  return (
    <Loaded query={query} skeleton={<Waiting />}>
      {(now) => {
        const of = { patientId, now, may };
        return (
          <div className={classes.layout}>
            <div className={classes.sections}>
              <SectionPanel kind={demographics} {...of} />
              <SectionPanel kind={contact} {...of} />
              <SectionPanel kind={emergencyContact} {...of} />
              <SectionPanel kind={therapist} {...of} />
              <SectionPanel kind={history} {...of} />
              <SectionPanel kind={drugs} {...of} />
              <SectionPanel kind={allergies} {...of} />
              <SectionPanel kind={previousTreatments} {...of} />
              <SectionPanel kind={coverage} {...of} />
            </div>
            <div className={classes.side}>
              <Progress registration={now.value} />
              {merged ? null : <LinksPanel patientId={patientId} paperwork />}
              {patient ? <Referral patient={patient} /> : null}
            </div>
          </div>
        );
      }}
    </Loaded>
  );
}

/** How far the whole is; each section that is not complete leads to its place. */
function Progress({ registration }: { registration: Registration }) {
  const { sections } = registration;
  const complete = sections.filter((s) => s.state === 'complete').length;
  const open = sections.filter((s) => s.state !== 'complete');
  return (
    <Panel title="Paperwork">
      <p className={classes.progressWord}>
        {complete} of {sections.length} sections complete
      </p>
      <div className={classes.bar} aria-hidden>
        {sections.map((s) => (
          <i key={s.section} data-state={s.state} />
        ))}
      </div>
      {open.length > 0 ? (
        <ul className={classes.open} aria-label="Not complete">
          {open.map((s) => (
            <li key={s.section}>
              <a href={`#section-${s.section}`}>{TITLES[s.section]}</a> <span>{s.state}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </Panel>
  );
}

function Referral({ patient: { referral } }: { patient: Patient }) {
  return (
    <Panel title="Referral">
      <dl className={classes.facts}>
        <div>
          <dt>Indication</dt>
          <dd>{indicationWord(referral.indication)}</dd>
        </div>
        <div>
          <dt>Urgency</dt>
          <dd>{spoken(referral.urgency)}</dd>
        </div>
        <div>
          <dt>Referred</dt>
          <dd>{calendarDay(referral.referredOn)}</dd>
        </div>
        <div>
          <dt>Received</dt>
          <dd>
            <When at={referral.receivedAt} show="date" />
          </dd>
        </div>
      </dl>
    </Panel>
  );
}

function Waiting() {
  return (
    <div className={classes.layout} role="status" aria-label="Loading">
      <div className={classes.sections}>
        {Array.from({ length: 6 }, (_, i) => (
          <Skeleton key={i} height={190} radius="lg" />
        ))}
      </div>
      <Skeleton height={320} radius="lg" />
    </div>
  );
}
