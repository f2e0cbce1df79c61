import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { body, scheduling } from '../api/clients';
import { useHas } from '../api/me';
import { Banner } from '../parts/Tone';

/** One line on the board while something that is booked no longer fits. */
export function BrokenNotice() {
  const has = useHas();
  const broken = useQuery({
    queryKey: ['broken-sessions', 'any'],
    queryFn: () => body(scheduling.GET('/api/broken-sessions', { params: { query: { limit: 1 } } })),
    enabled: has('front-desk', 'nurse'),
    staleTime: 5 * 60_000,
  });
  if (!broken.data?.items.length) return null;
  return (
    <Banner tone="hold" title="Some booked sessions no longer fit">
      Somebody is away or something closes. <Link to="/calendar/broken">See them and where they could go</Link>
    </Banner>
  );
}
