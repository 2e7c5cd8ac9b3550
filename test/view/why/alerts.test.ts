// *Why?* of TLS alerts: of runs the simulator says which one it was, who sent it and whether it was fatal; of QUIC the number of the error is
// that of the alert behind 0x100 (RFC 9001 §4.8, RFC 9846 §6).
import {expect, test} from 'vitest';
import {entriesOf} from '../../../source/account/entries.ts';
import {segmentOf} from '../../../source/account/packet.ts';
import {nodeCrypto} from '../../../source/io/crypto.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {reasonsAbove} from '../../../source/view/why/carried-reasons.ts';
import {type Why, whyOf} from '../../../source/view/why/scene-why.ts';
import {encodeFrame} from '../../../source/wire/frame.ts';
import {encodePcap} from '../../../source/wire/pcap/writer.ts';
import {varint} from '../../../source/wire/quic/varint.ts';
import {ropeFromBytes} from '../../../source/wire/rope.ts';
import {joinBytes} from '../../../source/wire/tls/presentation.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {traceOfFile} from '../../helpers/captured.ts';
import {some, thorough} from '../../helpers/seeds.ts';
import {frames, hello, keysOf, long, madeLog, short, versionOf} from '../../observe/quic-made.ts';
import {open, started} from '../player.ts';
import '../../helpers/meaning.ts';

const whyIn = (trace: Trace, event: number, language: 'en' | 'zh'): Why =>
  whyOf(viewOf({...open({trace}), playback: started({language}), message: undefined}), event);

type Alert = {
  readonly event: Extract<TraceEvent, {kind: 'tls'}>;
  readonly name: string;
  readonly fatal: boolean;
};

const alertsIn = (trace: Trace): readonly Alert[] =>
  [...entriesOf(trace, 'tls')].flatMap((event) =>
    event.what.kind === 'alert' && event.what.op === 'sent'
      ? [{event, name: event.what.name, fatal: event.what.fatal}]
      : [],
  );

const lessons = allRuns().filter(({lesson: {id}}) => /^https-tls1|^https-why/.test(id));

test.each(some(lessons, 8).map((each) => [each.name, each] as const))('of each alert in %s', (_, each) => {
  const trace = traceOf(each);
  const client = entriesOf(trace, 'send').next().value?.host;
  for (const {event, name, fatal} of alertsIn(trace)) {
    const sent = [...trace.events(event.n)].find(({kind, host}) => kind === 'send' && host === event.host);
    const by = event.host === client ? 'client' : 'server';
    const en = whyIn(trace, sent?.n ?? 0, 'en');
    if (each.lesson.id === 'https-tls12') expect(en.paragraphs[0]).toContain('RFC 5246 §7.2');
    // The rule behind it says so, and not that of TCP alone.
    expect(en.rule).toMatch(
      each.lesson.id === 'https-tls12' ? /^RFC 5246 §7\.2/ : /^RFC (5246 §7\.2|9846 §6)/,
    );
    expect(en.heading).toContain(`the alert ${name} sent (packet`);
    expect(en.paragraphs[0]).toContain(`The ${by} sends the TLS alert ${name}:`);
    expect(/It is fatal/.test(en.paragraphs[0] ?? ''), en.paragraphs[0]).toBe(fatal);
    const zh = whyIn(trace, sent?.n ?? 0, 'zh');
    expect(zh.heading).toContain(`警报 ${name}`);
    expect(zh.paragraphs[0]).toContain(`${by === 'client' ? '客户端' : '服务器'}发出 TLS 警报 ${name}：`);
    expect(/致命/.test(zh.paragraphs[0] ?? '')).toBe(fatal);
  }
});

// RFC 9293 §3.10.4: CLOSE sends it; a segment without octets carries no record of TLS.
test.each(some(lessons, 8).map((each) => [each.name, each] as const))(
  'in %s no TLS without data',
  (_, each) => {
    const trace = traceOf(each);
    for (const event of entriesOf(trace, 'send'))
      if ((segmentOf(trace.packet(event.packet))?.payload.length ?? 0) === 0)
        expect(reasonsAbove(trace, event), `packet ${event.packet}`).toEqual([]);
  },
);

