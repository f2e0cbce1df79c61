import { IconAlertTriangle, IconCircleCheck, IconClock, IconHandStop, IconInfoCircle, IconPlayerPlay } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './Tone.module.css';

export type Tone = 'danger' | 'hold' | 'waiting' | 'ready' | 'done' | 'info';

const ICONS = {
  danger: IconAlertTriangle,
  hold: IconHandStop,
  waiting: IconClock,
  ready: IconPlayerPlay,
  done: IconCircleCheck,
  info: IconInfoCircle,
} satisfies Record<Tone, unknown>;

/** A state in colour, icon and word; never colour alone. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  const Icon = ICONS[tone];
  return (
    <span className={classes.badge} data-tone={tone}>
      <Icon size={14} stroke={2} aria-hidden />
      <span>{children}</span>
    </span>
  );
}

/** A message across its container, announced to screen readers: at once for danger, politely otherwise. */
export function Banner({ tone, title, children, actions }: { tone: Tone; title: ReactNode; children?: ReactNode; actions?: ReactNode }) {
  const Icon = ICONS[tone];
  return (
    <div className={classes.banner} data-tone={tone} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon size={20} stroke={1.8} aria-hidden className={classes.bannerIcon} />
      <div className={classes.bannerText}>
        <strong>{title}</strong>
        {children ? <div>{children}</div> : null}
      </div>
      {actions ? <div className={classes.bannerActions}>{actions}</div> : null}
    </div>
  );
}
