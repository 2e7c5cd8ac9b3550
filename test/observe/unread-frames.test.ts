// Oracle: the numbers of IANA and IEEE; that what is inside a tunnel is no connection here.
import {expect, it} from 'vitest';
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';
import {datagramName, tunnelName, unreadName} from '../../source/observe/unread-frames.ts';

const octets = (hex: string): Uint8Array =>
  Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (each) => Number.parseInt(each, 16));

const link = '020000000002 020000000001';

/** IPv4 without options around `payload`, from 10.0.0.1 to 10.0.0.2. */
const ip4 = (protocol: string, payload: string): string => {
  const length = 20 + octets(payload).length;
  return `4500 ${length.toString(16).padStart(4, '0')} 0000 0000 40${protocol} 0000 0a000001 0a000002 ${payload}`;
};

const syn = ip4('06', '9c40 1f90 00000001 00000000 5002 ffff 0000 0000');

const counted = (...frames: readonly string[]): CaptureInspector => {
  const inspector = new CaptureInspector();
  for (const [index, hex] of frames.entries()) {
    const bytes = octets(`${link} ${hex}`);
    const record = {
      atUs: index,
      bytes,
      linkType: 1,
      originalLength: bytes.length,
      frameNumber: index + 1,
      nanoseconds: 0,
      fileOffset: 0,
      comments: [],
    };
    inspector.add(record);
  }
  return inspector;
};

it.each([
  ['GRE', `0800 ${ip4('2f', `0000 880b ${syn}`)}`],
  ['ESP', `0800 ${ip4('32', '00000001 00000001 aabbccdd')}`],
  ['PPPoE', `8864 1100 0005 002a 0021 ${syn}`],
  ['MPLS', `8847 00010140 ${syn}`],
  ['SNAP', `0030 aaaa03000000 0800 ${syn}`],
  ['VXLAN', `0800 ${ip4('11', `9c40 12b5 0046 0000 00000000 00004d00 ${link} 0800 ${syn}`)}`],
  ['NTP', `0800 ${ip4('11', `007b 007b 0038 0000 23 ${'00'.repeat(47)}`)}`],
  ['mDNS', `0800 ${ip4('11', '14e9 14e9 000c 0000 00000000')}`],
  ['WireGuard', `0800 ${ip4('11', `ca6c ca6c 009c 0000 01000000 ${'ab'.repeat(144)}`)}`],
  ['EtherType 0x1234', '1234 00'],
  ['IP protocol 200', `0800 ${ip4('c8', '00')}`],
])('%s is named only', (name, frame) => {
  const inspector = counted(frame, frame);
  expect([...inspector.unread]).toEqual([[name, 2]]);
  expect(inspector.connections).toEqual([]);
});

it('what is read is not named, nor is a later fragment', () => {
  const fragment = ip4('2f', '0000').replace('0000 0000', '0001 0010');
  const inspector = counted(`0800 ${syn}`, `8100 0007 0800 ${syn}`, `0800 ${fragment}`, '0806 0001');
  expect(inspector.unread.size).toBe(0);
  expect(inspector.connections).toHaveLength(1);
});

it('keeps a bound on names', () => {
  const inspector = counted(...Array.from({length: 99}, (_, index) => `${(0x2000 + index).toString(16)} 00`));
  expect(inspector.unread.size).toBe(33);
  expect(inspector.unread.get('…')).toBe(67);
});

const none = {arp: false, tagged: false, addressesAt: 0, destinationAt: 0, transportAt: 0, transportEnd: 0};
const behindLink = (etherType: number | undefined) =>
  unreadName({...none, version: 0, etherType, protocol: 0, fragment: undefined}, octets(''));
const behindIp = (protocol: number) =>
  unreadName({...none, version: 4, etherType: 0x800, protocol, fragment: undefined}, octets(''));

/** `8847 MPLS, 88cc LLDP`: each number with its name. */
const listed = (text: string, radix = 10): readonly (readonly [number, string])[] =>
  text.split(', ').map((each) => {
    const [number = '', name = ''] = each.split(' ');
    return [Number.parseInt(number, radix), name];
  });

