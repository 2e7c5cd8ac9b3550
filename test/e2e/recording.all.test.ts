// A recording, played by a headless terminal, ends with the screen that the player itself shows at that place, colours included.
import xterm from '@xterm/headless';
import {afterAll, expect, test} from 'vitest';
import {bindBeats} from '../../source/lesson/bind.ts';
import type {BoundBeat} from '../../source/lesson/bound-beat.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {runProgram} from '../helpers/run-program.ts';
import {Terminal} from '../helpers/terminal.ts';
import {begin} from '../helpers/terminals.ts';
import {captureFolder} from '../wire/captures.ts';

type Cast = {
  readonly header: {readonly version: number; readonly width: number; readonly height: number};
  readonly events: readonly (readonly [number, string, string])[];
};

const castOf = (args: readonly string[]): Cast => {
  const {code, stdout} = runProgram(['export', ...args, '--format', 'cast']);
  expect(code).toBe(0);
  const [first = '', ...rest] = stdout.trimEnd().split('\n');
  return {header: JSON.parse(first), events: rest.map((line) => JSON.parse(line))};
};

type Buffer = InstanceType<typeof xterm.Terminal>['buffer']['active'];

/** Of each row its text, and the colour of each of its letters. */
const look = (buffer: Buffer, columns: number, rows: number): readonly string[] =>
  Array.from({length: rows}, (_, y) => {
    const line = buffer.getLine(buffer.viewportY + y);
    const text = line?.translateToString(true, 0, columns) ?? '';
    const colours = Array.from({length: columns}, (__, x) => {
      const cell = line?.getCell(x);
      return cell && cell.getChars().trim() !== '' ? `${cell.getFgColor()}${cell.isBold() ? '+' : ''}` : '';
    });
    return `${text}  ${colours.filter((colour) => colour !== '').join(' ')}`;
  });

const lastScreen = async ({header: {width, height}, events}: Cast): Promise<readonly string[]> => {
  const terminal = new xterm.Terminal({cols: width, rows: height, allowProposedApi: true});
  for (const [, , data] of events) terminal.write(data);
  await new Promise<void>((resolve) => terminal.write('', resolve));
  const rows = look(terminal.buffer.active, width, height);
  terminal.dispose();
  return rows;
};

const colours = {FORCE_COLOR: '3', COLORFGBG: '15;0'};
let open: Terminal | undefined;
afterAll(() => open?.close());

const right = (beats: readonly BoundBeat[]): readonly string[] =>
  beats.flatMap((beat) =>
    beat.kind === 'narration' ? [] : (beat.choices.find(({correct}) => correct)?.id ?? []),
  );

test('a lesson: every question answered right, at the end what else could have happened', async () => {
  const base = allRuns().find(({name}) => name.startsWith('handshake '));
  if (!base) throw new Error('the lesson is there');
  const answers = [...right(bindBeats(base.lesson, base.run.name, traceOf(base)).beats)];
  open = new Terminal(['play', 'handshake', '--lang', 'en', '--theme', 'dark'], {env: colours});
  await begin(open);
  for (let guard = 0; guard < 60 && !open.text().includes('What if'); guard++) {
    await open.quiet();
    const before = open.text();
    const asks = /a–[a-e] answer/.test(before);
    const replies = before.includes('enter go on');
    open.type(asks ? (answers.shift() ?? 's') : replies ? '\r' : ']');
    await open.until('a change', (text) => text !== before);
  }
  expect(answers).toEqual([]);
  const shown = open;
  // A recording leads nowhere: it ends with what could have been.
  await shown.shows('▸ Next');
  const cast = castOf(['handshake', '--lang', 'en', '--theme', 'dark']);
  expect(cast.header).toMatchObject({version: 2, width: 80, height: 24});
  const last = JSON.stringify(await lastScreen(cast));
  for (const {title} of base.lesson.whatIfs) expect(last).toContain(title.en);
  open.close();
});

test('a capture', async () => {
  const file = `${captureFolder}00a-handshake-only.pcap`;
  open = new Terminal(['play', file, '--lang', 'zh', '--theme', 'light'], {env: colours});
  await open.shows('00a-handshake-only.pcap');
  open.type('\rG');
  const shown = open;
  await shown.until('the whole last screen', (text) => /暂停.*462 ms.*● 537 ms.*q 返回/s.test(text));
  const cast = castOf([file, '--lang', 'zh', '--theme', 'light']);
  expect(await lastScreen(cast)).toEqual(look(shown.buffer, 80, 24));
  open.close();
});

test('time goes on, and frames move as the player’s do', () => {
  const {events} = castOf(['handshake', '--run', 'what-if-1']);
  for (const [index, [at, kind]] of events.entries()) {
    expect(at).toBeGreaterThanOrEqual(events[index - 1]?.[0] ?? 0);
    expect(kind).toBe('o');
  }
  const quick = events.filter(([at], index) => at - (events[index - 1]?.[0] ?? 0) <= 0.1);
  expect(quick.length).toBeGreaterThan(20);
});
