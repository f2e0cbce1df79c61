import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { body, scheduling } from '../api/clients';
import { useHas } from '../api/me';
import { useNow, useZone } from '../live/clock';
import { dayIn } from '../parts/time';
import { Banner } from '../parts/Tone';
import { DeclineBooster } from './DeclineBooster';
import { Due, Evidence } from './boosters';

/** The booster that is due for this patient, while one is. */
export function PatientBooster({ patientId }: { patientId: string }) {
  const has = useHas();
  const today = dayIn(useNow(), useZone());
  const boosters = useQuery({
    queryKey: ['boosters', 'of-patient', patientId],
    queryFn: () => body(scheduling.GET('/api/boosters', { params: { query: { patientId, limit: 200 } } })),
  });
  const open = boosters.data?.items.find((booster) => booster.state === 'open');
  if (!open) return null;
  return (
    <Banner
      tone="hold"
      title="A booster is due"
      actions={
        <>
          {has('front-desk') ? (
            <Button size="sm" renderRoot={(props) => <Link {...props} to="/calendar/planner" search={{ patient: patientId, booster: open.id }} />}>
              Book the booster
            </Button>
          ) : null}
          {has('prescriber') ? <DeclineBooster booster={open} name="this patient" /> : null}
        </>
      }
    >
      <Due booster={open} today={today} /> <Evidence booster={open} />
    </Banner>
  );
}
