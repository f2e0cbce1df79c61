import { type ReactNode, useId } from 'react';
import { useSpeech } from './Frame';

interface TextProps {
  label: string;
  value: string;
  set: (value: string) => void;
  hint?: string;
  wrong?: string | undefined;
  optional?: boolean;
  type?: 'text' | 'email' | 'tel' | 'date' | 'number';
  autoComplete?: string;
  lines?: boolean;
  max?: number;
}

export function TextField({ label, value, set, hint, wrong, optional, type = 'text', autoComplete = 'off', lines, max = 100 }: TextProps) {
  const { w } = useSpeech();
  const id = useId();
  const about = [hint ? `${id}-hint` : '', wrong ? `${id}-wrong` : ''].filter(Boolean).join(' ') || undefined;
  const common = {
    id,
    value,
    maxLength: max,
    autoComplete,
    'aria-describedby': about,
    'aria-invalid': wrong ? true : undefined,
    'aria-required': optional ? undefined : true,
  };
  return (
    <div className="field">
      <label htmlFor={id}>
        {label} {optional && <small style={{ display: 'inline' }}>({w.optional})</small>}
      </label>
      {hint && <small id={`${id}-hint`}>{hint}</small>}
      {lines ? (
        <textarea {...common} onChange={(e) => set(e.target.value)} />
      ) : (
        <input {...common} type={type} inputMode={type === 'number' ? 'numeric' : undefined} onChange={(e) => set(e.target.value)} />
      )}
      {wrong && (
        <p className="wrong" id={`${id}-wrong`}>
          {wrong}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps {
  name: string;
  title: ReactNode;
  hint?: string;
  options: Record<string, string>;
  value: string | null;
  set: (code: string) => void;
}

/** One of several. */
export function Choices({ name, title, hint, options, value, set }: ChoiceProps) {
  return (
    <fieldset>
      <legend>{title}</legend>
      {hint && <p className="soft">{hint}</p>}
      {Object.entries(options).map(([code, text]) => (
        <label className="choice" key={code}>
          <input type="radio" name={name} value={code} checked={value === code} onChange={() => set(code)} />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface TicksProps {
  title?: ReactNode;
  options: Record<string, string>;
  chosen: readonly string[];
  set: (codes: string[]) => void;
}

/** As many as apply. */
export function Ticks({ title, options, chosen, set }: TicksProps) {
  return (
    <fieldset>
      {title && <legend>{title}</legend>}
      {Object.entries(options).map(([code, text]) => (
        <label className="choice" key={code}>
          <input
            type="checkbox"
            checked={chosen.includes(code)}
            onChange={(e) => set(e.target.checked ? [...chosen, code] : chosen.filter((c) => c !== code))}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function Tick({ label, checked, set }: { label: string; checked: boolean; set: (checked: boolean) => void }) {
  return (
    <label className="choice">
      <input type="checkbox" checked={checked} onChange={(e) => set(e.target.checked)} />
      <span>{label}</span>
    </label>
  );
}
