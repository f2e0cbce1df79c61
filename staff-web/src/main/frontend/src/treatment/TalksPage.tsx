import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { body, scheduling } from '../api/clients';
import { useHas } from '../api/me';
import { useNow, useZone } from '../live/clock';
import { Empty, Loaded } from '../parts/Loaded';
import { Page, Panel } from '../parts/Page';
import { shortName, usePatients } from '../parts/patients';
import { calendarDay, dayIn } from '../parts/time';
import { addDays } from '../today/board';
import { LackingTalks } from './LackingTalks';
import { Talks } from './Talks';
import type { Talk } from './words';

/** The integration sessions of a day: the therapist's own, or all of them for the front desk, and those that can't stay. */
export default function TalksPage() {
  const has = useHas();
  // a therapist has their own day; the front desk sees everybody's
  const mine = has('therapist') && !has('front-desk');
  const zone = useZone();
  const today = dayIn(useNow(), zone);
  const [chosen, setChosen] = useState<string>();
  const day = chosen ?? today;
  const ofDay = useQuery({ queryKey: ['integration', 'of-day', day, mine], queryFn: async () => (await body(scheduling.GET('/api/integration-sessions', { params: { query: { day, mine, limit: 200 } } }))).items });
  const toMove = useQuery({ queryKey: ['integration', 'to-move'], queryFn: async () => (await body(scheduling.GET('/api/integration-sessions', { params: { query: { toMove: true, limit: 200 } } }))).items });
  const patients = usePatients([...(ofDay.data ?? []), ...(toMove.data ?? [])].map((talk) => talk.patientId)).data;
  const patient = (talk: Talk) => (
    <Link to="/patients/$patientId/treatment" params={{ patientId: talk.patientId }}>
      {shortName(patients?.get(talk.patientId))}
    </Link>
  );
  return (
    <Page
      title="Integration sessions"
      aside={
        <>
          <Button variant="default" size="sm" aria-label="Day before" onClick={() => setChosen(addDays(day, -1))}>
            <IconChevronLeft size={16} aria-hidden />
          </Button>
          <Button variant="default" size="sm" onClick={() => setChosen(undefined)}>
            {day === today ? 'Today' : calendarDay(day)}
          </Button>
          <Button variant="default" size="sm" aria-label="Day after" onClick={() => setChosen(addDays(day, 1))}>
            <IconChevronRight size={16} aria-hidden />
          </Button>
        </>
      }
    >
      <Panel flush title={`${mine ? 'Yours' : 'All therapists'}, ${calendarDay(day)}`}>
        <Loaded query={ofDay}>
          {(talks) =>
            talks.length === 0 ? <Empty title="None on this day">They are booked with a course, or from a patient’s page under Treatment.</Empty> : <Talks label="Integration sessions of the day" talks={talks} patient={patient} />
          }
        </Loaded>
      </Panel>
      <LackingTalks mine={mine} />
      {toMove.data?.length ? (
        <Panel flush title="To be moved">
          <Talks label="Integration sessions to be moved" talks={toMove.data} patient={patient} />
        </Panel>
      ) : null}
    </Page>
  );
}
