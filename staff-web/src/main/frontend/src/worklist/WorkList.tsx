import { NativeSelect } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { body, intake } from '../api/clients';
import { useNow } from '../live/clock';
import { Empty, Lines, Loaded } from '../parts/Loaded';
import { ageOn, shortName } from '../parts/patients';
import { PatientFoot, PatientSearch, usePatientRows } from '../parts/PatientRows';
import shared from '../parts/PatientRows.module.css';
import { Badge } from '../parts/Tone';
import { calendarDay } from '../parts/time';
import { indicationWord } from '../patients/words';
import { count, type Counted, isMissing, isStage, MISSING, type Missing, NEXT, STAGES, type Stage, waited, type WorkItem } from './words';
import classes from './WorkList.module.css';

/** More than these would make a row of words that nobody reads. */
const SHOWN_MISSING = 3;

interface Filter {
  stage?: Stage;
  missing?: Missing;
  urgent?: boolean;
  safety?: boolean;
}

/** What the address asks for; anything unknown is left out. */
function asked(search: Record<string, unknown>): Filter {
  return {
    ...(isStage(search['stage']) ? { stage: search['stage'] } : {}),
    ...(isMissing(search['missing']) ? { missing: search['missing'] } : {}),
    ...(search['urgent'] === true ? { urgent: true } : {}),
    ...(search['safety'] === true ? { safety: true } : {}),
  };
}

