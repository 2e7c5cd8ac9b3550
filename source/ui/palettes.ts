// The six palettes of colours, and their replacements on terminals with 16 colours or none.
import type {Role} from '../view/span.ts';

/** The names of the themes, in the order in which the `T` key goes through them. */
export const themeNames = [
  'dark',
  'light',
  'colour-blind-dark',
  'colour-blind-light',
  'high-contrast-dark',
  'high-contrast-light',
] as const;
export type ThemeName = (typeof themeNames)[number];

type Palette = {readonly [role in Role]: string} & {readonly selection: string};

export const palettes: {readonly [name in ThemeName]: Palette} = {
  dark: {
    text: '#e6e9ef',
    client: '#7cc0ff',
    server: '#f2b36d',
    third: '#c8b0ff',
    attacker: '#ff8ac2',
    data: '#8fdc9a',
    control: '#ffffff',
    warning: '#ff8f85',
    right: '#8fdc9a',
    muted: '#a3adb8',
    accent: '#5fd7c4',
    changed: '#ffe27a',
    selection: '#26384d',
  },
  light: {
    text: '#1f2430',
    client: '#0b5cad',
    server: '#8a4b00',
    third: '#6a3fc0',
    attacker: '#a8115f',
    data: '#1d6b2e',
    control: '#000000',
    warning: '#b3261e',
    right: '#1d6b2e',
    muted: '#5a6472',
    accent: '#00666b',
    changed: '#7a5600',
    selection: '#dcebfd',
  },
  'colour-blind-dark': {
    text: '#e6e9ef',
    client: '#6b97fa',
    server: '#fbe23f',
    third: '#e28bb8',
    attacker: '#fb6e48',
    data: '#54fca6',
    control: '#ffffff',
    warning: '#ff9a5c',
    right: '#54fca6',
    muted: '#a3adb8',
    accent: '#ffffff',
    changed: '#ffffff',
    selection: '#203040',
  },
  'colour-blind-light': {
    text: '#1f2430',
    client: '#051e62',
    server: '#7a6700',
    third: '#a102cc',
    attacker: '#551211',
    data: '#197468',
    control: '#000000',
    warning: '#a33f00',
    right: '#197468',
    muted: '#5a6472',
    accent: '#000000',
    changed: '#000000',
    selection: '#dcebfd',
  },
  'high-contrast-dark': {
    text: '#ffffff',
    client: '#8fd0ff',
    server: '#ffd24a',
    third: '#e0c8ff',
    attacker: '#ffa0d0',
    data: '#9dff9d',
    control: '#ffffff',
    warning: '#ffb0a0',
    right: '#9dff9d',
    muted: '#d0d0d0',
    accent: '#5fffe0',
    changed: '#ffff66',
    selection: '#003b5c',
  },
  'high-contrast-light': {
    text: '#000000',
    client: '#003f8a',
    server: '#5c3200',
    third: '#4a1f9e',
    attacker: '#7d0044',
    data: '#00470f',
    control: '#000000',
    warning: '#8a0000',
    right: '#00470f',
    muted: '#3a3a3a',
    accent: '#004a4a',
    changed: '#4f3800',
    selection: '#d8e8ff',
  },
};

/** The background colour of each theme, for pictures and pages that no terminal shows. */
export const papers: {readonly [name in ThemeName]: string} = {
  dark: '#16181d',
  light: '#ffffff',
  'colour-blind-dark': '#16181d',
  'colour-blind-light': '#ffffff',
  'high-contrast-dark': '#000000',
  'high-contrast-light': '#ffffff',
};

/**
 * The names of the terminal colours that are used where only 16 exist; not bright black, which several popular palettes make nearly
 * invisible.
 */
type BasicColour =
  | 'default'
  | 'cyanBright'
  | 'yellow'
  | 'magentaBright'
  | 'redBright'
  | 'greenBright'
  | 'blue'
  | 'magenta'
  | 'red';

export type BasicStyle = {
  readonly colour: BasicColour;
  readonly bold?: true;
  readonly underline?: true;
  readonly inverse?: true;
};

export type BasicPalette = {readonly [role in Role]: BasicStyle};

const plain: BasicStyle = {colour: 'default'};
const bold: BasicStyle = {colour: 'default', bold: true};

export const sixteenColours: {readonly dark: BasicPalette; readonly light: BasicPalette} = {
  dark: {
    text: plain,
    muted: plain,
    client: {colour: 'cyanBright'},
    server: {colour: 'yellow'},
    third: {colour: 'magentaBright'},
    attacker: {colour: 'redBright', bold: true},
    data: {colour: 'greenBright'},
    control: bold,
    warning: {colour: 'redBright'},
    right: {colour: 'greenBright'},
    accent: bold,
    changed: {colour: 'default', inverse: true},
  },
  light: {
    text: plain,
    muted: plain,
    client: {colour: 'blue'},
    server: {colour: 'magenta'},
    third: plain,
    attacker: {colour: 'red', bold: true},
    data: bold,
    control: bold,
    warning: {colour: 'red'},
    right: bold,
    accent: bold,
    changed: {colour: 'default', inverse: true},
  },
};

/**
 * The attributes of each colour role on a terminal without colours. Host names are bold because their spans say so, but the hosts' lines
 * are not.
 */
export const mono: BasicPalette = {
  text: plain,
  muted: plain,
  client: plain,
  server: plain,
  third: plain,
  attacker: plain,
  data: plain,
  control: bold,
  warning: plain,
  right: bold,
  accent: bold,
  changed: {colour: 'default', underline: true},
};
