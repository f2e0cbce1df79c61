import { Link } from '@tanstack/react-router';
import { Empty, Loaded } from '../parts/Loaded';
import { Page, Panel } from '../parts/Page';
import { shortName, usePatients } from '../parts/patients';
import { Calls } from './Calls';
import { useDueCalls } from './queries';

/** Whom the clinic has to call, the first due first. */
export default function CallsPage() {
  const query = useDueCalls();
  const patients = usePatients(query.data?.map((call) => call.patientId) ?? []).data;
  return (
    <Page title="Calls to patients">
      <Panel flush title="Due">
        <Loaded query={query}>
          {(calls) =>
            calls.length === 0 ? (
              <Empty title="No call is due">Calls follow tablets at home, serious adverse events, transfers, and leaving against advice.</Empty>
            ) : (
              <Calls
                label="Calls that are due"
                calls={calls}
                patient={(call) => (
                  <Link to="/patients/$patientId/treatment" params={{ patientId: call.patientId }}>
                    {shortName(patients?.get(call.patientId))}
                  </Link>
                )}
              />
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}