/** Whom intake has to do something for: safety first, then the urgent, then who has waited longest. */
export default function WorkList() {
  const filter = asked(useSearch({ strict: false }) as Record<string, unknown>);
  const navigate = useNavigate();
  const rows = usePatientRows();
  const words = rows.asked;
  const narrowed = Object.keys(filter).length > 0;

  const query = useInfiniteQuery({
    queryKey: ['worklist', filter, words],
    queryFn: ({ pageParam }) =>
      body(
        intake.GET('/api/worklist', {
          params: {
            query: {
              limit: 50,
              ...(filter.stage ? { stage: filter.stage } : {}),
              ...(filter.missing ? { missing: filter.missing } : {}),
              ...(filter.urgent ? { urgency: 'urgent' } : {}),
              ...(filter.safety ? { safety: true } : {}),
              ...(words ? { q: words } : {}),
              ...(pageParam ? { cursor: pageParam } : {}),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    gcTime: words ? 30_000 : 300_000,
  });

  const counts = useQuery({
    queryKey: ['worklist', 'counts'],
    queryFn: () => body(intake.GET('/api/worklist/counts', {})),
    placeholderData: keepPreviousData,
  });
  // what is missing and what is searched for is not counted by
  const tally = (of: Counted) => (counts.data && !filter.missing && !words ? <Tally of={count(counts.data.items, of)} /> : null);

  const only = (change: Filter) => void navigate({ to: '/patients', search: { ...filter, ...change } });
  const without = (key: keyof Filter) => {
    const { [key]: _, ...rest } = filter;
    void navigate({ to: '/patients', search: rest });
  };

  return (
    <>
      <nav aria-label="Stage">
        <ol className={classes.stages}>
          <li>
            <Link to="/patients" search={omit(filter, 'stage')} className={classes.stage} aria-current={filter.stage ? undefined : 'true'}>
              Everything to do
              {tally({ ...filter, stage: undefined })}
            </Link>
          </li>
          {(Object.keys(STAGES) as Stage[]).map((code) => (
            <li key={code}>
              <Link to="/patients" search={{ ...filter, stage: code }} className={classes.stage} aria-current={filter.stage === code ? 'true' : undefined} title={`Waiting ${STAGES[code].hint}`}>
                {STAGES[code].word}
                {tally({ ...filter, stage: code })}
              </Link>
            </li>
          ))}
        </ol>
      </nav>
      <div className={classes.tools}>
        <PatientSearch rows={rows} query={query} label="Search the work-list by name, birth date or phone" />
        <NativeSelect
          aria-label="What is missing"
          value={filter.missing ?? ''}
          onChange={(event) => {
            const code = event.currentTarget.value;
            if (isMissing(code)) only({ missing: code });
            else without('missing');
          }}
        >
          <option value="">Whatever is missing</option>
          {(Object.keys(MISSING) as Missing[]).map((code) => (
            <option key={code} value={code}>
              Missing: {MISSING[code]}
            </option>
          ))}
        </NativeSelect>
        <Toggle on={filter.urgent ?? false} onChange={(on) => (on ? only({ urgent: true }) : without('urgent'))}>
          Urgent only
          {tally({ ...filter, urgent: true })}
        </Toggle>
        <Toggle on={filter.safety ?? false} onChange={(on) => (on ? only({ safety: true }) : without('safety'))}>
          Safety flag only
          {tally({ ...filter, safety: true })}
        </Toggle>
        {narrowed ? (
          <Link to="/patients" search={{}} className={classes.reset}>
            Show everything
          </Link>
        ) : null}
      </div>
      <Loaded query={query} skeleton={<Lines count={8} height={60} />}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Nobody words={words} filter={filter} />;
          return (
            <>
              <div className={shared.surface} aria-busy={query.isPlaceholderData}>
                <table className={`${shared.table} ${classes.work}`} aria-label="Work-list">
                  <thead>
                    <tr>
                      <th scope="col">Patient</th>
                      <th scope="col">Waiting for</th>
                      <th scope="col" className={classes.cMissing}>
                        Missing
                      </th>
                      <th scope="col">Next</th>
                    </tr>
                  </thead>
                  <tbody ref={rows.list} onKeyDown={rows.moved}>
                    {items.map((item) => (
                      <Row key={item.patientId} item={item} />
                    ))}
                  </tbody>
                </table>
              </div>
              <PatientFoot count={items.length} query={query} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

const omit = (filter: Filter, key: keyof Filter): Filter => {
  const { [key]: _, ...rest } = filter;
  return rest;
};

function Tally({ of }: { of: number }) {
  return (
    <span className={classes.tally}>
      <span className="visually-hidden">, </span>
      {of.toLocaleString('en-US')}
    </span>
  );
}

function Toggle({ on, onChange, children }: { on: boolean; onChange: (on: boolean) => void; children: ReactNode }) {
  return (
    <button type="button" className={classes.toggle} aria-pressed={on} onClick={() => onChange(!on)}>
      {children}
    </button>
  );
}

function Row({ item }: { item: WorkItem }) {
  const now = useNow();
  const next = NEXT[item.nextAction];
  const stage = STAGES[item.stage];
  const more = item.missing.slice(SHOWN_MISSING);
  return (
    <tr className={shared.row} data-safety={item.safetyFlag || undefined}>
      <td>
        <Link to="/patients/$patientId/record" params={{ patientId: item.patientId }} className={shared.name} data-row>
          {shortName(item)}
        </Link>
        {item.urgency === 'urgent' ? <b className={classes.urgent}>Urgent</b> : null}
        <span className={shared.sub}>
          {indicationWord(item.indication)}, {ageOn(item.birthDate, now)} years, born {calendarDay(item.birthDate)}
        </span>
      </td>
      <td className={classes.cStage}>
        {item.safetyFlag ? <Badge tone="danger">Safety flag</Badge> : null} <Badge tone={stage.tone}>{stage.word}</Badge>
        <span className={shared.sub}>for {waited(item.waitingSince, now)}</span>
      </td>
      <td className={classes.cMissing}>
        {item.missing.length === 0 ? (
          <span className={shared.sub}>Nothing</span>
        ) : (
          <ul className={classes.missing} aria-label="Missing">
            {item.missing.slice(0, SHOWN_MISSING).map((code) => (
              <li key={code}>{MISSING[code]}</li>
            ))}
            {more.length > 0 ? (
              <li className={classes.more} title={more.map((code) => MISSING[code]).join(', ')}>
                {more.length} more<span className="visually-hidden">: {more.map((code) => MISSING[code]).join(', ')}</span>
              </li>
            ) : null}
          </ul>
        )}
      </td>
      <td className={classes.cNext}>
        <span className={classes.next} data-safety={item.safetyFlag || undefined}>
          {item.safetyFlag ? <IconAlertTriangle size={16} aria-hidden /> : null}
          {next.step}
        </span>
        <span className={shared.sub}>{next.who}</span>
      </td>
    </tr>
  );
}

function Nobody({ words, filter }: { words: string; filter: Filter }) {
  if (words) return <Empty title="Nobody in the work-list is found by this">The search looks at the beginnings of names, at birth dates and at phone numbers. Who is ready, or was refused, is under All patients.</Empty>;
  if (Object.keys(filter).length > 0) {
    return (
      <Empty title="Nobody waits for this" action={<Link to="/patients">Show everything to do</Link>}>
        The filters narrow together.
      </Empty>
    );
  }
  return <Empty title="Nothing to do">Every patient is ready for a course, or was refused. A new patient, or an imported referral, appears here.</Empty>;
}
