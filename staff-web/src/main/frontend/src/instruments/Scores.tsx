import { Badge } from '../parts/Tone';
import { bandRanges, bandTone, bandWord, cutWord, number, type Scale, scaleWord, type Score, signed } from './model';
import classes from './Scores.module.css';

/** The value of one scale with its band, on the whole range of the instrument. */
export function ScaleScore({
  instrument,
  scale,
  value,
  band,
  cuts,
  before,
  provisional,
  alone,
  progress,
}: {
  instrument: string;
  scale: Scale;
  value: number | undefined;
  band: string | null | undefined;
  cuts: string[];
  /** The value of the time before. */
  before?: number | undefined;
  /** True as long as the server has not scored it. */
  provisional?: boolean;
  /** True when the instrument has no other scale: its name says nothing then. */
  alone: boolean;
  progress?: Pick<Score, 'answered' | 'of'>;
}) {
  const graded = scale.kind === 'graded';
  return (
    <div className={classes.scale}>
      {alone ? null : <div className={classes.name}>{scaleWord(scale.id)}</div>}
      <div className={classes.line}>
        {graded ? null : (
          <span className={classes.value}>
            {value === undefined ? '–' : number(value)}
            <small>
              {' '}
              {scale.kind === 'mean' ? 'mean, ' : ''}of {number(scale.most)}
            </small>
          </span>
        )}
        {band && value !== undefined ? <Badge tone={bandTone(scale, band)}>{bandWord(instrument, band)}</Badge> : null}
        {cuts.filter((cut) => cut !== 'positive' || scale.bands.length === 0).map((cut) => (
          <Badge key={cut} tone="hold">
            {cutWord(cut)}
          </Badge>
        ))}
        {before !== undefined && value !== undefined && !graded ? <span className={classes.before}>{signed(Math.round((value - before) * 100) / 100)} since last</span> : null}
      </div>
      {scale.bands.length > 1 ? <Strip scale={scale} value={value} instrument={instrument} /> : null}
      {provisional ? (
        <div className={classes.provisional}>
          {progress && progress.answered < progress.of ? `Provisional: ${progress.answered} of ${progress.of} answered` : 'Provisional until the server has scored it'}
        </div>
      ) : null}
    </div>
  );
}

/** The bands side by side, the reached one lit. */
function Strip({ scale, value, instrument }: { scale: Scale; value: number | undefined; instrument: string }) {
  const ranges = bandRanges(scale);
  return (
    <div className={classes.strip} aria-hidden>
      {ranges.map((range) => {
        const lit = value !== undefined && value >= range.from && (value < range.to || range === ranges.at(-1));
        return (
          <span key={range.name} style={{ flexGrow: Math.max(1, range.to - range.from) }} data-tone={bandTone(scale, range.name)} data-lit={lit || undefined} title={bandWord(instrument, range.name)} />
        );
      })}
    </div>
  );
}
