import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';
import classes from './Registration.module.css';

/** Rows that one adds and takes away; none at all is an answer too, and is said in words. */
export function RowsEditor<T>({
  rows,
  onChange,
  blank,
  what,
  none,
  most,
  children,
}: {
  rows: T[];
  onChange: (rows: T[]) => void;
  blank: () => T;
  /** One row, as in "Add a drug". */
  what: string;
  /** What an empty list says when it is saved. */
  none: string;
  most: number;
  children: (row: T, set: (row: T) => void, index: number) => ReactNode;
}) {
  const list = useRef<HTMLDivElement>(null);
  const focus = (index: number) =>
    requestAnimationFrame(() => {
      const row = list.current?.children[index];
      row?.querySelector<HTMLElement>('input, select')?.focus();
    });
  return (
    <div className={classes.rows}>
      <div ref={list}>
        {rows.map((row, index) => (
          // rows have no identity of their own; they are only ever added at the end
          <fieldset key={index} className={classes.rowFields}>
            <legend className="visually-hidden">
              {what} {index + 1}
            </legend>
            <div className={classes.rowInputs}>{children(row, (changed) => onChange(rows.map((old, i) => (i === index ? changed : old))), index)}</div>
            <ActionIcon variant="subtle" color="gray" size={40} aria-label={`Remove ${what} ${index + 1}`} onClick={() => onChange(rows.filter((_, i) => i !== index))}>
              <IconTrash size={18} />
            </ActionIcon>
          </fieldset>
        ))}
      </div>
      {rows.length === 0 ? <p className={classes.none}>{none}</p> : null}
      {rows.length < most ? (
        <Button
          variant="default"
          size="sm"
          leftSection={<IconPlus size={16} />}
          onClick={() => {
            onChange([...rows, blank()]);
            focus(rows.length);
          }}
        >
          Add {/^[aeiou]/.test(what) ? 'an' : 'a'} {what}
        </Button>
      ) : null}
    </div>
  );
}
