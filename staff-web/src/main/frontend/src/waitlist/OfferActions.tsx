import { Button, Group } from '@mantine/core';
import { useNow } from '../live/clock';
import { useChairs, useNurses } from '../session/useSession';
import { ProblemNotice } from '../parts/ProblemNotice';
import { duration } from '../parts/time';
import { When } from '../parts/When';
import type { Entry } from './entries';
import { useAnswer } from './useWaitlist';
import classes from './Waitlist.module.css';

/** The place that is held for the patient, how long still, and what they say to it. */
export function OfferActions({ entry, name, may }: { entry: Entry; name: string; may: boolean }) {
  const now = useNow();
  const answer = useAnswer();
  const chairs = useChairs().data;
  const nurses = useNurses().data;
  const offer = entry.offer;
  if (!offer) return null;
  const left = Date.parse(offer.expiresAt) - now;
  return (
    <div className={classes.offer}>
      <div>
        <strong>
          <When at={offer.startsAt} />
        </strong>
        {offer.sessions > 1 ? ` and ${offer.sessions - 1} more` : ''}
      </div>
      <div className={classes.dim}>
        {chairs?.find((c) => c.id === offer.chairId)?.name ?? '…'}, {nurses?.find((n) => n.id === offer.nurseId)?.name ?? '…'}
      </div>
      <div>{left > 0 ? <>Held for {duration(left)} more</> : 'The time is over, the next one is asked'}</div>
      {may && left > 0 ? (
        <Group gap="xs">
          <Button size="compact-md" loading={answer.busy} onClick={() => answer.run({ entry, says: 'acceptance' })} aria-label={`Accept for ${name}`}>
            Accept
          </Button>
          <Button size="compact-md" variant="default" loading={answer.busy} onClick={() => answer.run({ entry, says: 'refusal' })} aria-label={`Refuse for ${name}`}>
            Refuse
          </Button>
        </Group>
      ) : null}
      <ProblemNotice problem={answer.problem} />
    </div>
  );
}
