import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconClock, IconHandStop, IconInfoCircle, IconPlayerPlay } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { body, intake } from '../api/clients';
import { useNow } from '../live/clock';
import { Empty, Lines, Loaded } from '../parts/Loaded';
import { ageOn, shortName } from '../parts/patients';
import { PatientFoot, PatientSearch, usePatientRows } from '../parts/PatientRows';
import shared from '../parts/PatientRows.module.css';
import { Badge, Banner, type Tone } from '../parts/Tone';
import { calendarDay } from '../parts/time';
import { When } from '../parts/When';
import { nextOf } from './next';
import { type Journey, type PatientLine, type Readiness, useAround, useClinical } from './queries';
import { indicationWord, isStatus, STATUSES, type Status } from './words';
import classes from './AllPatients.module.css';

const ICONS = { danger: IconAlertTriangle, hold: IconHandStop, waiting: IconClock, ready: IconPlayerPlay, done: IconCircleCheck, info: IconInfoCircle } satisfies Record<Tone, unknown>;

/** Everybody whom the clinic knows, with what is next for each. What is searched for stays in the field, never in an address. */
export default function AllPatients() {
  const { status } = useSearch({ strict: false }) as { status?: string };
  const chosen = isStatus(status) ? status : undefined;
  const rows = usePatientRows();
  const { asked } = rows;
  const clinical = useClinical();

  const query = useInfiniteQuery({
    queryKey: ['patients', 'list', chosen ?? '', asked],
    queryFn: ({ pageParam }) =>
      body(
        intake.GET('/api/patients', {
          params: { query: { limit: 50, ...(chosen ? { status: chosen } : {}), ...(asked ? { q: asked } : {}), ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    gcTime: asked ? 30_000 : 300_000,
  });
  const pages = query.data?.pages ?? [];
  const around = useAround(pages.map((page) => page.items.map((p) => p.id)));

  return (
    <>
      <div className={classes.tools}>
        <PatientSearch rows={rows} query={query} label="Search patients by name, birth date or phone" />
        <nav aria-label="Status">
          <ul className={classes.filter}>
            <li>
              <Link to="/patients/all" search={{}} className={classes.chip} activeOptions={{ exact: true }}>
                All
              </Link>
            </li>
            {(Object.keys(STATUSES) as Status[]).map((code) => (
              <li key={code}>
                <Link to="/patients/all" search={{ status: code }} className={classes.chip} activeOptions={{ exact: true }}>
                  {STATUSES[code].filter}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </div>
      {around.missing.length > 0 ? (
        <Banner
          tone="hold"
          title={around.missing.includes('journeys') ? 'What is next can’t be shown for some patients' : 'Whether patients are ready can’t be asked at the moment'}
          actions={
            <Button size="xs" variant="default" onClick={around.again}>
              Try again
            </Button>
          }
        >
          The list itself is complete.
        </Banner>
      ) : null}
      <Loaded query={query} skeleton={<Lines count={8} height={52} />}>
        {({ pages: shown }) => {
          const items = shown.flatMap((page) => page.items);
          if (items.length === 0) return <Nobody asked={asked} status={chosen} />;
          return (
            <>
              <div className={shared.surface} aria-busy={query.isPlaceholderData}>
                <table className={`${shared.table} ${classes.people}`} aria-label="Patients">
                  <thead>
                    <tr>
                      <th scope="col">Patient</th>
                      {clinical ? (
                        <th scope="col" className={classes.cIndication}>
                          Indication
                        </th>
                      ) : null}
                      <th scope="col" className={classes.cReferred}>
                        Referred
                      </th>
                      <th scope="col">Status</th>
                      <th scope="col">Next</th>
                      <th scope="col">Next session</th>
                    </tr>
                  </thead>
                  <tbody ref={rows.list} onKeyDown={rows.moved}>
                    {items.map((patient) => (
                      <Row key={patient.id} patient={patient} journey={around.journeys.get(patient.id)} readiness={around.readiness.get(patient.id)} />
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

function Row({ patient, journey, readiness }: { patient: PatientLine; journey: Journey | undefined; readiness: Readiness | undefined }) {
  const now = useNow();
  const clinical = useClinical();
  const lapsed = patient.status === 'cleared' && journey?.intake.status === 'clearance-lapsed';
  const status = STATUSES[patient.status];
  const next = nextOf(patient.status, journey, readiness);
  const Icon = next ? ICONS[next.tone] : undefined;
  const alerts = clinical ? (journey?.intake.openSafetyAlerts ?? 0) : 0;
  return (
    <tr className={shared.row}>
      <td>
        <Link to="/patients/$patientId" params={{ patientId: patient.id }} className={shared.name} data-row>
          {shortName(patient)}
        </Link>
        <span className={shared.sub}>
          {ageOn(patient.birthDate, now)} years, born {calendarDay(patient.birthDate)}
        </span>
      </td>
      {clinical ? (
        <td className={classes.cIndication}>
          {indicationWord(patient.indication)}
          {patient.urgency === 'urgent' ? <span className={`${shared.sub} ${classes.urgent}`}>Urgent</span> : <span className={shared.sub}>Routine</span>}
        </td>
      ) : null}
      <td className={classes.cReferred}>{calendarDay(patient.referredOn)}</td>
      <td className={classes.cStatus}>
        {alerts > 0 ? (
          <Badge tone="danger">Safety alert open</Badge>
        ) : (
          <Badge tone={lapsed ? 'hold' : status.tone}>{lapsed ? 'Clearance lapsed' : status.filter}</Badge>
        )}
      </td>
      <td className={classes.cNext}>
        {next && Icon ? (
          <span className={classes.next}>
            <span className={classes.dot} data-tone={next.tone}>
              <Icon size={16} stroke={2} aria-hidden />
            </span>
            <span>
              {next.step}
              {next.who ? <span className={shared.sub}>{next.who}</span> : null}
            </span>
          </span>
        ) : (
          <span className={classes.none}>…</span>
        )}
      </td>
      <td className={classes.cSession}>{journey?.scheduling.nextSessionAt ? <When at={journey.scheduling.nextSessionAt} /> : <span className={classes.none}>—</span>}</td>
    </tr>
  );
}

function Nobody({ asked, status }: { asked: string; status: Status | undefined }) {
  if (asked) {
    return (
      <Empty title="Nobody is found by this">
        The search looks at the beginnings of names, at birth dates (1985-06-01, 6/1/1985) and at phone numbers or their last digits{status ? `, among those with the status “${STATUSES[status].word}” only` : ''}. Accents and capitals don’t matter.
      </Empty>
    );
  }
  if (status) return <Empty title={`Nobody has the status “${STATUSES[status].word}”`}>Patients move here by themselves as their intake goes on.</Empty>;
  return (
    <Empty title="No patients yet">
      The front desk enters a new patient, or imports referrals as a CSV file or a FHIR bundle.
    </Empty>
  );
}
