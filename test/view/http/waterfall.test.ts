// The waterfall. Oracles: lesson 24 of the curriculum for times and connections, tshark for exchanges of captures, what the
// applications of a run say themselves (they count what they read, the waterfall what passes on the wire).
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {type Exchange, exchangesIn} from '../../../source/account/http/exchanges.ts';
import type {Cause} from '../../../source/sim/scenario.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {httpClientDefaults} from '../../../source/stack/http/client-settings.ts';
import {httpServerDefaults} from '../../../source/stack/http/server-settings.ts';
import {Canvas} from '../../../source/view/canvas.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {cellAt, ticksOf, timeAxis} from '../../../source/view/http/time-axis.ts';
import {waterfallScene} from '../../../source/view/http/waterfall.ts';
import {spokenWaterfall, waterfallPanel} from '../../../source/view/panels/waterfall.ts';
import {type View, viewOf} from '../../../source/view/view.ts';
import {RecordType} from '../../../source/wire/dns/registry.ts';
import {textWidth} from '../../../source/words/width.ts';
import {abcZone, ask, dnsScenario} from '../../helpers/dns-network.ts';
import {after, at, get, httpScenario, site} from '../../helpers/http-network.ts';
import {handshakeRun} from '../../helpers/render.ts';
import {eventsOf, run} from '../../helpers/traces.ts';
import {openedTrace, sideFileOf, tlsCaptures} from '../../observe/tls-captured.ts';
import {captureFolder} from '../../wire/captures.ts';
import {paneOn} from '../pane.ts';
import {type Opened, open, playingAt, textOf} from '../player.ts';
import {sizesTried} from '../sizes.ts';

const routes = [
  {method: 'GET', path: '/1', body: {bytes: 100}},
  {method: 'GET', path: '/2', body: {bytes: 5000}},
  {method: 'GET', path: '/3', body: {bytes: 100}, headers: [{name: 'Cache-Control', value: 'max-age=60'}]},
  {method: 'GET', path: '/slow', body: 'x', delayUs: 200_000},
  {method: 'GET', path: '/cut', body: {bytes: 200}, cutAfter: 20},
];
const threeOf = (version: '1.0' | '1.1'): readonly Cause[] => [
  at(0, get('/1', {version, as: 'a'})),
  after('a', get('/1', {version, as: 'b'})),
  after('b', get('/1', {version})),
];
const pipeline: readonly Cause[] = [at(0, {call: 'pipeline', urls: [1, 1, 1].map((n) => `${site}/${n}`)})];
const traceOf = (script: readonly Cause[]): Trace => run(httpScenario(script, {routes}));

const viewAt = (opened: Opened, ms: number, language: 'en' | 'zh' = 'en'): View =>
  viewOf({...opened, playback: {...playingAt(opened, ms * 1000), language}, message: undefined});

test('a time that a question asks for is told to neither the eye nor the ear, in milliseconds or microseconds', () => {
  const trace = traceOf(pipeline);
  const view = viewAt(open({trace}), trace.durationUs / 1000);
  const [asked] = handshakeRun().beats.filter(({kind}) => kind === 'prediction');
  if (asked?.kind !== 'prediction') throw new Error('the handshake asks');
  const {elapsedUs} = waterfallScene(view);
  expect(spokenWaterfall(view).at(-1)).toContain('200 milliseconds');
  for (const right of [elapsedUs, elapsedUs / 1000]) {
    const choices = asked.choices.map((each) => ({...each, ...(each.correct && {value: right})}));
    const blank = {...view, hidden: [{...asked, event: 0, choices}]};
    expect(waterfallScene(blank).time(elapsedUs)).toBe('?');
    expect(spokenWaterfall(blank).at(-1)).not.toContain('200');
  }
});

test.each([
  ['short', threeOf('1.0'), 600, 3],
  ['persistent', threeOf('1.1'), 400, 1],
  ['pipelined', pipeline, 200, 1],
] as const)('%s: time and connections (lesson 24)', (_, script, ms, connections) => {
  const trace = traceOf(script);
  const scene = waterfallScene(viewAt(open({trace}), trace.durationUs / 1000));
  expect(scene.exchanges.map(scene.rowOf).map(({status}) => status)).toEqual(['200', '200', '200']);
  expect([scene.elapsedUs / 1000, scene.connections]).toEqual([ms, connections]);
  // Nobody else sends anything here.
  expect(scene.segments).toBe(trace.packetCount);
  expect(scene.exchanges.map(scene.rowOf).reduce((sum, {segments = 0}) => sum + segments, 0)).toBe(
    trace.packetCount,
  );
});

