// What `inspect` tells of today's captures beside their lists. Oracle: `story` and the fields of the side files, of which each line here
// quotes a fact.
import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {capturedQuic} from '../../source/observe/quic-captured.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import type {Lock, TlsKeys} from '../../source/stack/tls/recorded/lock.ts';
import {inspectionReport} from '../../source/view/inspect/report.ts';
import {allOf} from '../../source/view/inspect/selection.ts';
import {ok} from '../../source/wire/result.ts';
import {parseKeyLog} from '../../source/wire/tls/key-log.ts';
import {ContentType} from '../../source/wire/tls/registry.ts';
import {keyLogOf, keysOf, todayFolder} from '../helpers/captured-today.ts';
import {some} from '../helpers/seeds.ts';

const made = async (
  name: string,
  language: 'en' | 'zh',
  opened: boolean,
  keys: (path: string) => TlsKeys | undefined = keysOf,
): Promise<string> => {
  const path = todayFolder + name;
  const read = await inspectCapture(path);
  if (!read.ok) throw new Error(name);
  const {inspector, facts} = read.value;
  const file = opened ? keyLogOf(path) : undefined;
  const log = parseKeyLog(file === undefined ? new Uint8Array(0) : readFileSync(file));
  const quic = capturedQuic(inspector, {log, crypto: nodeCrypto});
  const told = allOf(inspector, capturedTls(inspector.connections, opened ? keys(path) : undefined), quic);
  return inspectionReport({name, facts, inspector, told}, {language, columns: 500, ascii: false}).join('\n');
};

const pages = new Map<string, Promise<string>>();

/** Several facts stand on one page. */
const pageOf = (name: string, language: 'en' | 'zh', opened: boolean): Promise<string> => {
  const key = `${name} ${language} ${opened}`;
  const page = pages.get(key) ?? made(name, language, opened);
  pages.set(key, page);
  return page;
};

