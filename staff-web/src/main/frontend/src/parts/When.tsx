import { useZone } from '../live/clock';
import { dateOf, dayAndTime, timeOf } from './time';

/** An instant in the clinic's zone: `time` alone for today's things, `date`, or both. */
export function When({ at, show = 'both' }: { at: string; show?: 'time' | 'date' | 'both' }) {
  const zone = useZone();
  const text = show === 'time' ? timeOf(at, zone) : show === 'date' ? dateOf(at, zone) : dayAndTime(at, zone);
  return (
    <time dateTime={at} title={`${dayAndTime(at, zone)} ${zone}`} style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
      {text}
    </time>
  );
}
