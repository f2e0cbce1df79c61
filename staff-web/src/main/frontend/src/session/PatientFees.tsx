import { Link } from '@tanstack/react-router';
import { body, scheduling } from '../api/clients';
import type { components } from '../api/generated/scheduling';
import { useHas } from '../api/me';
import { Panel } from '../parts/Page';
import { usePages } from '../parts/Rows';
import { When } from '../parts/When';
import { FeeBox } from './fees';
import classes from './fees.module.css';

/** What a patient owes for late cancellations and no-shows; nothing at all while there was none. */
export function PatientFees({ patientId }: { patientId: string }) {
  const has = useHas();
  const fees = usePages<components['schemas']['FeeLine']>(
    ['session-fees', 'patient', patientId],
    (cursor) => body(scheduling.GET('/api/session-fees', { params: { query: { patientId, limit: 50, ...(cursor ? { cursor } : {}) } } })),
    has('front-desk', 'biller', 'prescriber'),
  );
  const lines = fees.data?.pages.flatMap((page) => page.items) ?? [];
  if (lines.length === 0) return null;
  return (
    <Panel title="Fees for sessions">
      <ul className={classes.list}>
        {lines.map((line) => (
          <li key={line.fee.id}>
            <div className={classes.dim}>
              Session {line.number},{' '}
              {has('front-desk', 'prescriber') ? (
                <Link to="/sessions/$sessionId" params={{ sessionId: line.sessionId }}>
                  <When at={line.startsAt} />
                </Link>
              ) : (
                <When at={line.startsAt} />
              )}
            </div>
            <FeeBox sessionId={line.sessionId} version={line.version} fee={line.fee} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
