import { Stack } from '@mantine/core';
import { AvailabilityPanel } from './AvailabilityPanel';
import { CredentialsPanel } from './CredentialsPanel';
import { HoursPanel } from './HoursPanel';
import { MeansPanel } from './MeansPanel';

/** Who and what the clinic has, and when. */
export default function ResourcesSection() {
  return (
    <Stack>
      <MeansPanel kind="chair" />
      <MeansPanel kind="pump" />
      <MeansPanel kind="nurse" />
      <MeansPanel kind="prescriber" />
      <MeansPanel kind="therapist" />
      <HoursPanel />
      <AvailabilityPanel />
      <CredentialsPanel />
    </Stack>
  );
}
