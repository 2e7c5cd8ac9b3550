// Packets inside packets. Oracles: tshark 4.0.17 of a capture between two Linux machines; and that a conversation is the same
// conversation inside any tunnel as outside.
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';
import {allShown, type FileFacts} from '../../source/observe/inspection-json.ts';
import {dissect} from '../../source/wire/dissect.ts';
import {innermost} from '../../source/wire/tunnel.ts';
import {capturePath} from '../helpers/captured.ts';
import {todayFolder, todayTrace} from '../helpers/captured-today.ts';
import {inspectionJson} from '../helpers/inspection-json.ts';
import {readBytes} from '../wire/captures.ts';

const vxlan = '28j-vxlan.pcap';
type Captured = ReturnType<typeof readBytes>['records'][number];

const inspected = (records: readonly Captured[]): CaptureInspector => {
  const inspector = new CaptureInspector();
  for (const record of records) inspector.add(record);
  inspector.finish();
  return inspector;
};

test('a download in VXLAN, one datagram of it in fragments', () => {
  const inspector = inspected(readBytes(readFileSync(todayFolder + vxlan)).records);
  expect([...inspector.tunnels]).toEqual([['VXLAN', 25]]);
  expect(inspector.unread.size).toBe(0);
  expect(inspector.connections.map(({ends}) => ends.map(({address, port}) => `${address}:${port}`))).toEqual([
    ['10.2.0.1:45760', '10.2.0.2:80'],
  ]);
  const [connection] = inspector.connections;
  expect(([0, 1] as const).map((side) => connection?.half(side).payloadBytes)).toEqual([121, 1687]);
});

const fieldsOf = (bytes: Uint8Array, linkType: number, protocol: string): readonly string[] =>
  dissect(bytes, linkType)
    .layers.filter((layer) => layer.protocol === protocol)
    .flatMap(({fields}) => fields.map(({name, value}) => `${name} ${value}`));

test('its layers are those of tshark, the inner packet is the one that is drawn', () => {
  const packet = todayTrace(vxlan).packet(26);
  const layers = dissect(packet.bytes, 1).layers.map(({protocol}) => protocol);
  expect(layers).toEqual(['eth', 'ip', 'udp', 'vxlan', 'eth', 'ip', 'tcp', 'http']);
  expect(fieldsOf(packet.bytes, 1, 'vxlan')).toEqual([
    ...['vxlan.flags 0x0800', 'vxlan.flag_i 1', 'vxlan.gbp 0', 'vxlan.vni 42', 'vxlan.reserved8 0'],
  ]);
  expect([packet.from, packet.to]).toEqual(['10.2.0.1', '10.2.0.2']);
  expect(packet.frame?.payload.kind === 'ip' && packet.frame.payload.packet.transport.kind).toBe('tcp');
});

const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const sixteen = (number: number): Uint8Array => Uint8Array.of(number >> 8, number & 0xff);

/** From 192.0.2.1 to 192.0.2.2. */
const ip4 = (protocol: number, payload: Uint8Array): Uint8Array =>
  joined(
    octets('4500'),
    sixteen(20 + payload.length),
    octets('0000 0000 40'),
    Uint8Array.of(protocol),
    octets('0000 c0000201 c0000202'),
    payload,
  );

const udp = (port: number, payload: Uint8Array): Uint8Array =>
  joined(sixteen(50_000), sixteen(port), sixteen(8 + payload.length), sixteen(0), payload);

const etherType = (frame: Uint8Array): Uint8Array => frame.subarray(12, 14);
const packetOf = (frame: Uint8Array): Uint8Array => frame.subarray(14);
const isIp6 = (frame: Uint8Array): boolean => frame[12] === 0x86;

/** GRE with what the flags ask for. */
const gre = (flags: number, type: Uint8Array, payload: Uint8Array): Uint8Array => {
  const optional = [0x8000, 0x2000, 0x1000].filter((flag) => (flags & flag) !== 0).length;
  return ip4(47, joined(sixteen(flags), type, new Uint8Array(4 * optional), payload));
};

