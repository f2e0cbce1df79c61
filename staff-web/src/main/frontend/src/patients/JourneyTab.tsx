import { Page } from '../parts/Page';

export default function JourneyTab() {
  return <Page title="JourneyTab">…</Page>;
}
