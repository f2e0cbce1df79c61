import { Button, Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe } from '../api/me';
import { useNow } from '../live/clock';
import { unresolvedQuery } from '../safety/alerts';
import { Loaded } from '../parts/Loaded';
import { ageOn, shortName, usePatients } from '../parts/patients';
import { Badge, Banner } from '../parts/Tone';
import { When } from '../parts/When';
import { ActionForm } from '../session/ActionForm';
import { FeeBox } from '../session/fees';
import { type Act, type Action, alarmsOf, may, nextAct, type Session, stateOf, treatment, verbOf } from '../session/model';
import { useReadiness, useSession } from '../session/useSession';
import { ReadinessLine } from '../session/Verdict';
import { VitalsForm } from '../session/VitalsForm';
import classes from './SessionDrawer.module.css';

/** A session beside the board: what is known, and the form of one action. */
export default function SessionDrawer({ id, act, onClose }: { id: string; act: Act | undefined; onClose: () => void }) {
  const query = useSession(id);
  const patient = usePatients(query.data ? [query.data.patientId] : []).data?.get(query.data?.patientId ?? '');
  return (
    <Drawer opened onClose={onClose} position="right" size={460} title={query.data ? shortName(patient) : 'Session'} closeButtonProps={{ 'aria-label': 'Close', size: 'lg' }} styles={{ title: { fontWeight: 650, fontSize: '1.25rem' } }}>
      <Loaded query={query}>{(session) => <Inside session={session} first={act} onClose={onClose} {...(patient ? { age: ageOn(patient.birthDate, Date.parse(session.startsAt)) } : {})} />}</Loaded>
    </Drawer>
  );
}

const OFFERED = ['check-in', 'escort', 'gate', 'order', 'draw', 'second-check', 'start', 'finish', 'discharge', 'review-adverse-event', 'sign-note', 'move', 'cancel', 'miss', 'adverse-event', 'rescue', 'stop', 'leave-against-advice', 'transfer'] as const;

function Inside({ session, first, age, onClose }: { session: Session; first: Act | undefined; age?: number; onClose: () => void }) {
  const me = useMe();
  const now = useNow();
  const [act, setAct] = useState(first);
  const readiness = useReadiness([session.patientId]).data?.get(session.patientId);
  const flagged = useQuery(unresolvedQuery).data?.items.some((alert) => alert.patientId === session.patientId);
  const early = ['booked', 'checked-in', 'held', 'ready-to-dose'].includes(session.state);
  const next = nextAct(session, session.vitals, me.roles, me.username, now);
  const others = OFFERED.filter((one) => one !== next && may(session, one, me.roles) && !session.nextActions.find((n) => n.action === one)?.waitsFor.length);
  const vitals = may(session, 'vitals', me.roles) && next !== 'vitals';
  return (
    <div className={classes.inside}>
      <div className={classes.facts}>
        <Badge tone={stateOf(session).tone}>{stateOf(session).word}</Badge>
        <span>{treatment(session)}, session {session.number}</span>
        {age !== undefined ? <span>{age} years</span> : null}
        <span>
          Booked <When at={session.startsAt} />
        </span>
        <span>{session.escort ? `Escort: ${session.escort.name}, ${session.escort.relation}, ${session.escort.phone}` : session.escortNamed ? 'Escort named' : 'No escort named'}</span>
      </div>
      {flagged ? <Banner tone="danger" title="Open safety alert">High suicide risk: don’t leave the patient alone. Crisis line: 988.</Banner> : null}
      {alarmsOf(session, session.vitals, now).map((alarm) => (
        <Banner key={alarm.text} tone={alarm.tone} title={alarm.text} />
      ))}
      {session.fee ? <FeeBox sessionId={session.id} version={session.version} fee={session.fee} /> : null}
      {early && readiness ? <ReadinessLine readiness={readiness} onAct={(one) => (may(session, one, me.roles) ? setAct(one) : undefined)} /> : null}
      {act ? (
        <section className={classes.form} aria-label={verbOf(session, act)}>
          <div className={classes.formHead}>
            <h3>{verbOf(session, act)}</h3>
            <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setAct(undefined)}>
              All actions
            </Button>
          </div>
          {act === 'vitals' ? <VitalsForm session={session} /> : <ActionForm key={act} action={act as Action} session={session} onDone={onClose} />}
        </section>
      ) : (
        <div className={classes.actions}>
          {next ? (
            <Button size="md" onClick={() => setAct(next)}>
              {verbOf(session, next)}
            </Button>
          ) : null}
          {vitals ? (
            <Button size="md" variant="default" onClick={() => setAct('vitals')}>
              Record vitals
            </Button>
          ) : null}
          {others.map((one) => (
            <Button key={one} size="md" variant="default" onClick={() => setAct(one)} {...(one === 'stop' ? { c: 'red.8' } : {})}>
              {verbOf(session, one)}
            </Button>
          ))}
        </div>
      )}
      <div className={classes.links}>
        <Link to="/sessions/$sessionId" params={{ sessionId: session.id }}>
          Open the session
        </Link>
        <Link to="/patients/$patientId" params={{ patientId: session.patientId }}>
          Patient’s page
        </Link>
      </div>
    </div>
  );
}
