import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useHas } from '../api/me';
import { Panel } from '../parts/Page';
import type { Patient } from '../patients/queries';
import { spoken } from '../patients/words';
import { DrugMeaning } from './DrugsField';
import { conditionWord } from './words';
import columns from '../parts/Columns.module.css';
import classes from './Clearance.module.css';

/** The history that the screening took, each drug as the rules understand it. */
export function HistoryPanel({ patient }: { patient: Patient }) {
  const has = useHas();
  if (!patient.screening) return null;
  const { history } = patient.screening;
  const over = patient.status === 'declined' || patient.status === 'merged';
  return (
    <Panel
      title="History at the screening"
      aside={
        has('front-desk', 'nurse') && !over ? (
          <Button size="compact-sm" variant="default" renderRoot={(props) => <Link to="/patients/$patientId/screening" params={{ patientId: patient.id }} {...props} />}>
            Screen again
          </Button>
        ) : undefined
      }
    >
      <dl className={`${columns.facts} ${classes.facts}`}>
        <dt>Conditions</dt>
        <dd>{history.conditions.length > 0 ? history.conditions.map(conditionWord).join(', ') : 'None of those asked for'}</dd>
        <dt>Drugs taken</dt>
        <dd>
          {history.drugs.length === 0 ? 'None' : null}
          {history.drugs.map((drug) => (
            <div key={drug} className={classes.inline}>
              {drug} <DrugMeaning name={drug} />
            </div>
          ))}
        </dd>
        <dt>Failed treatments</dt>
        <dd>{history.failedTreatments}</dd>
        <dt>At rest</dt>
        <dd>
          {history.systolic}/{history.diastolic} mmHg, {history.weightKg} kg
        </dd>
        <dt>Pregnancy</dt>
        <dd>{spoken(history.pregnancy)}</dd>
      </dl>
    </Panel>
  );
}
