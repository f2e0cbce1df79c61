import { Page } from '../parts/Page';

export default function TodayPage() {
  return <Page title="TodayPage">…</Page>;
}
