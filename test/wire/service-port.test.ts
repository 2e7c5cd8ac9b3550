// Checks which of two ports shows the protocol. Oracles: RFC 6335 §6 (system ports belong to services), and Wireshark, which tries the lower port
// first (decode_udp_ports of its packet-udp.c).
import {expect, test} from 'vitest';
import {dissect} from '../../source/wire/dissect.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {servicePort} from '../../source/wire/service-port.ts';

const known = new Set([80, 443, 1701, 4789, 5353, 8080]);

test.each([
  [40_000, 4789, 4789],
  [4789, 40_000, 4789],
  [53, 4789, undefined],
  [4789, 53, undefined],
  [1023, 4789, undefined],
  [1024, 4789, 4789],
  [443, 8080, 443],
  [8080, 443, 443],
  [22, 8080, undefined],
  [1701, 4789, 1701],
  [4789, 4789, 4789],
  [40_000, 40_001, undefined],
])('%d and %d: %s', (from, to, port) => {
  expect(servicePort([from, to], (each) => known.has(each))).toBe(port);
});

/**
 * Dissects a segment between the two ports. It contains the start of a TLS record of application data, which could be anything without the ports
 * (RFC 9846 §5.1).
 */
const spokenBetween = (from: number, to: number): string | undefined => {
  const port = (number: number): string => number.toString(16).padStart(4, '0');
  const record = '1703030040aabbcc';
  const ip = '45000030000000004006' + '0000' + 'c0000201' + 'c0000202';
  const tcp = `${port(from)}${port(to)}00000001000000015018040000000000`;
  return dissect(octetsOf(ip + tcp + record), 101).layers.at(-1)?.protocol;
};

test('a segment is read by the service’s port, not by the client’s', () => {
  expect(spokenBetween(443, 40_000)).toBe('tls');
  expect([spokenBetween(443, 8080), spokenBetween(8080, 443)]).toEqual(['tls', 'tls']);
  expect([spokenBetween(22, 8443), spokenBetween(8443, 22)]).toEqual(['data', 'data']);
});
