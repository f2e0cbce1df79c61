import { Button, Drawer, Stack, Switch } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useNow } from '../live/clock';
import { Empty, Loaded } from '../parts/Loaded';
import { ProblemNotice } from '../parts/ProblemNotice';
import { type PatientLine, shortName, usePatients } from '../parts/patients';
import { duration } from '../parts/time';
import { Badge } from '../parts/Tone';
import { When } from '../parts/When';
import { capital, ruleWords } from '../session/model';
import { useChairs } from '../session/useSession';
import { useAcknowledgeAlarm, useOpenAlarms } from './alarms';
import classes from './alarms.module.css';
import { canBeArtefact, type ChairAlarm, measured, toldWord } from './words';

/** Alarms that nobody looks after yet, the longest waiting first. */
export default function AlarmsDrawer({ sound, onSound, onClose }: { sound: boolean; onSound: (on: boolean) => void; onClose: () => void }) {
  const query = useOpenAlarms();
  const { data: patients } = usePatients((query.data ?? []).map((alarm) => alarm.patientId));
  const chairs = useChairs().data;
  return (
    <Drawer opened onClose={onClose} position="right" title="Alarms at the chairs" size="md" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="md">
        <Switch checked={sound} onChange={(e) => onSound(e.currentTarget.checked)} size="md" label="Sound at this station" description="Each device for itself. A session’s own page is always silent: the patient beside it may be dissociating." />
        <Loaded query={query}>
          {(alarms) =>
            alarms.length === 0 ? (
              <Empty title="No open alarm">A value beyond the limits, a reading that is overdue or a call for help opens one here, on every screen, until somebody acknowledges it.</Empty>
            ) : (
              <Stack gap="md">
                {[...alarms]
                  .sort((a, b) => a.raisedAt.localeCompare(b.raisedAt))
                  .map((alarm) => (
                    <AlarmCard key={alarm.id} alarm={alarm} patient={patients?.get(alarm.patientId)} chair={chairs?.find((chair) => chair.id === alarm.chairId)?.name} onLeave={onClose} />
                  ))}
              </Stack>
            )
          }
        </Loaded>
      </Stack>
    </Drawer>
  );
}

function AlarmCard({ alarm, patient, chair, onLeave }: { alarm: ChairAlarm; patient: PatientLine | undefined; chair: string | undefined; onLeave: () => void }) {
  const now = useNow();
  const acknowledge = useAcknowledgeAlarm(alarm.id);
  const what = capital(ruleWords(alarm.kind));
  const next = alarm.nextEscalationAt ? Date.parse(alarm.nextEscalationAt) - now : undefined;
  return (
    <article className={classes.card} aria-label={`${what}, ${shortName(patient)}`}>
      <header className={classes.head}>
        <div>
          <Link to="/sessions/$sessionId" params={{ sessionId: alarm.sessionId }} onClick={onLeave}>
            <strong>{shortName(patient)}</strong>
          </Link>
          {chair ? <span className={classes.chair}>{chair}</span> : null}
          <h3>
            {what} {measured(alarm) ? <b>{measured(alarm)}</b> : null}
          </h3>
          <p>
            Since <When at={alarm.raisedAt} show="time" />, told {alarm.told.map((step) => toldWord(step.to)).join(', then ') || 'nobody yet'}
            {next !== undefined && next > 0 ? `; others in ${duration(next)}` : ''}
          </p>
        </div>
        {alarm.overAt ? <Badge tone="hold">Over, not yet seen</Badge> : <Badge tone="danger">Goes on</Badge>}
      </header>
      <ProblemNotice problem={acknowledge.problem} onRetry={() => acknowledge.run(false)} />
      <div className={classes.actions}>
        <Button size="md" loading={acknowledge.busy} onClick={() => acknowledge.run(false)}>
          I look after it
        </Button>
        {canBeArtefact(alarm) ? (
          <Button size="md" variant="default" disabled={acknowledge.busy} onClick={() => acknowledge.run(true)}>
            Artefact
          </Button>
        ) : null}
      </div>
    </article>
  );
}
