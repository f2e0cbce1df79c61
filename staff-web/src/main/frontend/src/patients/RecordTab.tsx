import { Page } from '../parts/Page';

export default function RecordTab() {
  return <Page title="RecordTab">…</Page>;
}