const mixed: readonly Cause[] = [
  at(0, get('/slow', {as: 'a'})),
  after('a', get('/2')),
  after('a', get('/3', {as: 'b'})),
  after('b', get('/3', {as: 'c'})),
  after('c', {call: 'pipeline', urls: ['/2', '/slow', '/1'].map((path) => site + path), as: 'd'}),
  after('d', get('/none', {as: 'e'})),
  at(40_000, get('/cut')),
];

test('phases are what the applications say: when each request left, each response was whole', () => {
  const trace = traceOf(mixed);
  const told = eventsOf(trace, 'note').filter(({host}) => host === 'client');
  const times = (exchanges: readonly Exchange[], kind: 'send' | 'receive', end: 'from' | 'to') =>
    exchanges
      .flatMap(({phases}) => phases.filter((each) => each.kind === kind))
      .flatMap((phase) => phase[end]?.atUs ?? [])
      .sort((a, b) => a - b);
  const exchanges = exchangesIn(trace);
  const sent = told.filter(({note}) => note.kind === 'request' && note.op === 'sent');
  expect(times(exchanges, 'send', 'from')).toEqual(sent.map(({atUs}) => atUs));
  const ended = told.filter(
    ({note}) => note.kind === 'response' && (note.op === 'finished' || note.op === 'incomplete'),
  );
  expect(times(exchanges, 'receive', 'to')).toEqual(ended.map(({atUs}) => atUs));
  const opened = told.filter(({note}) => note.kind === 'http-connection' && note.op === 'opened');
  const connects = exchanges.flatMap(({phases}) => phases.filter(({kind}) => kind === 'connect'));
  expect(connects.map(({to}) => to?.atUs)).toEqual(opened.map(({atUs}) => atUs));
  const onEach = exchanges.flatMap(({on}) => (on ? [on.nth] : []));
  expect(onEach.toSorted()).toEqual(
    sent.flatMap(({note}) => (note.kind === 'request' ? [note.nth] : [])).toSorted(),
  );
  expect(exchanges.filter(({on}) => on === undefined).map(({target}) => target)).toEqual(['/3']);
  expect(exchanges.filter(({failed}) => failed).map(({target, done}) => [target, done])).toEqual([
    ['/cut', undefined],
  ]);
});

test('phases of an exchange follow each other without a hole', () => {
  for (const {phases} of exchangesIn(traceOf(mixed)))
    for (const [index, {kind, from}] of phases.entries())
      if (kind !== 'send' || index > 0) expect(from.atUs).toBe((phases[index - 1]?.to ?? from).atUs);
});

test('the name is asked for first, and only once', () => {
  const web = {name: 'web.abc.com.', type: RecordType.A, class: 1, ttl: 300} as const;
  const records = [{...web, data: {kind: 'A', address: '192.0.2.53'} as const}];
  const scenario = dnsScenario([
    ask(0, {call: 'editZone', origin: abcZone.origin, records}, 'auth'),
    ask(1, {call: 'open', url: 'http://web.abc.com/'}),
    ask(30_000, {call: 'open', url: 'http://web.abc.com/'}),
  ]);
  const server = {...httpServerDefaults, routes: [{method: 'GET', path: '/', body: 'hello'}]};
  const trace = run({
    ...scenario,
    apps: [
      ...(scenario.apps ?? []),
      {host: 'm', spec: {app: 'http', spec: {role: 'client', settings: {...httpClientDefaults, dns: true}}}},
      {host: 'local', spec: {app: 'http', spec: {role: 'server', settings: server}}},
    ],
  });
  const lengths = exchangesIn(trace).map(({phases}) =>
    phases.map(({kind, from, to}) => `${kind} ${((to?.atUs ?? 0) - from.atUs) / 1000}`).slice(0, -1),
  );
  // Lesson 20's walk of 130 ms, then two round trips of 10 ms; 30 s later the stub still knows.
  expect(lengths).toEqual([
    ['dns 130', 'connect 10', 'send 0', 'wait 10', 'receive 0'],
    ['connect 10', 'send 0', 'wait 10', 'receive 0'],
  ]);
});

type Oracle = {
  stream: number;
  method: string;
  target: string;
  status?: number;
  requestFrame: number;
  responseFrame: number;
};
const oracle: {exchanges: Record<string, readonly Oracle[]>} = JSON.parse(
  readFileSync(`${captureFolder}http.json`, 'utf8'),
);

/** Inside TLS, where both ends were heard in HTTP. */
const inTls = tlsCaptures.flatMap((name): [string, readonly Oracle[]][] => {
  const exchanges = (sideFileOf(name).http ?? []).filter(({responseFrame}) => responseFrame !== undefined);
  return exchanges.length > 0 ? [[name, exchanges]] : [];
});

