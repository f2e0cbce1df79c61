import { Bar, CartesianGrid, ComposedChart, Legend, Line, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { components } from '../api/generated/intake';
import classes from './Reports.module.css';

/** Mean score, and the shares of response and remission, by the number of sessions. The table below says the same. */
export default function CohortChart({ rows, most, title }: { rows: components['schemas']['SessionFigures'][]; most: number; title: string }) {
  const data = rows.map(({ sessions, figures: f }) => ({
    sessions,
    mean: f.meanValue ?? undefined,
    response: f.responseRate == null ? undefined : Math.round(f.responseRate * 100),
    remission: f.remissionRate == null ? undefined : Math.round(f.remissionRate * 100),
  }));
  const tick = { fontSize: 12, fill: 'var(--mantine-color-dimmed)' };
  return (
    <div className={classes.chart} aria-hidden>
      <ResponsiveContainer width="100%" height={280}>
        <ComposedChart data={data} margin={{ top: 12, right: 8, bottom: 4, left: -8 }} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--clinic-line)" strokeDasharray="2 4" vertical={false} />
          <XAxis dataKey="sessions" tick={tick} stroke="var(--clinic-line)" tickFormatter={(n: number) => `${n} ${n === 1 ? 'session' : 'sessions'}`} />
          <YAxis yAxisId="share" domain={[0, 100]} tick={tick} stroke="var(--clinic-line)" tickFormatter={(n: number) => `${n} %`} width={52} />
          <YAxis yAxisId="mean" orientation="right" domain={[0, most]} tick={tick} stroke="var(--clinic-line)" width={36} />
          <Legend wrapperStyle={{ fontSize: 13 }} itemSorter={null} formatter={(name: string) => <span className={classes.legend}>{name}</span>} />
          <Bar yAxisId="share" dataKey="response" name="Response" fill="color-mix(in srgb, var(--tone-ready) 55%, var(--clinic-surface))" isAnimationActive={false} maxBarSize={36} />
          <Bar yAxisId="share" dataKey="remission" name="Remission" fill="var(--tone-done)" isAnimationActive={false} maxBarSize={36} />
          <Line yAxisId="mean" dataKey="mean" name={`Mean ${title}`} stroke="var(--tone-info)" strokeWidth={2} isAnimationActive={false} connectNulls dot={{ r: 4, fill: 'var(--tone-info)' }} />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}
