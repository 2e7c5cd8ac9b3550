// Runs the built program in a pseudo terminal, types keys, and draws what the terminal then shows as SVG.
import {fileURLToPath} from 'node:url';
import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';

const program = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const cell = {width: 8.4, height: 16.4};
const margin = 12;
/** xterm's own first 16 colours. */
const ansi =
  '000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff'.split(
    ' ',
  );
const cube = [0, 95, 135, 175, 215, 255];

const hex = (value) => value.toString(16).padStart(2, '0');

const paletteColour = (index) => {
  if (index < 16) return `#${ansi[index]}`;
  if (index >= 232) return `#${hex(8 + 10 * (index - 232)).repeat(3)}`;
  const i = index - 16;
  return `#${[Math.floor(i / 36), Math.floor(i / 6) % 6, i % 6].map((level) => hex(cube[level])).join('')}`;
};

const colour = (isRgb, isPalette, value, fallback) =>
  isRgb ? `#${value.toString(16).padStart(6, '0')}` : isPalette ? paletteColour(value) : fallback;

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const textOf = (terminal) =>
  Array.from(
    {length: terminal.rows},
    (_, y) => terminal.buffer.active.getLine(y)?.translateToString(true) ?? '',
  ).join('\n');

/** How long a text may take to appear, in milliseconds. */
const patience = 20_000;

const seen = async (terminal, text) => {
  for (let waited = 0; !textOf(terminal).includes(text); waited += 20) {
    if (waited > patience) throw new Error(`never on the screen: ${text}\n${textOf(terminal)}`);
    await wait(20);
  }
};

/** `steps`: texts to type, `{see: TEXT}` to wait for, or milliseconds to wait. */
export const screenOf = async ({args, columns, rows, steps = [], env = {}}) => {
  const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
  const child = spawn(process.execPath, [program, ...args], {
    cols: columns,
    rows,
    env: {...process.env, TERM: 'xterm-256color', COLORTERM: 'truecolor', LC_ALL: 'C.UTF-8', ...env},
  });
  child.onData((data) => terminal.write(data));
  terminal.onData((data) => child.write(data));
  try {
    for (const step of steps) {
      if (typeof step === 'number') await wait(step);
      else if (typeof step === 'string') child.write(step);
      else await seen(terminal, step.see);
    }
  } finally {
    child.kill('SIGKILL');
  }
  return terminal;
};

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Every cell at its own place, so that no font's widths can shift a column. */
export const svgOf = (terminal, {title, foreground, background}) => {
  const width = terminal.cols * cell.width + 2 * margin;
  const height = terminal.rows * cell.height + 2 * margin;
  const parts = [];
  for (let y = 0; y < terminal.rows; y++) {
    const line = terminal.buffer.active.getLine(y);
    for (let x = 0; x < terminal.cols; x++) {
      const one = line?.getCell(x);
      const text = one?.getChars() ?? '';
      if (!one || one.getWidth() === 0) continue;
      let fill = colour(one.isFgRGB(), one.isFgPalette(), one.getFgColor(), foreground);
      let paint = colour(one.isBgRGB(), one.isBgPalette(), one.getBgColor(), undefined);
      if (one.isInverse()) [fill, paint] = [paint ?? background, fill];
      const left = margin + x * cell.width;
      const top = margin + y * cell.height;
      if (paint)
        parts.push(
          `<rect x="${left.toFixed(1)}" y="${top}" width="${(cell.width * one.getWidth() + 0.3).toFixed(1)}" height="${cell.height}" fill="${paint}"/>`,
        );
      if (text.trim() === '') continue;
      const bold = one.isBold() ? ' font-weight="bold"' : '';
      const line_ = one.isUnderline() ? ' text-decoration="underline"' : '';
      const length = ` textLength="${(cell.width * one.getWidth()).toFixed(1)}" lengthAdjust="spacingAndGlyphs"`;
      parts.push(
        `<text x="${left.toFixed(1)}" y="${top + 13}" fill="${fill}"${bold}${line_}${length}>${escaped(text)}</text>`,
      );
    }
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width.toFixed(0)} ${height}" font-family="DejaVu Sans Mono, Menlo, Consolas, Noto Sans Mono CJK SC, monospace" font-size="14" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${background}"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
};