thorough('runs with alerts of both kinds are among them', () => {
  const all = lessons.flatMap((each) => alertsIn(traceOf(each)));
  expect(new Set(all.map(({name}) => name)).size).toBeGreaterThan(5);
  expect(new Set(all.map(({fatal}) => fatal)).size).toBe(2);
});

const [clientId, serverId, dcid] = [0xc1, 0x5e, 0x01].map((octet) => new Uint8Array(8).fill(octet));

type Made = {readonly back?: boolean; readonly bytes: Uint8Array};

const datagram = ({back = false, bytes}: Made): Uint8Array => {
  const [src, dst] = back ? ['10.0.0.2', '10.0.0.1'] : ['10.0.0.1', '10.0.0.2'];
  const [srcPort, dstPort] = back ? [443, 5000] : [5000, 443];
  const transport = {kind: 'udp', datagram: {srcPort, dstPort, payload: ropeFromBytes(bytes)}} as const;
  const about = {version: 4, ttl: 64, id: 0, dontFragment: true, trafficClass: 0} as const;
  const [near, far] = ['02:00:00:00:00:01', '02:00:00:00:00:02'];
  return encodeFrame({
    src: back ? far : near,
    dst: back ? near : far,
    payload: {kind: 'ip', packet: {...about, src, dst, transport}},
  });
};

const closeOf = (code: number): Uint8Array =>
  joinBytes([Uint8Array.of(0x1c), varint.write(code), Uint8Array.of(6, 0)]);

test.each([
  // A server that speaks none of the client’s protocols says so before there are keys of the handshake (RFC 7301 §3.2).
  ['Initial', 0x178, 'no_application_protocol', 'The handshake fails', '握手失败'],
  ['Initial', 0x128, 'handshake_failure', 'The handshake fails', '握手失败'],
  ['Handshake', 0x12a, 'bad_certificate', 'The handshake fails', '握手失败'],
  ['1-RTT', 0x10a, 'unexpected_message', 'The connection is over', '连接立即结束'],
] as const)('CONNECTION_CLOSE of %s, code %i: %s', (kind, code, name, en, zh) => {
  const version = versionOf(1);
  const keys = keysOf(version, 0x1301);
  const {client, server} = keys.initial(dcid ?? new Uint8Array());
  const ids = {dcid: clientId ?? new Uint8Array(), scid: serverId ?? new Uint8Array(), version};
  const [handshake, application] = [keys.handshake[1], keys.application[1]];
  if (!handshake || !application || !dcid || !clientId) expect.fail('no keys');
  const first = joinBytes([frames.crypto(hello.client()), new Uint8Array(1200)]);
  const initial = long({...ids, kind: 'Initial', dcid, scid: clientId, payload: first, keys: client});
  const answer = long({...ids, kind: 'Initial', payload: frames.crypto(hello.server(0x1301)), keys: server});
  const closing = joinBytes([closeOf(code), new Uint8Array(20)]);
  const closes = {
    Initial: () => [long({...ids, kind: 'Initial', payload: closing, keys: server})],
    Handshake: () => [answer, long({...ids, kind: 'Handshake', payload: closing, keys: handshake})],
    '1-RTT': () => [answer, short(clientId, {number: 0, payload: closing, keys: application})],
  };
  const sent: readonly Made[] = [{bytes: initial}, ...closes[kind]().map((bytes) => ({back: true, bytes}))];
  const records = sent.map((each, index) => ({atUs: 1_000_000 + index * 1000, bytes: datagram(each)}));
  const file = joinBytes([...encodePcap(1, records)]);
  const trace = traceOfFile(file, 'made', true).withQuic({crypto: nodeCrypto, log: madeLog()});
  const {sendEvent} = trace.packet(sent.length);
  const [english, chinese] = [whyIn(trace, sendEvent, 'en'), whyIn(trace, sendEvent, 'zh')];
  expect(english.heading).toContain(name);
  expect(english.paragraphs[0]).toSay({says: 'why.whyAlert.said', name, by: 'server'});
  expect(english.paragraphs[0]).toContain(en);
  expect(english.paragraphs[0]).toContain('RFC 9001 §4.8');
  expect(chinese.paragraphs[0]).toContain(`服务器发出 TLS 警报 ${name}：`);
  expect(chinese.paragraphs[0]).toContain(zh);
});
