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

/** `steps`: texts to type, `{see: TEXT}` to wait for, or milliseconds to wait. `watch` gets the terminal ten times a second. */
export const screenOf = async ({args, columns, rows, steps = [], env = {}, watch}) => {
  const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
  const child = spawn(process.execPath, [program, ...args], {
    cols: columns,
    rows,
    env: {...process.env, TERM: 'xterm-256color', COLORTERM: 'truecolor', LC_ALL: 'C.UTF-8', ...env},
  });
  child.onData((data) => terminal.write(data));
  terminal.onData((data) => child.write(data));
  const watching = watch && setInterval(() => watch(terminal), 100);
  try {
    for (const step of steps) {
      if (typeof step === 'number') await wait(step);
      else if (typeof step === 'string') child.write(step);
      else await seen(terminal, step.see);
    }
  } finally {
    clearInterval(watching);
    child.kill('SIGKILL');
  }
  return terminal;
};

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const styleOf = (one, {foreground, background}) => {
  const fill = colour(one.isFgRGB(), one.isFgPalette(), one.getFgColor(), foreground);
  const paint = colour(one.isBgRGB(), one.isBgPalette(), one.getBgColor(), undefined);
  const bold = one.isBold() ? ' font-weight="bold"' : '';
  const underlined = one.isUnderline() ? ' text-decoration="underline"' : '';
  return one.isInverse()
    ? {attributes: ` fill="${paint ?? background}"${bold}${underlined}`, paint: fill}
    : {attributes: ` fill="${fill}"${bold}${underlined}`, paint};
};

/** Cells of one look that follow each other. Only ASCII is joined: no other character's width is the same in every font. */
const runsIn = (terminal, y, colours) => {
  const line = terminal.buffer.active.getLine(y);
  const runs = [];
  for (let x = 0; x < terminal.cols; x++) {
    const one = line?.getCell(x);
    if (!one || one.getWidth() === 0) continue;
    const text = one.getChars() || ' ';
    const look = styleOf(one, colours);
    const last = runs.at(-1);
    const isPlain = /^[ -~]$/.test(text);
    if (last?.isPlain && isPlain && last.attributes === look.attributes && last.paint === look.paint) {
      last.text += text;
      last.cells += 1;
    } else runs.push({...look, x, text, cells: one.getWidth(), isPlain});
  }
  return runs;
};

/** A row of the screen, its top at 0. */
const rowOf = (terminal, y, colours) =>
  runsIn(terminal, y, colours)
    .map(({x, text, cells, paint, attributes}) => {
      const left = (margin + x * cell.width).toFixed(1);
      const width = cell.width * cells;
      const ground = paint
        ? `<rect x="${left}" width="${(width + 0.3).toFixed(1)}" height="${cell.height}" fill="${paint}"/>`
        : '';
      if (text.trim() === '') return ground;
      const length = ` textLength="${width.toFixed(1)}" lengthAdjust="spacingAndGlyphs"`;
      return `${ground}<text x="${left}" y="13"${attributes}${length}>${escaped(text)}</text>`;
    })
    .join('');

export const rowsOf = (terminal, colours) =>
  Array.from({length: terminal.rows}, (_, y) => rowOf(terminal, y, colours));

const top = (y) => (margin + y * cell.height).toFixed(1);

const framed = ({cols, rows}, {title, background}, parts) =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${(cols * cell.width + 2 * margin).toFixed(0)} ${rows * cell.height + 2 * margin}" font-family="DejaVu Sans Mono, Menlo, Consolas, Noto Sans Mono CJK SC, monospace" font-size="14" role="img">`,
    `<title>${escaped(title)}</title>`,
    '<style>text{white-space:pre}</style>',
    `<rect width="100%" height="100%" rx="8" fill="${background}"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');

export const svgOf = (terminal, look) =>
  framed(
    terminal,
    look,
    rowsOf(terminal, look).flatMap((row, y) =>
      row === '' ? [] : [`<g transform="translate(0 ${top(y)})">${row}</g>`],
    ),
  );

/** From when to when each row of the screen stood there: `{y, row, from, to}`, counted in frames. */
const spansOf = (frames) => {
  const spans = [];
  const current = [];
  frames.forEach((rows, at) => {
    rows.forEach((row, y) => {
      if (current[y]?.row === row) current[y].to = at + 1;
      else if (row === '') current[y] = undefined;
      else {
        current[y] = {y, row, from: at, to: at + 1};
        spans.push(current[y]);
      }
    });
  });
  return spans;
};

/** `frames`: what `rowsOf` gave, ten times a second. Whoever asks for less motion sees frame `still` alone. */
export const movingSvgOf = (terminal, frames, {still, ...look}) => {
  const rows = new Map();
  const percent = (at) => `${((100 * at) / frames.length).toFixed(2)}%`;
  const spans = spansOf(frames);
  const parts = spans.map(({y, row, from, to}, index) => {
    if (!rows.has(row)) rows.set(row, `r${rows.size}`);
    const kept = from <= still && still < to ? ' k' : '';
    const rules = `@keyframes a${index}{0%{visibility:${from === 0 ? 'visible' : 'hidden'}}${percent(from)}{visibility:visible}${percent(to)}{visibility:${to === frames.length ? 'visible' : 'hidden'}}}`;
    return {
      rules,
      use: `<use class="f${kept}" href="#${rows.get(row)}" y="${top(y)}" style="animation-name:a${index}"/>`,
    };
  });
  return framed(terminal, look, [
    '<style>',
    `.f{visibility:hidden;animation:${(frames.length / 10).toFixed(1)}s step-end infinite}`,
    '@media (prefers-reduced-motion:reduce){.f{animation:none}.k{visibility:visible}}',
    ...parts.map(({rules}) => rules),
    '</style>',
    '<defs>',
    ...[...rows].map(([row, id]) => `<g id="${id}">${row}</g>`),
    '</defs>',
    ...parts.map(({use}) => use),
  ]);
};
