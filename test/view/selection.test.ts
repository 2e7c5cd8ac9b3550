// One selection that all panels follow: ladder, timeline, diagram, bytes, and the connection that the endpoints show.

import {expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {Cause} from '../../source/sim/scenario.ts';
import {visibleRows} from '../../source/view/bytes/inspector-rows.ts';
import type {InspectorState} from '../../source/view/bytes/inspector-state.ts';
import {rowName} from '../../source/view/bytes/inspector-value.ts';
import {shownPacket} from '../../source/view/bytes/shown.ts';
import {endpointsOf} from '../../source/view/endpoints/scene-endpoints.ts';
import {bytesPanel} from '../../source/view/panels/bytes.ts';
import {diagramPanel} from '../../source/view/panels/diagram.ts';
import type {PlaybackState} from '../../source/view/time/playback-state.ts';
import {viewOf} from '../../source/view/view.ts';
import {handshakeScenario, pairScenario, teardownScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';
import {act, canvasOf, type Opened, open, started, textOf} from './player.ts';

const viewAt = (opened: Opened, playback: PlaybackState) => viewOf({...opened, playback, message: undefined});

const atEnd = (opened: Opened, change: Partial<PlaybackState> = {}): PlaybackState =>
  started({viewMs: opened.pacing.durationMs, ...change});

const choosing = (opened: Opened, packet: number, change: Partial<PlaybackState> = {}): PlaybackState =>
  act(opened, atEnd(opened, change), {kind: 'select', selection: {packet}});

const medium = {columns: 120, rows: 40};

test('the chosen packet is marked in the ladder and on the timeline', () => {
  const opened = open({trace: run(teardownScenario())});
  const newest = opened.trace.packetCount;
  const lines = textOf(canvasOf(opened, choosing(opened, newest - 1), medium));
  const inLadder = lines.slice(4, 22).filter((line) => line.startsWith('▸'));
  expect(inLadder).toHaveLength(1);
  expect(lines[37]).toMatch(/^ {3}0 .*▸.*●/);
  const unchosen = textOf(canvasOf(opened, atEnd(opened), medium));
  expect(unchosen.slice(4, 22).filter((line) => line.startsWith('▸'))).toEqual([]);
  expect(unchosen[37]).not.toContain('▸');
});

test('its mark goes before the line that joins a packet to its first sending, where both want the first column', () => {
  const opened = open({trace: run(handshakeScenario({faults: [{kind: 'drop', at: {packet: 1}}]}))});
  for (const packet of [1, 2]) {
    const canvas = canvasOf(opened, choosing(opened, packet), {columns: 79, rows: 24});
    expect(canvas.collisions, `packet ${packet}`).toBe(0);
    expect(textOf(canvas).filter((line) => line.startsWith('▸'))).toHaveLength(1);
  }
});

test('the diagram walks over every change of state, each with the packet that made it', () => {
  const trace = run(teardownScenario());
  const opened = open({trace});
  const changes = [...trace.events()].filter(({kind}) => kind === 'state');
  let state = atEnd(opened, {focus: 'diagram'});
  const walked: number[] = [];
  for (;;) {
    const move = diagramPanel.command(viewAt(opened, state), state.own.diagram, 'down');
    if (!move?.selection) break;
    const event = Number(move.own);
    walked.push(event);
    const {instant, host} = trace.event(event);
    const causes = [...trace.events()].filter((each) => each.instant === instant && each.host === host);
    const way = causes.find(({kind}) => kind === 'arrive') ?? causes.find(({kind}) => kind === 'send');
    expect(move.selection.packet).toBe(way && 'packet' in way ? way.packet : undefined);
    state = act(
      opened,
      state,
      {kind: 'remember', panel: 'diagram', own: move.own},
      {kind: 'select', selection: move.selection},
    );
    const lines = canvasOf(opened, state, {columns: 100, rows: 40}).lines();
    const marked = lines.flat().filter(({selected}) => selected);
    expect(marked.length).toBeGreaterThan(0);
  }
  expect(walked).toEqual(changes.map(({n}) => n));
});

test('the diagram marks the edge that the chosen packet made its ends go', () => {
  const trace = run(teardownScenario());
  const opened = open({trace});
  const entered = [...trace.events()].find((event) => event.kind === 'state' && event.to === 'CLOSE-WAIT');
  const fin = [...trace.events()].find(
    (event) => event.kind === 'arrive' && event.instant === entered?.instant,
  );
  const packet = fin && 'packet' in fin ? fin.packet : 0;
  const lines = canvasOf(opened, choosing(opened, packet, {focus: 'diagram'}), {
    columns: 100,
    rows: 40,
  }).lines();
  const marked = lines.flat().filter(({selected}) => selected);
  expect(marked.map(({text}) => text)).toEqual(['close', 'FIN']);
});

test('bytes: the next packet without leaving, and the packet’s name where there is no title', () => {
  const opened = open({trace: run(teardownScenario())});
  const state = choosing(opened, 3, {focus: 'bytes'});
  const next = bytesPanel.command(viewAt(opened, state), undefined, 'next');
  expect(next?.selection?.packet).toBe(4);
  expect(bytesPanel.command(viewAt(opened, choosing(opened, 1)), undefined, 'previous')).toBeUndefined();
  const large = textOf(canvasOf(opened, {...state, opened: ['bytes']}, {columns: 200, rows: 60}));
  expect(large.join('\n')).toMatch(/packet 3 +value/);
});

test('bytes: every row can be gone to and stays chosen, layers too; enter folds it or what is around it', () => {
  const opened = open({trace: run(teardownScenario())});
  let state = choosing(opened, 3, {focus: 'bytes'});
  const packet = shownPacket(viewAt(opened, state), 3);
  const press = (command: string): string => {
    const move = bytesPanel.command(viewAt(opened, state), state.own.bytes, command);
    state = act(
      opened,
      state,
      {kind: 'remember', panel: 'bytes', own: move?.own},
      {kind: 'select', selection: move?.selection ?? {}},
    );
    const marked = canvasOf(opened, state, {columns: 80, rows: 40});
    return (
      marked
        .lines()
        .flat()
        .find(({selected, text}) => selected && /\w/.test(text))
        ?.text.trim() ?? ''
    );
  };
  const names = (): string[] =>
    visibleRows(packet, (state.own.bytes as InspectorState).folds).map((row) => rowName(row, packet, false));
  press('up');
  const rows = names();
  const above = rows.slice(0, rows.indexOf('tcp.seq_raw')).toReversed();
  expect(above.slice(1).map(() => press('up'))).toEqual(above.slice(1));
  expect(rows.slice(1).map(() => press('down'))).toEqual(rows.slice(1));
  for (const _ of rows) press('up');
  // Ethernet opens, and closes again; from a field what is around it closes, and opens with its main fields.
  expect([press('fold'), names().length]).toEqual(['Ethernet', rows.length + 3]);
  expect([press('fold'), names()]).toEqual(['Ethernet', rows]);
  for (const _ of rows) press('down');
  expect([press('fold'), names()]).toEqual(['TCP', above.toReversed()]);
  expect([press('fold'), names()]).toEqual(['TCP', rows]);
});

test.each(['narration', 'timeline'])('the focus on %s can be seen', (focus) => {
  const opened = open({trace: run(teardownScenario())});
  const beats = [
    {
      index: 0,
      kind: 'narration' as const,
      event: 1,
      say: everywhere({en: 'The client opens.', zh: '客户端打开连接。'}),
      note: undefined,
      myth: undefined,
      card: undefined,
      show: [],
      panels: undefined,
    },
  ];
  const told = open({trace: opened.trace, beats});
  for (const size of [medium, {columns: 80, rows: 24}]) {
    const marked = textOf(canvasOf(told, atEnd(told, {focus}), size));
    const plain = textOf(canvasOf(told, atEnd(told), size));
    const changed = marked.filter((line, index) => line !== plain[index]);
    expect(changed).toHaveLength(1);
    expect(changed[0]).toMatch(/^ {0,1}▸/);
  }
});

const at = (atUs: number) => ({kind: 'at', atUs}) as const;

const connecting = (atUs: number, from: number, as: string): readonly Cause[] => [
  {
    when: at(atUs),
    host: 'client',
    action: {call: 'connect', to: {host: 'server', port: 80}, from, as, read: 'auto'},
  },
  {
    when: {kind: 'on', host: 'client', event: 'connected', of: as, afterUs: 0},
    host: 'client',
    action: {call: 'send', bytes: from - 40_000 + 100},
  },
];

test('the endpoints show the connection of the chosen packet', () => {
  const trace = run(
    pairScenario([
      {when: at(0), host: 'server', action: {call: 'listen', port: 80, read: 'auto'}},
      ...connecting(0, 40_000, 'a'),
      ...connecting(1_000_000, 40_007, 'b'),
    ]),
  );
  const opened = open({trace});
  const ofPort = (port: number): number => {
    for (let id = trace.packetCount; id > 0; id--) {
      const payload = trace.packet(id).frame?.payload;
      const transport = payload?.kind === 'ip' ? payload.packet.transport : undefined;
      if (transport?.kind === 'tcp' && transport.segment.srcPort === port) return id;
    }
    return 0;
  };
  const shown = (port: number) => {
    const view = viewAt(opened, choosing(opened, ofPort(port), {relative: true}));
    const [client, server] = endpointsOf(view) ?? [];
    const textFor = (end: typeof client, name: string) =>
      end?.values.find((value) => value.name === name)?.text;
    return [textFor(client, 'snd.nxt'), textFor(server, 'rcv.nxt')];
  };
  // The SYN and as many bytes as were sent.
  expect(shown(40_000)).toEqual(['101', '101']);
  expect(shown(40_007)).toEqual(['108', '108']);
});
