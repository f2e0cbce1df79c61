import { Link, Outlet, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Problem } from '../api/problem';
import { useHas } from '../api/me';
import { Empty } from '../parts/Loaded';
import { PatientHeader } from '../parts/PatientHeader';
import { MergedBanner } from '../duplicates/MergedBanner';
import { useClinical, usePatient } from './queries';
import classes from './PatientPage.module.css';

/** One patient: header, the tabs that the role works in, and the tab. */
export default function PatientPage() {
  const { patientId } = useParams({ from: '/patients/$patientId' });
  const has = useHas();
  const clinical = useClinical();
  const patient = usePatient(patientId);
  useEffect(() => {
    document.title = 'Patient · clinicops';
  }, []);
  if (patient.error instanceof Problem && patient.error.status === 404) {
    return (
      <Empty title="There is no such patient, or not for you" action={<Link to="/patients">All patients</Link>}>
        The link may be old.
      </Empty>
    );
  }
  const params = { patientId };
  const mergedInto = patient.data?.value.mergedInto;
  return (
    <div className={classes.page}>
      <PatientHeader patientId={patientId} heading>
        <nav className={classes.tabs} aria-label="Patient’s pages">
          <Link to="/patients/$patientId" params={params} className={classes.tab} activeOptions={{ exact: true }} activeProps={{ 'aria-current': 'page' }}>
            Journey
          </Link>
          {clinical ? (
            <Link to="/patients/$patientId/registration" params={params} className={classes.tab} activeProps={{ 'aria-current': 'page' }}>
              Registration
            </Link>
          ) : null}
          <Link to="/patients/$patientId/record" params={params} className={classes.tab} activeProps={{ 'aria-current': 'page' }}>
            Record
          </Link>
          {has('front-desk', 'nurse', 'prescriber', 'therapist') ? (
            <>
              <Link to="/patients/$patientId/instruments" params={params} className={classes.tab} activeProps={{ 'aria-current': 'page' }}>
                Instruments
              </Link>
              <Link to="/patients/$patientId/clearance" params={params} className={classes.tab} activeProps={{ 'aria-current': 'page' }}>
                Clearance
              </Link>
            </>
          ) : null}
          {has('front-desk', 'nurse', 'prescriber', 'therapist') ? (
            <>
              <Link to="/patients/$patientId/consent" params={params} className={classes.tab} activeProps={{ 'aria-current': 'page' }}>
                Consent
              </Link>
              <Link to="/patients/$patientId/plan" params={params} className={classes.tab} activeProps={{ 'aria-current': 'page' }}>
                Plan
              </Link>
              <Link to="/patients/$patientId/treatment" params={params} className={classes.tab} activeProps={{ 'aria-current': 'page' }}>
                Treatment
              </Link>
              <Link to="/patients/$patientId/safety" params={params} className={classes.tab} activeProps={{ 'aria-current': 'page' }}>
                Safety
              </Link>
            </>
          ) : null}
          {clinical ? (
            <Link to="/patients/$patientId/documents" params={params} className={classes.tab} activeProps={{ 'aria-current': 'page' }}>
              Documents
            </Link>
          ) : null}
          {has('biller', 'front-desk') ? (
            <Link to="/patients/$patientId/money" params={params} className={classes.tab} activeProps={{ 'aria-current': 'page' }}>
              Money
            </Link>
          ) : null}
        </nav>
      </PatientHeader>
      {mergedInto ? <MergedBanner patientId={patientId} into={mergedInto} /> : null}
      <Outlet />
    </div>
  );
}
