// The ends of a captured connection on the screen: deduced numbers with their mark, what nobody has seen as unknown, nothing made up.
import {expect, test} from 'vitest';
import {momentLines} from '../../../source/tell/spoken/moments.ts';
import {diagramAt} from '../../../source/view/diagram/observed-path.ts';
import {type Endpoint, endpointsOf, placesOf} from '../../../source/view/endpoints/scene-endpoints.ts';
import {asciiGlyphs} from '../../../source/view/glyphs.ts';
import {spokenEndpoints, spokenWays} from '../../../source/view/spoken/spoken-rows.ts';
import {viewOf as viewMsOf} from '../../../source/view/time/pace.ts';
import type {PlaybackState} from '../../../source/view/time/playback-state.ts';
import {rowsUntil} from '../../../source/view/transcript-rows.ts';
import {type View, viewOf} from '../../../source/view/view.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {thorough} from '../../helpers/seeds.ts';
import {act, canvasOf, type Opened, open, started, textOf} from '../player.ts';

/** Right after a packet has left, or where it arrived. */
const stateAt = (opened: Opened, packet: number, arrived: boolean, change: Partial<PlaybackState> = {}) => {
  const {sendEvent, endEvent} = opened.trace.packet(packet);
  const event = arrived ? (endEvent ?? 0) : sendEvent;
  return started({viewMs: viewMsOf(opened.pacing, event), ...change});
};

const lookAt = (opened: Opened, playback: PlaybackState): View =>
  viewOf({...opened, playback, message: undefined});

const valuesOf = (endpoint: Endpoint | undefined): {readonly [name: string]: string} =>
  Object.fromEntries((endpoint?.values ?? []).map(({name, text}) => [name, text]));

const all = 20;

test('what a handshake has settled, and how far both ends are', () => {
  const opened = open({trace: capturedTrace('08a-fast-retransmit-sack.pcap')});
  const [client, server] = endpointsOf(lookAt(opened, stateAt(opened, 12, true)), all) ?? [];
  expect([client?.state, server?.state]).toEqual(['◌ESTABLISHED', '◌ESTABLISHED']);
  expect(Object.keys(valuesOf(client))).not.toContain('cwnd');
  // By hand from tshark -V: MSS 1460 and timestamps in both SYNs, shift 10.
  expect(valuesOf(server)).toMatchObject({mss: '◌1448', scale: '◌×1024', SACK: '◌on', timestamps: '◌on'});
  expect(valuesOf(client).iss).toBe(valuesOf(server).irs);
  expect(valuesOf(client).iss).toMatch(/^◌\d+$/);
  expect(valuesOf(server).rtt).toMatch(/^[≈◌]\d/);
});

test('numbers count from the ISN where the reader wants them to', () => {
  const opened = open({trace: capturedTrace('01a-client-close-idle.pcap')});
  const last = opened.trace.packetCount;
  const [client] = endpointsOf(lookAt(opened, stateAt(opened, last, true, {relative: true})), all) ?? [];
  // SYN and FIN, and nothing between them.
  expect(valuesOf(client)).toMatchObject({iss: '◌0', 'snd.una': '◌2', 'snd.nxt': '◌2'});
});

test('a connection that began before: states from what shows them, windows without a scale, no ISN', () => {
  const opened = open({trace: capturedTrace('18o-starts-in-the-middle.pcapng')});
  const before = lookAt(opened, started({viewMs: 0}));
  expect(endpointsOf(before)?.map(({state}) => state)).toEqual(['◌ unknown', '◌ unknown']);
  const {trace} = opened;
  const first = Array.from({length: trace.packetCount}, (_, index) => index + 1).find(
    (id) => trace.connectionPackets?.of(id) !== undefined,
  );
  const view = lookAt(opened, stateAt(opened, (first ?? 0) + 2, true));
  const values = (endpointsOf(view, all) ?? []).map(valuesOf);
  for (const each of values) {
    expect(each).toMatchObject({iss: '◌', irs: '◌', mss: '◌', scale: '◌'});
    expect(each['snd.wnd']).toMatch(/^\d+×◌$/);
  }
  const [way] = diagramAt(view)?.ends ?? [];
  expect(way?.steps.map(({from, to}) => [from, to])).toEqual([[undefined, 'ESTABLISHED']]);
  expect(spokenWays(view)[0]).toMatch(/states so far, deduced: unknown, ESTABLISHED/);
  expect(spokenEndpoints(view)[0]).toMatch(/^Deduced: .* is ESTABLISHED;.*times an unknown scale/);
});

