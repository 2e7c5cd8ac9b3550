// Streams of HTTP/2 and HTTP/3 in the waterfall. Oracles: the side files of the captures, and the times at which tshark shows their packets.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {SeenMessage} from '../../../source/observe/http-exchanges.ts';
import {shownExchange} from '../../../source/view/http/exchange-at.ts';
import {exchangeBlocks} from '../../../source/view/http/exchange-blocks.ts';
import {waterfallScene} from '../../../source/view/http/waterfall.ts';
import {viewOf} from '../../../source/view/view.ts';
import {todayFolder, todayTrace} from '../../helpers/captured-today.ts';
import {open, playingAt} from '../player.ts';
import '../../helpers/meaning.ts';

/** Of the newest exchange. */
const messageAt = (name: string, language: 'en' | 'zh', us: number): string => {
  const opened = open({trace: todayTrace(name)});
  const view = viewOf({...opened, playback: playingAt(opened, us, {language}), message: undefined});
  const shown = shownExchange(view, {line: 0, key: ''});
  return (shown ? exchangeBlocks(view, shown) : [])
    .flatMap(({lines}) => lines.map(({text}) => text))
    .join('\n');
};

type Stream = {
  readonly path: string | null;
  readonly status: number | null;
  readonly requestFrame: number | null;
  readonly end: string;
};

const sceneOf = (name: string, us?: number) => {
  const trace = todayTrace(name);
  const opened = open({trace});
  const playback = playingAt(opened, us ?? trace.durationUs + 1);
  return {trace, scene: waterfallScene(viewOf({...opened, playback, message: undefined}))};
};

const streamsOf = (name: string): readonly Stream[] => {
  const side = JSON.parse(readFileSync(`${todayFolder}${name.replace(/\.pcap(ng)?$/, '.json')}`, 'utf8'));
  const all: readonly {readonly streams: readonly Stream[]}[] = side.http3 ?? side.http2;
  return all.flatMap(({streams}) => streams).filter(({path}) => path !== null);
};

test.each([
  ['21c-h2-priorities-window-updates.pcap', 1],
  ['21e-h2-ping-reset-goaway.pcap', 1],
  ['21m-h2-trailers.pcapng', 1],
  ['22e-h3-lost-datagram.pcap', 1],
  ['22i-h3-three-connections.pcap', 3],
] as const)('%s: a row for each stream', (name, connections) => {
  const {trace, scene} = sceneOf(name);
  const rows = scene.exchanges.map(scene.rowOf).map(({name: title, status, exchange, tookUs}) => ({
    ...{path: title.split(' ')[1], status: Number(status), done: tookUs !== undefined},
    began: exchange.start.atUs,
  }));
  const wanted = streamsOf(name).map(({path, status, requestFrame, end}) => ({
    ...{path, status, done: end === 'closed', began: trace.packet(requestFrame ?? 0).sentUs},
  }));
  const sorted = <T extends {readonly began: number; readonly path: unknown}>(
    all: readonly T[],
  ): readonly T[] =>
    all.toSorted((a, b) => a.began - b.began || String(a.path).localeCompare(String(b.path)));
  expect(sorted(rows)).toEqual(sorted(wanted));
  expect(scene.connections).toBe(connections);
});

// Its side file: "the request itself becomes stream 1 and is answered in HTTP/2; a second request uses stream 3".
test('an upgrade stays on its connection, and the request that asked for it is answered there', () => {
  const {trace, scene} = sceneOf('21i-h2c-upgrade.pcap');
  const rows = scene.exchanges.map(scene.rowOf);
  expect(rows.map(({name, status, exchange: {on}}) => [name, status, on])).toEqual([
    ['GET /index.html', '200', {connection: 1, nth: 1}],
    ['GET /b.txt', '200', {connection: 1, nth: 2}],
  ]);
  expect(scene.requests).toBe(2);
  // It waits from its packet, 6, to the HEADERS of stream 1 in 13 (tshark: http2.streamid).
  expect(rows[0]?.bars.map(({kind}) => kind)).toEqual(['connect', 'send', 'wait', 'receive']);
  const wait = rows[0]?.bars.find(({kind}) => kind === 'wait');
  expect(wait).toMatchObject({fromUs: trace.packet(6).sentUs, wholeUs: trace.packet(13).dueUs});
  const tcp = Array.from({length: trace.packetCount}, (_, index) => trace.packet(index + 1)).filter(
    ({conversation}) => conversation === 1,
  );
  expect(scene.segments).toBe(tcp.length);
});

test('half way only what has begun is there', () => {
  const {trace} = sceneOf('22e-h3-lost-datagram.pcap');
  const {scene} = sceneOf('22e-h3-lost-datagram.pcap', trace.packet(18).sentUs);
  expect(scene.exchanges.length).toBeLessThan(5);
  for (const {bars} of scene.exchanges.map(scene.rowOf))
    for (const {toUs} of bars) expect(toUs).toBeLessThanOrEqual(scene.nowUs);
});

test.each([
  ['21i-h2c-upgrade.pcap', 'segments'],
  ['22e-h3-lost-datagram.pcap', 'datagrams'],
] as const)('%s: its connections send %s', (name, unit) => {
  expect(sceneOf(name).scene.unit).toBe(unit);
});

test('what RST_STREAM broke off ends there, with the status that had come', () => {
  const {trace, scene} = sceneOf('21e-h2-ping-reset-goaway.pcap');
  const rows = scene.exchanges.map(scene.rowOf);
  const row = rows.find(({name}) => name === 'GET /endless');
  // tshark: RST_STREAM of stream 3 is in frame 34.
  expect(row).toMatchObject({status: '200', failed: true});
  expect(row?.bars.at(-1)).toMatchObject({kind: 'receive', wholeUs: trace.packet(34).sentUs});
  expect(rows.filter(({failed}) => failed)).toHaveLength(1);
});

// tshark: GOAWAY with last stream 1 is in frame 14, HEADERS of stream 2 in 12.
test('a stream that GOAWAY leaves out has failed with it, and nobody waits for its response', () => {
  const {trace, scene} = sceneOf('21k-h2-protocol-error.pcap');
  const row = scene.exchanges.map(scene.rowOf).find(({name}) => name === 'GET /even');
  expect(row).toMatchObject({failed: true, status: ''});
  expect(row?.bars.at(-1)).toMatchObject({kind: 'wait', wholeUs: trace.packet(14).dueUs});
  expect(messageAt('21k-h2-protocol-error.pcap', 'en', trace.durationUs)).toSay({
    ...{says: 'message.messageWords.brokenOff', by: 'GOAWAY', error: 'PROTOCOL_ERROR'},
  });
  expect(messageAt('21k-h2-protocol-error.pcap', 'en', trace.packet(13).sentUs)).toContain('no response yet');
});

test('the message panel has the request that asked for HTTP/2 once, with its 101 and its 200', () => {
  const opened = open({trace: todayTrace('21i-h2c-upgrade.pcap')});
  const playback = playingAt(opened, opened.trace.durationUs);
  const view = viewOf({...opened, playback, message: undefined});
  const [first, ...others] = shownExchange(view, {line: 0, key: ''})?.all ?? [];
  expect(others).toHaveLength(1);
  const statusOf = (message: SeenMessage | undefined): unknown =>
    message?.head.start.kind === 'response' ? message.head.start.status : undefined;
  expect([first?.interim.map(statusOf), statusOf(first?.response)]).toEqual([[101], 200]);
});
