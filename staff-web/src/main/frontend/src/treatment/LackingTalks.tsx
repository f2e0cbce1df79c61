import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { body, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/scheduling';
import { useHas } from '../api/me';
import { Panel } from '../parts/Page';
import { shortName, usePatients } from '../parts/patients';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Table } from '../parts/Rows';
import { When } from '../parts/When';
import { useLacking, useTherapists } from './queries';
import classes from './treatment.module.css';

type Lacking = components['schemas']['IntegrationLacking'];

/** Doses that a re-plan, the wait-list or a booster has added: one press books the integration session with the patient's therapist. */
export function LackingTalks({ mine }: { mine: boolean }) {
  const may = useHas()('front-desk', 'therapist');
  const lacking = useLacking(mine).data ?? [];
  const therapists = useTherapists().data;
  const patients = usePatients(lacking.map((one) => one.patientId)).data;
  const book = useCommand(
    ({ courseId, sessionId, therapistId }: Lacking, key) => body(scheduling.POST('/api/integration-sessions', { params: { header: { 'Idempotency-Key': key } }, body: { courseId, sessionId, therapistId } })),
    { refresh: [['integration']] },
  );
  const [pressed, setPressed] = useState<string>();
  if (lacking.length === 0) return null;
  return (
    <Panel flush title="Without an integration session">
      <p className={classes.meta}>These doses were added later. The patient reflects on the others.</p>
      <ProblemNotice problem={book.problem} />
      <Table
        label="Treatment sessions without an integration session"
        head={
          <>
            <th scope="col">Patient</th>
            <th scope="col">Session</th>
            <th scope="col">When</th>
            <th scope="col">Therapist</th>
            <th scope="col">
              <span className="visually-hidden">Action</span>
            </th>
          </>
        }
      >
        {lacking.map((one) => {
          const name = shortName(patients?.get(one.patientId));
          const therapist = therapists?.find((other) => other.id === one.therapistId);
          return (
            <tr key={one.sessionId}>
              <td>
                <Link to="/patients/$patientId/treatment" params={{ patientId: one.patientId }}>
                  {name}
                </Link>
              </td>
              <td>{one.sessionNumber}</td>
              <td>
                <When at={one.startsAt} />
              </td>
              <td>
                {therapist?.name ?? '…'}
                {therapist?.external ? <div>elsewhere</div> : null}
              </td>
              <td>
                {may ? (
                  <Group justify="flex-end">
                    <Button size="compact-sm" loading={book.busy && pressed === one.sessionId} disabled={book.busy} aria-label={`Book the integration session of ${name} after session ${one.sessionNumber}`} onClick={() => {
                        setPressed(one.sessionId);
                        book.run(one);
                      }}>
                      {therapist?.external ? 'Plan the day' : 'Book the earliest place'}
                    </Button>
                  </Group>
                ) : null}
              </td>
            </tr>
          );
        })}
      </Table>
    </Panel>
  );
}
