import { Page } from '../parts/Page';

export default function MoneyPage() {
  return <Page title="MoneyPage">…</Page>;
}