thorough('several connections: the panels are about that of the packet at hand', () => {
  const opened = open({trace: capturedTrace('18a-mixed-twelve.pcap')});
  const {trace} = opened;
  const ids = new Set<number>();
  for (let id = 1; id <= trace.packetCount; id++) {
    const connection = trace.connectionPackets?.of(id);
    if (connection === undefined) continue;
    ids.add(connection);
    const {from, to} = trace.packet(id);
    const view = lookAt(opened, stateAt(opened, id, false));
    // At the same time others may have left.
    if (opened.pacing.sent.at(view.moment) !== id) continue;
    const names = endpointsOf(view)?.map((end) => end.id);
    expect(new Set(names)).toEqual(new Set([from, to]));
    expect(diagramAt(view)?.ends.map(({host}) => host)).toEqual(names);
  }
  expect(ids.size).toBe(12);
  const end = {...act(opened, started(), {kind: 'toEnd'}), focus: 'endpoints'};
  const last = Array.from({length: trace.packetCount}, (_, index) => trace.packetCount - index).find(
    (id) => trace.connectionPackets?.of(id) !== undefined,
  );
  const text = textOf(canvasOf(opened, end, {columns: 120, rows: 40})).join('\n');
  expect(text).toContain(` s #${trace.connectionPackets?.of(last ?? 0)}`);
});

test('ways through the figure: who answers has listened, an RST is no line of it', () => {
  const waysOf = (name: string) => {
    const opened = open({trace: capturedTrace(name)});
    const view = lookAt(opened, act(opened, started(), {kind: 'toEnd'}));
    return diagramAt(view)?.ends.map(({steps}) =>
      steps.map(({from, to, trigger}) => `${from} ${to} ${trigger}`),
    );
  };
  expect(waysOf('01a-client-close-idle.pcap')).toEqual([
    [
      'CLOSED SYN-SENT active open',
      'SYN-SENT ESTABLISHED SYN,ACK',
      'ESTABLISHED FIN-WAIT-1 close',
      'FIN-WAIT-1 FIN-WAIT-2 ACK',
      'FIN-WAIT-2 TIME-WAIT FIN',
    ],
    [
      'LISTEN SYN-RECEIVED SYN',
      'SYN-RECEIVED ESTABLISHED ACK',
      'ESTABLISHED CLOSE-WAIT FIN',
      'CLOSE-WAIT LAST-ACK close',
      'LAST-ACK CLOSED ACK',
    ],
  ]);
  const aborted = waysOf('11a-abort-by-client.pcap') ?? [];
  expect(aborted.map((steps) => steps.at(-1))).toEqual(['ESTABLISHED CLOSED RST', 'ESTABLISHED CLOSED RST']);
});

test('drawn: the marks, and what a capture cannot show, in both languages and in ASCII', () => {
  const opened = open({trace: capturedTrace('08a-fast-retransmit-sack.pcap')});
  const shown = (
    change: Partial<PlaybackState>,
    size: {columns: number; rows: number; glyphs?: typeof asciiGlyphs},
  ) => textOf(canvasOf(opened, stateAt(opened, 40, true, change), size)).join('\n');
  const english = shown({focus: 'endpoints'}, {columns: 120, rows: 40});
  expect(english).toMatch(/◌ESTABLISHED/);
  expect(english).toMatch(/snd\.una +◌\d+/);
  expect(english).toMatch(/◌ A capture does not/);
  expect(shown({focus: 'endpoints', language: 'zh'}, {columns: 120, rows: 40})).toMatch(/抓包里看不/);
  expect(shown({focus: 'endpoints'}, {columns: 80, rows: 24, glyphs: asciiGlyphs})).toMatch(
    /\(\?\)ESTABLISHED/,
  );
  expect(shown({focus: 'diagram'}, {columns: 120, rows: 40})).toMatch(/◌ states/);
});

test('as text and as sentences: what came before the capture is unknown, who answers a SYN has listened', () => {
  const told = (name: string) => {
    const opened = open({trace: capturedTrace(name)});
    const {trace, pacing} = opened;
    const states = [...trace.events()].filter((event) => event.kind === 'state');
    const rows = rowsUntil(trace, trace.length, {most: 1000, style: {language: 'en', ascii: false}});
    const texts = rows.flatMap(({state}) => (state === '' ? [] : [state]));
    const heard = Array.from({length: pacing.moments}, (_, moment) =>
      momentLines({trace, pacing, language: 'en', relative: false}, moment),
    ).flat();
    expect(texts).toHaveLength(states.length);
    return {texts, heard};
  };
  const late = told('18o-starts-in-the-middle.pcapng');
  expect(late.texts.slice(0, 2)).toEqual(['◌ unknown → ESTABLISHED', '◌ unknown → ESTABLISHED']);
  expect(late.heard).toContain('Deduced: 10.77.169.2 goes from unknown to ESTABLISHED.');
  expect(told('01a-client-close-idle.pcap').texts.slice(0, 2)).toEqual([
    '◌ CLOSED → SYN-SENT',
    '◌ LISTEN → SYN-RECEIVED',
  ]);
});

test('a capture without a packet has nobody to ask about', () => {
  const opened = open({trace: capturedTrace('19c-empty-file.pcap')});
  expect(opened.trace.packetCount).toBe(0);
  expect(placesOf(lookAt(opened, started()))).toEqual([]);
});
