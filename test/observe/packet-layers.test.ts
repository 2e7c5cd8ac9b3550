// What runs over several segments is read in the one that completes it. Oracles: tshark on the exported run (`tshark -T fields -e
// frame.number -e tls.handshake.type`, written down here), RFC 9846 §4.3.1, RFC 7766 §8, RFC 9112 §2.1; the octets themselves.
import {expect, test} from 'vitest';
import {sentSummary} from '../../source/account/summary.ts';
import {packetLayers} from '../../source/observe/packet-layers.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {fieldHelp} from '../../source/view/bytes/field-help.ts';
import {rowTree} from '../../source/view/bytes/inspector-rows.ts';
import {rowValue} from '../../source/view/bytes/inspector-value.ts';
import {packetView} from '../../source/view/bytes/inspector-view.ts';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {labelOf} from '../../source/view/ladder/label.ts';
import {encodeDns} from '../../source/wire/dns/encode.ts';
import {frameDns} from '../../source/wire/dns/framing.ts';
import type {Field, Layer} from '../../source/wire/layer.ts';
import {hexOf} from '../../source/wire/octets.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {todayTrace} from '../helpers/captured-today.ts';
import {clientHello, cutAt, saidCapture} from '../helpers/said-capture.ts';
import '../helpers/meaning.ts';

const ecdhe = (): Trace => {
  const run = allRuns().find(({name}) => name === 'https-tls12 ecdhe');
  if (!run) throw new Error('no run ecdhe');
  return traceOf(run);
};

const of = (trace: Trace, packet: number, protocol: string): readonly Layer[] =>
  packetLayers(trace, packet).layers.filter((layer) => layer.protocol === protocol && !layer.opened);

const fieldsIn = (layers: readonly Layer[]): readonly Field[] => layers.flatMap(({fields}) => fields);

const valuesOf = (layers: readonly Layer[], name: string): readonly string[] =>
  fieldsIn(layers).flatMap((field) => (field.name === name ? [field.value] : []));

const summary = (trace: Trace, packet: number): string =>
  sentSummary(trace, {packet, frame: trace.packet(packet).frame});

const label = (trace: Trace, packet: number): string =>
  labelOf(trace, trace.packet(packet), {relative: true, questions: []})
    .map(({name, value}) => `${name}${value}`)
    .join(' ');

test('ServerKeyExchange stands in packet 6, as tshark has it, with its fields where their octets are', () => {
  const trace = ecdhe();
  const layers = of(trace, 6, 'tls');
  expect(valuesOf(layers, 'tls.handshake.type')).toEqual(['2', '11', '12', '14']);
  expect(layers.map(({reassembled}) => reassembled?.packets)).toEqual([[5, 6]]);
  const {bytes} = trace.packet(6);
  const point = fieldsIn(layers).find(({name}) => name === 'tls.handshake.server_point');
  expect(point && hexOf(bytes.subarray(point.start, point.end))).toBe(point?.value);
  expect(point?.value).toHaveLength(64);
  expect(fieldsIn(layers).every(({start, end}) => 54 <= start && start <= end && end <= bytes.length)).toBe(
    true,
  );
});

test('the inspector names the messages and the packets, in both languages', () => {
  const view = packetView(ecdhe(), 6, {language: 'en', cursor: Infinity, hides: []});
  const row = rowTree(view).find(({layer}) => layer.protocol === 'tls');
  if (!row) throw new Error('no row of TLS');
  const wording = (language: 'en' | 'zh') => ({language, glyphs: unicodeGlyphs, relative: false});
  const messages = 'TLS 1.2 ServerHello, Certificate, ServerKeyExchange, ServerHelloDone';
  expect(rowValue(row, view, wording('en'))).toBe(`${messages}, reassembled from packets 5 and 6`);
  expect(rowValue(row, view, wording('zh'))).toBe(`${messages}，由分组 5 和 6 重组`);
  const [key] = row.children.filter(({field}) => field?.name === 'tls.handshake.certificate');
  const help = fieldHelp(key ?? row, view, {...wording('en'), columns: 100, roomy: true}).join(' ');
  expect(help).toSay({says: 'message.messageWords.inHere', bytes: 0});
});

test('the packet that begins a message says so, the one that completes it says it', () => {
  const trace = ecdhe();
  expect(summary(trace, 5)).toMatch(/len=1460, TLS 1.2 ServerHello, Certificate …$/);
  expect(summary(trace, 6)).toMatch(/len=763, TLS Certificate, ServerKeyExchange, ServerHelloDone$/);
  expect(label(trace, 5)).toMatch(/^TLS 1.2 ServerHello, Certificate …/);
});

