import { useElementSize } from '@mantine/hooks';
import { useNow, useZone } from '../live/clock';
import { timeOf } from '../parts/time';
import { breach } from './limits';
import { humanized, isOver, plannedEnd, type Reading, type Session, type Sign } from './model';
import type { Entry } from './offline/outbox';
import { type PhaseLimits, useLimits } from './useSession';
import classes from './VitalsChart.module.css';

const LEFT = 34;
const RIGHT = 44;
const TOP = 34;
const GAP = 26;

type Shape = 'up' | 'down' | 'circle' | 'square' | 'diamond';
/** How far a point counts: on record, told late, in doubt and for nothing, or not on record yet. */
type Standing = 'counts' | 'late' | 'doubt' | 'waiting';

interface Strip {
  title: string;
  kind: keyof typeof classes & string;
  height: number;
  from: number;
  to: number;
  ticks: number[];
  series: { sign: Sign; shape: Shape; name: string }[];
}
const STRIPS: Strip[] = [
  { title: 'Blood pressure, mmHg', kind: 'pressure', height: 120, from: 40, to: 200, ticks: [60, 90, 120, 150, 180], series: [{ sign: 'systolic', shape: 'down', name: 'systolic' }, { sign: 'diastolic', shape: 'up', name: 'diastolic' }] },
  { title: 'SpO2, %', kind: 'oxygen', height: 52, from: 86, to: 100, ticks: [88, 92, 96, 100], series: [{ sign: 'spo2', shape: 'square', name: '' }] },
  { title: 'Heart rate, per min', kind: 'heart', height: 66, from: 35, to: 135, ticks: [45, 80, 120], series: [{ sign: 'heartRate', shape: 'circle', name: '' }] },
  { title: 'CADSS-6', kind: 'cadss', height: 44, from: 0, to: 24, ticks: [0, 12, 24], series: [{ sign: 'cadss6', shape: 'diamond', name: '' }] },
];

function Dot({ x, y, shape, alarm, standing }: { x: number; y: number; shape: Shape; alarm: boolean; standing: Standing }) {
  const path = {
    down: 'M-5,-5L5,-5L0,4Z',
    up: 'M-5,5L5,5L0,-4Z',
    square: 'M-4,-4H4V4H-4Z',
    diamond: 'M0,-5.5L5,0L0,5.5L-5,0Z',
    circle: 'M-4.5,0a4.5,4.5 0 1,0 9,0a4.5,4.5 0 1,0 -9,0Z',
  }[shape];
  return (
    <g transform={`translate(${x} ${y})`}>
      {standing === 'late' ? <circle className={classes.ring} r={8} /> : null}
      {standing === 'doubt' ? <path className={classes.cross} d="M-5,-5L5,5M5,-5L-5,5" /> : <path className={classes.dot} data-alarm={alarm || undefined} data-standing={standing} d={path} />}
    </g>
  );
}

/** So long after it was taken, a reading was told late. */
const LATE_MS = 60_000;
export const isLate = (reading: Reading) => Date.parse(reading.recordedAt) - Date.parse(reading.takenAt) > LATE_MS;

interface Point {
  at: number;
  v: number;
  alarm: boolean;
  standing: Standing;
}

/** What of a phase lies between the edges of the drawing. */
function stretch(phase: PhaseLimits, phases: readonly PhaseLimits[], began: number, until: number): { from: number; to: number } | undefined {
  if (!phase.from) return undefined;
  const next = phases[phases.indexOf(phase) + 1];
  const from = phase.phase === 'pre-dose' ? began : Date.parse(phase.from);
  // of the phase that goes on, the limits hold as far as is drawn
  const to = phase.until ? Date.parse(phase.until) : next?.from ? Date.parse(next.from) : until;
  return to > from ? { from: Math.max(began, from), to: Math.min(until, to) } : undefined;
}

/**
 * Readings over time: a strip and a shape for each sign; beyond which values an alarm sounds, by phase and by the patient's own
 * baseline, as bands; dose and rescues as marks. The table below it has every value in words.
 */
