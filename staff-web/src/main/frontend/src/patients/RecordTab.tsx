import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconClock, IconInfoCircle, IconPlayerPlay } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useHas } from '../api/me';
import { PatientBooster } from '../calendar/PatientBooster';
import { useNow, useZone } from '../live/clock';
import { Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { atHome, dosing } from '../plan/plan';
import { Enrolment } from '../rems/Enrolment';
import { Badge, type Tone } from '../parts/Tone';
import { PatientWaitlist } from '../waitlist/PatientWaitlist';
import { calendarDay, dayIn } from '../parts/time';
import { When } from '../parts/When';
import { type Patient, useClinical, useCourses, useOpenAlerts, usePatient, useReadiness } from './queries';
import { clearanceWord, languageWord, routeWord, ruleWord, sexWord, spoken } from './words';
import { openCourse } from './verdict';
import columns from '../parts/Columns.module.css';
import classes from './RecordTab.module.css';

/** What intake knows of the patient, and the steps that bring a patient to a course. Who only bills sees person and insurance here; the others have the registration. */
export default function RecordTab() {
  const { patientId } = useParams({ strict: false }) as { patientId: string };
  const patient = usePatient(patientId);
  const clinical = useClinical();
  return (
    <Loaded query={patient} skeleton={<Waiting />}>
      {({ value }) => (
        <>
          <div className={`${columns.layout} ${classes.record}`}>
            <div className={columns.column}>
              {clinical ? null : (
                <div className={classes.pair}>
                  <Person patient={value} />
                  <Contact patient={value} />
                </div>
              )}
              {clinical ? <PatientBooster patientId={value.id} /> : null}
              {clinical ? (
                <div className={classes.pair}>
                  <Plan patient={value} />
                  <Consents patient={value} />
                  <Enrolment patientId={value.id} />
                  <PatientWaitlist patientId={value.id} />
                </div>
              ) : null}
            </div>
            <div className={columns.column}>
              {clinical ? <Steps patient={value} /> : null}
              {clinical ? null : <Insurance patient={value} />}
            </div>
          </div>
        </>
      )}
    </Loaded>
  );
}

function Person({ patient }: { patient: Patient }) {
  return (
    <Panel title="Person and referral">
      <dl className={columns.facts}>
        <dt>Name</dt>
        <dd>
          {patient.givenName} {patient.familyName}
        </dd>
        <dt>Born</dt>
        <dd>{calendarDay(patient.birthDate)}</dd>
        <dt>Sex</dt>
        <dd>{sexWord(patient.sex)}</dd>
        <dt>Referred</dt>
        <dd>{calendarDay(patient.referral.referredOn)}</dd>
        <dt>Received</dt>
        <dd>
          <When at={patient.referral.receivedAt} />
        </dd>
      </dl>
    </Panel>
  );
}

function Contact({ patient: { contact } }: { patient: Patient }) {
  return (
    <Panel title="How to reach them">
      <dl className={columns.facts}>
        <dt>Phone</dt>
        <dd>{contact.phone ? <a href={`tel:${contact.phone}`}>{contact.phone}</a> : 'None'}</dd>
        <dt>E-mail</dt>
        <dd>{contact.email ? <a href={`mailto:${contact.email}`}>{contact.email}</a> : 'None'}</dd>
        <dt>Messages</dt>
        <dd>{[contact.emailAllowed && 'by e-mail', contact.smsAllowed && 'by SMS'].filter(Boolean).join(' and ') || 'None: no channel is consented to'}</dd>
        <dt>Language</dt>
        <dd>{languageWord(contact.language)}</dd>
        <dt>Time zone</dt>
        <dd>{contact.zone.replace(/_/g, ' ')}</dd>
      </dl>
    </Panel>
  );
}

function Insurance({ patient }: { patient: Patient }) {
  return (
    <Panel
      title="Insurance, as the patient said"
      aside={
        <Link to="/patients/$patientId/money" params={{ patientId: patient.id }}>
          Money
        </Link>
      }
    >
      {patient.coverage ? (
        <dl className={columns.facts}>
          <dt>Payer</dt>
          <dd>{patient.coverage.payerCode}</dd>
          <dt>Plan</dt>
          <dd>{patient.coverage.plan ?? 'Not named'}</dd>
        </dl>
      ) : (
        <p className={classes.meta}>None: the patient pays themself.</p>
      )}
    </Panel>
  );
}

function Plan({ patient: { plan } }: { patient: Patient }) {
  return (
    <Panel title="Treatment plan" aside={plan ? <Badge tone="done">Revision {plan.revision}</Badge> : null}>
      {plan ? (
        <dl className={columns.facts}>
          <dt>Diagnosis</dt>
          <dd>{plan.diagnosisCode} (ICD-10-CM)</dd>
          <dt>Drug</dt>
          <dd>
            {spoken(plan.drug)}, {routeWord(plan.route)}
          </dd>
          <dt>Dose</dt>
          <dd>
            {dosing(plan)}
          </dd>
          <dt>Course</dt>
          <dd>
            {atHome(plan) ? 'None: taken at home' : `${plan.sessions} sessions in ${plan.courseMinDays} to ${plan.courseMaxDays} days, at least ${plan.minGapDays} ${plan.minGapDays === 1 ? 'day' : 'days'} apart`}
          </dd>
          <dt>Approved</dt>
          <dd>
            {plan.approvedBy}, <When at={plan.approvedAt} />
          </dd>
        </dl>
      ) : (
        <p className={classes.meta}>None yet: a prescriber approves it once the patient is cleared and has consented.</p>
      )}
    </Panel>
  );
}

function Consents({ patient: { consents } }: { patient: Patient }) {
  return (
    <Panel title="Consents">
      {consents.length === 0 ? <p className={classes.meta}>None yet: bound to drug, route and text, signed before a nurse.</p> : null}
      {consents.map((c) => (
        <dl key={c.id} className={columns.facts}>
          <dt>For</dt>
          <dd>
            {spoken(c.drug)}, {routeWord(c.route)} {c.endedAt ? <Badge tone="hold">Ended</Badge> : <Badge tone="done">In force</Badge>}
          </dd>
          <dt>Text</dt>
          <dd>
            {c.textVersion}, {languageWord(c.language)}
          </dd>
          <dt>Signed</dt>
          <dd>
            {c.signature}, <When at={c.signedAt} />
          </dd>
          <dt>Witness</dt>
          <dd>{c.witnessedBy}</dd>
          {c.endedAt ? (
            <>
              <dt>Ended</dt>
              <dd>
                <When at={c.endedAt} />
              </dd>
            </>
          ) : null}
        </dl>
      ))}
    </Panel>
  );
}

const MARKS = { done: IconCheck, waiting: IconCircleDashed, ready: IconPlayerPlay, hold: IconClock, danger: IconAlertTriangle, info: IconInfoCircle } satisfies Record<Tone, unknown>;

function Step({ tone, title, children, actions }: { tone: Tone; title: string; children: ReactNode; actions?: ReactNode }) {
  const Mark = MARKS[tone];
  return (
    <li className={classes.step}>
      <span className={classes.stepMark} data-tone={tone}>
        <Mark size={16} stroke={2.2} aria-hidden />
      </span>
      <div>
        <strong>{title}</strong>
        <p>{children}</p>
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </div>
    </li>
  );
}

/** From referral to a booked course: what is done, whose turn it is, and the reader's own next step as a button. */
function Steps({ patient }: { patient: Patient }) {
  const has = useHas();
  const now = useNow();
  const zone = useZone();
  const alerts = useOpenAlerts();
  const readiness = useReadiness(patient.id);
  const courses = useCourses(patient.id);

  const { screening, status, plan, decline } = patient;
  const over = status === 'excluded' || status === 'declined';
  const alert = alerts.data?.items.some((a) => a.patientId === patient.id) ?? false;
  const signed = patient.consents.filter((c) => !c.endedAt);
  const consent = signed.find((c) => c.drug === patient.plan?.drug && c.route === patient.plan.route) ?? signed[0];
  const both = patient.clearances.length === 2;
  const course = courses.data?.items.at(-1);
  const underWay = course !== undefined && openCourse(course);
  const open = screening?.findings.filter((f) => f.outcome === 'needs-review' && !patient.reviews?.some((r) => r.finding === f.rule)) ?? [];
  const soon = dayIn(now + 14 * 86_400_000, zone);
  const clearance = (kind: 'mental-health' | 'medical', may: boolean, who: string) => {
    const held = patient.clearances.find((c) => c.kind === kind);
    const declined = decline?.kind === kind;
    const decidable = may && screening && !over && status !== 'awaiting-safety-review';
    return (
      <Step
        tone={declined ? 'danger' : held ? (held.validUntil <= soon ? 'hold' : 'done') : 'waiting'}
        title={clearanceWord(kind)}
        actions={
          decidable && (!held || held.validUntil <= soon) ? (
            <Button size="sm" variant={held ? 'default' : 'filled'} renderRoot={(props) => <Link to="/patients/$patientId/clearance" params={{ patientId: patient.id }} {...props} />}>
              {held ? 'Renew' : 'Evaluate and decide'}
              <span className="visually-hidden">
                {held ? ' the' : ' on the'} {clearanceWord(kind).toLowerCase()}
              </span>
            </Button>
          ) : undefined
        }
      >
        {declined ? (
          <>
            Declined by {decline.declinedBy}, <When at={decline.declinedAt} show="date" />: {decline.reason}
          </>
        ) : held ? (
          <>
            Given by {held.givenBy}; expires {calendarDay(held.validUntil)}
          </>
        ) : kind === 'medical' && open.length > 0 ? (
          `${open.length} ${open.length === 1 ? 'finding' : 'findings'} to review first. ${who} decides.`
        ) : status === 'awaiting-safety-review' ? (
          'After the safety review.'
        ) : screening ? (
          `${who} decides.`
        ) : (
          'After the screening.'
        )}
      </Step>
    );
  };

  return (
    <Panel title="The way to a course">
      <ol className={classes.steps}>
        <Step
          tone={screening ? (status === 'awaiting-safety-review' ? 'danger' : 'done') : 'ready'}
          title="Screening"
          actions={has('front-desk', 'nurse') && !over && !alert && !underWay ? (
            <Button size="sm" variant={!screening || status === 'awaiting-safety-review' ? 'filled' : 'default'} renderRoot={(props) => <Link to="/patients/$patientId/screening" params={{ patientId: patient.id }} {...props} />}>
              {screening ? 'Screen again' : 'Take screening'}
            </Button>
          ) : undefined}
        >
          {!screening ? (
            'Front desk or nurse takes it.'
          ) : status === 'awaiting-safety-review' ? (
            alert ? 'High suicide risk: acknowledge the safety alert first.' : 'High suicide risk: a new screening leads on.'
          ) : (
            <When at={screening.completedAt} />
          )}
        </Step>
        {clearance('mental-health', has('therapist', 'prescriber'), 'A therapist or prescriber')}
        {clearance('medical', has('prescriber'), 'A prescriber')}
        <Step
          tone={consent ? 'done' : both ? 'ready' : 'waiting'}
          title="Consent"
          actions={
            screening && !over ? (
              <Button renderRoot={(props) => <Link {...props} to="/patients/$patientId/consent" params={{ patientId: patient.id }} />} size="sm" variant={both && !consent && has('nurse') ? 'filled' : 'default'}>
                {consent ? 'Consents' : 'To the consent'}
              </Button>
            ) : undefined
          }
        >
          {consent ? (
            <>
              {spoken(consent.drug)}, {routeWord(consent.route)}, signed <When at={consent.signedAt} show="date" />
            </>
          ) : (
            'The patient signs before a nurse.'
          )}
        </Step>
        <Step
          tone={plan ? 'done' : both && consent ? 'ready' : 'waiting'}
          title="Treatment plan"
          actions={
            both && consent ? (
              <Button renderRoot={(props) => <Link {...props} to="/patients/$patientId/plan" params={{ patientId: patient.id }} />} size="sm" variant={!plan && has('prescriber') ? 'filled' : 'default'}>
                To the plan
              </Button>
            ) : undefined
          }
        >
          {plan ? `Revision ${plan.revision}, ${atHome(plan) ? 'tablets at home' : `${plan.sessions} sessions`}` : both && consent ? 'A prescriber approves it.' : 'After both clearances and consent.'}
        </Step>
        <Step
          tone={underWay ? 'done' : readiness.data?.canBook ? 'ready' : 'waiting'}
          title={!underWay && plan && atHome(plan) ? 'Tablets at home' : 'Course'}
          actions={
            !underWay && plan && atHome(plan) ? (
              has('nurse', 'prescriber') ? (
                <Button size="sm" variant="default" renderRoot={(props) => <Link to="/patients/$patientId/treatment" params={{ patientId: patient.id }} {...props} />}>
                  To the tablets
                </Button>
              ) : undefined
            ) : underWay ? undefined : readiness.data?.canBook ? (
              has('front-desk') ? (
                <Button size="sm" renderRoot={(props) => <Link to="/calendar/planner" search={{ patient: patient.id }} {...props} />}>
                  Book the course
                </Button>
              ) : undefined
            ) : both && plan && readiness.data?.blockers.some((b) => b.rule === 'payment-open') && has('front-desk', 'biller') ? (
              <Link to="/patients/$patientId/money" params={{ patientId: patient.id }}>
                Settle who pays
              </Link>
            ) : undefined
          }
        >
          {underWay ? (
            `${course.sessionsDone} of ${course.sessions.length} sessions done`
          ) : plan && atHome(plan) ? (
            'A prescriber prescribes few at a time. Nothing is planned in a chair.'
          ) : course && !readiness.data?.canBook ? (
            `The last course is over (${spoken(course.status).toLowerCase()}).`
          ) : readiness.data?.canBook ? (
            'Everything is there. The front desk books it.'
          ) : readiness.isError ? (
            'Whether it can be booked is not known at the moment.'
          ) : (
            (readiness.data?.blockers
              .filter((b) => b.blocks.includes('booking'))
              .map((b) => ruleWord(b.rule))
              .join('; ') ?? '')
          )}
        </Step>
      </ol>
    </Panel>
  );
}

function Waiting() {
  return (
    <div className={`${columns.layout} ${classes.record}`} role="status" aria-label="Loading">
      <div className={columns.column}>
        <Skeleton height={340} radius="lg" />
        <Skeleton height={200} radius="lg" />
      </div>
      <Skeleton height={420} radius="lg" />
    </div>
  );
}
