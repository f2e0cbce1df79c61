import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const teal: MantineColorsTuple = ['#e9f7f6', '#d3ecea', '#a6d9d6', '#75c5c0', '#4fb4ae', '#2fa49e', '#178f8a', '#0f6e6e', '#0b5a5b', '#064445'];

/** Colour has a meaning or is not there. Each tone comes with an icon and a word, see parts/Tone. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: 7,
  colors: { teal },
  autoContrast: true,
  luminanceThreshold: 0.25,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono", monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.125rem' }, h3: { fontSize: '1rem' } } },
  components: {
    Button: { defaultProps: { loaderProps: { type: 'dots' } } },
    // a dialog's heading is no landmark of the page
    Drawer: { defaultProps: { attributes: { header: { role: 'none' } } } },
    Modal: { defaultProps: { attributes: { header: { role: 'none' } } } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
  },
});

/** The tones of parts/Tone, with at least 4.5:1 against their own soft background in both schemes. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f6f7f7',
    '--clinic-surface': '#ffffff',
    '--clinic-line': '#dfe3e4',
    '--mantine-color-dimmed': '#56646b',
    '--mantine-color-error': '#a8071a',
    '--tone-danger': '#a8071a',
    '--tone-danger-soft': '#fff0f0',
    '--tone-hold': '#8a4b00',
    '--tone-hold-soft': '#fff3e0',
    '--tone-waiting': '#4a5560',
    '--tone-waiting-soft': '#eef1f3',
    '--tone-ready': '#0b5a5b',
    '--tone-ready-soft': '#e3f4f2',
    '--tone-done': '#2b6a1e',
    '--tone-done-soft': '#ebf7e6',
    '--tone-info': '#1b4f99',
    '--tone-info-soft': '#eaf2fd',
  },
  dark: {
    '--mantine-color-body': '#14181a',
    '--clinic-surface': '#1d2326',
    '--clinic-line': '#343d42',
    '--mantine-color-dimmed': '#a3b0b7',
    '--mantine-color-error': '#ffa8a8',
    '--tone-danger': '#ffa8a8',
    '--tone-danger-soft': '#461a1d',
    '--tone-hold': '#ffcf8f',
    '--tone-hold-soft': '#40300f',
    '--tone-waiting': '#c0cad1',
    '--tone-waiting-soft': '#2a3237',
    '--tone-ready': '#8ce0d8',
    '--tone-ready-soft': '#123a39',
    '--tone-done': '#a9e29a',
    '--tone-done-soft': '#1d3718',
    '--tone-info': '#a5c8ff',
    '--tone-info-soft': '#1a2d49',
  },
});
