// Sequence-space bars and queues against a fold of their own over the lines of `show --json`: RFC 9293 §3.3.1 for the numbers,
// listen(2) for the queues.

import {expect, test} from 'vitest';
import {traceLines} from '../../source/account/trace-json.ts';
import {bindBeats} from '../../source/lesson/bind.ts';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {Canvas} from '../../source/view/canvas.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../source/view/glyphs.ts';
import {queuesPanel} from '../../source/view/panels/queues.ts';
import {cellsOf, windowPanel} from '../../source/view/panels/window.ts';
import {type View, viewOf} from '../../source/view/view.ts';
import {queueScene} from '../../source/view/windows/queues.ts';
import {windowScene} from '../../source/view/windows/sequence-bars.ts';
import {textWidth} from '../../source/words/width.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {floodScenario} from '../helpers/networks.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';
import {paneOn} from './pane.ts';
import {act, type Opened, open, started, textOf} from './player.ts';
import {sizesTried} from './sizes.ts';

const lessonRun = (name: string): Opened => {
  const wanted = allRuns().find((each) => each.name === name);
  if (!wanted) throw new Error(`no run ${name}`);
  const trace = traceOf(wanted);
  return open({trace, beats: bindBeats(wanted.lesson, wanted.run.name, trace).beats});
};

const sliding = lessonRun('sliding-window base');
const holes = lessonRun('loss-recovery no-sack');
const flood = open({trace: run(floodScenario())});

type Line = {readonly [key: string]: unknown};
const isObject = (value: unknown): value is Line => typeof value === 'object' && value !== null;

const tcpOf = ({layers}: Line): Line => {
  const all: unknown[] = Array.isArray(layers) ? layers : [];
  const fields = all.filter(isObject).find(({protocol}) => protocol === 'tcp')?.['fields'];
  return isObject(fields) ? fields : {};
};

/** What left the client, what came back, and what the server's program has taken; no window scale in this lesson. */
const foldOf = ({trace}: Opened, until: number) => {
  const seen = {nxt: 0, una: 0, wnd: 0, read: 0};
  const segments = new Map<unknown, Line>();
  for (const line of traceLines(trace, {title: '', notes: []})) {
    if (line['type'] !== 'event' || Number(line['n']) > until) continue;
    if (line['kind'] === 'send') segments.set(line['packet'], tcpOf(line));
    const tcp = ('packet' in line && segments.get(line.packet)) || {};
    if (line['kind'] === 'send' && line['host'] === 'client') {
      const end = Number(tcp['tcp.seq_raw']) + Number(tcp['tcp.len']);
      seen.nxt = Math.max(seen.nxt, end + (tcp['tcp.seq'] === '0' ? 1 : 0));
    }
    if (line['kind'] === 'arrive' && line['host'] === 'client') {
      seen.una = Math.max(seen.una, Number(tcp['tcp.ack_raw']));
      seen.wnd = Number(tcp['tcp.window_size_value']);
    }
    if (line['kind'] === 'deliver' && line['host'] === 'server') seen.read += Number(line['bytes']);
  }
  return seen;
};

/** The state is that after the whole instant, also while its consequences are still to be seen. */
const instantEnd = ({trace}: Opened, n: number): number =>
  [...trace.events(n, n + 60)].filter(({instant}) => n > 0 && instant === trace.event(n).instant).at(-1)?.n ??
  n;

const answered = ({beats}: Opened) => Object.fromEntries(beats.map(({index}) => [index, 'skipped' as const]));

const lookAt = (opened: Opened, viewMs: number, language: 'en' | 'zh' = 'en'): View =>
  viewOf({...opened, playback: started({viewMs, language, answers: answered(opened)}), message: undefined});

