import { Stack } from '@mantine/core';
import { Orders } from '../house/OrdersPage';
import { Certification } from '../rems/Certification';

/** What an administrator keeps of the house's permissions: standing orders (prescribers sign them) and the REMS certification. */
export default function HouseSection() {
  return (
    <Stack>
      <Certification />
      <Orders />
    </Stack>
  );
}
