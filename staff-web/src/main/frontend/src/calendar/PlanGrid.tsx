import { Button, Popover, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useZone } from '../live/clock';
import { dateOf, dayIn, timeOf, zonedInstant } from '../parts/time';
import { useChairs, useNurses } from '../session/useSession';
import { addDays } from '../today/board';
import { becauseWord, type Block, passedWord, type PassedOver, weeksOf } from './planner';
import classes from './Planner.module.css';

export function useHouseNames() {
  const chairs = useChairs().data;
  const nurses = useNurses().data;
  return {
    ready: chairs !== undefined && nurses !== undefined,
    chair: (id: string) => chairs?.find((c) => c.id === id)?.name ?? '…',
    nurse: (id: string) => nurses?.find((n) => n.id === id)?.name ?? '…',
  };
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const at = (day: string, time: string, zone: string) => new Date(zonedInstant(day, time, zone)).toISOString();

/** Weeks as rows, days as columns, sessions as blocks: solid when booked or kept, dashed as long as they are only a plan. */
export function PlanGrid({ blocks, passed, held = false, busy = false, onMove }: { blocks: readonly Block[]; passed: readonly PassedOver[]; held?: boolean; busy?: boolean; onMove?: (block: Block, startsAt: string) => void }) {
  const zone = useZone();
  const [over, setOver] = useState<string>();
  const [dragged, setDragged] = useState<Block>();
  const weeks = weeksOf(blocks, passed, zone);
  const put = (block: Block, day: string) => onMove?.(block, at(day, timeOf(block.startsAt, zone), zone));
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Plan of the course">
      <table className={classes.grid} aria-busy={busy}>
        <caption className="visually-hidden">Sessions by week and day</caption>
        <thead>
          <tr>
            {WEEKDAYS.map((day) => (
              <th key={day} scope="col">
                {day}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]?.day}>
              {week.map((cell) => (
                <td
                  key={cell.day}
                  data-over={over === cell.day || undefined}
                  data-passed={cell.passed && cell.blocks.length === 0 ? true : undefined}
                  onDragOver={(event) => {
                    if (!dragged || !onMove) return;
                    event.preventDefault();
                    setOver(cell.day);
                  }}
                  onDragLeave={() => setOver(undefined)}
                  onDrop={(event) => {
                    event.preventDefault();
                    setOver(undefined);
                    if (dragged && cell.day !== dayIn(dragged.startsAt, zone)) put(dragged, cell.day);
                    setDragged(undefined);
                  }}
                >
                  <span className={classes.date}>{dateOf(`${cell.day}T12:00:00Z`, 'UTC').replace(/^\w+, |, \d{4}$/g, '')}</span>
                  {cell.blocks.map((block) => (
                    <Ghost
                      key={block.number}
                      block={block}
                      solid={held && !block.changed}
                      busy={busy}
                      {...(onMove && !(held && block.fixed) ? { onMove: (startsAt: string) => onMove(block, startsAt), onStep: (days: number) => put(block, addDays(dayIn(block.startsAt, zone), days)), onDrag: setDragged } : {})}
                    />
                  ))}
                  {cell.passed && cell.blocks.length === 0 ? <small className={classes.passed}>{passedWord(cell.passed)}</small> : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface GhostProps {
  block: Block;
  solid: boolean;
  busy: boolean;
  onMove?: (startsAt: string) => void;
  onStep?: (days: number) => void;
  onDrag?: (block: Block | undefined) => void;
}

function Ghost({ block, solid, busy, onMove, onStep, onDrag }: GhostProps) {
  const zone = useZone();
  const names = useHouseNames();
  const [open, setOpen] = useState(false);
  const words = block.because.map(becauseWord);
  const time = `${timeOf(block.startsAt, zone)} to ${timeOf(block.endsAt, zone)}`;
  const content = (
    <>
      <strong>
        {block.number}. {time}
      </strong>
      <span>
        {names.chair(block.chairId)}, {names.nurse(block.nurseId)}
      </span>
      {block.changed && block.formerStartsAt ? <small>was {dateOf(block.formerStartsAt, zone)}, {timeOf(block.formerStartsAt, zone)}</small> : null}
      {words.length ? <small>{words.join(', ')}</small> : null}
    </>
  );
  if (!onMove || !onStep) {
    return (
      <div className={classes.block} data-solid={solid || undefined} data-changed={block.changed || undefined}>
        {content}
      </div>
    );
  }
  return (
    <Popover opened={open} onChange={setOpen} trapFocus withinPortal returnFocus position="bottom-start">
      <Popover.Target>
        <button
          type="button"
          className={classes.block}
          data-solid={solid || undefined}
          data-changed={block.changed || undefined}
          draggable={!busy}
          disabled={busy}
          aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown Enter"
          onClick={() => setOpen(true)}
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = 'move';
            event.dataTransfer.setData('text/plain', String(block.number));
            onDrag?.(block);
          }}
          onDragEnd={() => onDrag?.(undefined)}
          onKeyDown={(event) => {
            const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
            if (days !== undefined) {
              event.preventDefault();
              onStep(days);
            }
          }}
        >
          {content}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <MoveForm
          block={block}
          onMove={(startsAt) => {
            setOpen(false);
            onMove(startsAt);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function MoveForm({ block, onMove }: { block: Block; onMove: (startsAt: string) => void }) {
  const zone = useZone();
  const [day, setDay] = useState(dayIn(block.startsAt, zone));
  const [time, setTime] = useState(timeOf(block.startsAt, zone));
  return (
    <form
      aria-label={`Move session ${block.number}`}
      className={classes.move}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (day && time) onMove(at(day, time, zone));
      }}
    >
      <TextInput type="date" label="Day" value={day} onChange={(e) => setDay(e.currentTarget.value)} />
      <TextInput type="time" label="Start" step={900} value={time} onChange={(e) => setTime(e.currentTarget.value)} />
      <Button type="submit" size="sm">
        Show what follows
      </Button>
    </form>
  );
}

function grouped<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

/** What was passed over on the chosen days themselves: earlier hours, and why. */
export function Legend({ passed }: { passed: readonly PassedOver[] }) {
  const zone = useZone();
  const hours = passed.filter((p) => p.startsAt);
  if (hours.length === 0) return null;
  const byDay = grouped(hours, (p) => p.day);
  return (
    <details className={classes.why}>
      <summary>Why not earlier on these days</summary>
      <ul>
        {[...byDay].map(([day, moments]) => (
          <li key={day}>
            <strong>{dateOf(`${day}T12:00:00Z`, 'UTC')}</strong>:{' '}
            {[...grouped(moments, (m) => m.rule)].map(([rule, of]) => `${passedWord(rule).toLowerCase()} at ${of.map((m) => timeOf(m.startsAt ?? '', zone)).join(', ')}`).join('; ')}
          </li>
        ))}
      </ul>
    </details>
  );
}