const bridging = octets('6558');
const tunnels: readonly (readonly [name: string, wrap: (frame: Uint8Array) => Uint8Array])[] = [
  ...[0, 0x8000, 0x2000, 0x1000, 0xb000].map(
    (flags) =>
      [
        `GRE ${flags.toString(16)}`,
        (frame: Uint8Array) => gre(flags, etherType(frame), packetOf(frame)),
      ] as const,
  ),
  ['GRE around Ethernet', (frame) => gre(0x2000, bridging, frame)],
  ['IP in IP', (frame) => ip4(isIp6(frame) ? 41 : 4, packetOf(frame))],
  ['VXLAN', (frame) => ip4(17, udp(4789, joined(octets('08000000 00002a00'), frame)))],
  [
    'VXLAN in GRE in IP',
    (frame) => ip4(4, gre(0, octets('0800'), ip4(17, udp(8472, joined(octets('08000000 00002a00'), frame))))),
  ],
];

const facts: FileFacts = {
  format: 'pcap',
  byteOrder: 'little',
  linkType: 1,
  timestampPrecision: 'micro',
  snapLength: 65_535,
};
const connectionsOf = (inspector: CaptureInspector): unknown =>
  inspectionJson(facts, inspector, allShown(inspector, [])).connections;

const isIp = (frame: Uint8Array): boolean => isIp6(frame) || (frame[12] === 8 && frame[13] === 0);

const wrapped = (record: Captured, wrap: (frame: Uint8Array) => Uint8Array): Captured => {
  if (!isIp(record.bytes)) return record;
  const bytes = joined(octets('020000000002 020000000001 0800'), wrap(record.bytes));
  return {...record, bytes, originalLength: bytes.length};
};

describe.each(['00a-handshake-only.pcap', '06e-firewall-reject-icmp.pcap', '01e-client-close-ipv6.pcapng'])(
  '%s',
  (name) => {
    const records = readBytes(readFileSync(capturePath(name))).records.map((record) => ({
      ...record,
      bytes: new Uint8Array(record.bytes),
    }));

    test.each(tunnels)('is told alike inside %s', (_, wrap) => {
      const [outside, inside] = [inspected(records), inspected(records.map((each) => wrapped(each, wrap)))];
      expect(inside.tunnels.size).toBeGreaterThan(0);
      expect(outside.connections.length).toBeGreaterThan(0);
      expect(connectionsOf(inside)).toEqual(connectionsOf(outside));
    });
  },
);

// A reader that goes in without end can be kept busy by one packet.
test('tunnels in tunnels: four are opened, a fifth stays closed', () => {
  const {records} = readBytes(readFileSync(capturePath('00a-handshake-only.pcap')));
  const within = (times: number): readonly Captured[] =>
    records
      .filter(({bytes}) => !isIp6(bytes))
      .map((record) =>
        wrapped(record, (frame) => {
          let packet = packetOf(frame);
          for (let time = 0; time < times; time++) packet = ip4(4, packet);
          return packet;
        }),
      );
  /** Of the innermost IP header (RFC 791 §3.1). */
  const protocols = (times: number): readonly unknown[] =>
    within(times).flatMap((record) => (isIp(record.bytes) ? [innermost(record).bytes[9]] : []));
  expect([4, 5].map((times) => inspected(within(times)).connections.length)).toEqual([1, 0]);
  expect([4, 5].map((times) => [...new Set(protocols(times))])).toEqual([[6], [4]]);
});

/** The DNS question of a query and its response: the A record of `h0.example.com` (RFC 1035 §4.1). */
const question = '0268300765 78616d706c65 03636f6d 00 0001 0001';
const query = octets(`0800 0100 0001 0000 0000 0000 ${question}`);
const response = octets(`0800 8180 0001 0001 0000 0000 ${question} c00c 0001 0001 00000e10 0004 01020304`);

const [plainRecord] = readBytes(readFileSync(capturePath('00a-handshake-only.pcap'))).records;
if (plainRecord === undefined) throw new Error('the capture has no frames');

test.each([1701, 2152, 3544, 4754, 4789, 6081, 6635, 8472])('DNS to port %d, no tunnel', (client) => {
  const between = (from: number, to: number, payload: Uint8Array): Captured => {
    const datagram = joined(sixteen(from), sixteen(to), sixteen(8 + payload.length), sixteen(0), payload);
    const bytes = joined(octets('020000000002 020000000001 0800'), ip4(17, datagram));
    return {...plainRecord, bytes, originalLength: bytes.length};
  };
  const records = [between(client, 53, query), between(53, client, response)];
  const inspector = inspected(records);
  expect([inspector.unread.size, inspector.tunnels.size]).toEqual([0, 0]);
  for (const {bytes} of records) expect(dissect(bytes, 1).layers.at(-1)?.protocol).toBe('dns');
});
