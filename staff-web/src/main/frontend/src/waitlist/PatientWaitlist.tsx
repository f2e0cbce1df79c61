import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { body, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/scheduling';
import { useHas } from '../api/me';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { useCourses } from '../patients/queries';
import { openCourse } from '../patients/verdict';
import { Choice } from '../session/fields';
import { DAYS, type Entry, type Suitable, WANTS, weekday } from './entries';
import { OfferActions } from './OfferActions';
import { useLeave, usePatientsEntries } from './useWaitlist';
import { WaitsFor } from './WaitlistPage';
import { Why } from './Why';
import classes from './Waitlist.module.css';

/** What a patient waits for, and what is held for them. */
export function PatientWaitlist({ patientId }: { patientId: string }) {
  const has = useHas();
  const desk = has('front-desk');
  const entries = usePatientsEntries(patientId);
  const leave = useLeave();
  const [adding, setAdding] = useState(false);
  const courseOpen = useCourses(patientId).data?.items.some(openCourse) ?? false;
  const waiting = entries.data ?? [];
  if (!entries.data || (waiting.length === 0 && !desk)) return null;
  return (
    <Panel
      title="Wait-list"
      aside={
        desk ? (
          <Button size="compact-sm" variant="default" onClick={() => setAdding(true)}>
            Put on the wait-list
          </Button>
        ) : undefined
      }
    >
      <ProblemNotice problem={leave.problem} />
      {waiting.length === 0 ? (
        <span className={classes.dim}>Waits for nothing</span>
      ) : (
        <Stack>
          {waiting.map((entry) => (
            <div key={entry.id} className={classes.why}>
              <WaitsFor entry={entry} />
              <Why entry={entry} name="this patient" />
              <OfferActions entry={entry} name="this patient" may={desk} />
              {desk ? (
                <Button size="compact-sm" variant="subtle" color="gray" onClick={() => leave.run(entry)} loading={leave.busy}>
                  Take off the list
                </Button>
              ) : null}
            </div>
          ))}
        </Stack>
      )}
      {adding ? <Add patientId={patientId} courseOpen={courseOpen} onClose={() => setAdding(false)} /> : null}
    </Panel>
  );
}

function Add({ patientId, courseOpen, onClose }: { patientId: string; courseOpen: boolean; onClose: () => void }) {
  const [wants, setWants] = useState<Entry['wants']>(courseOpen ? 'earlier' : 'course');
  const [days, setDays] = useState<Suitable['day'][]>([]);
  const [from, setFrom] = useState('08:00');
  const [until, setUntil] = useState('18:00');
  const [limit, setLimit] = useState('');
  const booster = useQuery({ queryKey: ['boosters', 'patient', patientId], queryFn: () => body(scheduling.GET('/api/boosters', { params: { query: { patientId, limit: 50 } } })) }).data?.items.find((one) => one.state === 'open');
  const add = useCommand(
    (request: components['schemas']['WaitRequest'], key) => body(scheduling.POST('/api/waitlist', { params: { header: { 'Idempotency-Key': key } }, body: request })),
    { refresh: [['waitlist']], onDone: onClose },
  );
  const errors = add.problem?.byField() ?? {};
  return (
    <Modal opened onClose={onClose} title="Put on the wait-list" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.run({ patientId, wants, preferred: days.map((day) => ({ day, from, until })), ...(wants === 'course' && limit ? { gapLimitOn: limit } : {}), ...(wants === 'booster' && booster ? { boosterId: booster.id } : {}) });
        }}
      >
        <Stack>
          <Choice label="What they wait for" value={wants} onChange={setWants} options={(booster ? (['earlier', 'course', 'booster'] as const) : (['earlier', 'course'] as const)).map((value) => ({ value, label: WANTS[value] }))} error={errors['wants'] ?? errors['sessionId']} least={140} />
          <Checkbox.Group label="Days that suit" description="None chosen: any day and time" value={days} onChange={(chosen) => setDays(DAYS.filter((day) => chosen.includes(day)))}>
            <div className={classes.days}>
              {DAYS.map((day) => (
                <Checkbox key={day} value={day} label={weekday(day)} />
              ))}
            </div>
          </Checkbox.Group>
          {days.length > 0 ? (
            <Group grow>
              <TextInput type="time" label="Not earlier than" value={from} onChange={(e) => setFrom(e.currentTarget.value)} required withAsterisk={false} />
              <TextInput type="time" label="Over by" value={until} onChange={(e) => setUntil(e.currentTarget.value)} required withAsterisk={false} error={errors['preferred']} />
            </Group>
          ) : null}
          {wants === 'course' ? <TextInput type="date" label="Last day that would do" description="Empty: none" value={limit} onChange={(e) => setLimit(e.currentTarget.value)} error={errors['gapLimitOn']} /> : null}
          <ProblemNotice problem={add.problem} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={add.busy}>
              Put on the list
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