test('a hello cut anywhere: no version before all of it is there (RFC 9846 §4.3.1)', () => {
  const hello = clientHello('www.example.com');
  for (let size = 1; size < hello.length; size++) {
    const [first = hello, second = hello] = cutAt(hello, size);
    const trace = saidCapture(443, [
      {by: 'client', bytes: first},
      {by: 'client', bytes: second},
    ]);
    expect(summary(trace, 3)).not.toMatch(/TLS 1\./);
    expect(summary(trace, 4)).toMatch(/TLS 1.3 ClientHello \(SNI www\.example\.com\)$/);
    expect(valuesOf(of(trace, 4, 'tls'), 'tls.handshake.extensions.supported_version')).toEqual([
      '0x0304',
      '0x0303',
    ]);
    for (const packet of [3, 4])
      for (const {start, end, value, name} of fieldsIn(of(trace, packet, 'tls')))
        if (/^tls\.handshake\.random$/.test(name) && 2 * (end - start) === value.length)
          expect(hexOf(trace.packet(packet).bytes.subarray(start, end))).toBe(value);
  }
});

test('records in the middle of a segment, behind the end of one that began before', () => {
  const alert = Uint8Array.from([21, 3, 3, 0, 2, 2, 40]);
  const hello = clientHello('a.example');
  const bytes = Uint8Array.from([...hello, ...alert]);
  const [first = bytes, second = bytes] = cutAt(bytes, 60);
  const trace = saidCapture(443, [
    {by: 'client', bytes: first},
    {by: 'client', bytes: second},
  ]);
  expect(summary(trace, 4)).toMatch(/TLS 1.3 ClientHello \(SNI a\.example\), Alert handshake_failure$/);
  const [, last] = of(trace, 4, 'tls');
  expect(last && trace.packet(4).bytes.subarray(last.start, last.end)).toEqual(alert);
});

test('a message over two records, and both over three segments', () => {
  const body = clientHello('b.example').subarray(5);
  const record = (part: Uint8Array): readonly number[] => [
    22,
    3,
    1,
    part.length >> 8,
    part.length & 0xff,
    ...part,
  ];
  const bytes = Uint8Array.from([...record(body.subarray(0, 70)), ...record(body.subarray(70))]);
  const trace = saidCapture(443, [
    {by: 'client', bytes: bytes.subarray(0, 40)},
    {by: 'client', bytes: bytes.subarray(40, 80)},
    {by: 'client', bytes: bytes.subarray(80)},
  ]);
  expect(summary(trace, 5)).toMatch(/TLS 1.3 ClientHello \(SNI b\.example\)$/);
  expect(valuesOf(of(trace, 5, 'tls'), 'tls.handshake.extensions_server_name')).toEqual(['b.example']);
});

test('DNS over TCP: a message in two segments (RFC 7766 §8)', () => {
  const flags = {qr: false, aa: false, tc: false, rd: true, ra: false, ad: false, cd: false};
  const query = frameDns(
    encodeDns({
      ...{id: 7, opcode: 0, flags, rcode: 0, answers: [], authorities: [], additionals: []},
      questions: [{name: 'y.abc.com.', type: 1, class: 1}],
    }),
  );
  for (let size = 1; size < query.length; size++) {
    const [first = query, second = query] = cutAt(query, size);
    const trace = saidCapture(53, [
      {by: 'client', bytes: first},
      {by: 'client', bytes: Uint8Array.from([...second, ...query])},
    ]);
    expect(of(trace, 3, 'dns')).toEqual([]);
    const layers = of(trace, 4, 'dns');
    expect(valuesOf(layers, 'dns.qry.name')).toEqual(['y.abc.com', 'y.abc.com']);
    expect(layers.map(({reassembled}) => reassembled?.packets)).toEqual([[3, 4], undefined]);
    // What came whole before it, and what comes later, is in other packets.
    const behind = saidCapture(53, [
      {by: 'client', bytes: Uint8Array.from([...query, ...first])},
      {by: 'client', bytes: second},
      {by: 'client', bytes: query},
    ]);
    expect(valuesOf(of(behind, 4, 'dns'), 'dns.qry.name')).toEqual(['y.abc.com']);
  }
});

