import { useQuery } from '@tanstack/react-query';
import { body, scheduling } from '../api/clients';
import type { components } from '../api/generated/scheduling';

export type BoardCard = components['schemas']['BoardCard'];
export type BoardVerdict = components['schemas']['BoardVerdict'];

/** Pushes say when the board has changed; this only finds what a lost one left. */
const SAFETY_LOOK_MS = 60_000;

/** One day in one answer, of the clinic's today or another day. */
export function useBoard(day: string, today: boolean) {
  return useQuery({
    queryKey: ['board', day],
    queryFn: () => body(scheduling.GET('/api/board', { params: { query: { day } } })),
    refetchInterval: today ? SAFETY_LOOK_MS : false,
    placeholderData: (before) => (before?.day === day ? before : undefined),
  });
}
