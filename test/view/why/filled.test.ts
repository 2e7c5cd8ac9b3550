// *Why?* of fields of headers: from where their maker has them. Oracles: RFC 791 §3.1, RFC 768, RFC 9293 §3.1, and the packets read by hand.
import {expect, test} from 'vitest';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {open, started} from '../player.ts';

const runNamed = (name: string): Trace =>
  traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));

const why = (trace: Trace, packet: number, field: string, language: Language = 'en') =>
  whyAbout(viewOf({...open({trace}), playback: started({language, viewMs: 1e9}), message: undefined}), {
    kind: 'field',
    packet,
    field,
  });

const handshake = runNamed('handshake base');
const tight = (lines: readonly string[] = []): readonly string[] =>
  lines.map((line) => line.replace(/ +/g, ' '));

test('the port that an answer goes to is the one that the question came from', () => {
  const copied = 'The server copies it from the source port of packet 1.';
  expect(why(handshake, 2, 'tcp.dstport').paragraphs[1]).toBe(copied);
  // Sent again by a timer, it still has the port of the SYN.
  expect(why(runNamed('handshake-loss no-third'), 4, 'tcp.dstport').paragraphs[1]).toBe(copied);
  expect(why(handshake, 2, 'tcp.dstport', 'zh').paragraphs[1]).toBe('服务器从第 1 个分组的源端口抄来。');
  // Nobody told the client: its server waits at the port of its service.
  const known = /^IANA has registered port (80 for HTTP|53 for DNS)/;
  expect(why(handshake, 1, 'tcp.dstport').paragraphs[1]).toMatch(known);
  expect(why(handshake, 3, 'tcp.dstport').paragraphs[1]).toMatch(known);
  expect(why(runNamed('dns-recursion base'), 1, 'udp.dstport').paragraphs[1]).toMatch(known);
});

test('lengths have their sums', () => {
  expect(tight(why(handshake, 3, 'ip.hdr_len').formulas[0])).toEqual([
    'ip.hdr_len = 20 + options',
    '20 = 20 + 0',
  ]);
  const header = Number(tight(why(handshake, 1, 'tcp.hdr_len').formulas[0])[1]?.split(' ')[0]);
  expect(header).toBeGreaterThan(20);
  expect(tight(why(handshake, 1, 'tcp.hdr_len').formulas[0])).toEqual([
    'tcp.hdr_len = 20 + options',
    `${header} = 20 + ${header - 20}`,
  ]);
  expect(tight(why(handshake, 2, 'tcp.len').formulas[0])).toEqual([
    'tcp.len = ip.len − ip.hdr_len − tcp.hdr_len',
    `0 = ${20 + header} − 20 − ${header}`,
  ]);
});

test('a TTL is what its maker begins with; of a capture nobody knows that', () => {
  expect(why(handshake, 1, 'ip.ttl').paragraphs[1]).toBe(
    'The client begins with that number, and no router has taken one away yet.',
  );
  expect(why(capturedTrace('00a-handshake-only.pcap'), 3, 'ip.ttl').paragraphs.join(' ')).not.toContain(
    'begins',
  );
});

test('a packet that was not cut up says so', () => {
  expect(why(handshake, 1, 'ip.frag_offset').paragraphs[1]).toMatch(/^The packet is no fragment/);
});

test('of the flags each that is set says what it says', () => {
  const {paragraphs} = why(handshake, 2, 'tcp.flags');
  expect(paragraphs[0]).toMatch(/control bits/);
  expect(paragraphs.slice(1, 3).join(' ')).toMatch(/^ACK: .* SYN: /);
  expect(paragraphs.join(' ')).not.toMatch(/FIN:|RST:|PSH:/);
});