const facts: readonly (readonly [name: string, en: string, zh: string])[] = [
  ['21a-h2-one-stream.pcap', 'h2 (offered: h2, http/1.1)', 'h2（客户端提供 h2、http/1.1）'],
  ['21e-h2-ping-reset-goaway.pcap', '1 PING, 1 answered', '1 个 PING，1 个得到应答'],
  [
    '21e-h2-ping-reset-goaway.pcap',
    'GOAWAY from the server: NO_ERROR, last stream 7',
    '服务器发出 GOAWAY：NO_ERROR，最后的流 7',
  ],
  ['21i-h2c-upgrade.pcap', 'HTTP/2 by an upgrade from HTTP/1.1', '由 HTTP/1.1 升级来的 HTTP/2'],
  [
    '21m-h2-trailers.pcapng',
    '200, application/grpc, 10 bytes, grpc-status: 0',
    '200，application/grpc，10 字节，grpc-status: 0',
  ],
  [
    '21e-h2-ping-reset-goaway.pcap',
    'GET /endless → 200, text/plain, 35 bytes, broken off by the client (CANCEL, packet 34)',
    'GET /endless → 200，text/plain，35 字节，被客户端中断（CANCEL，分组 34）',
  ],
  [
    '22i-h3-three-connections.pcap',
    '9 requests over HTTP/3, on 3 connections; 3 were answered with an error.',
    '9 个请求走 HTTP/3，用了 3 个连接；3 个得到错误状态码。',
  ],
  ['22c-quic-retry.pcapng', 'h3, after Retry, 1 request', 'h3，经过 Retry，1 个请求'],
  ['22a-h3-get.pcap', 'in 24 datagrams, the first of 1252 bytes;', '装在 24 个数据报里，第一个 1252 字节；'],
  [
    '23c-dnssec-walk.pcap',
    'referred to the servers of signed.test (ns.signed.test.), DS for key 35504 (',
    '转介到 signed.test 的服务器（ns.signed.test.），DS 指向密钥 35504（',
  ],
  [
    '23e-dnssec-bogus.pcap',
    'www.bogus.test A, checking disabled (CD) @ 10.77.89.53:53 → 10.77.89.66;',
    'www.bogus.test A，要求不验证（CD） @ 10.77.89.53:53 → 10.77.89.66；',
  ],
  [
    '24a-tls13-hybrid-two-segments.pcap',
    'key shares of 1216 and 1120 bytes)',
    '双方的密钥份额为 1216 和 1120 字节）',
  ],
  [
    '23a-dns-a-aaaa-https-together.pcap',
    'www.plain.test → 10.77.89.80, 2001:db8:77::80, HTTPS 1 . alpn=h3,h2 port=8443 ipv4hint=10.77.89.80',
    'www.plain.test → 10.77.89.80，2001:db8:77::80，HTTPS 1 . alpn=h3,h2 port=8443 ipv4hint=10.77.89.80',
  ],
  [
    '24a-tls13-hybrid-two-segments.pcap',
    'ClientHello of 1587 bytes in 2 segments',
    'ClientHello 有 1587 字节，分成 2 个报文段',
  ],
  [
    '27a-traceroute.pcap',
    'The path to 10.77.73.40 was traced hop by hop (with UDP, ICMP): 10.77.73.1, 10.77.73.18, 10.77.73.40; routers answered: TTL ran out; the end: port unreachable, echo reply.',
    '10.77.73.1、10.77.73.18、10.77.73.40；路由器应答“TTL 耗尽”，终点应答“端口不可达、回显应答”。',
  ],
  [
    '27c-dhcp.pcap',
    'asks to keep 10.77.58.119, addressing 10.77.58.80 only (DHCP Request, packet 7)',
    '直接向 10.77.58.80 请求续租 10.77.58.119（DHCP Request，分组 7）',
  ],
  ['22g-h3-key-update.pcap', 'h3, key phase changed 4 times', 'h3，密钥相位变化 4 次'],
  ['23a-dns-a-aaaa-https-together.pcap', 'HTTPS 1 . alpn=h3,h2 port=8443', 'HTTPS 1 . alpn=h3,h2 port=8443'],
  ['23e-dnssec-bogus.pcap', 'Names  www.bogus.test: SERVFAIL (', '域名  www.bogus.test：SERVFAIL（'],
  [
    '23g-dns-dname.pcap',
    'a.old.plain.test → a.new.plain.test (DNAME) → 10.77.67.91',
    'a.old.plain.test → a.new.plain.test (DNAME) → 10.77.67.91',
  ],
  [
    '23i-dns-over-https.pcap',
    'One name was asked for (A, AAAA) over HTTPS (GET + POST), always with ID 0, so that caches can keep the answers.',
    '经 HTTPS 查询了 1 个域名（A、AAAA）（GET + POST），ID 都是 0，便于缓存应答。',
  ],
  [
    '24c-tls13-mutual-resumed.pcap',
    'the client showed a certificate, too, 1 request;',
    '客户端也出示了证书，1 个请求；',
  ],
  [
    '25c-http-early-hints.pcap',
    '1 announced by 103 (Early Hints: /style.css, /app.js; fetched before the answer came)',
    '1 个先有 103（Early Hints：/style.css、/app.js，正式响应到达之前就已去取）',
  ],
  [
    '25a-http-gzip-chunked.pcap',
    'GET /story → 200 OK, text/plain, 5941 bytes (',
    '200 OK，text/plain，5941 字节（',
  ],
  [
    '25e-http-server-sent-events.pcap',
    '2 streams of events (SSE; one taken up again where it had stopped)',
    '2 个事件流（SSE；1 个从上次中断处续传）',
  ],
  [
    '25i-http-cors-preflight.pcap',
    '3 requests, 2 preflights (CORS; one refused)',
    '3 个请求，2 个预检（CORS；1 个被拒绝）',
  ],
  ['27c-dhcp.pcap', 'for 3600 s, renewed once, and given back (DHCP).', '续租 1 次，最后归还（DHCP）。'],
  [
    '23c-dnssec-walk.pcap',
    'One name was asked for; the resolver asked 9 questions of other servers; signatures were checked (AD) with the keys of <Root>, test, signed.test (ECDSAP256SHA256).',
    '查询了 1 个域名；解析器另向其他服务器问了 9 次；签名已验证（AD），用到 <Root>、test、signed.test 的密钥（ECDSAP256SHA256）。',
  ],
  [
    '24k-tls13-grease-hello.pcap',
    'TLS 1.3 to www.example.com, one connection, not opened: give --keylog FILE.',
    '到 www.example.com 的 TLS 1.3，1 个连接，没有解密：请给出 --keylog FILE。',
  ],
  ['24k-tls13-grease-hello.pcap', '(GREASE, RFC 8701)', '（GREASE，RFC 8701）'],
  [
    '25a-http-gzip-chunked.pcap',
    '200 OK, text/plain, 126 bytes, Content-Encoding: gzip, Transfer-Encoding: chunked',
    '200 OK，text/plain，126 字节，Content-Encoding: gzip，Transfer-Encoding: chunked',
  ],
  ['25c-http-early-hints.pcap', 'GET /page → 103, 200 OK', 'GET /page → 103，200 OK'],
  ['25e-http-server-sent-events.pcap', 'GET /events, Last-Event-ID: 4 →', 'GET /events，Last-Event-ID: 4 →'],
  ['25i-http-cors-preflight.pcap', 'Access-Control-Allow-Methods: ', 'Access-Control-Allow-Methods: '],
  [
    '21c-h2-priorities-window-updates.pcap',
    '5 PRIORITY frames say only in which order answers are wanted.',
    '5 个 PRIORITY 帧只说明希望先得到哪个响应。',
  ],
  [
    '21g-h2-hpack.pcap',
    'as short as 7 bytes, where the first one had 64; authorization may stand in no table (never indexed).',
    '最短只占 7 字节，第一个请求有 64 字节；authorization 不许放进表里（永不索引）。',
  ],
  [
    '21i-h2c-upgrade.pcap',
    'began as HTTP/1.1 and was upgraded (h2c).',
    '开始时是 HTTP/1.1，随后升级（h2c）。',
  ],
  [
    '21m-h2-trailers.pcapng',
    'Among them: 2 with trailers (grpc-status: 0).',
    '其中：2 个带尾部字段（grpc-status: 0）。',
  ],
  ['22a-h3-get.pcap', 'closed by the client: H3_NO_ERROR', 'H3_NO_ERROR'],
  ['22a-h3-get.pcap', '(stream 4, packets 18, 23)', '（流 4，分组 18、23）'],
  ['22i-h3-three-connections.pcap', 'POST /upload, 2000 bytes → 200', 'POST /upload，2000 字节 → 200'],
  [
    '23a-dns-a-aaaa-https-together.pcap',
    'asked for (A, AAAA, HTTPS at once)',
    '（A、AAAA、HTTPS，同时发出）',
  ],
  [
    '23e-dnssec-bogus.pcap',
    'the resolver asked 14 questions of other servers, 5 of them the same again.',
    '解析器另向其他服务器问了 14 次，其中 5 次是重问同一个问题。',
  ],
  [
    '23g-dns-dname.pcap',
    'Whatever is below old.plain.test leads to new.plain.test (DNAME).',
    'old.plain.test 之下的名字都转到 new.plain.test（DNAME）。',
  ],
  [
    '24a-tls13-hybrid-two-segments.pcap',
    'hybrid key exchange (X25519MLKEM768): its large key splits the ClientHello into 2 segments.',
    '混合密钥交换（X25519MLKEM768）：密钥很大，ClientHello 分成了 2 个报文段。',
  ],
  [
    '25a-http-gzip-chunked.pcap',
    'Among them: 1 compressed (gzip, in chunks).',
    '其中：1 个压缩过（gzip，分块传输）。',
  ],
  ['27a-traceroute.pcap', '3 10.77.73.40 (69 µs, port unreachable: the end)', '端口不可达：终点）'],
  ['27c-dhcp.pcap', 'looks for a DHCP server, asking all (DHCP Discover', '广播寻找 DHCP 服务器'],
  ['27c-dhcp.pcap', ', mask 255.255.255.0, router', '，掩码 255.255.255.0，路由器'],
  // The bar of time of its echoes, which are a conversation.
  ['27a-traceroute.pcap', 'ICMP 10.77.73.40', 'ICMP 10.77.73.40'],
];

