import { lazy } from 'react';
import { useClinical } from './queries';

const WorkList = lazy(() => import('../worklist/WorkList'));
const AllPatients = lazy(() => import('./AllPatients'));

/** Whoever treats begins with what there is to do; whoever bills, with everybody. */
export default function PatientsHome() {
  return useClinical() ? <WorkList /> : <AllPatients />;
}
