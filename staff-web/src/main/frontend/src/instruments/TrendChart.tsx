import { CartesianGrid, Line, LineChart, ReferenceArea, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useZone } from '../live/clock';
import { dateOf } from '../parts/time';
import { bandRanges, bandTone, bandWord, number, type Scale, type TrendPoint } from './model';
import classes from './TrendChart.module.css';

/** A horizontal mark: from there on it is a response, or remission. */
export interface Mark {
  at: number;
  word: string;
}

const DAY = 86_400_000;

/** The values of one scale over time on the instrument's own bands. The table beside it says the same in words. */
export default function TrendChart({ instrument, scale, points, marks }: { instrument: string; scale: Scale; points: TrendPoint[]; marks: Mark[] }) {
  const zone = useZone();
  const data = points.map((p) => ({ at: Date.parse(p.at), value: p.value, band: p.band }));
  const first = data[0]?.at ?? 0;
  const last = data.at(-1)?.at ?? 0;
  const margin = Math.max(DAY, (last - first) * 0.06);
  const ranges = bandRanges(scale);
  const top = scale.kind === 'graded' ? scale.most + 0.5 : scale.most;
  const bottom = scale.kind === 'graded' ? -0.5 : scale.least;
  const day = (at: number) => dateOf(at, zone).replace(/^\w+, /, '').replace(/, \d+$/, '');
  const grades = scale.kind === 'graded';
  return (
    <div className={classes.chart} aria-hidden>
      <ResponsiveContainer width="100%" height={grades ? 180 : 260}>
        <LineChart data={data} margin={{ top: 12, right: ranges.length > 0 && !grades ? 124 : 24, bottom: 4, left: grades ? 56 : -12 }} accessibilityLayer={false}>
          {ranges.map((range) => (
            <ReferenceArea
              key={range.name}
              y1={grades ? range.from - 0.5 : range.from}
              y2={grades ? range.from + 0.5 : range.to}
              x1={first - margin}
              x2={last + margin}
              className={classes.band}
              data-tone={bandTone(scale, range.name)}
              fill={`var(--tone-${bandTone(scale, range.name)}-soft)`}
              fillOpacity={0.85}
              stroke="var(--clinic-line)"
              strokeOpacity={1}
              label={grades ? undefined : { value: bandWord(instrument, range.name), position: 'right', fill: `var(--tone-${bandTone(scale, range.name)})`, fontSize: 11 }}
            />
          ))}
          <CartesianGrid stroke="var(--clinic-line)" strokeDasharray="2 4" vertical={false} />
          <XAxis dataKey="at" type="number" scale="time" domain={[first - margin, last + margin]} ticks={data.length <= 6 ? data.map((d) => d.at) : undefined} tickFormatter={day} tick={{ fontSize: 12, fill: 'var(--mantine-color-dimmed)' }} stroke="var(--clinic-line)" interval="preserveStartEnd" minTickGap={28} />
          <YAxis
            type="number"
            domain={[bottom, top]}
            ticks={grades ? ranges.map((r) => r.from) : [...new Set([scale.least, ...scale.bands.map((b) => b.from), scale.most])]}
            tickFormatter={(value: number) => (grades ? bandWord(instrument, ranges[value]?.name ?? '').replace(/ risk.*/, '') : number(value))}
            tick={{ fontSize: 12, fill: 'var(--mantine-color-dimmed)' }}
            stroke="var(--clinic-line)"
            interval={0}
            width={44}
          />
          {marks.map((mark) => (
            <ReferenceLine key={mark.word} y={mark.at} stroke="var(--tone-ready)" strokeDasharray="6 4" label={{ value: mark.word, position: 'insideBottomLeft', fill: 'var(--tone-ready)', fontSize: 11, fontWeight: 600 }} />
          ))}
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--mantine-color-dimmed)', strokeDasharray: '2 3' }}
            content={({ active, payload }) => {
              const of = payload?.[0]?.payload as (typeof data)[number] | undefined;
              return active && of ? (
                <div className={classes.tip}>
                  <strong>{grades ? bandWord(instrument, of.band ?? '') : number(of.value)}</strong> {grades || !of.band ? '' : bandWord(instrument, of.band)}
                  <div>{dateOf(of.at, zone)}</div>
                </div>
              ) : null;
            }}
          />
          <Line dataKey="value" type="linear" stroke="var(--tone-info)" strokeWidth={2} isAnimationActive={false} dot={{ r: 4.5, fill: 'var(--tone-info)', stroke: 'var(--clinic-surface)', strokeWidth: 1.5 }} activeDot={{ r: 6 }} />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}
