import { Page } from '../parts/Page';

export default function AdminSection() {
  return <Page title="AdminSection">…</Page>;
}
