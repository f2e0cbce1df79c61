import { Page } from '../parts/Page';

export default function PatientMoneyTab() {
  return <Page title="PatientMoneyTab">…</Page>;
}