describe('a fact of the story is told', () => {
  it.each(some(facts, 12))('%s: %s', async (name, en, zh) => {
    expect(await pageOf(name, 'en', true)).toContain(en);
    expect(await pageOf(name, 'zh', true)).toContain(zh);
  });
});

it('QUIC without its secrets is named, with what would open it', async () => {
  const page = await pageOf('22a-h3-get.pcap', 'en', false);
  // tshark: `quic` counts 27 packets in 24 datagrams.
  expect(page).toContain('QUIC to www.example.com, 27 packets, not opened: give --keylog FILE.');
});

it('several connections of QUIC are one sentence', async () => {
  const page = await pageOf('22i-h3-three-connections.pcap', 'en', false);
  expect(page).toContain('QUIC to www.example.com, 3 connections, 95 packets, not opened');
});

it('what only whoever asks for recursion says is not told of what a resolver asks of others', async () => {
  const page = await pageOf('23e-dnssec-bogus.pcap', 'en', false);
  expect(page.match(/checking disabled \(CD\) @/g)).toHaveLength(1);
});

/** As if an empty record that goes before data held their first octet: in AES-CBC both take as many octets. */
const firstOctetApart = (lock: Lock, opened: {last: number | undefined}): Lock => ({
  open: (record) => {
    const inside = lock.open(record);
    if (!inside) return undefined;
    const {last} = opened;
    const {content, next: behind} = inside;
    const next = firstOctetApart(behind, opened);
    opened.last = record.type === ContentType.application_data ? content.length : undefined;
    if (opened.last === 0) return {...inside, next, content: Uint8Array.of('G'.charCodeAt(0))};
    return {...inside, next, content: last === 0 ? content.subarray(1) : content};
  },
});

const splitKeysOf = (path: string): TlsKeys | undefined => {
  const keys = keysOf(path);
  if (!keys) return undefined;
  const unlock: TlsKeys['unlock'] = (session, sender, log) => {
    const lock = keys.unlock(session, sender, log);
    return lock.ok && sender === 'client' ? ok(firstOctetApart(lock.value, {last: undefined})) : lock;
  };
  return {...keys, unlock};
};

it('an octet of data in a record of its own begins what is read whole', async () => {
  const name = '24e-tls10-tls11.pcap';
  const pages = await Promise.all((['en', 'zh'] as const).map((l) => made(name, l, true, splitKeysOf)));
  for (const page of pages) {
    // Put together again; TLS 1.1 has an IV in each record, nothing goes before there.
    expect(page).toContain('#1 GET / → 200');
  }
});
