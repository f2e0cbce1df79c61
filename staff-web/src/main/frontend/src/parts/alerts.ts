import { body, intake } from '../api/clients';

/** Open safety alerts, the same answer as the bell in the bar shows. */
export const openAlertsQuery = {
  queryKey: ['safety-alerts', 'open'],
  queryFn: () => body(intake.GET('/api/safety-alerts', { params: { query: { open: true } } })),
  staleTime: 30_000,
};
