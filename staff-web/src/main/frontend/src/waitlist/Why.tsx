import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { body, ifMatch, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import { useHas } from '../api/me';
import { useNow, useZone } from '../live/clock';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge } from '../parts/Tone';
import { calendarDay, dayIn } from '../parts/time';
import { When } from '../parts/When';
import { Choice, LongField } from '../session/fields';
import { type Entry, limitWords, URGENCIES, URGENCY } from './entries';
import classes from './Waitlist.module.css';

const TONE = { emergency: 'danger', urgent: 'hold', routine: 'info' } as const;

/** Why the patient has this turn: urgency, then the gap limit, then the time of waiting. */
export function Why({ entry, name }: { entry: Entry; name: string }) {
  const clinician = useHas()('nurse', 'prescriber');
  const today = dayIn(useNow(), useZone());
  const [raising, setRaising] = useState(false);
  return (
    <div className={classes.why}>
      <Group gap={8}>
        <Badge tone={TONE[entry.urgency]}>{URGENCY[entry.urgency]}</Badge>
        {clinician && entry.urgency !== 'emergency' ? (
          <Button size="compact-sm" variant="default" onClick={() => setRaising(true)} aria-label={`Raise the urgency of ${name}`}>
            Raise
          </Button>
        ) : null}
      </Group>
      {entry.gapLimitOn ? (
        <div title={calendarDay(entry.gapLimitOn)}>
          {limitWords(entry.gapLimitOn, today)} <span className={classes.dim}>({calendarDay(entry.gapLimitOn)})</span>
        </div>
      ) : (
        <div className={classes.dim}>No gap limit</div>
      )}
      <div className={classes.dim}>
        Waits since <When at={entry.since} show="date" />
      </div>
      {raising ? <Raise entry={entry} onClose={() => setRaising(false)} /> : null}
    </div>
  );
}

function Raise({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const higher = URGENCIES.slice(0, URGENCIES.indexOf(entry.urgency));
  const [urgency, setUrgency] = useState<Entry['urgency'] | undefined>(higher.length === 1 ? higher[0] : undefined);
  const [reason, setReason] = useState('');
  const raise = useCommand(
    (to: Entry['urgency']) => body(scheduling.PUT('/api/waitlist/{id}/urgency', { params: { path: { id: entry.id }, header: { 'If-Match': ifMatch(entry.version) } }, body: { urgency: to, reason: reason.trim() } })),
    { refresh: [['waitlist']], onDone: onClose },
  );
  return (
    <Modal opened onClose={onClose} title="Raise the urgency" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (urgency && reason.trim()) raise.run(urgency);
        }}
      >
        <Stack>
          <Choice label="To" value={urgency} onChange={setUrgency} options={higher.map((value) => ({ value, label: URGENCY[value] }))} />
          <LongField label="Why" value={reason} onChange={setReason} error={raise.problem?.byField()['reason']} required />
          <ProblemNotice problem={raise.problem} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={raise.busy} disabled={!urgency || !reason.trim()}>
              Raise
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
