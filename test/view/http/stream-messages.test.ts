// Requests of HTTP/2 and HTTP/3 in the message panel. Oracle: the side files of the captures, and the hashes of content in them.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {type Exchange, readingAt} from '../../../source/observe/http-exchanges.ts';
import {bytesOf} from '../../../source/observe/stream-bytes.ts';
import {shownExchange} from '../../../source/view/http/exchange-at.ts';
import {exchangeBlocks} from '../../../source/view/http/exchange-blocks.ts';
import {shownStream} from '../../../source/view/http/stream-lines.ts';
import {type View, viewOf} from '../../../source/view/view.ts';
import {todayFolder, todayTrace} from '../../helpers/captured-today.ts';
import {thorough} from '../../helpers/seeds.ts';
import {open, playingAt} from '../player.ts';

const viewAt = (name: string, packet?: number, language: 'en' | 'zh' = 'en', atUs?: number): View => {
  const trace = todayTrace(name);
  const opened = open({trace});
  const selection = {packet, field: undefined, byte: undefined, variable: undefined};
  const playback = playingAt(opened, atUs ?? trace.durationUs + 1, {language, selection});
  return viewOf({...opened, playback, message: undefined});
};

const own = {line: 1, key: ''};

const linesOf = (view: View): readonly string[] => {
  const shown = shownExchange(view, own);
  if (!shown) return [];
  return exchangeBlocks(view, shown).flatMap(({lines}) =>
    lines.map(({name, text}) => (name === '' ? text : `${name}: ${text}`)),
  );
};

type SideExchange = {
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly bodySha256?: string | null;
  readonly end?: string;
};

/** What the side file says of every stream, wherever it stands in there. */
const streamsIn = (value: unknown): readonly SideExchange[] => {
  if (Array.isArray(value)) return value.flatMap(streamsIn);
  if (typeof value !== 'object' || value === null) return [];
  const {method, status} = value as SideExchange;
  const inside = Object.values(value).flatMap(streamsIn);
  return method !== undefined && status !== undefined ? [value as SideExchange, ...inside] : inside;
};

const sideOf = (name: string): readonly SideExchange[] =>
  streamsIn(JSON.parse(readFileSync(`${todayFolder}${name.replace(/\.pcap(ng)?$/, '.json')}`, 'utf8')));

/** Of what answers it, as the side file says it: where there is no content there is no hash. */
const hashOf = ({connection, response}: Exchange, event: number): string => {
  if (!response || response.content.length === 0) return '';
  const {directions} = readingAt(connection, event);
  const hash = createHash('sha256');
  for (const span of response.content) hash.update(bytesOf(directions[response.side], span));
  return hash.digest('hex');
};

describe.each([
  '21a-h2-one-stream.pcap',
  '21c-h2-priorities-window-updates.pcap',
  '21g-h2-hpack.pcap',
  '21m-h2-trailers.pcapng',
  '22a-h3-get.pcap',
  '22e-h3-lost-datagram.pcap',
  '22i-h3-three-connections.pcap',
])('%s', (name) => {
  test('what was asked and answered is what the side file says', () => {
    const view = viewAt(name);
    const all = shownExchange(view, own)?.all ?? [];
    const seen = all.map((exchange) => {
      const {request, response} = exchange;
      const [asked, answered] = [request?.head.start, response?.head.start];
      return [
        asked?.kind === 'request' ? asked.method : '',
        asked?.kind === 'request' ? asked.target : '',
        answered?.kind === 'response' ? answered.status : 0,
        hashOf(exchange, view.input.trace.length),
      ].join(' ');
    });
    const said = sideOf(name).map(({method, path, status, bodySha256}) =>
      [method, path, status, bodySha256 ?? ''].join(' '),
    );
    expect(said.length).toBeGreaterThan(0);
    expect(seen.toSorted()).toEqual(said.toSorted());
  });
});

test('a request of HTTP/2 with its fields, its stream and its packets', () => {
  const lines = linesOf(viewAt('21m-h2-trailers.pcapng', 16));
  expect(lines[0]).toBe('request  stream 1  packet 16');
  expect(lines.slice(1, 3)).toEqual(['POST /grpc/Say HTTP/2', ':path: /grpc/Say']);
  expect(lines).toContain(':method: POST');
  expect(lines).toContain('grpc-status: 0');
});

test('the answer of an upgrade has the request that was asked in HTTP/1', () => {
  const lines = linesOf(viewAt('21i-h2c-upgrade.pcap', 13, 'zh'));
  expect(lines).toContain('GET /index.html HTTP/1.1');
  expect(lines).toContain('upgraded');
});

test('half way only what has come is there', () => {
  const name = '22a-h3-get.pcap';
  const {sentUs} = todayTrace(name).packet(21);
  const lines = linesOf(viewAt(name, undefined, 'en', sentUs));
  expect(lines.some((line) => /content: \d+ (of|bytes)/.test(line))).toBe(true);
  expect(linesOf(viewAt(name, undefined, 'en', 1))).toEqual([]);
});

test('a followed stream of QUIC is told by its number', () => {
  const shown = shownStream(viewAt('22a-h3-get.pcap', 20), {packet: 20, line: 0});
  expect(shown?.stream).toBe(4);
  expect(shown?.bytes[1]).toBeGreaterThan(3000);
});

// What runs between other ports is another connection's (RFC 9000 §5.2). Oracle: the ports in the packets.
thorough('a packet without data of a stream shows an exchange of its own connection', () => {
  const name = '22i-h3-three-connections.pcap';
  const {trace} = viewAt(name).input;
  const some = Array.from({length: Math.floor(trace.packetCount / 6)}, (_, index) => 6 * index + 1);
  const wrong = some.filter((packet) => {
    const payload = trace.packet(packet).frame?.payload;
    const transport = payload?.kind === 'ip' ? payload.packet.transport : undefined;
    const shown = shownExchange(viewAt(name, packet), own);
    if (transport?.kind !== 'udp' || !shown) return true;
    const ports = [transport.datagram.srcPort, transport.datagram.dstPort];
    return shown.exchange.connection.ends.some(({port}) => !ports.includes(port));
  });
  expect(wrong).toEqual([]);
});
