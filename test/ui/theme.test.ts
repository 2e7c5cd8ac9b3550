// Colours against the table of the visual design: contrast is computed here by WCAG 2.1, not taken from it.
import {expect, test} from 'vitest';
import {palettes, themeNames} from '../../source/ui/palettes.ts';
import {colourDepth, styleLine, themeOf} from '../../source/ui/theme.ts';
import type {Role} from '../../source/view/span.ts';

const roles = [
  'text',
  'client',
  'server',
  'third',
  'attacker',
  'data',
  'control',
  'warning',
  'muted',
  'accent',
  'changed',
  'right',
] as const satisfies readonly Role[];

// The ratios that the design states, in the order of `roles`; last, the lowest role on the selection.
const stated = {
  dark: [11.5, 7.2, 7.6, 7.4, 6.4, 8.6, 14.0, 6.3, 6.2, 8.0, 10.9, 8.6, 5.3],
  light: [13.7, 5.9, 6.0, 6.0, 6.4, 5.8, 18.6, 5.8, 5.3, 6.0, 5.9, 5.8, 5.0],
  'colour-blind-dark': [11.5, 5.0, 10.7, 5.7, 5.0, 10.6, 14.0, 6.7, 6.2, 14.0, 14.0, 10.6, 4.8],
  'colour-blind-light': [13.7, 13.6, 4.9, 5.5, 12.5, 5.0, 18.6, 5.7, 5.3, 18.6, 18.6, 5.0, 4.6],
  'high-contrast-dark': [21.0, 12.6, 14.6, 13.9, 11.2, 17.2, 21.0, 12.0, 13.6, 16.9, 19.7, 17.2, 6.3],
  'high-contrast-light': [21.0, 10.1, 11.0, 10.6, 10.7, 11.0, 21.0, 10.1, 11.4, 10.1, 11.1, 11.0, 8.1],
} as const;

const dark = ['#000000', '#1e1e2e', '#282c34', '#002b36'];
const light = ['#ffffff', '#fdf6e3', '#eff1f5'];
const backgrounds = {
  dark,
  light,
  'colour-blind-dark': dark,
  'colour-blind-light': light,
  'high-contrast-dark': ['#000000'],
  'high-contrast-light': ['#ffffff'],
} as const;

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

test('the ratio of black and white is 21', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

test.each(themeNames)('%s keeps the contrast that the design states', (name) => {
  const palette = palettes[name];
  for (const [at, role] of roles.entries()) {
    const worst = Math.min(...backgrounds[name].map((background) => contrast(palette[role], background)));
    expect(worst, role).toBeGreaterThanOrEqual((stated[name][at] ?? 0) - 0.1);
    expect(worst, role).toBeGreaterThanOrEqual(name.startsWith('high') ? 7 : 4.5);
  }
  const onSelection = Math.min(...roles.map((role) => contrast(palette[role], palette.selection)));
  expect(onSelection).toBeGreaterThanOrEqual(stated[name][roles.length] - 0.1);
});

const line = roles.map((role) => ({text: role, role}));
const attributesOnly = /^(?:\x1b\[(?:0|1|4|7|22|24|27)m|[^\x1b])*$/;

test('mono uses bold, underline and reverse only', () => {
  const picked = [...line, {text: 'row', role: 'text', selected: true} as const];
  const text = styleLine(picked, themeOf('dark', 'mono'));
  expect(text).toMatch(attributesOnly);
  expect(text).toContain('\x1b[1mcontrol\x1b[22m');
  expect(text).toContain('\x1b[1maccent\x1b[22m');
  expect(text).toContain('\x1b[4mchanged\x1b[24m');
  expect(text).toContain('\x1b[7mrow\x1b[27m');
  expect(styleLine(line, themeOf('dark', '16'))).not.toMatch(attributesOnly);
});

test('true colour paints the palette, and the selection behind it', () => {
  const theme = themeOf('dark', 'true');
  expect(styleLine([{text: 'SYN', role: 'client'}], theme)).toBe('\x1b[38;2;124;192;255mSYN\x1b[39m');
  expect(styleLine([{text: 'SYN', role: 'client', selected: true}], theme)).toContain('\x1b[48;2;38;56;77m');
});

test.each(['dark', 'light'] as const)('16 colours, %s: no bright black, and muted is plain', (name) => {
  const text = styleLine(line, themeOf(name, '16'));
  expect(text).not.toContain('\x1b[90m');
  expect(styleLine([{text: 'ms', role: 'muted'}], themeOf(name, '16'))).toBe('ms');
});

test.each([
  [{TERM: 'xterm-256color'}, '256'],
  [{TERM: 'xterm-256color', COLORTERM: 'truecolor'}, 'true'],
  [{TERM: 'xterm'}, '16'],
  [{TERM: 'dumb'}, 'mono'],
  [{TERM: 'xterm-256color', COLORTERM: 'truecolor', NO_COLOR: '1'}, 'mono'],
  [{TERM: 'xterm', NO_COLOR: ''}, '16'],
  [{TERM: 'xterm', NO_COLOR: '1', FORCE_COLOR: '3'}, 'true'],
  [{TERM: 'dumb', FORCE_COLOR: ''}, '16'],
  [{COLORTERM: 'truecolor', FORCE_COLOR: '0'}, 'mono'],
] as const)('%o has %s', (env, depth) => {
  expect(colourDepth(env)).toBe(depth);
});
