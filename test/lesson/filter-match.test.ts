// Which packets a display filter lets through. Oracle: Wireshark’s display filters (wireshark-filter(4)), over a run whose packets are
// known: SYN, SYN+ACK, ACK, 100 octets up, ACK, FIN+ACK, ACK.
import {expect, test} from 'vitest';
import {letsThrough, matchingPackets} from '../../source/lesson/filter-match.ts';
import {parseFilter} from '../../source/lesson/filter-parser.ts';
import {vocabulary} from '../../source/lesson/protocols.ts';
import {load, traceOf} from './fragments.ts';

const names = {hosts: ['client', 'server'], connections: [], vocabulary};
const trace = traceOf(
  load({
    script: `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80', from: 40000}
  - {at: 1s, host: client, call: send, bytes: 100}
  - {at: 2s, host: client, call: shutdown}
`,
  }),
);

const filterOf = (source: string) => {
  const filter = parseFilter(source, names);
  if (!filter.ok) expect.fail(filter.error[0].message.en);
  return filter.value;
};

test.each([
  ['ip.src == client', [1, 3, 4, 6]],
  ['ip.src == server', [2, 5, 7]],
  ['ip.src != client', [2, 5, 7]],
  ['ip.src == 192.0.2.10', [1, 3, 4, 6]],
  ['ip.addr == client', [1, 2, 3, 4, 5, 6, 7]],
  // A field with two values differs only if both do (Wireshark 4).
  ['ip.addr != client', []],
  ['ip.addr != 203.0.113.1', [1, 2, 3, 4, 5, 6, 7]],
  ['tcp.port == 80', [1, 2, 3, 4, 5, 6, 7]],
  ['tcp.port != 80', []],
  ['tcp.port > 40000', []],
  ['tcp.port >= 40000', [1, 2, 3, 4, 5, 6, 7]],
  ['tcp.port < 80', []],
  ['tcp.port <= 80', [1, 2, 3, 4, 5, 6, 7]],
  ['tcp.srcport == 80', [2, 5, 7]],
  ['tcp.len == 100', [4]],
  ['tcp.len != 100', [1, 2, 3, 5, 6, 7]],
  ['tcp.len > 99', [4]],
  ['tcp.len > 100', []],
  ['tcp.len >= 100', [4]],
  ['tcp.len >= 101', []],
  ['tcp.len < 100', [1, 2, 3, 5, 6, 7]],
  ['tcp.len < 101', [1, 2, 3, 4, 5, 6, 7]],
  ['tcp.len <= 100', [1, 2, 3, 4, 5, 6, 7]],
  ['tcp.len <= 99', [1, 2, 3, 5, 6, 7]],
  ['tcp.flags.syn == 1', [1, 2]],
  ['tcp.flags.syn == 1 && ip.src == client', [1]],
  ['tcp.flags.syn == 1 || tcp.flags.fin == 1', [1, 2, 6]],
  ['!(tcp.flags.syn == 1)', [3, 4, 5, 6, 7]],
  ['!(tcp.flags.syn == 1) && !(tcp.len == 0)', [4]],
  ['tcp.options.mss_val', [1, 2]],
  ['!tcp.options.mss_val', [3, 4, 5, 6, 7]],
  ['tcp.options.mss_val == 1460', [1, 2]],
  // What a packet lacks is neither equal nor unequal.
  ['tcp.options.mss_val != 1460', []],
  ['tcp.options.mss_val != 1400', [1, 2]],
  ['!(tcp.options.mss_val == 1460)', [3, 4, 5, 6, 7]],
  ['udp.port != 53', []],
  ['frame.number == 1 || frame.number == 7', [1, 7]],
])('%s', (source, expected) => {
  const filter = filterOf(source);
  expect(matchingPackets(filter, trace).map(({id}) => id)).toEqual(expected);
  for (let id = 1; id <= trace.packetCount; id += 1)
    expect(letsThrough(filter, trace, trace.packet(id))).toBe(expected.includes(id));
});

test.each([
  ['tcp.len eq 100', 'tcp.len == 100'],
  ['tcp.len ne 100', 'tcp.len != 100'],
  ['tcp.len lt 100', 'tcp.len < 100'],
  ['tcp.len lt 101', 'tcp.len < 101'],
  ['tcp.len le 99', 'tcp.len <= 99'],
  ['tcp.len le 100', 'tcp.len <= 100'],
  ['tcp.len gt 99', 'tcp.len > 99'],
  ['tcp.len gt 100', 'tcp.len > 100'],
  ['tcp.len ge 100', 'tcp.len >= 100'],
  ['tcp.len ge 101', 'tcp.len >= 101'],
  ['not tcp.flags.syn eq 1 and tcp.len gt 0', '!(tcp.flags.syn == 1) && tcp.len > 0'],
  // and binds closer than or.
  [
    'tcp.flags.fin eq 1 or tcp.flags.syn eq 1 and ip.src eq client',
    'tcp.flags.fin == 1 || (tcp.flags.syn == 1 && ip.src == client)',
  ],
])('%s is %s in words', (words, signs) => {
  const of = (source: string) => matchingPackets(filterOf(source), trace).map(({id}) => id);
  expect(of(words)).toEqual(of(signs));
});

test('a host that the run does not have has no address: nothing equals it, everything differs', () => {
  const compared = (comparison: '==' | '!=') =>
    matchingPackets(
      {kind: 'compare', field: 'ip.src', comparison, value: {kind: 'host', name: 'nobody'}},
      trace,
    ).length;
  expect([compared('=='), compared('!=')]).toEqual([0, 7]);
});

test('addresses have no order', () => {
  for (const comparison of ['<', '<=', '>', '>='] as const) {
    for (const value of [
      {kind: 'text', value: '203.0.113.1'},
      {kind: 'number', value: 5},
    ] as const)
      expect(matchingPackets({kind: 'compare', field: 'ip.src', comparison, value}, trace)).toEqual([]);
  }
});
