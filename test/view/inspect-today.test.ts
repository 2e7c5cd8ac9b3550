// What `inspect` tells of today's captures beside their lists. Oracle: `story` and the fields of the side files, of which each line here
// quotes a fact.
import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {capturedQuic} from '../../source/observe/quic-captured.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {inspectionReport} from '../../source/view/inspect/report.ts';
import {allOf} from '../../source/view/inspect/told.ts';
import {parseKeyLog} from '../../source/wire/tls/key-log.ts';
import {keyLogOf, keysOf, todayFolder} from '../helpers/captured-today.ts';

const pageOf = async (name: string, language: 'en' | 'zh', opened: boolean): Promise<string> => {
  const path = todayFolder + name;
  const read = await inspectCapture(path);
  if (!read.ok) throw new Error(name);
  const {inspector, facts} = read.value;
  const file = opened ? keyLogOf(path) : undefined;
  const log = parseKeyLog(file === undefined ? new Uint8Array(0) : readFileSync(file));
  const quic = capturedQuic(inspector, {log, crypto: nodeCrypto});
  const told = allOf(inspector, capturedTls(inspector.connections, opened ? keysOf(path) : undefined), quic);
  return inspectionReport({name, facts, inspector, told}, {language, columns: 500, ascii: false}).join('\n');
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
  ['21m-h2-trailers.pcapng', '200, grpc-status: 0', '200，grpc-status: 0'],
  [
    '22i-h3-three-connections.pcap',
    '9 requests over HTTP/3, on 3 connections; 3 were answered with an error.',
    '9 个请求走 HTTP/3，用了 3 个连接；3 个得到错误状态码。',
  ],
  ['22c-quic-retry.pcapng', 'h3, after Retry, 1 request', 'h3，经过 Retry，1 个请求'],
  [
    '22e-h3-lost-datagram.pcap',
    'One stream of QUIC had to wait for bytes that were lost and sent again.',
    'QUIC 有 1 个流要等丢失后重发的字节。',
  ],
  [
    '22e-h3-lost-datagram.pcap',
    'since the packet that QUIC numbers 20 never got here, and they came again under a new number;',
    'QUIC 编号为 20 的分组一直没有到，这些字节后来换了新编号重发；',
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
  ['27a-traceroute.pcap', '2 paths were traced hop by hop.', '逐跳探查了 2 条路径。'],
  [
    '27c-dhcp.pcap',
    'asks to keep 10.77.58.119 (DHCP Request, packet 7)',
    '请求续租 10.77.58.119（DHCP Request，分组 7）',
  ],
  [
    '27e-packet-too-big.pcap',
    'They had been too big: fd77:84:3::1 had said that it lets no more than 1300 bytes pass (ICMP, packet 15).',
    '原先的分组过大：fd77:84:3::1 已经用 ICMP 说明最多放行 1300 字节（分组 15）。',
  ],
  ['22g-h3-key-update.pcap', 'h3, key phase changed 4 times', 'h3，密钥相位变化 4 次'],
  ['22k-quic-idle-timeout.pcap', 'ended without a word', '不了了之'],
  ['23a-dns-a-aaaa-https-together.pcap', 'HTTPS 1 . alpn=h3,h2 port=8443', 'HTTPS 1 . alpn=h3,h2 port=8443'],
  [
    '23e-dnssec-bogus.pcap',
    'www.bogus.test failed: SERVFAIL (DNSSEC Bogus); asked with checking disabled (CD), the server gave an address.',
    'www.bogus.test 查询失败：SERVFAIL（DNSSEC Bogus）；关闭验证（CD）再问，服务器给了地址。',
  ],
  ['23e-dnssec-bogus.pcap', 'Names  www.bogus.test: SERVFAIL (', '域名  www.bogus.test：SERVFAIL（'],
  [
    '23g-dns-dname.pcap',
    'a.old.plain.test → a.new.plain.test (DNAME) → 10.77.67.91',
    'a.old.plain.test → a.new.plain.test (DNAME) → 10.77.67.91',
  ],
  ['23i-dns-over-https.pcap', 'One name was asked for over HTTPS.', '经 HTTPS 查询了 1 个域名。'],
  [
    '23k-dns-two-answers.pcap',
    'The question for www.plain.test was answered twice, and not alike',
    '对 www.plain.test 的查询得到两个互相矛盾的应答',
  ],
  [
    '24c-tls13-mutual-resumed.pcap',
    'the client showed a certificate, too, 1 request;',
    '客户端也出示了证书，1 个请求；',
  ],
  ['24e-tls10-tls11.pcap', 'TLS 1.0, TLS 1.1 are outdated.', 'TLS 1.0、TLS 1.1 已过时。'],
  ['25c-http-early-hints.pcap', '1 announced by 103 (Early Hints)', '1 个先有 103（Early Hints）'],
  ['25e-http-server-sent-events.pcap', '2 streams of events (SSE)', '2 个事件流（SSE）'],
  ['25g-http-smuggling-cl-te.pcap', 'two readers may take for different ones (smuggling).', '（请求走私）。'],
  ['25i-http-cors-preflight.pcap', '3 requests, 2 preflights (CORS)', '3 个请求，2 个预检（CORS）'],
  ['27c-dhcp.pcap', 'for 3600 s, renewed once, and given back (DHCP).', '续租 1 次，最后归还（DHCP）。'],
  [
    '27e-packet-too-big.pcap',
    'Packets were too big for the path: fd77:84:3::1 lets no more than 1300 bytes pass (ICMP).',
    '分组超过了路径能承载的大小：fd77:84:3::1 最多放行 1300 字节（ICMP）。',
  ],
  [
    '23c-dnssec-walk.pcap',
    'One name was asked for; the resolver asked 9 questions of other servers; signatures were checked (AD).',
    '查询了 1 个域名；解析器另向其他服务器问了 9 次；签名已验证（AD）。',
  ],
  [
    '24i-tls13-expired-certificate.pcap',
    'failed: the client said certificate_expired.',
    '客户端发出 certificate_expired。',
  ],
  [
    '24k-tls13-grease-hello.pcap',
    'TLS 1.3 to www.example.com, one connection, not opened: give --keylog FILE.',
    '到 www.example.com 的 TLS 1.3，1 个连接，没有解密：请给出 --keylog FILE。',
  ],
  ['24k-tls13-grease-hello.pcap', '(GREASE, RFC 8701)', '（GREASE，RFC 8701）'],
  [
    '25a-http-gzip-chunked.pcap',
    '200 OK, Content-Encoding: gzip, Transfer-Encoding: chunked',
    '200 OK，Content-Encoding: gzip，Transfer-Encoding: chunked',
  ],
  ['25c-http-early-hints.pcap', 'GET /page → 103, 200 OK', 'GET /page → 103，200 OK'],
  ['25e-http-server-sent-events.pcap', 'GET /events, Last-Event-ID: 4 →', 'GET /events，Last-Event-ID: 4 →'],
  ['25i-http-cors-preflight.pcap', 'Access-Control-Allow-Methods: ', 'Access-Control-Allow-Methods: '],
  [
    '26a-happy-eyeballs-v6-black-hole.pcap',
    'www.example.com has addresses of both families: fd77:77::80 was tried first, 10.77.119.80 beside it 166 ms later, and 10.77.119.80 was used',
    'www.example.com 有 IPv4 和 IPv6 两种地址：先试 fd77:77::80',
  ],
  [
    '26c-happy-eyeballs-v6-slow.pcap',
    'and 10.77.187.80 was used (Happy Eyeballs',
    '最后用了 10.77.187.80（Happy Eyeballs',
  ],
];

describe('a fact of the story is told', () => {
  it.each(facts)('%s: %s', async (name, en, zh) => {
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
