import {
  ActionIcon,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  Menu,
  Modal,
  Radio,
  Tooltip,
} from '@mantine/core'
import classes from './theme.module.css'

const teal: MantineColorsTuple = [
  '#e6f7f4',
  '#d3ece8',
  '#a9dcd4',
  '#7dcfc2',
  '#5cc7b6',
  '#4cc2b0',
  '#2fa594',
  '#158f80',
  '#0c7d70',
  '#076b5f',
]
/** From text to the deepest background, as Mantine numbers them. */
const slate: MantineColorsTuple = [
  '#d7dee7',
  '#b9c4d0',
  '#93a2b3',
  '#8292a4',
  '#2b3642',
  '#232c37',
  '#1b232c',
  '#141a21',
  '#0f1419',
  '#0b0f13',
]

/** Calm, dense, one accent. */
export const theme = createTheme({
  primaryColor: 'mooring',
  primaryShade: { light: 8, dark: 5 },
  // Which text is readable on the accent depends on the scheme, which Mantine's own contrast does not know.
  variantColorResolver: (input) => {
    const colours = defaultVariantColorsResolver(input)
    const onAccent = input.variant === 'filled' && (input.color === undefined || input.color === 'mooring')
    return onAccent ? { ...colours, color: 'var(--mooring-on-accent)' } : colours
  },
  colors: { mooring: teal, dark: slate },
  black: '#1d2731',
  fontFamily: 'Inter, system-ui, "Segoe UI", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: '"JetBrains Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '16px' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Checkbox: Checkbox.extend({ classNames: { input: classes.box ?? '' } }),
    Radio: Radio.extend({ classNames: { radio: classes.box ?? '' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: true } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', withInitialFocusPlaceholder: false, transitionProps: { duration: 0 } } }),
    Modal: Modal.extend({ defaultProps: { centered: true, transitionProps: { duration: 100 } }, styles: { title: { fontWeight: 600 } } }),
  },
})

/** What Mantine has no name for: the panels around the work, lines, and the colours of states. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  dark: {
    '--mantine-color-mooring-light': '#1c3a39',
    '--mantine-color-mooring-light-hover': '#234645',
    '--mantine-color-mooring-light-color': '#6fd3c3',
    '--mantine-color-yellow-light': 'rgb(224 177 90 / 13%)',
    '--mantine-color-yellow-light-color': '#efcb84',
    '--mantine-color-orange-light': 'rgb(230 150 80 / 14%)',
    '--mantine-color-orange-light-color': '#f2b183',
    '--mantine-color-red-light': 'rgb(238 128 121 / 13%)',
    '--mantine-color-red-light-color': '#f5a8a2',
    '--mantine-color-error': '#ee8079',
    '--mantine-color-red-filled': '#c4413b',
    '--mantine-color-red-filled-hover': '#b33a34',
    '--mooring-on-accent': '#06231f',
    '--mooring-panel': 'var(--mantine-color-dark-7)',
    '--mooring-work': 'var(--mantine-color-dark-8)',
    '--mooring-line': '#26303b',
    '--mooring-selected': '#1c3a39',
    '--mooring-hover': 'var(--mantine-color-dark-6)',
    '--mooring-ok': '#58c98b',
    '--mooring-warn': '#e0b15a',
    '--mooring-bad': '#ee8079',
    '--mooring-faint': 'var(--mantine-color-dark-3)',
  },
  light: {
    '--mantine-color-red-light': '#fdf0ef',
    '--mantine-color-red-light-color': '#a8332c',
    '--mantine-color-yellow-light': '#fdf6e3',
    '--mantine-color-yellow-light-color': '#80560a',
    '--mantine-color-error': '#b93a33',
    '--mantine-color-orange-light': '#fff0e0',
    '--mantine-color-orange-light-color': '#973c06',
    '--mantine-color-body': '#fafbfc',
    '--mantine-color-dimmed': '#566473',
    '--mantine-color-placeholder': '#687685',
    '--mooring-on-accent': '#ffffff',
    '--mooring-panel': '#fafbfc',
    '--mooring-work': '#ffffff',
    '--mooring-line': '#dde3e9',
    '--mooring-selected': '#d3ece8',
    '--mooring-hover': '#eef1f4',
    '--mooring-ok': '#1e7a4a',
    '--mooring-warn': '#946107',
    '--mooring-bad': '#b93a33',
    '--mooring-faint': '#687685',
  },
})
