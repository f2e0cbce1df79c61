export interface Amount {
  cents: number;
  currency: string;
}

/** Always with currency and two places, tabular. Cents are whole, so nothing is rounded here. */
export const money = ({ cents, currency }: Amount) => {
  const sign = cents < 0 ? '−' : '';
  const whole = Math.trunc(Math.abs(cents) / 100).toLocaleString('en-US');
  const rest = String(Math.abs(cents) % 100).padStart(2, '0');
  return `${sign}${currency === 'USD' ? '$' : `${currency} `}${whole}.${rest}`;
};

export function Money({ of, strong }: { of: Amount; strong?: boolean }) {
  return <span style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap', fontWeight: strong ? 650 : undefined }}>{money(of)}</span>;
}
