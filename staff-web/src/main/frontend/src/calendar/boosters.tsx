import { useQuery } from '@tanstack/react-query';
import { body, scheduling } from '../api/clients';
import type { components } from '../api/generated/scheduling';
import { useHas } from '../api/me';
import { instrumentWord } from '../patients/words';
import { calendarDay } from '../parts/time';
import { Badge } from '../parts/Tone';
import { When } from '../parts/When';

export type Booster = components['schemas']['BoosterAnswer'];

/** The open ones of the clinic, the first due first. */
export const useBoosters = () => {
  const has = useHas();
  return useQuery({
    queryKey: ['boosters', 'open'],
    queryFn: () => body(scheduling.GET('/api/boosters', { params: { query: { limit: 200 } } })),
    enabled: has('front-desk', 'nurse', 'prescriber', 'therapist'),
    staleTime: 60_000,
  });
};

/** By when it should be given, and whether that is over. */
export function Due({ booster, today }: { booster: Booster; today: string }) {
  if (today > booster.dueBy) return <Badge tone="danger">Overdue since {calendarDay(booster.dueBy)}</Badge>;
  if (today < booster.dueFrom) return <Badge tone="waiting">From {calendarDay(booster.dueFrom)}</Badge>;
  return <Badge tone="hold">By {calendarDay(booster.dueBy)}</Badge>;
}

/** What the suggestion rests on, in a sentence with its numbers. */
export function Evidence({ booster: { because, evidence } }: { booster: Booster }) {
  const { drift } = evidence;
  if (because === 'drift' && drift) {
    return (
      <>
        {instrumentWord(drift.instrument)}
        {drift.scale === 'total' ? '' : ` (${drift.scale})`} back up to <strong>{drift.latest}</strong> on <When at={drift.latestAt} show="date" />; best was {drift.best} on <When at={drift.bestAt} show="date" />, {drift.baseline} before treatment. Last dose on {calendarDay(evidence.lastDoseOn)}.
      </>
    );
  }
  return (
    <>
      The plan wants one {calendarDay(evidence.windowFrom)} to {calendarDay(evidence.windowTo)}; the last dose was on {calendarDay(evidence.lastDoseOn)}. No drift of the scores is known.
    </>
  );
}
