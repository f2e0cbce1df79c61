/** Further behind than this is more than the delay of one event: a service or the broker is away. */
const BEHIND_MS = 20_000;

/** Whether the server's own picture is old; it says nothing while it does not know. */
export const isBehind = (beat: { now: string; asOf: string | null }) => beat.asOf !== null && Date.parse(beat.now) - Date.parse(beat.asOf) > BEHIND_MS;
