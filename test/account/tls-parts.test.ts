// Oracle: the side files of the captures, which tshark wrote with the connections' keys: of each handshake message the frame.
import {describe, expect, test} from 'vitest';
import {plainHand, withProtocol} from '../../source/account/notation.ts';
import {summaryOf} from '../../source/account/summary.ts';
import {segmentTlsParts} from '../../source/account/tls-parts.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {ropeFromBytes} from '../../source/wire/rope.ts';
import {seq} from '../../source/wire/seq.ts';
import type {TcpSegment} from '../../source/wire/tcp.ts';
import {capturedTrace} from '../helpers/captured.ts';
import {sideFile, tlsCaptures} from '../wire/tls/captured.ts';

/** By frame, where it carries TLS: packet N of a capture is frame N. */
const told = (capture: string): ReadonlyMap<number, string> => {
  const trace = capturedTrace(capture);
  const found = new Map<number, string>();
  for (let id = 1; id <= trace.packetCount; id++) {
    const {frame} = trace.packet(id);
    const [, words] = /len=\d+, (TLS .*)$/.exec(frame ? summaryOf(frame) : '') ?? [];
    if (words !== undefined) found.set(id, words);
  }
  return found;
};

const readable12 =
  /^(ClientHello|ServerHello|Certificate|ServerKeyExchange|CertificateRequest|ServerHelloDone|ClientKeyExchange|CertificateVerify)$/;
const readable13 = /^(ClientHello|ServerHello)$/;

/** `TLS 1.3 ClientHello (SNI x), ChangeCipherSpec` → its handshake messages. */
const messagesIn = (words: string): readonly string[] =>
  words
    .split(', ')
    .map((word) => word.replace(/^TLS (1\.\d )?| \(SNI .*\)$/g, '').replace(/^TLS /, ''))
    .map((word) => (word === 'HelloRetryRequest' ? 'ServerHello' : word))
    .filter((word) => readable12.test(word));

describe.each(tlsCaptures)('%s', (capture) => {
  const {tls} = sideFile(capture);
  const ours = told(capture);

  test('handshake messages in clear stand in the frames of the side file', () => {
    const readable = tls.version === 'TLS 1.3' ? readable13 : readable12;
    // A message that ends in a later segment: tshark names it there, one segment alone names it where it begins.
    const goesOn = (frame: number): boolean => ours.get(frame) === 'TLS part of a record';
    const theirs = tls.handshake
      .filter(({frame}) => !goesOn(frame))
      .map(({frame, message}) => `${frame} ${message.replaceAll(' ', '')}`)
      .filter((one) => readable.test(one.split(' ')[1] ?? ''));
    const last = Math.max(...tls.handshake.map(({frame}) => frame));
    // A second connection has no place in the side file.
    const found = [...ours]
      .filter(([frame]) => frame <= last && !goesOn(frame + 1))
      .flatMap(([frame, words]) => messagesIn(words).map((one) => `${frame} ${one}`));
    expect(found).toEqual(theirs);
  });

  test('the first hello names the site and the best version, the last one the version chosen', () => {
    const all = [...ours.values()];
    expect(all[0]).toContain(`TLS ${(tls.versionsOffered?.[0] ?? '').slice(4)} ClientHello`);
    if (tls.sni !== undefined) expect(all[0]).toContain(`(SNI ${tls.sni})`);
    const chosen = all.find((words) => /ServerHello(,|$)/.test(words));
    if (tls.version) expect(chosen).toMatch(new RegExp(`^${tls.version} ServerHello`));
  });

  test('alerts are named where they are in clear', () => {
    for (const {frame, level, description} of tls.alerts) {
      const name = description.replace(/ \(.*/, '').toLowerCase().replaceAll(' ', '_');
      const expected = level.startsWith('Fatal') ? `Alert ${name}` : /Alert \(encrypted\)|Application Data/;
      expect(ours.get(frame)).toMatch(expected);
    }
  });
});

test('HelloRetryRequest is told from ServerHello', () => {
  expect(told('16h-tls13-hello-retry.pcapng').get(9)).toBe('TLS 1.3 HelloRetryRequest, ChangeCipherSpec');
});

const tlsSummary = (of: TcpSegment): string => {
  const parts = segmentTlsParts(of);
  return parts.length === 0 ? '' : withProtocol(parts, plainHand);
};

const segment = (hex: string, dstPort: number): TcpSegment => ({
  srcPort: 5000,
  dstPort,
  seq: seq(1),
  ack: seq(1),
  flags: 0x18,
  window: 0,
  urgent: 0,
  options: [],
  payload: ropeFromBytes(octetsOf(hex)),
});

test('on another port only what is plainly TLS', () => {
  expect(tlsSummary(segment('15030300020228', 5001))).toBe('TLS Alert handshake_failure');
  expect(tlsSummary(segment('1703030100aabbcc', 5001))).toBe('');
  expect(tlsSummary(segment('1703030100aabbcc', 443))).toBe('TLS Application Data 256 B …');
  expect(tlsSummary(segment('17030300011117030300022222', 5001))).toBe('TLS Application Data 1+2 B');
  expect(tlsSummary(segment('aabbcc', 443))).toBe('TLS part of a record');
});

test('a name that would move the cursor is shown without doing so', () => {
  const name = '1b5b324a61';
  const hello = `0303${'00'.repeat(32)}0000021301010000${'0e'}0000000a0008000005${name}`;
  const size = (hello.length / 2).toString(16).padStart(2, '0');
  const record = `160301${(hello.length / 2 + 4).toString(16).padStart(4, '0')}010000${size}${hello}`;
  expect(tlsSummary(segment(record, 443))).toBe('TLS 1.2 ClientHello (SNI ?[2Ja)');
});
