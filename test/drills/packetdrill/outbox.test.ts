// What left together is one packet to a script, as where segmentation offload is on: Linux joins what differs in nothing but its place
// (net/ipv4/tcp_offload.c, tcp_gro_receive: flags, ack, options; the last one ends the row with PSH or FIN).
import {expect, test} from 'vitest';
import {Outbox, type Sent} from '../../../source/drills/packetdrill/outbox.ts';
import {ropeFromBytes, ropeToBytes} from '../../../source/wire/rope.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';

const ports = {local: 1000, remote: 80};
const origins = {local: seq(0), remote: seq(0)};

const segment = (from: number, length: number, change: Partial<Sent['segment']> = {}): Sent => ({
  ...{atUs: 5, lateUs: 0, origins, ecn: 'noecn'},
  segment: {
    ...{srcPort: 1000, dstPort: 80, seq: seq(from), ack: seq(9), flags: TcpFlag.ACK, window: 500},
    ...{urgent: 0, options: [], payload: ropeFromBytes(Uint8Array.from({length}, (_, n) => from + n))},
    ...change,
  },
});

const taken = (joinBytes: number, ...sent: readonly Sent[]): Sent['segment'] | undefined => {
  const outbox = new Outbox();
  for (const each of sent) outbox.add(each);
  return outbox.take(ports, joinBytes)?.segment;
};

test('as much as the script expects, from the first octet on', () => {
  const row = [segment(1, 10), segment(11, 10), segment(21, 5, {flags: TcpFlag.ACK | TcpFlag.PSH})];
  const all = taken(25, ...row);
  expect(all).toMatchObject({seq: 1, flags: TcpFlag.ACK | TcpFlag.PSH});
  expect(all && [...ropeToBytes(all.payload)]).toEqual(Array.from({length: 25}, (_, n) => n + 1));
  for (const [joinBytes, length] of [
    [24, 20],
    [20, 20],
    [19, 10],
    [0, 10],
  ] as const)
    expect(taken(joinBytes, ...row)?.payload.length).toBe(length);
});

test.each<[string, Sent]>([
  ['not what comes next', segment(12, 10)],
  ['another acknowledgement', segment(11, 10, {ack: seq(10)})],
  ['another window', segment(11, 10, {window: 501})],
  ['other flags', segment(11, 10, {flags: TcpFlag.ACK | TcpFlag.ECE})],
  ['no data', segment(11, 0)],
  ['later', {...segment(11, 10), atUs: 6}],
  ['another mark', {...segment(11, 10), ecn: 'ect0'}],
])('%s: a packet of its own', (_, second) => {
  expect(taken(100, segment(1, 10), second)?.payload.length).toBe(10);
});

test('behind a FIN nothing goes on; what PSH and CWR say does not part', () => {
  const fin = segment(1, 10, {flags: TcpFlag.ACK | TcpFlag.FIN});
  expect(taken(100, fin, segment(11, 10))?.payload.length).toBe(10);
  expect(
    taken(100, segment(1, 10), {...fin, segment: {...segment(11, 10).segment, flags: fin.segment.flags}})
      ?.payload.length,
  ).toBe(20);
  for (const flag of [TcpFlag.PSH, TcpFlag.CWR])
    expect(taken(100, segment(1, 10, {flags: TcpFlag.ACK | flag}), segment(11, 10))?.payload.length).toBe(20);
});

test('packets of other connections fall out', () => {
  const outbox = new Outbox();
  for (const change of [{srcPort: 1001}, {dstPort: 81}]) outbox.add(segment(1, 3, change));
  expect(outbox.has(ports)).toBe(false);
  outbox.add(segment(1, 4));
  expect(outbox.has(ports)).toBe(true);
  expect(outbox.take(ports, 0)?.segment.payload.length).toBe(4);
  expect(outbox.take(ports, 0)).toBeUndefined();
  outbox.add(segment(1, 3, {srcPort: 1001}));
  expect(outbox.take(undefined, 0)?.segment.srcPort).toBe(1001);
});
