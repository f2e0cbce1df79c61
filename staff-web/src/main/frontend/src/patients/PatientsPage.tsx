import { Button } from '@mantine/core';
import { IconFileImport, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { body, intake } from '../api/clients';
import { useHas } from '../api/me';
import { Page } from '../parts/Page';
import { useClinical } from './queries';
import classes from './PatientsPage.module.css';

const ImportDrawer = lazy(() => import('./ImportDrawer'));

/** The place of all patients: whom intake has to do something for, everybody, and who may be there twice. Billers see everybody only. */
export default function PatientsPage() {
  const has = useHas();
  const clinical = useClinical();
  const [importing, setImporting] = useState(false);
  return (
    <Page
      title="Patients"
      aside={
        <>
          {has('front-desk') ? (
            <Button variant="default" leftSection={<IconFileImport size={18} />} onClick={() => setImporting(true)}>
              Import referrals
            </Button>
          ) : null}
          {has('front-desk', 'nurse') ? (
            <Button renderRoot={(props) => <Link to="/patients/new" {...props} />} leftSection={<IconUserPlus size={18} />}>
              New patient
            </Button>
          ) : null}
        </>
      }
    >
      {clinical ? (
        <nav aria-label="Lists of patients" className={classes.tabs}>
          <Link to="/patients" className={classes.tab} activeOptions={{ exact: true }} activeProps={{ 'aria-current': 'page' }}>
            Work-list
          </Link>
          <Link to="/patients/all" className={classes.tab} activeProps={{ 'aria-current': 'page' }}>
            All patients
          </Link>
          {has('front-desk', 'nurse') ? (
            <Link to="/patients/duplicates" className={classes.tab} activeProps={{ 'aria-current': 'page' }}>
              Duplicates
              <OpenPairs />
            </Link>
          ) : null}
        </nav>
      ) : null}
      <Outlet />
      {importing ? (
        <Suspense>
          <ImportDrawer onClose={() => setImporting(false)} />
        </Suspense>
      ) : null}
    </Page>
  );
}

/** How many pairs wait for a decision; silent while there are none or nobody can say. */
function OpenPairs() {
  const { data } = useQuery({
    queryKey: ['duplicates', 'open'],
    queryFn: () => body(intake.GET('/api/duplicates', { params: { query: { limit: 50 } } })),
    staleTime: 30_000,
  });
  const open = data?.items.length ?? 0;
  return open > 0 ? <span className={classes.count}>{data?.nextCursor ? `${open}+` : open}</span> : null;
}
