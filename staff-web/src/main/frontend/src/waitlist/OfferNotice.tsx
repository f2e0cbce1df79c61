import { Link } from '@tanstack/react-router';
import { Banner } from '../parts/Tone';
import { useOffers } from './useWaitlist';

/** One line on the board while places are held for patients who are to be asked. */
export function OfferNotice() {
  const offers = useOffers();
  if (offers.length === 0) return null;
  return (
    <Banner tone="waiting" title={offers.length === 1 ? 'A freed place is held for a patient who waits' : `${offers.length} freed places are held for patients who wait`}>
      Ask them while it is held. <Link to="/calendar/waitlist">Open the wait-list</Link>
    </Banner>
  );
}
