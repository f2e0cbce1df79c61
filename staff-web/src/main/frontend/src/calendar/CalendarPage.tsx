import { SegmentedControl } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { body, scheduling } from '../api/clients';
import { useHas } from '../api/me';
import { useClockKnown, useNow, useZone } from '../live/clock';
import { Page, Panel } from '../parts/Page';
import { Problem } from '../api/problem';
import { ProblemNotice } from '../parts/ProblemNotice';
import { shortName, usePatients } from '../parts/patients';
import { dateOf, dayIn, timeOf } from '../parts/time';
import type { Session } from '../session/model';
import { useChairs, useNurses } from '../session/useSession';
import { addDays, offBoard } from '../today/board';
import today from '../today/TodayPage.module.css';
import { OfferNotice } from '../waitlist/OfferNotice';
import { BrokenNotice } from './BrokenNotice';
import { ReplanNotice } from './ReplanNotice';
import { useBoosters } from './boosters';
import { mondayOf } from './planner';
import classes from './Planner.module.css';

const dayQuery = (day: string) => ({
  queryKey: ['sessions', 'day', day],
  queryFn: async () => {
    const items: Session[] = [];
    let cursor: string | undefined;
    do {
      const page = await body(scheduling.GET('/api/sessions', { params: { query: { day, limit: 200, ...(cursor ? { cursor } : {}) } } }));
      items.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return items;
  },
});

/** What is booked, a week or a day at a time, by chair or by nurse. */
export default function CalendarPage() {
  const known = useClockKnown();
  return known ? <Calendar /> : <Page title="Calendar">{null}</Page>;
}

function Calendar() {
  const has = useHas();
  const zone = useZone();
  const now = dayIn(useNow(), zone);
  const search = useSearch({ from: '/calendar' });
  const navigate = useNavigate({ from: '/calendar' });
  const by = search.by ?? 'chair';
  const span = search.span ?? 'week';
  const shown = search.day ?? now;
  const first = span === 'week' ? mondayOf(shown) : shown;
  const days = span === 'week' ? [0, 1, 2, 3, 4, 5, 6].map((ahead) => addDays(first, ahead)) : [first];
  const of = useQueries({ queries: days.map((day) => dayQuery(day)) });
  const sessions = of.flatMap((day) => day.data ?? []).filter((session) => !offBoard(session));
  const failed = of.find((day) => day.error)?.error;
  const patients = usePatients(sessions.map((session) => session.patientId)).data;
  const chairs = useChairs().data ?? [];
  const nurses = useNurses().data ?? [];
  const boosters = useBoosters().data?.items.length;
  const rows = by === 'chair' ? chairs : nurses;
  const inRow = (session: Session) => (by === 'chair' ? session.chairId : session.nurseId);
  const go = (next: { day?: string; by?: 'chair' | 'nurse'; span?: 'week' | 'day' }) => void navigate({ search: { ...search, ...next } });
  const step = span === 'week' ? 7 : 1;
  return (
    <Page
      title="Calendar"
      aside={
        <div className={classes.weekTools}>
          {has('front-desk', 'nurse', 'prescriber') ? <Link to="/calendar/waitlist">Wait-list</Link> : null}
          <Link to="/calendar/boosters">Boosters due{boosters ? ` (${boosters})` : ''}</Link>
          <SegmentedControl aria-label="Rows" value={by} onChange={(value) => go({ by: value === 'nurse' ? 'nurse' : 'chair' })} data={[{ value: 'chair', label: 'By chair' }, { value: 'nurse', label: 'By nurse' }]} />
          <SegmentedControl aria-label="Span" value={span} onChange={(value) => go({ span: value === 'day' ? 'day' : 'week' })} data={[{ value: 'week', label: 'Week' }, { value: 'day', label: 'Day' }]} />
          <div className={today.days} role="group" aria-label="Days">
            <button type="button" aria-label="Before" onClick={() => go({ day: addDays(shown, -step) })}>
              <IconChevronLeft size={18} aria-hidden />
            </button>
            <button type="button" aria-pressed={shown === now} onClick={() => go({ day: now })}>
              Today
            </button>
            <button type="button" aria-label="After" onClick={() => go({ day: addDays(shown, step) })}>
              <IconChevronRight size={18} aria-hidden />
            </button>
            <input type="date" aria-label="Choose a day" value={shown} onChange={(e) => e.currentTarget.value && go({ day: e.currentTarget.value })} />
          </div>
        </div>
      }
    >
      <BrokenNotice />
      <OfferNotice />
      <ReplanNotice />
      <ProblemNotice problem={failed instanceof Problem ? failed : failed ? Problem.unreachable() : undefined} />
      <Panel flush>
        <div className={classes.scroll} tabIndex={0} role="region" aria-label="Bookings">
          <table className={classes.week} aria-busy={of.some((day) => day.isPending)}>
            <caption className="visually-hidden">{by === 'chair' ? 'Bookings by chair' : 'Bookings by nurse'}</caption>
            <thead>
              <tr>
                <th scope="col">{by === 'chair' ? 'Chair' : 'Nurse'}</th>
                {days.map((day) => (
                  <th key={day} scope="col" data-today={day === now || undefined}>
                    {dateOf(`${day}T12:00:00Z`, 'UTC').replace(/, \d{4}$/, '')}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <th scope="row">{row.name}</th>
                  {days.map((day) => {
                    const booked = sessions.filter((s) => inRow(s) === row.id && dayIn(s.startsAt, zone) === day).sort((a, b) => a.startsAt.localeCompare(b.startsAt));
                    return (
                      <td key={day}>
                        {booked.map((s) => (
                          <Link key={s.id} to="/sessions/$sessionId" params={{ sessionId: s.id }} className={classes.entry}>
                            {timeOf(s.startsAt, zone)} {shortName(patients?.get(s.patientId))}
                          </Link>
                        ))}
                        {booked.length === 0 ? <span className={classes.empty} aria-label="Nothing booked">–</span> : null}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
    </Page>
  );
}