test('HTTP: a head in two segments, and its content behind it (RFC 9112 §2.1)', () => {
  const head = 'POST /form HTTP/1.1\r\nHost: www.example.com\r\nContent-Length: 3\r\n\r\n';
  const bytes = encodeUtf8(`${head}a=b`);
  for (let size = 1; size < head.length; size++) {
    const [first = bytes, second = bytes] = cutAt(bytes, size);
    const trace = saidCapture(80, [
      {by: 'client', bytes: first},
      {by: 'client', bytes: second},
    ]);
    const layers = of(trace, 4, 'http');
    expect(valuesOf(layers, 'http.request.uri')).toEqual(['/form']);
    expect(valuesOf(layers, 'http.host')).toEqual(['www.example.com']);
    const [data] = of(trace, 4, 'data');
    expect(data && trace.packet(4).bytes.subarray(data.start, data.end)).toEqual(encodeUtf8('a=b'));
  }
});

test('HTTP: behind the head its content, as far as that goes, then the next message (RFC 9112 §9.3.2)', () => {
  const [begun, ended] = ['POST /form HTTP/1.1\r\nHost: a\r\n', 'Content-Length: 9\r\n\r\n'].map(encodeUtf8);
  const next = 'GET /next HTTP/1.1\r\nHost: a\r\n\r\n';
  const layers = (...behind: readonly string[]) => {
    const [first, ...more] = behind.map(encodeUtf8);
    const trace = saidCapture(80, [
      {by: 'client', bytes: begun ?? expect.fail()},
      {by: 'client', bytes: Uint8Array.from([...(ended ?? []), ...(first ?? [])])},
      ...more.map((bytes) => ({by: 'client', bytes}) as const),
    ]);
    const data = of(trace, 4, 'data').map(({start, end}) => end - start);
    return [valuesOf(of(trace, 4, 'http'), 'http.request.uri'), data];
  };
  expect(layers(`123456789${next}`)).toEqual([['/form', '/next'], [9]]);
  expect(layers('1234', `56789${next}`)).toEqual([['/form'], [4]]);
});

// RFC 9293 §3.7.4: what is sent again may be cut otherwise.
test('HTTP: a head that is whole in this packet, or was before it, is read by itself', () => {
  const request = encodeUtf8('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  const [first = request, second = request] = cutAt(request, 9);
  const [head, content] = [encodeUtf8('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n'), encodeUtf8('abc')];
  const [begun = head, ended = head] = cutAt(head, 9);
  const trace = saidCapture(80, [
    {by: 'client', bytes: first},
    {by: 'client', bytes: second},
    {by: 'client', bytes: request, again: true},
    {by: 'server', bytes: begun},
    {by: 'server', bytes: ended},
    {by: 'server', bytes: content},
  ]);
  const reassembled = [3, 4, 5, 6, 7, 8].map((packet) =>
    packetLayers(trace, packet).layers.flatMap((layer) => layer.reassembled?.packets ?? []),
  );
  expect(reassembled).toEqual([[], [3, 4], [], [], [6, 7], []]);
  expect(valuesOf(of(trace, 5, 'http'), 'http.host')).toEqual(['a']);
  expect(of(trace, 8, 'http')).toEqual([]);
});

test('behind a router the packet is read as before it; what was written over on the way, by itself', () => {
  const run = allRuns().find(({name}) => name === 'cookies-session sizes');
  if (!run) throw new Error('no run sizes');
  const trace = traceOf(run);
  const request = 20;
  const made = trace.packet(request);
  const shape = (layers: readonly Layer[]) =>
    layers.map(({protocol, start, end}) => `${protocol} ${start} ${end}`);
  const other = made.bytes.slice();
  other[14 + 8] = 9;
  const sight = {linkType: made.linkType, originalLength: made.originalLength};
  expect(of(trace, request, 'http')[0]?.reassembled?.packets).toEqual([16, 17, 18, 19, 20]);
  expect(shape(packetLayers(trace, request, {...sight, bytes: other}).layers)).toEqual(
    shape(packetLayers(trace, request).layers),
  );
  const tampered = made.bytes.slice();
  tampered[tampered.length - 1] = 0x7a;
  const {layers} = packetLayers(trace, request, {...sight, bytes: tampered});
  expect(layers.at(-1)?.protocol).toBe('data');
});

test('before an upgrade to HTTP/2 a packet has the layers of HTTP/1', () => {
  const upgraded = todayTrace('21i-h2c-upgrade.pcap');
  const protocols = (packet: number) =>
    packetLayers(upgraded, packet)
      .layers.map(({protocol}) => protocol)
      .slice(3);
  expect([6, 8, 10, 13].map(protocols)).toEqual([
    ['http'],
    ['http'],
    ['http2', 'http2', 'http2'],
    ['http2', 'http2'],
  ]);
});