test('the sender’s numbers and the receiver’s are what the lines tell, at every moment', () => {
  const {pacing} = sliding;
  let compared = 0;
  for (const viewMs of pacing.viewMs) {
    const view = lookAt(sliding, viewMs);
    const {nxt, una, wnd, read} = foldOf(sliding, instantEnd(sliding, view.cursor));
    const numbers = new Map(
      windowScene(view)?.bars.flatMap(({heading, items}) =>
        items.map(({name, value}) => [`${heading} ${name}`, Number(value)] as const),
      ),
    );
    if (una === 0) continue;
    const of = (name: string) => numbers.get(`client sends ${name}`);
    expect([of('acknowledged snd.una'), of('snd.nxt'), of('snd.wnd'), of('snd.una+snd.wnd')]).toEqual([
      una,
      nxt,
      wnd,
      una + wnd,
    ]);
    expect([of('in flight'), of('usable')]).toEqual([nxt - una, Math.max(0, una + wnd - nxt)]);
    expect(numbers.get('server receives read to')).toBe(1001 + read);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(20);
});

test('holes are where the lost segments belong, and nowhere once they are filled', () => {
  const {trace, pacing} = holes;
  const lost = Array.from({length: trace.packetCount}, (_, index) => trace.packet(index + 1)).filter(
    ({lost: isLost}) => isLost,
  );
  const missingAt = (viewMs: number): number[] =>
    (windowScene(lookAt(holes, viewMs))?.bars ?? []).flatMap(({items}) =>
      items.flatMap(({name, value}) => (name === 'missing' ? [Number(value)] : [])),
    );
  const all = [...pacing.viewMs].map((viewMs) => Math.max(0, ...missingAt(viewMs)));
  expect(lost).toHaveLength(2);
  // Two segments of 1000 bytes; the second one is a hole of its own once something behind it has come.
  expect(Math.max(...all)).toBe(2000);
  expect(all.at(-1)).toBe(0);
});

test('the closed window is said in words, exactly while SND.WND is 0', () => {
  for (const viewMs of sliding.pacing.viewMs) {
    const view = lookAt(sliding, viewMs);
    const {una, wnd} = foldOf(sliding, instantEnd(sliding, view.cursor));
    expect(windowScene(view)?.zero !== undefined).toBe(una > 0 && wnd === 0);
  }
});

test('at 120×40 the closed window’s words take nothing away from the receiver’s bar', () => {
  let closed = 0;
  const [heads, words] = [
    {en: ['client sends', 'server receives'], zh: ['客户端发送', '服务器接收']},
    everywhere({en: 'Window 0', zh: '窗口为 0'}),
  ];
  for (const language of ['en', 'zh'] as const)
    for (const viewMs of sliding.pacing.viewMs) {
      const view = lookAt(sliding, viewMs, language);
      if (windowScene(view)?.zero === undefined) continue;
      closed += 1;
      const canvas = new Canvas(120, 6);
      const region = {row: 1, column: 5, rows: 6, columns: 112};
      windowPanel.put(paneOn(canvas, {region}), view, undefined);
      const text = textOf(canvas).join('\n');
      for (const wanted of [...heads[language], words[language]]) expect(text).toContain(wanted);
      expect(canvas.collisions).toBe(0);
    }
  expect(closed).toBeGreaterThan(10);
});

const ackedBefore = ({trace}: Opened, until: number): number =>
  Math.max(
    ...[...traceLines(trace, {title: '', notes: []})]
      .filter((line) => line['kind'] === 'send' && line['host'] === 'server' && Number(line['n']) <= until)
      .map((line) => Number(tcpOf(line)['tcp.ack_raw'])),
  );

test('open questions: their instant has not happened, and no number is the answer', () => {
  let asked = 0;
  for (const opened of [sliding, holes]) {
    let state = started();
    for (let turn = 0; turn < 60; turn++) {
      state = act(opened, state, {kind: 'beatNext'});
      const question = opened.beats.find(({index}) => index === state.gate?.beat);
      if (question?.kind !== 'prediction') {
        if (state.gate) state = act(opened, state, {kind: 'skip'}, {kind: 'continue'});
        continue;
      }
      const view = viewOf({...opened, playback: state, message: undefined});
      const answer = String(question.choices.find(({correct}) => correct)?.value);
      const {instant} = opened.trace.event(view.cursor);
      const before = [...opened.trace.events(1, view.cursor)].filter((event) => event.instant < instant);
      const {una, wnd} = foldOf(opened, before.at(-1)?.n ?? 0);
      const [sender] = windowScene(view)?.bars ?? [];
      const value = (name: string) => sender?.items.find((item) => item.name === name)?.value;
      for (const [name, number] of [
        ['acknowledged snd.una', una],
        ['snd.wnd', wnd],
      ] as const)
        if (opened === sliding) expect([String(number), '?']).toContain(value(name));
      // The receiver acknowledges at once what is in order: no further than before the instant.
      if (opened === holes)
        expect(windowScene(view)?.bars[1]?.stretches[2]?.from).toBe(
          ackedBefore(opened, before.at(-1)?.n ?? 0) - 1000,
        );
      for (const bar of windowScene(view)?.bars ?? [])
        for (const item of bar.items) expect(item.value).not.toBe(answer);
      asked += 1;
      state = act(opened, state, {kind: 'skip'}, {kind: 'continue'});
    }
  }
  expect(asked).toBeGreaterThan(1);
});

test('a bar: every stretch that is not empty has a cell, and together they fill it', () => {
  const stretches = [
    {from: 0, shade: 'done'},
    {from: 100_000, shade: 'full'},
    {from: 100_010, shade: 'hole'},
    {from: 100_010, shade: 'free'},
    {from: 100_020, shade: 'beyond'},
  ] as const;
  const cells = cellsOf({stretches}, 200_000, 20);
  expect(cells).toHaveLength(20);
  expect(cells.filter((cell) => cell === 'done')).toHaveLength(10);
  expect(cells[10]).toBe('full');
  expect(cells[11]).toBe('free');
  expect(new Set(cells.slice(12))).toEqual(new Set(['beyond']));
});

/** listen(2): half-open children by the states they enter and leave. */
test('the queues hold what the lines of states tell, at every moment', () => {
  let most = 0;
  for (const viewMs of flood.pacing.viewMs) {
    const view = lookAt(flood, viewMs);
    let halfOpen = 0;
    for (const line of traceLines(flood.trace, {title: '', notes: []})) {
      if (
        line['kind'] !== 'state' ||
        line['host'] !== 'server' ||
        Number(line['n']) > instantEnd(flood, view.cursor)
      )
        continue;
      if (line['to'] === 'SYN-RECEIVED') halfOpen += 1;
      if (line['from'] === 'SYN-RECEIVED') halfOpen -= 1;
    }
    const [syn] = queueScene(view)?.queues ?? [];
    expect(syn?.held ?? 0).toBe(halfOpen);
    expect(syn?.limit ?? 4).toBe(4);
    most = Math.max(most, halfOpen);
  }
  expect(most).toBe(4);
});

test('3 of 4, as a bar, and as ss prints it', () => {
  const {pacing, trace} = flood;
  const third = [...trace.events()].filter(({kind, host}) => kind === 'state' && host === 'server')[3];
  const viewMs = [...pacing.viewMs].find((_, index) => (pacing.event.at(index) ?? 0) >= (third?.n ?? 0)) ?? 0;
  const canvas = new Canvas(72, 8);
  const region = {row: 1, rows: 8, column: 1, columns: 70};
  queuesPanel.put(paneOn(canvas, {region}), lookAt(flood, viewMs), undefined);
  expect(textOf(canvas)).toEqual([
    'server listens on 198.51.100.20:80, backlog 3',
    'SYN queue     ▮▮▮▯ 3/4 ◆',
    'accept queue  ▯▯▯▯ 0/4',
    '$ ss -tan   (netstat: SYN_RECV)',
    'LISTEN          0      3  198.51.100.20:80',
    'SYN-RECV        0      0  198.51.100.20:80 203.0.113.1:15568',
    'SYN-RECV        0      0  198.51.100.20:80 203.0.113.1:15569',
    'SYN-RECV        0      0  198.51.100.20:80 203.0.113.1:15570',
  ]);
});

// Linux: tcp_conn_request and tcp_v4_syn_recv_sock count an overflow and a drop each, a full SYN queue a drop alone.
test.each([
  // The client's ACK, its data four times (a tail loss probe and two time-outs among them), its answer to the repeated SYN,ACK; a SYN twice.
  ['accept-queue base', [8, 8]],
  ['accept-queue reset', [2, 2]],
  ['syn-flood base', [10]],
] as const)('%s: its counters at last', (name, counts) => {
  const opened = lessonRun(name);
  const told = queueScene(lookAt(opened, opened.pacing.durationMs))?.told.map(({text}) => text);
  const [drops, overflows] = counts;
  expect(told).toEqual([
    `${drops} dropped, queue full (ListenDrops)`,
    ...(overflows ? [`${overflows} of them: accept queue full (ListenOverflows)`] : []),
  ]);
});

test('a run that only passes through its listener has no panel of queues, one without data none of windows', () => {
  const quiet = open({trace: run(handshakeScenario())});
  expect(queuesPanel.isAvailable(lookAt(quiet, 0))).toBe(false);
  expect(windowPanel.isAvailable(lookAt(quiet, 0))).toBe(false);
  expect(queuesPanel.isAvailable(lookAt(flood, 0))).toBe(true);
  expect(windowPanel.isAvailable(lookAt(sliding, 0))).toBe(true);
});

test('every moment at 40 sizes in both languages: no overlap, no line too wide', () => {
  for (const [panel, opened] of [
    [windowPanel, sliding],
    [windowPanel, holes],
    [queuesPanel, flood],
  ] as const)
    for (const [index, viewMs] of [...opened.pacing.viewMs].entries())
      for (const [turn, size] of [
        ...sizesTried(),
        {columns: 34, rows: 18},
        {columns: 112, rows: 6},
      ].entries()) {
        if (size.columns < panel.least.columns || size.rows < panel.least.rows) continue;
        const glyphs = (index + turn) % 2 ? asciiGlyphs : unicodeGlyphs;
        const language = (index + turn) % 3 ? 'en' : 'zh';
        const canvas = new Canvas(size.columns + 1, size.rows);
        const region = {row: 1, column: 1, ...size};
        panel.put(
          paneOn(canvas, {region, glyphs, language, focused: true}),
          lookAt(opened, viewMs, language),
          undefined,
        );
        const lines = textOf(canvas);
        for (const line of lines) if (textWidth(line) > size.columns) expect.fail(`too wide: ${line}`);
        if (canvas.collisions > 0) expect.fail(`overlap\n${lines.join('\n')}`);
        if (glyphs === asciiGlyphs && language === 'en')
          expect(lines.join('\n')).toMatch(/^[\n\u0020-\u007e]*$/);
      }
});
