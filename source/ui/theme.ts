// Turns styled spans into terminal text: a theme maps each colour role to paint, for a palette and a number of colours.
import {Chalk, type ChalkInstance} from 'chalk';
import type {Line, Role, Span} from '../view/span.ts';
import {painted, terminal, type Written} from '../words/written.ts';
import {
  type BasicPalette,
  type BasicStyle,
  mono,
  palettes,
  sixteenColours,
  type ThemeName,
} from './palettes.ts';

/** How many colours the terminal shows; `mono` means text attributes only, as for NO_COLOR. */
export type ColourDepth = 'true' | '256' | '16' | 'mono';

/** The environment variables (`process.env`), from which colours, background and locale are read. */
export type ColourEnvironment = {readonly [name: string]: string | undefined};

type Paint = (text: string) => string;

export type Theme = {paint(span: Span): Paint};

// The levels of chalk. Attributes need a level above 0, so `mono` has level 1 and calls no colours.
const levels = {true: 3, '256': 2, '16': 1, mono: 1} as const;

function basicPaint(chalk: ChalkInstance, style: BasicStyle): ChalkInstance {
  let paint = style.colour === 'default' ? chalk : chalk[style.colour];
  if (style.bold) paint = paint.bold;
  if (style.underline) paint = paint.underline;
  if (style.inverse) paint = paint.inverse;
  return paint;
}

function roleToChalk(
  chalk: ChalkInstance,
  name: ThemeName,
  depth: ColourDepth,
): (role: Role) => ChalkInstance {
  if (depth === 'true' || depth === '256') {
    const palette = palettes[name];
    return (role) => (role === 'control' ? chalk.hex(palette[role]).bold : chalk.hex(palette[role]));
  }
  const basic: BasicPalette =
    depth === 'mono' ? mono : name.endsWith('light') ? sixteenColours.light : sixteenColours.dark;
  return (role) => basicPaint(chalk, basic[role]);
}

function makeTheme(name: ThemeName, depth: ColourDepth): Theme {
  const chalk = new Chalk({level: levels[depth]});
  const ofRole = roleToChalk(chalk, name, depth);
  const select = (paint: ChalkInstance): ChalkInstance =>
    depth === 'true' || depth === '256' ? paint.bgHex(palettes[name].selection) : paint.inverse;
  const paints = new Map<string, Paint>();
  return {
    paint({role, bold, selected}) {
      const key = `${role}${bold ? '+' : ''}${selected ? '#' : ''}`;
      const known = paints.get(key);
      if (known !== undefined) return known;
      let paint = ofRole(role);
      if (bold) paint = paint.bold;
      if (selected) paint = select(paint);
      paints.set(key, paint);
      return paint;
    },
  };
}

const made = new Map<string, Theme>();

export function themeOf(name: ThemeName, depth: ColourDepth): Theme {
  const key = `${depth}/${name}`;
  const theme = made.get(key) ?? makeTheme(name, depth);
  made.set(key, theme);
  return theme;
}

/** Returns a line of spans as text with the terminal's colours; no other code makes such text. */
export function styleLine(line: Line, theme: Theme): Written<'terminal'> {
  return terminal.join(line.map((span) => painted(span.text, theme.paint(span))));
}

/** Returns how many colours to use: FORCE_COLOR decides first, then NO_COLOR, then what the environment says about the terminal. */
export function colourDepth(env: ColourEnvironment): ColourDepth {
  const force = env['FORCE_COLOR'];
  if (force === undefined) return (env['NO_COLOR'] ?? '') === '' ? terminalDepth(env) : 'mono';
  if (force === '0' || force === 'false') return 'mono';
  if (force === '1') return '16';
  if (force === '2') return '256';
  if (force === '3') return 'true';
  // `FORCE_COLOR=` and `FORCE_COLOR=true` ask for colours without saying how many.
  const depth = terminalDepth(env);
  return depth === 'mono' ? '16' : depth;
}

function terminalDepth(env: ColourEnvironment): ColourDepth {
  const term = env['TERM'] ?? '';
  if (term === 'dumb') return 'mono';
  if (/^(truecolor|24bit)$/.test(env['COLORTERM'] ?? '')) return 'true';
  if (/-direct$|kitty|ghostty|alacritty|wezterm/.test(term)) return 'true';
  if (env['WT_SESSION'] !== undefined || /^(iTerm\.app|WezTerm)$/.test(env['TERM_PROGRAM'] ?? ''))
    return 'true';
  return term.includes('256') ? '256' : '16';
}
