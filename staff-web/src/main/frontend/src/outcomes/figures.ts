import type { components } from '../api/generated/intake';

export type Figures = components['schemas']['CohortFigures'];

export const percent = (rate: number | null | undefined) => (rate == null ? '–' : `${Math.round(rate * 100)} %`);
export const shown = (value: number | null | undefined) => (value == null ? '–' : String(value));
/** Of means no more than one place is meant. */
export const mean = (value: number | null | undefined) => (value == null ? '–' : value.toFixed(1));
export const change = (value: number | null | undefined) => (value == null ? '–' : `${value > 0 ? '+' : value < 0 ? '−' : '±'}${Math.abs(value).toFixed(1)}`);
