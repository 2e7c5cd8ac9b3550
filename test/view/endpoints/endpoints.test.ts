// The endpoints panel: arithmetic that is true, and the one selection that leads from a variable to its packet and field.

import {expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import type {Cause} from '../../../source/sim/scenario.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {endpointsOf, placesOf} from '../../../source/view/endpoints/scene-endpoints.ts';
import {variableNames} from '../../../source/view/endpoints/variables.ts';
import {placeOfField, selectionOf} from '../../../source/view/links.ts';
import {endpointsPanel} from '../../../source/view/panels/endpoints.ts';
import {spokenEndpoints} from '../../../source/view/spoken/spoken-rows.ts';
import type {PlaybackState} from '../../../source/view/time/playback-state.ts';
import {type View, viewOf} from '../../../source/view/view.ts';
import {RecordType} from '../../../source/wire/dns/registry.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {ask, dnsScenario} from '../../helpers/dns-network.ts';
import {handshakeScenario, teardownScenario} from '../../helpers/scenarios.ts';
import {thorough} from '../../helpers/seeds.ts';
import {run} from '../../helpers/traces.ts';
import {handshakeBeats} from '../beats.ts';
import {act, canvasOf, type Opened, open, playingAt, started, textOf} from '../player.ts';

const lessonTrace = (id: string): Trace => {
  const wanted = allRuns().find(({lesson}) => lesson.id === id);
  if (!wanted) throw new Error(`no lesson ${id}`);
  return traceOf(wanted);
};

const traces: readonly (readonly [string, Trace])[] = [
  ['handshake', run(handshakeScenario())],
  ['teardown', run(teardownScenario())],
  ['teardown, a FIN lost', run(teardownScenario({faults: [{kind: 'drop', at: {packet: 8}}]}))],
  ['data-transfer', lessonTrace('data-transfer')],
];

const viewAt = (opened: Opened, viewMs: number, change: Partial<PlaybackState> = {}): View =>
  viewOf({...opened, playback: started({viewMs, ...change}), message: undefined});

const microseconds = {s: 1_000_000, ms: 1000, µs: 1};

/** `= 1000 + 1`, `= 2 × 1.000 s`: an arithmetic of its own, from what stands on the screen. */
const resultOf = (line: string): number => {
  const numbers = line
    .replace(/([\d.]+) (s|ms|µs)/g, (_, value: string, unit: 's' | 'ms' | 'µs') =>
      String(Math.round(Number(value) * microseconds[unit])),
    )
    .replace(/^=/, '')
    .replaceAll('×', '*')
    .replaceAll('−', '-')
    .replaceAll(' ', '');
  if (!/^[\d*/+-]+$/.test(numbers)) throw new Error(`no arithmetic: ${line}`);
  return numbers
    .replaceAll('-', '+-')
    .split('+')
    .map((term) =>
      term
        .split('*')
        .map((factor) =>
          factor
            .split('/')
            .map(Number)
            .reduce((whole, by) => Math.floor(whole / by)),
        )
        .reduce((one, other) => one * other),
    )
    .reduce((one, other) => one + other);
};

const textValue = (text: string): number => (/^\d+$/.test(text) ? Number(text) : resultOf(text));

test.each(traces)('%s: every formula shown is true in its own numbers', (_name, trace) => {
  const opened = open({trace});
  for (const relative of [false, true])
    for (const viewMs of opened.pacing.viewMs)
      for (const {values} of endpointsOf(viewAt(opened, viewMs, {relative}), 20) ?? [])
        for (const {name, text, arithmetic} of values) {
          if (arithmetic.length === 0) continue;
          expect(arithmetic).toHaveLength(2);
          const off = Math.abs(resultOf(arithmetic[1] ?? '') - textValue(text));
          // Times are cut to the digits that are shown.
          expect(off, `${name} ${text} ${arithmetic}`).toBeLessThanOrEqual(/ (s|ms)$/.test(text) ? 5000 : 0);
        }
});

test.each(traces)('%s: what moved of the three sequence variables is told', (_name, trace) => {
  const opened = open({trace});
  let told = 0;
  for (const viewMs of opened.pacing.viewMs)
    for (const {values} of endpointsOf(viewAt(opened, viewMs)) ?? [])
      for (const {changed, arithmetic} of values) {
        if (!changed) continue;
        told += 1;
        expect(arithmetic).not.toEqual([]);
      }
  expect(told).toBeGreaterThan(5);
});

test('the rule that was followed speaks before the general law', () => {
  const trace = run(handshakeScenario());
  const rule = (id: string) =>
    id === '9293:3.10.7.2/listen/syn'
      ? {
          id,
          rfc: '9293',
          step: everywhere({en: '', zh: ''}),
          text: everywhere({en: '', zh: ''}),
          formula: ["rcv.nxt' = irs' + SYN"],
        }
      : undefined;
  const opened = open({trace, rule});
  const view = viewOf({...opened, playback: playingAt(opened, 78_000), message: undefined});
  const [, server] = endpointsOf(view) ?? [];
  expect(server?.values.find(({name}) => name === 'rcv.nxt')?.arithmetic).toEqual([
    '= irs  + SYN',
    '= 1000 + 1',
  ]);
});

test('of a connection that was just made only what the peer has told is news', () => {
  const opened = open({trace: run(handshakeScenario())});
  const view = viewOf({...opened, playback: playingAt(opened, 50_000), message: undefined});
  const [, server] = endpointsOf(view, 20) ?? [];
  const news = server?.values.filter(({changed}) => changed).map(({name}) => name);
  expect(news).toEqual(['rcv.nxt', 'irs']);
  expect(server?.values.find(({name}) => name === 'rcv.wnd')?.arithmetic).toEqual([]);
});

test('no formula tells what an open question asks', () => {
  const trace = run(handshakeScenario());
  const opened = open({trace, beats: handshakeBeats(trace)});
  const asked = act(opened, playingAt(opened, 40_000, {answers: {}}), {kind: 'tick', ms: 400});
  expect(asked.gate).toBeDefined();
  const view = viewOf({...opened, playback: asked, message: undefined});
  const shown = (endpointsOf(view, 20) ?? []).flatMap(({values}) =>
    values.flatMap(({text, arithmetic}) => [text, ...arithmetic]),
  );
  expect(shown.join('\n')).not.toContain('1001');
});

/** RFC 9293 figure 6, with the ISNs of these hosts. */
test('a variable leads to the packet and the field that fed it', () => {
  const opened = open({trace: run(handshakeScenario())});
  const view = viewAt(opened, opened.pacing.durationMs);
  const from = (host: string, name: string) => selectionOf(view, {host, name});
  expect(from('server', 'rcv.nxt')).toMatchObject({packet: 1, field: 'tcp.seq_raw'});
  expect(from('client', 'rcv.nxt')).toMatchObject({packet: 2, field: 'tcp.seq_raw'});
  expect(from('client', 'snd.una')).toMatchObject({packet: 2, field: 'tcp.ack_raw'});
  expect(from('server', 'snd.una')).toMatchObject({packet: 3, field: 'tcp.ack_raw'});
  expect(from('client', 'snd.nxt')).toMatchObject({packet: 1, field: 'tcp.seq_raw'});
  expect(from('client', 'state')).toMatchObject({packet: 2, field: 'tcp.flags'});
  expect(from('server', 'state')).toMatchObject({packet: 3, field: 'tcp.flags'});
  const early = viewOf({...opened, playback: playingAt(opened, 78_000), message: undefined});
  expect(selectionOf(early, {host: 'server', name: 'RTO'})).toMatchObject({packet: 2, field: 'tcp.seq_raw'});
  expect(selectionOf(early, {host: 'client', name: 'RTO'})).toMatchObject({packet: 1});
});

test('a field leads to the variable that it fed', () => {
  const opened = open({trace: run(handshakeScenario())});
  const view = viewAt(opened, opened.pacing.durationMs);
  expect(placeOfField(view, 2, 'tcp.ack_raw')).toEqual({host: 'client', name: 'snd.una'});
  expect(placeOfField(view, 2, 'tcp.seq_raw')).toEqual({host: 'client', name: 'rcv.nxt'});
  expect(placeOfField(view, 2, 'tcp.flags')).toEqual({host: 'client', name: 'state'});
  expect(placeOfField(view, 2, 'tcp.srcport')).toBeUndefined();
});

test.each(traces)('%s: variable → packet → field → variable closes', (_name, trace) => {
  const opened = open({trace});
  const view = viewAt(opened, opened.pacing.durationMs);
  for (const place of placesOf(view)) {
    if (place.name === 'state' || !['snd.una', 'rcv.nxt', 'snd.wnd'].includes(place.name)) continue;
    const {packet = 0, field} = selectionOf(view, place);
    if (packet > 0) expect(placeOfField(view, packet, field), `${packet} ${field}`).toEqual(place);
  }
});

test('↑↓ walks over every row and stops at the ends', () => {
  const opened = open({trace: run(handshakeScenario())});
  let state = playingAt(opened, 78_000);
  const seen: string[] = [];
  for (;;) {
    const view = viewOf({...opened, playback: state, message: undefined});
    const move = endpointsPanel.command(view, undefined, 'down');
    if (!move?.selection?.variable) break;
    seen.push(`${move.selection.variable.host} ${move.selection.variable.name}`);
    state = act(opened, state, {kind: 'select', selection: move.selection});
    const text = textOf(canvasOf(opened, {...state, focus: 'endpoints'}, {columns: 120, rows: 40}));
    expect(text.filter((line) => /^.{97}▸/u.test(line))).toHaveLength(1);
  }
  const ends = ['client', 'server'].flatMap((host) =>
    ['state', ...variableNames].map((name) => `${host} ${name}`),
  );
  expect(seen).toEqual([...ends, 'client RTO', 'server RTO']);
});

test('what does not fit is counted', () => {
  const opened = open({trace: run(handshakeScenario())});
  const variable = {host: 'client', name: 'cwnd'};
  const state = act(opened, playingAt(opened, 78_000), {kind: 'select', selection: {variable}});
  const text = textOf(canvasOf(opened, {...state, focus: 'endpoints'}, {columns: 120, rows: 40})).join('\n');
  expect(text).toMatch(/▸cwnd +5360/);
  expect(text).toMatch(/▾ \d+ more/);
});

thorough('120×40: the time that a timer has left is never cut', () => {
  for (const name of ['half-open alive', 'half-open keep-alive', 'simultaneous-close what-if 2']) {
    const wanted = allRuns().find((each) => each.name === name);
    if (!wanted) throw new Error(`no run ${name}`);
    const run = open({trace: traceOf(wanted)});
    for (const language of ['en', 'zh'] as const)
      for (const viewMs of run.pacing.viewMs) {
        const state = started({viewMs, language, focus: 'endpoints', opened: ['endpoints']});
        const view = viewOf({...run, playback: state, message: undefined});
        const panel = textOf(canvasOf(run, state, {columns: 120, rows: 40})).map((line) => line.slice(90));
        for (const {timers} of endpointsOf(view, 4) ?? [])
          for (const {left} of timers) expect(panel.join('\n'), name).toContain(left);
      }
  }
});

// Linux holds an ACK with SACK back for 100 µs at most (tcp_comp_sack_slack_ns): nothing left of that is no 0 ms.
thorough('a timer that is over has 0 of its own unit in the panel, too', () => {
  const wanted = allRuns().find((each) => each.name === 'your-capture lost') ?? expect.fail('no run');
  const run = open({trace: traceOf(wanted)});
  const left = [...run.pacing.viewMs].flatMap((viewMs) =>
    (endpointsOf(viewAt(run, viewMs)) ?? []).flatMap(({timers}) =>
      timers.filter(({name}) => name === 'delayed ACK').map((timer) => timer.left),
    ),
  );
  expect(left).toContain('0 µs');
  expect(left).not.toContain('0 ms');
});

test('before the first segment: client and server, not the router that stands between them', () => {
  const opened = open({trace: lessonTrace('https-why')});
  expect(endpointsOf(viewAt(opened, 0))?.map(({id}) => id)).toEqual(['client', 'server']);
});

test('of many hosts nobody is said to be CLOSED while only DNS is spoken: the ends are not known yet', () => {
  const opened = open({trace: lessonTrace('url-to-page')});
  const before = viewAt(opened, 0);
  expect((endpointsOf(before) ?? expect.fail()).map(({state}) => state)).toEqual(['', '']);
  expect(spokenEndpoints(before)).toEqual(['No connection record.']);
  const after = viewAt(opened, opened.pacing.durationMs);
  expect((endpointsOf(after) ?? expect.fail()).map(({state}) => state)).not.toContain('');
});

test('of many hosts the ends stay CLOSED after a connection was refused, however much DNS is spoken since', () => {
  const to = {host: 'auth', port: 81};
  const connects: Cause = {
    when: {kind: 'at', atUs: 0},
    host: 'local',
    action: {call: 'connect', to, from: 40000, as: 'c', read: 'auto'},
  };
  const asked = Array.from({length: 12}, (_, index) =>
    ask(1000 + 1000 * index, {call: 'resolve', name: `n${index}.abc.com`, type: RecordType.A}),
  );
  const opened = open({trace: run(dnsScenario([connects, ...asked]))});
  const end = endpointsOf(viewAt(opened, opened.pacing.durationMs)) ?? expect.fail();
  expect(end.map(({id, state}) => [id, state])).toEqual([
    ['local', 'CLOSED'],
    ['auth', 'CLOSED'],
  ]);
});
