import { Button, Popover, Skeleton, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { roleName, useHas } from '../api/me';
import { useNow, useZone } from '../live/clock';
import { useCourses, useCoverages, useJourney, useOpenAlerts, usePatient, useReadiness } from '../patients/queries';
import { routeWord, ruleWord } from '../patients/words';
import { type Verdict, verdictOf } from '../patients/verdict';
import { SafetyFlag } from '../safety/SafetyFlag';
import { Badge } from './Tone';
import { ageOn, shortName } from './patients';
import { calendarDay, dayIn } from './time';
import { When } from './When';
import classes from './PatientHeader.module.css';

/**
 * Who the patient is and how things stand, on every page of a patient. Each part comes from its own service; one that does not answer
 * leaves its part out and is named, and the page goes on.
 *
 * @param heading whether the name is the page's heading (h1); a session's page has its own
 */
export function PatientHeader({ patientId, heading = false, children }: { patientId: string; heading?: boolean; children?: ReactNode }) {
  const has = useHas();
  const now = useNow();
  const zone = useZone();
  const patient = usePatient(patientId);
  const journey = useJourney(patientId);
  const courses = useCourses(patientId);
  const readiness = useReadiness(patientId);
  const coverages = useCoverages(patientId);
  const alerts = useOpenAlerts();

  const who = patient.data?.value;
  const course = courses.data?.items.at(-1);
  const open = course?.sessions.find((s) => !OVER.has(s.state));
  const clinical = has('front-desk', 'nurse', 'prescriber', 'therapist');
  const verdict = clinical && who && readiness.data ? verdictOf(who.status, course, readiness.data, dayIn(now, zone), (at) => dayIn(at, zone)) : undefined;
  const next = open ? open.startsAt : clinical ? undefined : (journey.data?.scheduling.nextSessionAt ?? undefined);

  const missing = [
    patient.isError && 'Intake (name, clearances)',
    (courses.isError || readiness.isError) && 'Scheduling (course, readiness)',
    coverages.isError && 'Billing (coverage)',
    alerts.isError && 'Safety alerts',
    !clinical && journey.isError && 'The journey',
  ].filter((m) => typeof m === 'string');
  const again = () => [patient, courses, readiness, coverages, alerts, journey].filter((q) => q.isError).forEach((q) => void q.refetch());

  const Name = heading ? 'h1' : 'p';
  return (
    <section className={classes.header} aria-label="Patient">
      <div className={classes.main}>
        <div className={classes.who}>
          <Name className={classes.name}>
            {who ? (
              heading ? (
                shortName(who)
              ) : (
                <Link to="/patients/$patientId" params={{ patientId }}>
                  {shortName(who)}
                </Link>
              )
            ) : patient.isError ? (
              'Name not available'
            ) : (
              <>
                <VisuallyHidden>Patient, loading</VisuallyHidden>
                <Skeleton component="span" display="block" height={22} width={180} my={2} />
              </>
            )}
          </Name>
          <div className={classes.born}>{who ? `${ageOn(who.birthDate, now)} years, born ${calendarDay(who.birthDate)}` : ' '}</div>
        </div>
        <dl className={classes.facts}>
          <Fact name="Course">
            {clinical ? (
              course ? (
                <>
                  {course.kind === 'booster' ? (open ? 'Booster' : course.sessionsDone ? 'Booster given' : 'Booster not given') : open ? `Session ${open.number} of ${course.sessions.length}` : `${course.sessionsDone} of ${course.sessions.length} done`}
                  <span className={classes.progress} aria-hidden>
                    {course.sessions.map((s) => (
                      <i key={s.id} data-state={s.state === 'discharged' ? 'done' : s.state === 'booked' ? 'open' : OVER.has(s.state) ? 'lost' : 'now'} />
                    ))}
                  </span>
                </>
              ) : (
                <Awaited query={courses}>None booked</Awaited>
              )
            ) : (
              <Awaited query={journey}>
                {journey.data && journey.data.scheduling.courses > 0 ? `${journey.data.scheduling.sessionsDone} of ${journey.data.scheduling.sessionsBooked} sessions done` : 'None booked'}
              </Awaited>
            )}
          </Fact>
          {course || who?.plan ? <Fact name="Route">{routeWord((open ? course?.route : (who?.plan?.route ?? course?.route)) ?? '')}</Fact> : null}
          <Fact name={open && open.state !== 'booked' ? 'Session' : 'Next session'}>
            {open && clinical ? (
              <Link to="/sessions/$sessionId" params={{ sessionId: open.id }}>
                {open.state === 'booked' ? <When at={open.startsAt} /> : <>Under way, booked for <When at={open.startsAt} show="time" /></>}
              </Link>
            ) : next ? (
              <When at={next} />
            ) : (
              <Awaited query={clinical ? courses : journey}>None</Awaited>
            )}
          </Fact>
          {clinical ? <Fact name="Readiness">{verdict ? <VerdictButton verdict={verdict} /> : <Awaited query={readiness}>Not known</Awaited>}</Fact> : null}
          {/* whoever only reflects with the patient sees never the money */}
          {has('front-desk', 'nurse', 'prescriber', 'biller', 'admin', 'auditor') ? (
            <Fact name="Pays">
              {coverages.data && coverages.data.items.length > 0 ? (
                coverages.data.items.map((c) => `${c.payerCode}${c.plan ? ` ${c.plan}` : ''}${c.active ? '' : ' (not active)'}`).join(', then ')
              ) : who ? (
                who.coverage ? (
                  `${who.coverage.payerCode}${who.coverage.plan ? ` ${who.coverage.plan}` : ''}`
                ) : (
                  'Self-pay'
                )
              ) : (
                <Awaited query={patient}>Not known</Awaited>
              )}
              {journey.data?.billing?.selfPay && who?.coverage ? <Badge tone="info">Self-pay agreed</Badge> : null}
            </Fact>
          ) : null}
        </dl>
      </div>
      {missing.length > 0 ? (
        <div className={classes.missing} role="status">
          <span>Not available at the moment: {missing.join('; ')}.</span>
          <Button size="compact-xs" variant="default" onClick={again}>
            Try again
          </Button>
        </div>
      ) : null}
      <div className={classes.flag}>
        <SafetyFlag patientId={patientId} />
      </div>
      {children}
    </section>
  );
}

const OVER = new Set(['discharged', 'cancelled', 'no-show', 'left-against-advice', 'transferred']);

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Awaited({ query, children }: { query: { isPending: boolean; isError: boolean }; children: ReactNode }) {
  if (query.isError) return <>Not available</>;
  if (query.isPending) return <Skeleton height={14} width={72} />;
  return <>{children}</>;
}

function VerdictButton({ verdict }: { verdict: Verdict }) {
  if (verdict.blockers.length === 0) return <Badge tone={verdict.tone}>{verdict.word}</Badge>;
  return (
    <Popover width={380} position="bottom-start" shadow="md" withArrow withinPortal trapFocus>
      <Popover.Target>
        <UnstyledButton className={classes.verdict} aria-label={`Readiness: ${verdict.word}. Show what is missing`}>
          <Badge tone={verdict.tone}>
            {verdict.word}
            {verdict.blockers.length > 1 ? ` +${verdict.blockers.length - 1}` : ''}
          </Badge>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <ul className={classes.blockers}>
          {verdict.blockers.map((b) => (
            <li key={b.rule}>
              <strong>{ruleWord(b.rule)}</strong>
              <div>{b.detail}</div>
              <small>
                Clears: {b.whoCanClear.map((r) => roleName(r).toLowerCase()).join(' or ')}. Source: {b.source}.
              </small>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
