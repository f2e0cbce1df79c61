import { useElementSize } from '@mantine/hooks';
import { PROTOCOL } from '../api/generated/protocol';
import { useNow, useZone } from '../live/clock';
import { timeOf } from '../parts/time';
import { breaks, counted, humanized, isOver, plannedEnd, type Reading, type Session, type Sign } from './model';
import classes from './VitalsChart.module.css';

const LIMITS = PROTOCOL['vitals-limits'];
const a = LIMITS.alarm;
const LEFT = 34;
const RIGHT = 44;
const TOP = 34;
const GAP = 24;

type Shape = 'up' | 'down' | 'circle' | 'square' | 'diamond';
interface Strip {
  title: string;
  kind: keyof typeof classes & string;
  height: number;
  from: number;
  to: number;
  ticks: number[];
  series: { sign: Sign; shape: Shape }[];
  /** Values beyond which an alarm sounds: below, above. */
  below?: number;
  above?: number;
  /** Limits of one series among several: lines with words, no band. */
  lines?: { at: number; text: string }[];
}
const STRIPS: Strip[] = [
  { title: 'Blood pressure, mmHg', kind: 'pressure', height: 120, from: 40, to: 200, ticks: [60, 90, 120, 150, 180], series: [{ sign: 'systolic', shape: 'down' }, { sign: 'diastolic', shape: 'up' }], above: a.systolicAbove, lines: [{ at: a.systolicBelow, text: `systolic below ${a.systolicBelow}` }, { at: a.diastolicAbove, text: `diastolic above ${a.diastolicAbove}` }] },
  { title: 'SpO2, %', kind: 'oxygen', height: 56, from: 86, to: 100, ticks: [a.spo2Below, 96, 100], series: [{ sign: 'spo2', shape: 'square' }], below: a.spo2Below },
  { title: 'Heart rate, per min', kind: 'heart', height: 70, from: 35, to: 135, ticks: [a.heartRateBelow, 80, a.heartRateAbove], series: [{ sign: 'heartRate', shape: 'circle' }], below: a.heartRateBelow, above: a.heartRateAbove },
  { title: 'CADSS-6', kind: 'cadss', height: 50, from: 0, to: 24, ticks: [0, 12, 24], series: [{ sign: 'cadss6', shape: 'diamond' }] },
];

function Dot({ x, y, shape, alarm }: { x: number; y: number; shape: Shape; alarm: boolean }) {
  const path = {
    down: 'M-5,-5L5,-5L0,4Z',
    up: 'M-5,5L5,5L0,-4Z',
    square: 'M-4,-4H4V4H-4Z',
    diamond: 'M0,-5.5L5,0L0,5.5L-5,0Z',
    circle: 'M-4.5,0a4.5,4.5 0 1,0 9,0a4.5,4.5 0 1,0 -9,0Z',
  }[shape];
  return <path className={classes.dot} data-alarm={alarm || undefined} d={path} transform={`translate(${x} ${y})`} />;
}

