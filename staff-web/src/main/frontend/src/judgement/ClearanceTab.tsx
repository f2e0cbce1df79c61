import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { ifMatch } from '../api/clients';
import { useHas } from '../api/me';
import { Empty, Lines, Loaded } from '../parts/Loaded';
import { usePatient } from '../patients/queries';
import { FindingsPanel } from './FindingsPanel';
import { HistoryPanel } from './HistoryPanel';
import { ProfessionalCard } from './ProfessionalCard';
import { VerdictHistory } from './VerdictHistory';
import { WorkupPanel } from './WorkupPanel';
import columns from '../parts/Columns.module.css';
import classes from './Clearance.module.css';

/** May this patient be treated? What the rules found, the work-up, and the two professionals' words. */
export default function ClearanceTab() {
  const { patientId } = useParams({ strict: false }) as { patientId: string };
  const has = useHas();
  const patient = usePatient(patientId);
  return (
    <Loaded query={patient} skeleton={<Lines count={6} height={96} />}>
      {({ value, etag }) => {
        const version = etag ?? ifMatch(value.version);
        return (
          <div className={`${columns.layout} ${classes.clearance}`}>
            <div className={columns.column}>
              {value.screening ? (
                <FindingsPanel patient={value} version={version} />
              ) : (
                <Empty
                  title="Not screened yet"
                  action={
                    has('front-desk', 'nurse') ? (
                      <Button renderRoot={(props) => <Link to="/patients/$patientId/screening" params={{ patientId }} {...props} />}>Take screening</Button>
                    ) : undefined
                  }
                >
                  The rules judge once PHQ-9, the C-SSRS where it is needed, and the history are there.
                </Empty>
              )}
              <HistoryPanel patient={value} />
              <VerdictHistory patientId={patientId} />
            </div>
            <div className={columns.column}>
              <ProfessionalCard kind="mental-health" patient={value} version={version} />
              <ProfessionalCard kind="medical" patient={value} version={version} />
              {has('nurse', 'prescriber', 'therapist') ? <WorkupPanel patientId={patientId} /> : null}
            </div>
          </div>
        );
      }}
    </Loaded>
  );
}
