// *Why?* of fields with a reason of their own: counts of DNS (RFC 1035 §4.1.1, RFC 6891 §6.1), checksums, addresses and the version of IP.
// Oracles: the packets of those runs, read by hand.
import {expect, test} from 'vitest';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {open, started} from '../player.ts';

const runNamed = (name: string): Trace =>
  traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));

const why = (trace: Trace, packet: number, field: string, language: Language = 'en') =>
  whyAbout(viewOf({...open({trace}), playback: started({language, viewMs: 1e9}), message: undefined}), {
    ...{kind: 'field', packet, field},
  });

const edns =
  'OPT is counted here, no record of a name: with it EDNS tells that its sender takes up to 1232 octets over UDP (RFC 6891 §6.1).';

test('a count of a DNS message names what it counts, and no rule of the packet', () => {
  const trace = runNamed('dns-recursion base');
  const told = (field: string, packet: number) => why(trace, packet, `dns.count.${field}`).paragraphs[1];
  // A query of the resolver to the root, and its referral to com.
  expect(why(trace, 2, 'dns.count.add_rr').paragraphs).toHaveLength(2);
  expect(told('add_rr', 2)).toBe(edns);
  expect(told('queries', 2)).toBe('It is y.abc.com A.');
  expect(told('answers', 2)).toBe('The message has none.');
  expect(told('auth_rr', 3)).toBe('It is com NS.');
  expect(told('add_rr', 3)).toBe(`${edns} Beside it: dns.com A.`);
  expect(why(trace, 3, 'dns.count.add_rr', 'zh').paragraphs[1]).toBe(
    '计入的有 OPT，它不是哪个域名的记录：发送方借 EDNS 用它告知，自己能经 UDP 接收最多 1232 字节（RFC 6891 §6.1）。此外还有 dns.com A。',
  );
});

// RFC 9293 §3.1: “the 16-bit ones' complement of the ones' complement sum of all 16-bit words in the header and text”, with a pseudo-header.
test('a checksum is asked for by its number, and is a sum', () => {
  const trace = runNamed('handshake base');
  const {heading, paragraphs, rule} = why(trace, 1, 'tcp.checksum');
  expect(heading).toMatch(/^Why is tcp\.checksum of packet 1 0x[0-9a-f]{4}\?$/);
  expect(paragraphs[1]).toBe(
    'The client computed it: the ones’ complement of the ones’ complement sum, in words of 16 bits, of a pseudo-header with both addresses, the TCP header and the data. In that sum the field itself is 0.',
  );
  expect(rule).toBe('RFC 9293 §3.1');
  expect(why(trace, 1, 'ip.checksum').paragraphs[1]).toContain('of the IP header.');
  expect(why(runNamed('dns-recursion base'), 1, 'udp.checksum').paragraphs[1]).toContain('the UDP header');
});

test('an address is whose packet is answered, or who was to be reached', () => {
  const dns = runNamed('dns-recursion base');
  const to = (trace: Trace, packet: number) => why(trace, packet, 'ip.dst').paragraphs[1];
  expect(to(dns, 1)).toMatch(/^It is the address of .*, the resolver that the laptop is set to ask\.$/);
  expect(to(dns, 2)).toContain('a server of the root zone. Of the zones above the name');
  expect(to(dns, 2)).toContain('these stood in its cache (RFC 1034 §5.3.3).');
  expect(to(dns, 3)).toBe('It is the source address of packet 2, which this one answers.');
  // The root had named the server of com.
  expect(to(dns, 4)).toContain('a server of the zone com. Of');
  expect(to(dns, 4)).toContain('the answer before has named them');
  const tcp = runNamed('handshake base');
  const opened = 'It is the address of the server: a program on the client opened the connection to it.';
  expect([1, 2, 3].map((packet) => to(tcp, packet))).toEqual([
    opened,
    'The connection began with packet 1, which came from this address. What goes back goes there.',
    opened,
  ]);
});

test('the version of IP is that of both addresses', () => {
  expect(why(runNamed('handshake base'), 1, 'ip.version').paragraphs[1]).toMatch(
    /^Both addresses, [\d.]+ and [\d.]+, are of IPv4, and so is the header that carries them\.$/,
  );
});
