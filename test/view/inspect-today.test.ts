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
  [
    '27c-dhcp.pcap',
    'The address 10.77.58.119 was leased for 3600 s (DHCP).',
    '租到地址 10.77.58.119，租期 3600 s（DHCP）。',
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
