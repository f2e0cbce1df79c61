import { Page } from '../parts/Page';

export default function PatientsPage() {
  return <Page title="PatientsPage">…</Page>;
}
