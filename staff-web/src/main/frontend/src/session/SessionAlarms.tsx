import { Button } from '@mantine/core';
import { useAcknowledgeAlarm, useOpenAlarms } from '../alarms/alarms';
import { canBeArtefact, type ChairAlarm, measured } from '../alarms/words';
import { useNow } from '../live/clock';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Banner } from '../parts/Tone';
import { alarmsOf, capital, ruleWords, type Session } from './model';

/** What somebody has to look at at this chair; an alarm that nobody looks after yet is taken here, without leaving the patient. */
export function SessionAlarms({ session }: { session: Session }) {
  const now = useNow();
  const open = (useOpenAlarms().data ?? []).filter((alarm) => alarm.sessionId === session.id);
  const seen = alarmsOf(session, session.vitals, now);
  const overdue = (text: string) => text.startsWith('Vitals overdue');
  const late = open.some((alarm) => alarm.kind === 'reading-overdue');
  const taken = new Set(open.map((alarm) => capital(ruleWords(alarm.kind))));
  return (
    <>
      {open.map((alarm) => (
        <OpenAlarm key={alarm.id} alarm={alarm} {...(alarm.kind === 'reading-overdue' ? { live: seen.find((one) => overdue(one.text))?.text } : {})} />
      ))}
      {seen
        .filter((one) => !taken.has(one.text) && !(late && overdue(one.text)))
        .map((one) => (
          <Banner key={one.text} tone={one.tone} title={one.text} />
        ))}
    </>
  );
}

function OpenAlarm({ alarm, live }: { alarm: ChairAlarm; live?: string | undefined }) {
  const acknowledge = useAcknowledgeAlarm(alarm.id);
  return (
    <Banner
      tone="danger"
      title={live ?? `${capital(ruleWords(alarm.kind))} ${measured(alarm)}`.trim()}
      actions={
        <>
          <Button size="sm" variant="default" loading={acknowledge.busy} onClick={() => acknowledge.run(false)}>
            I look after it
          </Button>
          {canBeArtefact(alarm) ? (
            <Button size="sm" variant="default" disabled={acknowledge.busy} onClick={() => acknowledge.run(true)}>
              Artefact
            </Button>
          ) : null}
        </>
      }
    >
      {acknowledge.problem ? <ProblemNotice problem={acknowledge.problem} /> : alarm.overAt ? 'Over, not yet seen by anybody' : null}
    </Banner>
  );
}