/** 0: no such event, or none of a packet. */
const packetAt = (trace: Trace, n = 0): number => {
  const event = n > 0 ? trace.event(n) : undefined;
  return event && 'packet' in event ? event.packet : 0;
};

test.each([...Object.entries(oracle.exchanges), ...inTls])(
  '%s: the exchanges are tshark’s',
  (name, exchanges) => {
    const trace = openedTrace(name);
    const found = exchangesIn(trace).map(({on, method, target, status, phases}) => ({
      connection: on?.connection,
      ...{method, target, status: status?.code},
      requestFrame: packetAt(trace, phases.find(({kind}) => kind === 'send')?.to?.n),
      responseFrame: packetAt(trace, phases.find(({kind}) => kind === 'receive')?.to?.n),
    }));
    const streams = [...new Set(exchanges.map(({stream}) => stream))];
    const wanted = exchanges.map(({stream, method, target, status, requestFrame, responseFrame}) => ({
      connection: streams.indexOf(stream) + 1,
      ...{method, target, status, requestFrame, responseFrame},
    }));
    const inOrder = (all: typeof found) => all.toSorted((a, b) => a.requestFrame - b.requestFrame);
    expect(inOrder(found)).toEqual(inOrder(wanted));
  },
);

test('between TCP and the first request stands the handshake of TLS, from the ClientHello on', () => {
  const name = '17a-url-to-page-tls13.pcap';
  const trace = openedTrace(name);
  const {tls, http = []} = sideFileOf(name);
  const hello = tls.handshake.find(({message}) => message === 'Client Hello')?.frame;
  const phases = exchangesIn(trace).map((each) => each.phases.map(({kind}) => kind));
  expect(phases.map((kinds) => kinds.filter((kind) => kind !== 'idle'))).toEqual([
    ['dns', 'connect', 'secure', 'send', 'wait', 'receive'],
    ['send', 'wait', 'receive'],
    ['send', 'wait', 'receive'],
  ]);
  const secure = exchangesIn(trace)[0]?.phases.find(({kind}) => kind === 'secure');
  const ends = [secure?.from.n, secure?.to?.n].map((n) => packetAt(trace, n));
  expect(ends).toEqual([hello, http[0]?.requestFrame]);
});

const drawn = (
  view: View,
  columns: number,
  rows: number,
  glyphs = unicodeGlyphs as typeof asciiGlyphs,
): Canvas => {
  const canvas = new Canvas(columns, rows);
  waterfallPanel.put(paneOn(canvas, {glyphs, language: view.language}), view, waterfallPanel.start);
  return canvas;
};

test('what is to come is not drawn: a row grows only to the right, and its status comes with the head', () => {
  const trace = traceOf(mixed);
  const opened = open({trace});
  let before: readonly string[] = [];
  let scale: number | undefined;
  let compared = 0;
  for (let ms = 0; ms <= 1000; ms += 10) {
    const view = viewAt(opened, ms);
    const scene = waterfallScene(view);
    for (const {exchange, bars, status} of scene.exchanges.map(scene.rowOf)) {
      for (const {fromUs, toUs} of bars) expect(Math.max(fromUs, toUs)).toBeLessThanOrEqual(view.nowUs);
      const head = exchange.status?.known;
      expect(status !== '').toBe(head !== undefined && head.n <= view.cursor);
    }
    const rows = textOf(drawn(view, 100, 14))
      .slice(1, -1)
      .filter((line) => line.includes('GET'));
    const [part] = timeAxis(scene.busy, 40, scene.leastUs).parts;
    const now = part && part.cells / (part.toUs - part.fromUs);
    if (now === scale)
      for (const [index, line] of before.entries()) {
        const bars = line.slice(30, 70).trimEnd().slice(0, -2);
        expect(rows[index]?.slice(30).startsWith(bars), `${ms} ms\n${line}\n${rows[index]}`).toBe(true);
        compared++;
      }
    before = rows;
    scale = now;
  }
  expect(compared).toBeGreaterThan(100);
});

/** Lesson 24 asks when all will be there before it shows it: the picture so far must not differ by what is to come. */
test('how long the run will be does not show', () => {
  const looks = [threeOf('1.0'), threeOf('1.0').slice(0, 1)].map((script) => {
    const opened = open({trace: traceOf(script)});
    return [0, 60, 120, 199].map((ms) => textOf(drawn(viewAt(opened, ms), 100, 8)));
  });
  expect(looks[0]).toEqual(looks[1]);
});

