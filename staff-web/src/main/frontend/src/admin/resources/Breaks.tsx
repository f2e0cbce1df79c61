import type { components } from '../../api/generated/scheduling';
import { Banner } from '../../parts/Tone';
import { When } from '../../parts/When';
import classes from './Resources.module.css';

export type Preview = components['schemas']['AvailabilityPreview'];

/** What a change would do to what is booked, before it is saved. */
export function Breaks({ preview }: { preview: Preview }) {
  if (preview.broken === 0) return <Banner tone="done" title="No booked session is in the way" />;
  return (
    <Banner tone="hold" title={`${preview.broken} booked ${preview.broken === 1 ? 'session' : 'sessions'} would no longer fit`}>
      They stay booked and are listed for the front desk, each with where it could go.
      <ul className={classes['breaks']}>
        {preview.items.slice(0, 8).map((row) => (
          <li key={row.sessionId}>
            <When at={row.startsAt} />
            {row.repairs.length === 0 ? ': no other place found' : row.repairs[0]?.sameTime ? ': same time with others' : ': another day'}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