it('EtherTypes of IEEE 802; below 0x600 it is a length (IEEE 802.3 §3.2.6)', () => {
  const names = listed(
    '8035 RARP, 8137 IPX, 8847 MPLS, 8848 MPLS, 8863 PPPoE, 8864 PPPoE, 888e 802.1X, 88cc LLDP, 88e5 MACsec, 88f7 PTP, 5ff LLC',
    16,
  );
  expect(names.map(([number]) => behindLink(number))).toEqual(names.map(([, name]) => name));
  expect(behindLink(0x600)).toBe('EtherType 0x0600');
  expect(behindLink(undefined)).toBeUndefined();
});

it('protocol numbers of IANA', () => {
  const names = listed(
    '2 IGMP, 4 IP-in-IP, 41 IPv6-in-IP, 47 GRE, 50 ESP, 51 AH, 89 OSPF, 97 EtherIP, 103 PIM, 112 VRRP, 115 L2TP, 132 SCTP, 137 MPLS-in-IP',
  );
  expect(names.map(([number]) => behindIp(number))).toEqual(names.map(([, name]) => name));
  // ICMP, TCP, UDP, ICMPv6, and nothing behind it (RFC 8200 §4.7).
  expect([1, 6, 17, 58, 59].map(behindIp)).toEqual(Array.from({length: 5}, () => undefined));
});

it('ports of IANA: tunnels by where datagrams go, others from either end', () => {
  const tunnels = listed(
    '1701 L2TP, 2152 GTP-U, 3544 Teredo, 4754 GRE-in-UDP, 4789 VXLAN, 6081 Geneve, 6635 MPLS-in-UDP, 8472 VXLAN',
  );
  expect(tunnels.map(([port]) => tunnelName([40_000, port]))).toEqual(tunnels.map(([, name]) => name));
  expect(tunnels.map(([port]) => tunnelName([port, 40_000]))).toEqual(tunnels.map(() => undefined));
  expect(tunnelName([40_000, 80])).toBeUndefined();
  const ports = listed(
    '69 TFTP, 123 NTP, 137 NBNS, 161 SNMP, 162 SNMP, 514 syslog, 546 DHCPv6, 547 DHCPv6, 1812 RADIUS, 1900 SSDP, 3478 STUN, 5353 mDNS, 5355 LLMNR',
  );
  const payload = Uint8Array.of(9);
  expect(ports.map(([port]) => datagramName([40_000, port], payload, 1))).toEqual(
    ports.map(([, name]) => name),
  );
  expect(datagramName([5353, 40_000], payload, 1)).toBe('mDNS');
  expect(datagramName([40_000, 40_001], payload, 1)).toBeUndefined();
});

it('a client’s random port says nothing about the protocol if the other port is a service’s', () => {
  const services = [53, 67, 123, 443, 514, 1812];
  for (const port of [3478, 4789, 5353, 6081, 8472]) {
    expect(services.map((service) => tunnelName([service, port]))).toEqual(services.map(() => undefined));
    expect(datagramName([port, 123], Uint8Array.of(9), 1)).toBe('NTP');
    expect(datagramName([123, port], Uint8Array.of(9), 1)).toBe('NTP');
    expect(datagramName([port, 53], Uint8Array.of(9), 1)).toBeUndefined();
  }
  expect(datagramName([5353, 1812], Uint8Array.of(9), 1)).toBe('RADIUS');
});

// wireguard.com/protocol: 148 octets, 92, 64, and 32 with what is padded to 16.
it('WireGuard on any port by type, zeros and length', () => {
  const name = (length: number, ...first: readonly number[]) =>
    datagramName([40_000, 40_001], Uint8Array.from(first), length);
  const messages = [
    [148, 1],
    [92, 2],
    [64, 3],
    [32, 4],
    [48, 4],
  ] as const;
  for (const [length, type] of messages) {
    expect(name(length, type, 0, 0, 0)).toBe('WireGuard');
    expect(name(length + 1, type, 0, 0, 0)).toBeUndefined();
    for (const first of [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0]])
      expect(name(length, type, ...first)).toBeUndefined();
  }
  expect([name(16, 4, 0, 0, 0), name(148, 5, 0, 0, 0)]).toEqual([undefined, undefined]);
});