test('the picture of lesson 24, run A', () => {
  const trace = traceOf(threeOf('1.0'));
  const lines = textOf(drawn(viewAt(open({trace}), trace.durationUs / 1000), 100, 6, asciiGlyphs));
  expect(lines.map((line) => line.trimEnd())).toMatchInlineSnapshot(`
    [
      "  request          conn   0 ms     100 ms   200 ms    300 ms   400 ms   500 ms        took  segments",
      "  GET /1      200  1 new  =TCP=====>.wait...<                                       200 ms        11",
      "  GET /1      200  2 new                    ==========>........<                    200 ms        11",
      "  GET /1      200  3 new                                       =========>........<  200 ms        11",
      "",
      "  3 requests, 3 connections, 33 segments, 600 ms                                   > send  < receive",
    ]
  `);
});

test('at 40 sizes, in both languages, nothing is wider than its region and no cell is wanted twice', () => {
  const runs = [mixed, threeOf('1.1').slice(0, 1)].map((script) => open({trace: traceOf(script)}));
  // The panel's place is less than the screen.
  for (const [index, {columns, rows}] of sizesTried().entries())
    for (const less of [0, 8, 12])
      for (const opened of runs)
        for (const ms of [120, 420, 41_000]) {
          const glyphs = index % 3 ? unicodeGlyphs : asciiGlyphs;
          const view = viewAt(opened, ms, index % 2 ? 'zh' : 'en');
          const canvas = drawn(view, columns - less, rows - less, glyphs);
          expect(canvas.collisions, `${columns - less}×${rows - less} ${ms} ms`).toBe(0);
          for (const line of textOf(canvas)) expect(textWidth(line)).toBeLessThanOrEqual(columns - less);
        }
});

test('a phase is named whole or not at all, however long its bar', () => {
  const runs = [mixed, threeOf('1.1').slice(0, 1)].map((script) => open({trace: traceOf(script)}));
  for (const opened of runs) {
    const view = viewAt(opened, 41_000);
    for (let columns = 44; columns <= 110; columns++) {
      const canvas = drawn(view, columns, 10);
      expect(canvas.collisions, `${columns}`).toBe(0);
      for (const line of textOf(canvas).filter((each) => each.includes('GET')))
        for (const word of line.slice(20).match(/[a-zA-Z]+(?= *[▒▓┈█─░]|$)/g) ?? [])
          expect(['new', 'cache', 'TCP', 'send', 'wait', 'receive', 'idle', 'ms', 's']).toContain(word);
    }
  }
});

test('an idle minute is folded; time rises to the right, and ticks keep apart', () => {
  const busy = [
    {fromUs: 0, toUs: 300_000},
    {fromUs: 350_000, toUs: 400_000},
    {fromUs: 60_000_000, toUs: 60_100_000},
  ];
  const axis = timeAxis(busy, 60);
  expect(axis.parts.map(({folded}) => folded)).toEqual([false, true, false]);
  let last = 0;
  for (let us = 0; us <= 60_100_000; us += 12_345) {
    const cell = cellAt(axis, us);
    expect(cell).toBeGreaterThanOrEqual(last);
    last = cell;
  }
  expect([cellAt(axis, 0), cellAt(axis, 60_100_000)]).toEqual([0, 60]);
  // 56 cells for 500 ms; where the axis goes on to a round length, for 600 ms.
  expect(cellAt(axis, 400_000)).toBeCloseTo(44.8);
  expect(cellAt(timeAxis(busy, 60, 200_000), 400_000)).toBeCloseTo((56 * 4) / 6);
  const ticks = ticksOf(axis, 9);
  expect(ticks.filter(({leapt}) => leapt).map(({us}) => us)).toEqual([60_000_000]);
  const first = ticks.filter(({us}) => us <= 400_000);
  expect(first.map(({us}) => us)).toEqual([0, 100_000, 200_000, 300_000, 400_000]);
  for (const [index, {cell}] of first.entries())
    expect(cell - (first[index - 1]?.cell ?? -9)).toBeGreaterThanOrEqual(9);
});

test('each request is a sentence, then the totals', () => {
  const trace = traceOf(threeOf('1.1'));
  const opened = open({trace});
  const spoken = (language: 'en' | 'zh') =>
    waterfallPanel.spoken?.(viewAt(opened, 250, language), waterfallPanel.start);
  expect(spoken('en')).toMatchInlineSnapshot(`
    [
      "GET /1 on connection 1, opened for it, 8 segments so far, answered 200 after 200 milliseconds.",
      "GET /1 on connection 1, open already, now in the phase wait.",
      "2 requests, 1 connection, 8 segments, 250 milliseconds.",
    ]
  `);
  expect(spoken('zh')).toMatchInlineSnapshot(`
    [
      "GET /1，走新建的连接 1，至今 8 个报文段，用时 200 毫秒，状态码 200。",
      "GET /1，复用连接 1，当前阶段：等待。",
      "2 个请求，1 条连接，8 个报文段，250 毫秒。",
    ]
  `);
});