/** Readings over time: a strip and a shape for each sign, the alarm limits as bands, dose and rescues as marks. */
export function VitalsChart({ session }: { session: Session }) {
  const { ref, width } = useElementSize();
  const now = useNow();
  const zone = useZone();
  // what is in doubt stands in the table, with its doubt
  const readings = counted(session.vitals);
  if (!session.checkedInAt) return <div className={classes.empty}>Vitals appear here from check-in on.</div>;

  const began = Date.parse(session.checkedInAt);
  const ended = session.discharge ?? session.ending;
  const newest = Math.max(ended ? Date.parse(ended.at) : isOver(session) ? began : now, ...readings.map((r) => Date.parse(r.takenAt)));
  const end = plannedEnd(session);
  // room for what comes: a session is about two hours
  const until = Math.max(newest, session.dischargeNotBefore ? Date.parse(session.dischargeNotBefore) : (end ?? 0), began + 60 * 60_000);
  const inner = Math.max(200, width - LEFT - RIGHT);
  const x = (at: number) => LEFT + ((at - began) / (until - began)) * inner;
  const height = TOP + STRIPS.reduce((sum, s) => sum + s.height + GAP, 0);
  const base = height - GAP + 4;
  const every = (until - began > 3 * 3_600_000 ? 30 : 15) * 60_000;
  const hours: number[] = [];
  for (let at = Math.ceil(began / every) * every; at <= until; at += every) hours.push(at);
  // bands are drawn for the limits that the readings were judged by
  const same = readings.every((r) => r.limits === `${LIMITS.id}@${LIMITS.version}`);
  const doseFrom = session.doseStartedAt ? Date.parse(session.doseStartedAt) : undefined;
  const doseTo = session.doseEndedAt ? Date.parse(session.doseEndedAt) : undefined;
  const marks = [
    ...session.rescues.map((r) => ({ at: Date.parse(r.at), text: r.drug })),
    ...session.adverseEvents.map((e) => ({ at: Date.parse(e.at), text: humanized(e.effect) })),
  ].filter((m) => m.at <= until);
  let top = TOP;
  const value = (reading: Reading, sign: Sign) => reading[sign] ?? undefined;

  return (
    <div ref={ref}>
      <svg className={classes.chart} height={height + 16} viewBox={`0 0 ${LEFT + inner + RIGHT} ${height + 16}`} role="img" aria-label={`Vitals over time, ${readings.length} readings; the table below has every value`}>
        {doseFrom !== undefined ? (
          <g>
            <rect className={classes.dose} x={x(doseFrom)} y={TOP - 6} width={Math.max(1, x(doseTo ?? Math.min(now, until)) - x(doseFrom))} height={base - TOP + 2} />
            {[{ at: doseFrom, text: 'Dose starts' }, ...(doseTo !== undefined ? [{ at: doseTo, text: session.stops.some((s) => s.during === 'dosing') ? 'Dose stopped' : 'Dose ends' }] : end !== undefined && end <= until ? [{ at: end, text: 'Planned end' }] : [])].map((m) => (
              <g key={m.text}>
                <line className={classes.doseLine} x1={x(m.at)} x2={x(m.at)} y1={14} y2={base - 4} />
                <text className={classes.doseText} x={x(m.at) + 3} y={10}>
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
          const points = strip.series.map((s) => ({ ...s, at: readings.flatMap((r) => (value(r, s.sign) === undefined ? [] : [{ x: x(Date.parse(r.takenAt)), v: value(r, s.sign) as number }])) }));
          return (
            <g key={strip.title} className={classes[strip.kind]}>
              {same && strip.above !== undefined ? <rect className={classes.limit} x={LEFT} width={inner} y={y(strip.to)} height={y(strip.above) - y(strip.to)} /> : null}
              {same && strip.below !== undefined ? <rect className={classes.limit} x={LEFT} width={inner} y={y(strip.below)} height={y(strip.from) - y(strip.below)} /> : null}
              {same ? [strip.above, strip.below].map((limit) => (limit === undefined ? null : <line key={limit} className={classes.limitLine} x1={LEFT} x2={LEFT + inner} y1={y(limit)} y2={y(limit)} />)) : null}
              {same
                ? strip.lines?.map((line) => (
                    <g key={line.text}>
                      <line className={classes.limitLine} x1={LEFT} x2={LEFT + inner} y1={y(line.at)} y2={y(line.at)} />
                      <text className={classes.limitText} x={LEFT + inner - 4} y={y(line.at) - 3} textAnchor="end">
                        {line.text}
                      </text>
                    </g>
                  ))
                : null}
              {strip.ticks.map((tick) => (
                <g key={tick}>
                  <line className={classes.grid} x1={LEFT} x2={LEFT + inner} y1={y(tick)} y2={y(tick)} strokeOpacity={0.5} />
                  <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
                    {tick}
                  </text>
                </g>
              ))}
              <text className={classes.title} x={LEFT + 4} y={y0 - 5}>
                {strip.title}
              </text>
              {strip.kind === 'pressure' ? points[0]?.at.map((p, i) => <line key={p.x} className={classes.bar} x1={p.x} x2={p.x} y1={y(p.v)} y2={y(points[1]?.at[i]?.v ?? p.v)} />) : null}
              {points.map((s) => (
                <g key={s.sign}>
                  {strip.kind === 'pressure' ? null : <polyline className={classes.line} points={s.at.map((p) => `${p.x},${y(p.v)}`).join(' ')} />}
                  {s.at.map((p) => (
                    <Dot key={p.x} x={p.x} y={y(p.v)} shape={s.shape} alarm={same && breaks(s.sign, p.v) !== undefined} />
                  ))}
                  {s.at.length > 0 ? (
                    <text className={classes.title} x={LEFT + inner + 8} y={y(s.at.at(-1)?.v ?? 0) + 4}>
                      {s.at.at(-1)?.v}
                    </text>
                  ) : null}
                </g>
              ))}
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
    </div>
  );
}
