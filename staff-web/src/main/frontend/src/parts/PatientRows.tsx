import { Button, CloseButton, Kbd, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import classes from './PatientRows.module.css';

/**
 * A list of patients that is searched and moved through by keys: arrows move between the rows' links (`data-row`), Escape goes back to
 * the field. What is searched for stays in the field, never in an address.
 */
export function usePatientRows() {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 150);
  const [wanted, setWanted] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLTableSectionElement>(null);
  const links = () => [...(list.current?.querySelectorAll<HTMLAnchorElement>('a[data-row]') ?? [])];
  const moved = (event: KeyboardEvent) => {
    const all = links();
    const here = all.indexOf(document.activeElement as HTMLAnchorElement);
    if (event.key === 'Escape') field.current?.focus();
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key];
    // keys in another field of a row are its own
    if (to === undefined || here < 0) return;
    event.preventDefault();
    if (to < 0) field.current?.focus();
    else all[Math.min(to, all.length - 1)]?.focus();
  };
  return { text, setText, asked, wanted, setWanted, field, list, links, moved };
}

type Rows = ReturnType<typeof usePatientRows>;

/** The field; Enter opens the only one who is found, or leads into the list. */
export function PatientSearch({ rows, query, label }: { rows: Rows; query: { isPlaceholderData: boolean; isFetching: boolean }; label: string }) {
  const { text, setText, asked, wanted, setWanted, field, links } = rows;
  // Enter before the answer came opens nobody: the first of an older list may be somebody else
  const current = !query.isPlaceholderData && !query.isFetching && text.trim() === asked;
  useEffect(() => {
    if (!wanted || !current) return;
    setWanted(false);
    const all = links();
    if (all.length === 1) all[0]?.click();
    else all[0]?.focus();
  }, [wanted, current]);
  return (
    <TextInput
      ref={field}
      className={classes.search}
      type="search"
      autoComplete="off"
      spellCheck={false}
      data-page-search
      aria-label={label}
      placeholder="Name, birth date or phone"
      value={text}
      onChange={(event) => {
        setWanted(false);
        setText(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown' || event.key === 'Enter') {
          event.preventDefault();
          if (event.key === 'ArrowDown') links()[0]?.focus();
          else setWanted(true);
        } else if (event.key === 'Escape') setText('');
      }}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={text ? <CloseButton size="sm" aria-label="Clear search" onClick={() => setText('')} /> : <Kbd size="xs">/</Kbd>}
    />
  );
}

/** How many there are, more of them, and the keys. */
export function PatientFoot({ count, query }: { count: number; query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown } }) {
  return (
    <div className={classes.foot}>
      <span role="status">
        {count} {count === 1 ? 'patient' : 'patients'}
        {query.hasNextPage ? ' so far' : ''}
      </span>
      {query.hasNextPage ? (
        <Button variant="default" size="sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show more
        </Button>
      ) : null}
      <span className={classes.hint}>
        <Kbd size="xs">↑</Kbd>
        <Kbd size="xs">↓</Kbd> move, <Kbd size="xs">Enter</Kbd> opens
      </span>
    </div>
  );
}
