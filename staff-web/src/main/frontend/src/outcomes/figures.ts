import type { components } from '../api/generated/intake';

export type Figures = components['schemas']['CohortFigures'];

export const percent = (rate: number | null | undefined) => (rate == null ? '–' : `${Math.round(rate * 100)} %`);
export const shown = (value: number | null | undefined) => (value == null ? '–' : String(value));
