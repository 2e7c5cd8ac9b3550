// Animated frames of the player at 120 × 40, from the clock's tick to what is written: beside them a cell-by-cell ANSI diff that somebody
// wrote by hand draws the same lines. In a process of its own, of which the memory is told, too.
import {spawnSync} from 'node:child_process';
import process from 'node:process';
import {Writable} from 'node:stream';
import {setTimeout as wait} from 'node:timers/promises';
import {type Instance, render} from 'ink';
import {createElement} from 'react';
import {simulate} from '../source/sim/simulate.ts';
import {type Theme, themeOf} from '../source/ui/theme.ts';
import {Lines} from '../source/ui/views/lines.tsx';
import type {Line} from '../source/view/span.ts';
import {pacing} from '../source/view/time/pacing.ts';
import {playback, startPlayback} from '../source/view/time/playback.ts';
import {figure} from './figures.ts';
import {median, oneDownload, pairOfHosts, row} from './measure.ts';
import {screenLines, screenSize} from './screen-lines.ts';

const frameMs = 1000 / 30;
const frames = 9000;
/** So many frames count as one measurement. */
const batch = 300;
/** Batches before anything counts. */
const warmingUp = 2;

/** A terminal that only counts. */
class Terminal extends Writable {
  readonly isTTY = true;
  readonly columns = screenSize.columns;
  readonly rows = screenSize.rows;
  written = 0;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.written += chunk.length;
    done();
  }
}

/** The lines of each frame of a run without end: it begins anew where it is over. */
function* lines(): Generator<readonly Line[], never> {
  const trace = simulate(pairOfHosts(oneDownload(400), {loss: 0.01}), {source: 'bench', run: 'base'});
  const context = {trace, pacing: pacing(trace), beats: [], whatIfs: 0};
  const begin = () =>
    startPlayback({language: 'en', motion: 'full', speed: 1, stopAtBeats: true, playing: true});
  let state = begin();
  for (;;) {
    state = playback(state, {kind: 'tick', ms: frameMs}, context);
    if (!state.playing) state = begin();
    yield screenLines(context, state);
  }
}

type Cells = readonly (readonly string[])[];

/** Each cell with its paint, as a program would keep it that draws by hand. */
const cellsOf = (frame: readonly Line[], theme: Theme): Cells =>
  frame.map((line) =>
    line.flatMap((span) => {
      const paint = theme.paint(span);
      return [...span.text].map((sign) => paint(sign));
    }),
  );

const diff = (before: Cells, after: Cells): string => {
  let out = '';
  for (const [y, line] of after.entries())
    for (const [x, cell] of line.entries())
      if (before[y]?.[x] !== cell) out += `\x1b[${y + 1};${x + 1}H${cell}`;
  return out;
};

const cpuMs = (): number => {
  const {user, system} = process.cpuUsage();
  return (user + system) / 1e3;
};

type Told = {
  readonly whole: number;
  readonly drawn: number;
  readonly byHand: number;
  readonly firstMib: number;
  readonly lastMib: number;
  readonly peakMib: number;
};

const mebibytes = 2 ** 20;

/** What a frame costs, its drawing, and its drawing by hand, in ms. */
const measureBatch = async (
  source: Generator<readonly Line[], never>,
  draw: (frame: readonly Line[]) => Promise<void>,
  byHand: (frame: readonly Line[]) => void,
): Promise<readonly [made: number, drawn: number, byHand: number]> => {
  const begin = cpuMs();
  const made = Array.from({length: batch}, () => source.next().value);
  const drawing = cpuMs();
  for (const frame of made) await draw(frame);
  const hand = cpuMs();
  for (const frame of made) byHand(frame);
  const end = cpuMs();
  return [(drawing - begin) / batch, (hand - drawing) / batch, (end - hand) / batch];
};

/** The child's part. */
export const measureFramesAlone = async (): Promise<void> => {
  const theme = themeOf('dark', 'true');
  const terminal: Writable = new Terminal();
  const element = (frame: readonly Line[]) => createElement(Lines, {lines: frame, theme});
  const source = lines();
  const options = {patchConsole: false, incrementalRendering: true, interactive: true, maxFps: 1000};
  const stdout = terminal as NodeJS.WriteStream;
  const instance: Instance = render(element([]), {...options, stdout});
  let cells: Cells = [];
  const costs: (readonly [number, number, number])[] = [];
  let firstMib = 0;
  for (let done = 0; done < frames; done += batch) {
    costs.push(
      await measureBatch(
        source,
        async (frame) => {
          instance.rerender(element(frame));
          // Ink draws no two frames in one millisecond.
          await wait(1);
        },
        (frame) => {
          const next = cellsOf(frame, theme);
          terminal.write(diff(cells, next));
          cells = next;
        },
      ),
    );
    if (done === batch * warmingUp) firstMib = process.memoryUsage().rss / mebibytes;
  }
  instance.unmount();
  const middle = (of: (cost: readonly [number, number, number]) => number) =>
    median(costs.slice(warmingUp).map(of));
  const told: Told = {
    whole: middle(([made, drawn]) => made + drawn),
    drawn: middle(([, drawn]) => drawn),
    byHand: middle(([, , hand]) => hand),
    firstMib,
    lastMib: process.memoryUsage().rss / mebibytes,
    peakMib: process.resourceUsage().maxRSS / 1024,
  };
  process.stdout.write(JSON.stringify(told));
};

const readTold = (text: string): Told => JSON.parse(text);

export const measureFrames = (): void => {
  const [, own = ''] = process.argv;
  const {stdout, status, stderr} = spawnSync(process.execPath, [own, 'frames-alone'], {encoding: 'utf8'});
  if (status !== 0) throw new Error(stderr);
  const told = readTold(stdout);
  console.log(`animated frames at 120 × 40, time of the processors, median of batches of ${batch}`);
  const anchor = {name: 'diff by hand', value: told.byHand};
  figure({name: 'frame', unit: 'ms', value: told.whole, anchor, reach: {most: 15}});
  figure({name: 'of it React and Ink', unit: 'ms', value: told.drawn, anchor});
  figure({name: `peak after ${frames} frames`, unit: 'MiB', value: told.peakMib, reach: {most: 160}});
  row('memory after 900 frames', `${told.firstMib.toFixed(0)} MiB`);
  row(`memory after ${frames}`, `${told.lastMib.toFixed(0)} MiB`);
};
