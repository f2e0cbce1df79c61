import { Autocomplete, Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { body, intake } from '../api/clients';
import { Badge } from '../parts/Tone';
import { className } from './words';
import classes from './DrugsField.module.css';

const HOURS = 60 * 60_000;

/** How the clinic's list understands each name, and what else might be meant. */
export function useUnderstood(names: string[]) {
  return useQueries({
    queries: names.map((name) => ({
      queryKey: ['drugs', 'understood', name.toLowerCase()],
      queryFn: () => body(intake.GET('/api/drugs/normalised', { params: { query: { name } } })),
      staleTime: HOURS,
      enabled: name.trim().length > 0,
    })),
  });
}

/** What the rules know of one drug, in a line: its ingredient and classes, or that it is not on the list. */
export function DrugMeaning({ name, onReplace }: { name: string; onReplace?: (other: string) => void }) {
  const [understood] = useUnderstood([name]);
  const data = understood?.data;
  if (!data) return null;
  if (data.drug.known) {
    const ingredients = data.drug.ingredients.filter((i) => i.toLowerCase() !== name.toLowerCase());
    return (
      <span className={classes.meaning}>
        {ingredients.length > 0 ? `= ${ingredients.join(' + ')}` : ''}
        {data.drug.classes.length > 0 ? <Badge tone="hold">{data.drug.classes.map(className).join(', ')}</Badge> : null}
      </span>
    );
  }
  return (
    <span className={classes.meaning}>
      <Badge tone="hold">Not on the list: needs review</Badge>
      {data.suggestions.length > 0 && onReplace ? (
        <>
          <span>Meant:</span>
          {data.suggestions.slice(0, 3).map((other) => (
            <Button key={other} size="compact-xs" variant="default" onClick={() => onReplace(other)}>
              {other}
            </Button>
          ))}
        </>
      ) : null}
    </span>
  );
}

/** Drugs that are taken now: typed with suggestions, each shown as the rules will understand it. Nothing is mapped silently. */
export function DrugsField({ value, onChange, error }: { value: string[]; onChange: (drugs: string[]) => void; error?: string | undefined }) {
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 150);
  const found = useQuery({
    queryKey: ['drugs', 'beginning', asked.toLowerCase()],
    queryFn: () => body(intake.GET('/api/drugs', { params: { query: { q: asked } } })),
    staleTime: HOURS,
    enabled: asked.length >= 2,
    placeholderData: keepPreviousData,
  });
  const add = (name: string) => {
    const clean = name.trim();
    if (clean && !value.some((v) => v.toLowerCase() === clean.toLowerCase())) onChange([...value, clean]);
    setTyped('');
  };
  const options = asked.length >= 2 ? [...new Set((found.data?.items ?? []).flatMap((d) => [d.name, ...d.otherNames.filter((o) => o.toLowerCase().startsWith(asked.toLowerCase()))]))] : [];
  return (
    <div className={classes.field}>
      <div className={classes.enter}>
        <Autocomplete
          label="Drugs taken now"
          description="Generic, brand or Spanish name; Enter after each. Leave empty when none is taken"
          value={typed}
          onChange={setTyped}
          onOptionSubmit={(name) => {
            add(name);
            // the field writes the chosen name after this
            requestAnimationFrame(() => setTyped(''));
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && typed.trim()) {
              event.preventDefault();
              add(typed);
            }
          }}
          onBlur={() => add(typed)}
          data={options.filter((o) => !value.includes(o)).slice(0, 12)}
          filter={({ options: all }) => all}
          maxLength={100}
          autoComplete="off"
          error={error}
        />
      </div>
      {value.length > 0 ? (
        <ul className={classes.drugs} aria-label="Drugs taken now">
          {value.map((name) => (
            <li key={name}>
              <strong>{name}</strong>
              <DrugMeaning name={name} onReplace={(other) => onChange(value.map((v) => (v === name ? other : v)))} />
              <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChange(value.filter((v) => v !== name))} aria-label={`Remove ${name}`}>
                Remove
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