export function VitalsChart({ session, waiting = [] }: { session: Session; waiting?: readonly Entry[] }) {
  const { ref, width } = useElementSize();
  const now = useNow();
  const zone = useZone();
  const limits = useLimits(session).data;
  if (!session.checkedInAt) return <div className={classes.empty}>Vitals appear here from check-in on.</div>;

  const began = Date.parse(session.checkedInAt);
  const ended = session.discharge ?? session.ending;
  const times = session.vitals.filter((r) => r.doubts.length === 0).map((r) => Date.parse(r.takenAt));
  const newest = Math.max(ended ? Date.parse(ended.at) : isOver(session) ? began : now, ...times);
  const end = plannedEnd(session);
  // room for what comes: a session is about two hours
  const until = Math.max(newest, session.dischargeNotBefore ? Date.parse(session.dischargeNotBefore) : (end ?? 0), began + 60 * 60_000);
  const inner = Math.max(200, width - LEFT - RIGHT);
  const x = (at: number) => LEFT + ((at - began) / (until - began)) * inner;
  /** Whether a mark's word stands before it: the next one or the edge is too near. */
  const leftOf = (at: number, next?: number) => (next !== undefined && x(next) - x(at) < 74) || x(at) > LEFT + inner - 40;
  const height = TOP + STRIPS.reduce((sum, s) => sum + s.height + GAP, 0);
  const base = height - GAP + 4;
  // as many times as there is room for
  const every = ([15, 30, 60, 120].find((minutes) => (inner / (until - began)) * minutes * 60_000 > 46) ?? 240) * 60_000;
  const hours: number[] = [];
  for (let at = Math.ceil(began / every) * every; at <= until; at += every) hours.push(at);
  const doseFrom = session.doseStartedAt ? Date.parse(session.doseStartedAt) : undefined;
  const doseTo = session.doseEndedAt ? Date.parse(session.doseEndedAt) : undefined;
  const marks = [
    ...session.rescues.map((r) => ({ at: Date.parse(r.at), text: r.drug })),
    ...session.adverseEvents.map((e) => ({ at: Date.parse(e.at), text: humanized(e.effect) })),
  ].filter((m) => m.at <= until);
  const inSight = (at: number) => at >= began && at <= until;
  // on record a moment before it is forgotten here
  const known = new Set(session.vitals.map((r) => r.readingId));
  const toCome = waiting.filter((e) => !known.has(e.id));
  const pointsOf = (sign: Sign): Point[] => [
    ...session.vitals.flatMap((r): Point[] => {
      const v = r[sign];
      const at = Date.parse(r.takenAt);
      if (v === null || v === undefined || !inSight(at)) return [];
      return [{ at, v, alarm: !!limits && breach(limits, at, sign, v) !== undefined, standing: r.doubts.length > 0 ? 'doubt' : isLate(r) ? 'late' : 'counts' }];
    }),
    ...toCome.flatMap((e): Point[] => {
      const v = e.body[sign];
      const at = Date.parse(e.at);
      return typeof v === 'number' && inSight(at) ? [{ at, v, alarm: !!limits && breach(limits, at, sign, v) !== undefined, standing: 'waiting' }] : [];
    }),
  ].sort((one, other) => one.at - other.at);
  const some = new Set(STRIPS.flatMap((s) => s.series.flatMap(({ sign }) => pointsOf(sign).map((p) => p.standing))));
  const own = limits?.baseline;
  let top = TOP;

  return (
    <div ref={ref}>
      <svg className={classes.chart} height={height + 16} viewBox={`0 0 ${LEFT + inner + RIGHT} ${height + 16}`} role="img" aria-label={`Vitals over time, ${session.vitals.length} readings; the table below has every value`}>
        {doseFrom !== undefined ? (
          <g>
            <rect className={classes.dose} x={x(doseFrom)} y={TOP - 6} width={Math.max(1, x(doseTo ?? Math.min(now, until)) - x(doseFrom))} height={base - TOP + 2} />
            {[{ at: doseFrom, text: 'Dose starts' }, ...(doseTo !== undefined ? [{ at: doseTo, text: session.stops.some((s) => s.during === 'dosing') ? 'Dose stopped' : 'Dose ends' }] : end !== undefined && end <= until ? [{ at: end, text: 'Planned end' }] : [])].map((m, i, all) => (
              <g key={m.text}>
                <line className={classes.doseLine} x1={x(m.at)} x2={x(m.at)} y1={14} y2={base - 4} />
                <text className={classes.doseText} x={x(m.at) + (leftOf(m.at, i === 0 ? all[1]?.at : undefined) ? -3 : 3)} y={10} textAnchor={leftOf(m.at, i === 0 ? all[1]?.at : undefined) ? 'end' : 'start'}>
                  {m.text}
                </text>
              </g>
            ))}
          </g>
        ) : null}
        {STRIPS.map((strip) => {
          const y0 = top + 4;
          top += strip.height + GAP;
          const y = (v: number) => y0 + (1 - (Math.min(strip.to, Math.max(strip.from, v)) - strip.from) / (strip.to - strip.from)) * strip.height;
          const points = strip.series.map((s) => ({ ...s, at: pointsOf(s.sign) }));
          return (
            <g key={strip.title} className={classes[strip.kind]}>
              {strip.ticks.map((tick) => (
                <g key={tick}>
                  <line className={classes.grid} x1={LEFT} x2={LEFT + inner} y1={y(tick)} y2={y(tick)} strokeOpacity={0.5} />
                  <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
                    {tick}
                  </text>
                </g>
              ))}
              {limits?.phases.flatMap((phase) => {
                const there = stretch(phase, limits.phases, began, until);
                if (!there) return [];
                const [x1, x2] = [x(there.from), x(there.to)];
                return phase.signs
                  .filter(({ sign }) => strip.series.some((s) => s.sign === sign))
                  .map((edge) => {
                    // between two curves of one strip a limit is a line with its name; at the rim it is a band
                    const several = strip.series.length > 1;
                    const name = strip.series.find((s) => s.sign === edge.sign)?.name ?? '';
                    const atTop = edge.highest != null && edge.sign === strip.series[0]?.sign;
                    const atBottom = edge.lowest != null && edge.sign === strip.series.at(-1)?.sign;
                    return (
                      <g key={`${phase.phase} ${edge.sign}`}>
                        {atTop ? <rect className={classes.limit} x={x1} width={x2 - x1} y={y(strip.to)} height={y(edge.highest ?? 0) - y(strip.to)} /> : null}
                        {atBottom ? <rect className={classes.limit} x={x1} width={x2 - x1} y={y(edge.lowest ?? 0)} height={y(strip.from) - y(edge.lowest ?? 0)} /> : null}
                        {([
                          [edge.highest, edge.highestByBaseline],
                          [edge.lowest, edge.lowestByBaseline],
                        ] as const).map(([at, byBaseline], i) =>
                          at == null ? null : (
                            <g key={i}>
                              <line className={classes.limitLine} data-own={byBaseline || undefined} x1={x1} x2={x2} y1={y(at)} y2={y(at)} />
                              {(several || byBaseline) && x2 - x1 > 150 && (phase.phase !== 'recovering' || several) ? (
                                <text className={classes.limitText} x={x2 - 4} y={y(at) + (i === 0 ? -3 : 10)} textAnchor="end">
                                  {[name, i === 0 ? `to ${at}` : `from ${at}`, byBaseline ? '(own)' : ''].filter(Boolean).join(' ')}
                                </text>
                              ) : null}
                            </g>
                          ),
                        )}
                      </g>
                    );
                  });
              })}
              {own
                ? strip.series.map(({ sign }) => {
                    const value = (own as Partial<Record<Sign, number>>)[sign];
                    return value === undefined ? null : <line key={sign} className={classes.baseline} x1={LEFT} x2={LEFT + inner} y1={y(value)} y2={y(value)} />;
                  })
                : null}
              <text className={classes.title} x={LEFT + 4} y={y0 - 6}>
                {strip.title}
              </text>
              {strip.kind === 'pressure'
                ? points[0]?.at.map((p, i) => {
                    const other = points[1]?.at.find((q) => q.at === p.at);
                    return other ? <line key={i} className={classes.bar} x1={x(p.at)} x2={x(p.at)} y1={y(p.v)} y2={y(other.v)} /> : null;
                  })
                : null}
              {points.map((s) => {
                const counting = s.at.filter((p) => p.standing === 'counts' || p.standing === 'late');
                const last = counting.at(-1);
                return (
                  <g key={s.sign}>
                    {strip.kind === 'pressure' ? null : <polyline className={classes.line} points={counting.map((p) => `${x(p.at)},${y(p.v)}`).join(' ')} />}
                    {s.at.map((p, i) => (
                      <Dot key={i} x={x(p.at)} y={y(p.v)} shape={s.shape} alarm={p.alarm} standing={p.standing} />
                    ))}
                    {last ? (
                      <text className={classes.title} x={LEFT + inner + 8} y={y(last.v) + 4}>
                        {last.v}
                      </text>
                    ) : null}
                  </g>
                );
              })}
            </g>
          );
        })}
        {marks.map((m, i) => (
          <g key={`${m.at} ${m.text}`}>
            <line className={classes.mark} x1={x(m.at)} x2={x(m.at)} y1={TOP - 6} y2={base - 4} />
            <text className={classes.markText} x={x(m.at) + 3} y={base - 8 - (i % 3) * 12}>
              {m.text}
            </text>
          </g>
        ))}
        {now > began && now < until && !isOver(session) ? <line className={classes.now} x1={x(now)} x2={x(now)} y1={TOP - 6} y2={base - 4} /> : null}
        {hours.map((at) => (
          <text key={at} x={x(at)} y={base + 12} textAnchor="middle">
            {timeOf(at, zone)}
          </text>
        ))}
      </svg>
      <ul className={classes.legend} aria-label="Meaning of the marks">
        <li>
          <i data-mark="limit" aria-hidden /> alarm
        </li>
        {own ? (
          <li>
            <i data-mark="own" aria-hidden /> own baseline
          </li>
        ) : null}
        {some.has('late') ? (
          <li>
            <i data-mark="late" aria-hidden /> told late
          </li>
        ) : null}
        {some.has('doubt') ? (
          <li>
            <i data-mark="doubt" aria-hidden>
              ×
            </i>{' '}
            in doubt, counts for nothing
          </li>
        ) : null}
        {some.has('waiting') ? (
          <li>
            <i data-mark="waiting" aria-hidden /> waits to be sent
          </li>
        ) : null}
      </ul>
    </div>
  );
}
