import { type HTMLInputTypeAttribute, type ReactNode, useId } from 'react';
import classes from './fields.module.css';

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Beside the label: the unit, the last value, the range. */
  aside?: ReactNode;
  note?: ReactNode;
  error?: string | undefined;
  required?: boolean;
}

function Frame({ id, label, aside, note, error, children }: Pick<FieldProps, 'label' | 'aside' | 'note' | 'error'> & { id: string; children: ReactNode }) {
  return (
    <div className={classes.field}>
      <div className={classes.label}>
        <label htmlFor={id}>{label}</label>
        {aside ? <small>{aside}</small> : null}
      </div>
      {children}
      {error ? (
        <div className={classes.error} id={`${id}-error`}>
          {error}
        </div>
      ) : null}
      {note ? <div className={classes.note}>{note}</div> : null}
    </div>
  );
}

export function TextField({ type = 'text', placeholder, ...props }: FieldProps & { type?: HTMLInputTypeAttribute; placeholder?: string }) {
  const id = useId();
  return (
    <Frame id={id} {...props}>
      <input
        id={id}
        className={classes.input}
        type={type}
        value={props.value}
        placeholder={placeholder}
        required={props.required}
        autoComplete="off"
        aria-invalid={props.error ? true : undefined}
        aria-describedby={props.error ? `${id}-error` : undefined}
        onChange={(e) => props.onChange(e.currentTarget.value)}
      />
    </Frame>
  );
}

export function LongField(props: FieldProps) {
  const id = useId();
  return (
    <Frame id={id} {...props}>
      <textarea
        id={id}
        className={classes.input}
        rows={3}
        value={props.value}
        required={props.required}
        aria-invalid={props.error ? true : undefined}
        aria-describedby={props.error ? `${id}-error` : undefined}
        onChange={(e) => props.onChange(e.currentTarget.value)}
      />
    </Frame>
  );
}

/** A decimal number as it is typed; a comma counts as a point. */
export function NumberField(props: FieldProps) {
  const id = useId();
  return (
    <Frame id={id} {...props}>
      <input
        id={id}
        className={classes.input}
        inputMode="decimal"
        value={props.value}
        required={props.required}
        autoComplete="off"
        aria-invalid={props.error ? true : undefined}
        aria-describedby={props.error ? `${id}-error` : undefined}
        onChange={(e) => props.onChange(e.currentTarget.value.replace(',', '.').replace(/[^\d.]/g, ''))}
      />
    </Frame>
  );
}

export const numberOf = (text: string): number | undefined => (text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined);

export function SelectField({ options, ...props }: FieldProps & { options: readonly { value: string; label: string }[] }) {
  const id = useId();
  return (
    <Frame id={id} {...props}>
      <select id={id} className={classes.input} value={props.value} required={props.required} aria-invalid={props.error ? true : undefined} onChange={(e) => props.onChange(e.currentTarget.value)}>
        {props.value === '' ? <option value="" /> : null}
        {options.map((o) => (
          <option key={o.value} value={o.value}>
            {o.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}

/** One of a few, as large buttons. */
export function Choice<V extends string>({
  label,
  value,
  onChange,
  options,
  aside,
  error,
  least,
}: {
  label: string;
  value: V | undefined;
  onChange: (value: V) => void;
  options: readonly { value: V; label: ReactNode }[];
  aside?: ReactNode;
  error?: string | undefined;
  /** Least width of a button, px. */
  least?: number;
}) {
  const name = useId();
  return (
    <fieldset className={classes.field}>
      <legend className={classes.label} style={{ width: '100%', marginBottom: 4 }}>
        <span>{label}</span>
        {aside ? <small>{aside}</small> : null}
      </legend>
      <div className={classes.choices} style={least ? { ['--least' as string]: `${least}px` } : undefined}>
        {options.map((o) => (
          <label key={o.value} className={classes.choice}>
            <input type="radio" name={name} value={o.value} checked={value === o.value} onChange={() => onChange(o.value)} />
            <span>{o.label}</span>
          </label>
        ))}
      </div>
      {error ? <div className={classes.error}>{error}</div> : null}
    </fieldset>
  );
}

export function Check({ label, checked, onChange }: { label: ReactNode; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label className={classes.check}>
      <input type="checkbox" checked={checked} onChange={(e) => onChange(e.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}
