import { Page } from '../parts/Page';

export default function MessagesPage() {
  return <Page title="MessagesPage">…</Page>;
}
