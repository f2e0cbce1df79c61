import { body, scheduling } from '../../api/clients';
import { Problem } from '../../api/problem';
import type { components } from '../../api/generated/scheduling';
import { clinicNow } from '../../live/clock';
import type { Entry, Post } from './outbox';

type Reading = components['schemas']['VitalsAnswer'];
type VitalsRequest = components['schemas']['VitalsRequest'];

/** A nurse waits beside a chair: sooner than any other request this one counts as unanswered. It is sent again anyway. */
const PATIENCE_MS = 12_000;

const inTime = () => ({ signal: AbortSignal.timeout(PATIENCE_MS) });
const now = () => new Date(clinicNow()).toISOString();

/** To the server, each with this device's clock at the moment of sending, which corrects one that is off. */
export const send: Post = async (entries) => {
  const [first] = entries;
  if (!first) return [];
  if (first.kind !== 'vitals') return [{ state: 'sent', answer: await exit(first) }];
  const deviceAt = now();
  const readings = entries.map((e) => ({ ...e.body, deviceAt }) as VitalsRequest);
  const path = { path: { id: first.sessionId } };
  const [only] = readings;
  if (readings.length === 1 && only) {
    return [{ state: 'sent', answer: await body<Reading>(scheduling.POST('/api/sessions/{id}/vitals', { params: path, body: only, ...inTime() })) }];
  }
  const { outcomes } = await body(scheduling.POST('/api/sessions/{id}/vitals/batch', { params: path, body: { readings }, ...inTime() }));
  return outcomes.map(({ outcome, reading, rule, field, detail }) =>
    outcome === 'refused'
      ? { state: 'refused', problem: new Problem(422, { title: 'Not accepted', detail: detail ?? null, ...(rule ? { rule } : {}), field: field ?? null }) }
      : { state: 'sent', answer: reading },
  );
};

type PostExit = (path: string, init: object) => Promise<{ data?: unknown; response: Response }>;

const exit = (entry: Entry) =>
  body((scheduling.POST as unknown as PostExit)(`/api/sessions/{id}/${entry.kind}`, {
    params: { path: { id: entry.sessionId } },
    body: { ...entry.body, entryId: entry.id, at: entry.at, deviceAt: now() },
    ...inTime(),
  }));
