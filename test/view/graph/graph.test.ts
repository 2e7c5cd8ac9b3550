// The graphs against a fold of their own over the lines of `show --json`: which bytes left when, what was acknowledged, lost and
// sent again (RFC 9293 §3.4); cwnd, ssthresh and flight against RFC 5681's numbers in the lesson's checks and the states.
import {expect, test} from 'vitest';
import {flowOf} from '../../../source/account/flow.ts';
import {traceLines} from '../../../source/account/trace-json.ts';
import {bindBeats} from '../../../source/lesson/bind.ts';
import {Canvas} from '../../../source/view/canvas.ts';
import {asciiGlyphs, blockGlyphs, unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {axisOf, closeAxisOf, filledAxisOf, ticksOf, timeText} from '../../../source/view/graph/axis.ts';
import {graphScene} from '../../../source/view/graph/graph-scene.ts';
import {tableRows} from '../../../source/view/graph/graph-table.ts';
import {Plot} from '../../../source/view/graph/plot.ts';
import {graphPanel} from '../../../source/view/panels/graph.ts';
import type {PlaybackState} from '../../../source/view/time/playback-state.ts';
import {beatMs} from '../../../source/view/time/waypoints.ts';
import {type View, viewOf} from '../../../source/view/view.ts';
import {textWidth} from '../../../source/words/width.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {some, thorough} from '../../helpers/seeds.ts';
import {paneOn} from '../pane.ts';
import {act, canvasOf, grid, type Opened, open, playingAt, started, textOf} from '../player.ts';
import {sizesTried} from '../sizes.ts';

const opened = (name: string): Opened => {
  const wanted = allRuns().find((each) => each.name === name);
  if (!wanted) throw new Error(`no run ${name}`);
  const {lesson, run} = wanted;
  const trace = traceOf(wanted);
  const {beats} = bindBeats(lesson, run.name, trace);
  return open({trace, beats, source: lesson.id, title: lesson.title});
};

const congestion = opened('congestion base');
const loss = opened('loss-recovery base');
const queue = opened('congestion queue');
const runs = [congestion, loss, queue, opened('congestion outage'), opened('loss-recovery no-sack')];

const lookAt = (run: Opened, viewMs: number, change: Partial<PlaybackState> = {}): View =>
  viewOf({...run, playback: started({viewMs, answers: skipped(run), ...change}), message: undefined});

const skipped = ({beats}: Opened): PlaybackState['answers'] =>
  Object.fromEntries(beats.map(({index}) => [index, 'skipped' as const]));

const at = (run: Opened, ms: number, change: Partial<PlaybackState> = {}): View =>
  viewOf({...run, playback: playingAt(run, ms * 1000, change), message: undefined});

type Line = {readonly [key: string]: unknown};
const isObject = (value: unknown): value is Line => typeof value === 'object' && value !== null;

/** The fields of a line's TCP header, as Wireshark names them. */
const tcpOf = ({layers}: Line): Line | undefined => {
  const all: unknown[] = Array.isArray(layers) ? layers : [];
  const tcp = all.filter(isObject).find(({protocol}) => protocol === 'tcp');
  return isObject(tcp?.['fields']) ? tcp['fields'] : undefined;
};

/** Bytes that the client has sent, and its peer acknowledged, by an event: from the lines alone. */
const foldOf = (run: Opened, until: number) => {
  let sentTo = 0;
  let acked = 0;
  const lost: unknown[] = [];
  const again: unknown[] = [];
  const acks = new Map<unknown, number>();
  const data = new Set<unknown>();
  for (const line of traceLines(run.trace, {title: '', notes: []})) {
    if (line.type !== 'event' || line.n > until) continue;
    const tcp = tcpOf(line);
    if (line['kind'] === 'send' && line['host'] === 'client' && tcp) {
      const length = Number(tcp['tcp.len']);
      const first = Number(tcp['tcp.seq']);
      sentTo = Math.max(sentTo, first + length + (first === 0 ? 1 : 0));
      if (length > 0) data.add(line['packet']);
      if (line['retransmission'] === true) again.push(line['packet']);
    }
    if (line['kind'] === 'send' && line['host'] === 'server' && tcp)
      acks.set(line['packet'], Number(tcp['tcp.ack']));
    if (line['kind'] === 'arrive' && line['host'] === 'client')
      acked = Math.max(acked, acks.get(line['packet']) ?? 0);
    if (line['kind'] === 'drop' && data.has(line['packet'])) lost.push(line['packet']);
  }
  return {sentTo, acked, lost, again};
};

const folded = [
  ['congestion', congestion],
  ['loss-recovery', loss],
  ['a narrow link', queue],
] as const;

test.each(some(folded, 1))('%s: what is drawn is what the lines tell, at any instant', (_name, run) => {
  const {pacing} = run;
  for (const part of some([0.2, 0.4, 0.6, 0.8, 1], 1)) {
    const view = lookAt(run, pacing.durationMs * part);
    const scene = graphScene(view);
    const told = foldOf(run, view.cursor);
    const most = (numbers: readonly number[]): number => Math.max(0, ...numbers);
    expect(most((scene?.sents ?? []).map(({to}) => to))).toBe(told.sentTo);
    expect(most((scene?.acks ?? []).map(({ack}) => ack))).toBe(told.acked);
    const packets = (kind: string) =>
      (scene?.marks ?? []).filter((mark) => mark.kind === kind).map(({packet}) => packet);
    expect(packets('again')).toEqual(told.again);
    expect(packets('lost').sort((a, b) => a - b)).toEqual(told.lost.map(Number).sort((a, b) => a - b));
  }
});

/** RFC 5681 §3.1, §3.2 and RFC 6582 §3.2, as the lesson's own checks have them. */
test('congestion: 10, 20, 40 segments; half of 53; plus 3; one more in each round', () => {
  const windows = (ms: number) => {
    const last = graphScene(at(congestion, ms))?.samples.at(-1);
    return [last?.flight, last?.cwnd, last?.ssthresh];
  };
  expect(windows(150)).toEqual([10_000, 10_000, undefined]);
  expect(windows(250)).toEqual([20_000, 20_000, undefined]);
  expect(windows(550).slice(1)).toEqual([26_500, 26_500]);
  expect(windows(750).slice(1)).toEqual([27_500, 26_500]);
  const view = at(congestion, 860);
  const scene = graphScene(view);
  const kinds = scene?.marks.filter(({sample}) => sample).map(({kind, sample}) => [kind, sample?.cwnd]);
  expect(kinds).toEqual([
    ['recovery', 29_500],
    ['over', 26_500],
  ]);
  const rows = scene ? tableRows(scene, view).map(({what}) => what) : [];
  expect(rows.slice(0, 3)).toEqual(['10 segments', '20 segments', '40 segments']);
  expect(rows).toContain('3 duplicate ACKs: recovery begins');
  expect(rows).toContain('seq 44001 sent again');
});

/** RFC 8985 §6 and §7, as the lesson's own beats have it. */
test('rack-tlp: the probe, what RACK finds lost, the end of the recovery', () => {
  const run = opened('rack-tlp base');
  const view = lookAt(run, run.pacing.durationMs);
  const scene = graphScene(view);
  const rows = scene ? tableRows(scene, view).map(({what}) => what) : [];
  expect(rows.slice(-4)).toEqual([
    'tail loss probe (TLP), seq 18001',
    'RACK finds seq 17001 lost: recovery begins',
    'seq 17001 sent again',
    'recovery ends, cwnd is 12',
  ]);
});

test('every sample is the sender’s state after that event', () => {
  for (const run of some(runs, 2)) {
    const flow = flowOf(run.trace, undefined);
    expect(flow?.samples.length).toBeGreaterThan(5);
    for (const {n, cwnd, flight} of flow?.samples ?? []) {
      const tcb = run.trace.stateAt(n)?.hosts['client']?.tcp.connections.get(flow?.id ?? '');
      expect([cwnd, flight]).toEqual([tcb?.cwnd, tcb && tcb.snd.nxt - tcb.snd.una]);
    }
  }
});

test('nothing of what is to come is drawn, and the axes stand still', () => {
  const axes = (lines: readonly string[]) =>
    lines.flatMap((line) => /^ {4,}(\d+k?) [│└]|^ {4}s .*$/.exec(line)?.[0] ?? []);
  const shots = [120, 320, 520, 860].map((ms) =>
    textOf(
      canvasOf(congestion, playingAt(congestion, ms * 1000, {playing: false, focus: 'graph'}), {
        columns: 80,
        rows: 24,
      }),
    ).slice(2, 13),
  );
  const last = shots.at(-1) ?? [];
  for (const shot of shots) {
    expect(axes(shot)).toEqual(axes(last));
    const now = Math.max(...shot.map((line) => line.indexOf('●')));
    for (const line of shot) expect(line.slice(now + 2)).not.toMatch(/[\u2801-\u28ff]/);
  }
});

const drawn = (view: View, own?: 'windows'): string[] => {
  const canvas = new Canvas(40, 10);
  const region = {row: 1, column: 1, rows: 10, columns: 36};
  graphPanel.put(paneOn(canvas, {region, language: view.language}), view, own);
  return textOf(canvas);
};

test('one below the other: an instant stands in one column, and the curves of the windows have their names', () => {
  const columns = 31;
  for (const run of runs)
    for (const viewMs of some([...run.pacing.viewMs], 12)) {
      const view = lookAt(run, viewMs);
      const canvas = new Canvas(columns, 22);
      const region = {row: 1, column: 1, rows: 22, columns};
      graphPanel.put(paneOn(canvas, {region, language: view.language}), view, undefined);
      const lines = textOf(canvas);
      const cursors = lines.map((line) => line.indexOf('●')).filter((column) => column >= 0);
      expect(new Set(cursors).size, lines.join('\n')).toBeLessThan(2);
      if ((graphScene(view)?.samples.length ?? 0) > 0)
        expect(lines.join('\n')).toMatch(/^cwnd in flight ssthresh \/ \d+$/m);
    }
});

thorough('before the time axis begins nothing is drawn on it, and slow start has no window yet', () => {
  let empty = 0;
  for (const run of runs)
    for (const viewMs of run.pacing.viewMs) {
      const view = lookAt(run, viewMs);
      const scene = graphScene(view);
      if (!scene || scene.nowUs >= scene.flow.fromUs) continue;
      for (const rows of [drawn(view), drawn(view, 'windows')]) {
        expect(rows.join()).not.toContain('slow start');
        // The cursor of time is not on the axis yet.
        if (rows.join().includes('●')) continue;
        empty += 1;
        expect(rows.join()).not.toMatch(/[\u2801-\u28ff]/u);
      }
    }
  expect(empty).toBeGreaterThan(4);
});

thorough('the name of a loss stands beside its own sign, never beside that of another', () => {
  let beside = 0;
  for (const run of runs)
    for (const viewMs of run.pacing.viewMs) {
      const view = lookAt(run, viewMs);
      const iss = graphScene(view)?.flow.iss ?? 0;
      const rows = drawn(view);
      // The scale as it is read: 0 stands on the axis, the largest number at the upper end.
      const bottom = rows.findIndex((row) => row.includes('└'));
      const upper = rows.findIndex((row) => /^ *\d+k /.test(row));
      const each = (Number.parseInt(rows[upper] ?? '', 10) * 1000) / (bottom - upper);
      for (const [at, row] of rows.entries())
        for (const [, seq] of row.matchAll(/✗ seq (\d+) lost/g)) {
          expect(at).toBe(bottom - 1 - Math.floor((Number(seq) - iss) / each));
          beside += 1;
        }
    }
  expect(beside).toBeGreaterThan(10);
});

test('an open question: its instant is not on the graph, nor is its answer', () => {
  const asked = congestion.beats.find(({kind}) => kind === 'prediction');
  let state = playingAt(congestion, 290_000, {answers: {}});
  for (let turn = 0; turn < 400 && !state.gate; turn++)
    state = act(congestion, state, {kind: 'tick', ms: 50}, {kind: 'beatNext'});
  expect(state.gate?.beat).toBe(asked?.index);
  const view = viewOf({...congestion, playback: state, message: undefined});
  expect(view.hidden).not.toEqual([]);
  const samples = graphScene(view)?.samples ?? [];
  expect(samples.length).toBeGreaterThan(0);
  const instant = congestion.trace.event(view.cursor).instant;
  for (const {n, cwnd} of samples) {
    expect(congestion.trace.event(n).instant).toBeLessThan(instant);
    expect(cwnd).toBeLessThan(40_000);
  }
});

test('↑ goes from mark to mark and selects its packet; the table and the curve follow', () => {
  const view = at(congestion, 860);
  const marks = graphScene(view)?.marks.map(({packet}) => packet) ?? [];
  const last = graphPanel.command(view, undefined, 'up')?.selection?.packet;
  expect(last).toBe(Math.max(...marks));
  const chosen = at(congestion, 860, {
    selection: {packet: 77, field: undefined, byte: undefined, variable: undefined},
  });
  expect(graphScene(chosen)?.selected?.packet).toBe(77);
  const next = graphPanel.command(chosen, undefined, 'down')?.selection?.packet;
  expect(next).toBe(Math.min(...marks.filter((packet) => packet > 77)));
  const scene = graphScene(chosen);
  expect(
    scene &&
      tableRows(scene, chosen)
        .filter(({selected}) => selected)
        .map(({what}) => what),
  ).toEqual(['seq 44001 lost']);
});

test('(j) at 120×40, as far as simulated numbers agree', () => {
  const state = playingAt(congestion, 900_000, {playing: false, focus: 'graph'});
  const lines = textOf(canvasOf(congestion, state, {columns: 120, rows: 40}));
  expect(lines.slice(2, 28)).toEqual(grid('j').slice(2, 28));
});

test('every moment at 40 sizes, in three forms and both languages: no overlap, no line too wide', () => {
  const forms = [unicodeGlyphs, blockGlyphs, asciiGlyphs];
  for (const [turn, run] of some([...runs.entries()], 2))
    for (const [index, size] of [...sizesTried(), {columns: 34, rows: 18}, {columns: 46, rows: 30}].entries())
      for (const [step, part] of [0, 0.31, 0.47, 0.78, 1].entries()) {
        const glyphs = forms[(index + step + turn) % 3] ?? unicodeGlyphs;
        const language = (index + step) % 2 ? 'en' : 'zh';
        const view = lookAt(run, run.pacing.durationMs * part, {language, focus: 'graph'});
        if (size.columns < graphPanel.least.columns || size.rows < graphPanel.least.rows) continue;
        const canvas = new Canvas(size.columns + 1, size.rows);
        const own = (index + turn) % 2 ? undefined : 'windows';
        graphPanel.put(
          paneOn(canvas, {region: {row: 1, column: 1, ...size}, glyphs, language, focused: true}),
          view,
          own,
        );
        const lines = textOf(canvas);
        for (const line of lines) if (textWidth(line) > size.columns) expect.fail(`too wide: ${line}`);
        if (canvas.collisions > 0) expect.fail(`overlap\n${lines.join('\n')}`);
        if (glyphs === asciiGlyphs && language === 'en')
          expect(lines.join('\n')).toMatch(/^[\n\u0020-\u007e]*$/);
      }
});

test('round numbers on the axes, both ends within them', () => {
  for (const most of [2, 3, 4, 8])
    for (const [from, to] of [
      [0, 1],
      [0, 80.5],
      [0, 200_001],
      [100_000, 850_000],
      [90_000, 851_000],
      [2_050_000, 2_051_000],
    ] as const) {
      const axis = axisOf(from, to, most);
      expect(axis.from).toBeLessThanOrEqual(from);
      expect(axis.to).toBeGreaterThanOrEqual(to);
      expect(ticksOf(axis).length).toBeLessThanOrEqual(most + 1);
      expect(String(axis.step)).toMatch(/^[125]0*$/);
      const close = closeAxisOf(from, to, most);
      expect(close.to - close.from).toBeLessThanOrEqual((to - from) * 1.3 + 20);
      expect(ticksOf(close).length, `${from} ${to} ${most}`).toBeGreaterThan(1);
    }
  // A curve takes two thirds of the height at least.
  for (let to = 3; to < 2000; to++) expect(filledAxisOf(to, 2).to).toBeLessThanOrEqual(to * 1.5);
  const text = (us: number, to: number, step: number): string => timeText(us, {from: 0, to, step});
  expect([
    text(100_000, 1_000_000, 100_000),
    text(2_050_000, 5_000_000, 50_000),
    text(3_000_000, 5_000_000, 1_000_000),
    text(10_000, 500_000, 5000),
    text(150_000, 250_000, 50_000),
    text(300, 900, 100),
    text(2000, 9000, 1000),
  ]).toEqual(['0.1', '2.05', '3', '0.010', '150', '0.3', '2']);
});

/** Unicode, block 2800: dots 1, 2, 3, 7 on the left from above, 4, 5, 6, 8 on the right. */
test('a diagonal in braille, in blocks and in ASCII', () => {
  const drawn = (form: 'braille' | 'blocks' | 'ascii'): string[] => {
    const plot = new Plot({row: 1, column: 1, rows: 2, columns: 4}, form);
    const curve = {style: {role: 'text'}, sign: '*', rank: 1} as const;
    for (let step = 0; step < 8; step++)
      plot.upright((step + 0.5) / 8, (step + 0.5) / 8, (step + 0.5) / 8, curve);
    const canvas = new Canvas(4, 2);
    plot.put(canvas);
    return textOf(canvas);
  };
  expect(drawn('braille')).toEqual(['  ⡠⠊', '⡠⠊']);
  expect(drawn('blocks')).toEqual(['  ▄█', '▄█']);
  expect(drawn('ascii')).toEqual(['  **', '**']);
});

test('what a question asks for does not hide the number of a lost packet, which the ladder shows', () => {
  // Which ack the server sends for 3001: 2001, where the packet that was lost begins.
  let state = playingAt(loss, 249_000, {answers: {}});
  for (let turn = 0; turn < 400 && !state.gate; turn++) state = act(loss, state, {kind: 'tick', ms: 50});
  const size = {columns: 120, rows: 40};
  const shown = textOf(canvasOf(loss, state, size)).join('\n');
  expect(shown).toContain('seq 2001 lost');
  expect(shown).toContain('Which ack does the server send');
  expect(shown).toMatch(/ACK seq=2001 ack=9001 len=1000/);
});

test('the legend stands closer before it goes', () => {
  const headOf = (columns: number): string => {
    const canvas = new Canvas(columns, 12);
    graphPanel.put(paneOn(canvas), at(loss, 400), graphPanel.start);
    return textOf(canvas)[0] ?? '';
  };
  expect(headOf(60)).toMatch(/data {2}ACK {2}SACK$/);
  expect(headOf(34)).toMatch(/data ACK SACK$/);
});

thorough('the numbers of the time axis are at equal distances, however narrow it is', () => {
  let seen = 0;
  for (const run of [...runs, opened('rack-tlp intact'), opened('cubic base')])
    for (let columns = 30; columns <= 60; columns++) {
      const canvas = new Canvas(columns, 24);
      const view = lookAt(run, run.pacing.durationMs);
      graphPanel.put(paneOn(canvas), view, graphPanel.start);
      for (const line of textOf(canvas).filter((text) => /^(s|ms) +[\d.]/.test(text))) {
        const ticks = line
          .split(/ +/)
          .slice(1)
          .map((text) => Math.round(Number(text) * 1e6));
        const steps = ticks.slice(1).map((tick, index) => tick - (ticks[index] ?? 0));
        seen += steps.length;
        expect(new Set(steps).size, `${run.source}, ${columns} columns: ${line}`).toBeLessThanOrEqual(1);
      }
    }
  expect(seen).toBeGreaterThan(100);
});

test('a question that counts leaves windows their numbers: one that is gone would tell', () => {
  const bulk = opened('delayed-ack bulk');
  const asked = bulk.beats.find(({kind}) => kind === 'prediction') ?? expect.fail('nothing is asked');
  const gate = {beat: asked.index, hint: false, replied: false};
  const view = lookAt(bulk, beatMs(bulk.pacing, asked), {gate, answers: {}});
  const canvas = new Canvas(40, 24);
  graphPanel.put(paneOn(canvas), view, graphPanel.start);
  expect(textOf(canvas).join('\n')).toContain('slow start from 10');
});
