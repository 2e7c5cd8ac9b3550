// Captures that are made by hand for one finding: packets of IPv4, with true checksums.
import {inspectionOf, readCapture} from '../../source/core.ts';

const sum = (octets: readonly number[]): number => {
  let total = 0;
  for (let at = 0; at < octets.length; at += 2) total += ((octets[at] ?? 0) << 8) + (octets[at + 1] ?? 0);
  while (total > 0xffff) total = (total & 0xffff) + (total >> 16);
  return ~total & 0xffff;
};

const two = (value: number): readonly number[] => [(value >> 8) & 0xff, value & 0xff];
const four = (value: number): readonly number[] => [...two(value >>> 16), ...two(value)];

/** The last octet of the address of each host in 10.0.0.0/24. */
type Way = {readonly from: number; readonly to: number};

const ip = (protocol: number, {from, to}: Way, load: readonly number[]): readonly number[] => {
  const ends = [10, 0, 0, from, 10, 0, 0, to];
  const head = [0x45, 0, ...two(20 + load.length), 0, 1, 0x40, 0, 64, protocol];
  return [...head, ...two(sum([...head, 0, 0, ...ends])), ...ends, ...load];
};

/** Without a checksum, which UDP allows. */
export const udp = (way: Way, ports: readonly [number, number], load: readonly number[]): readonly number[] =>
  ip(17, way, [...ports.flatMap(two), ...two(8 + load.length), 0, 0, ...load]);

export const icmp = (way: Way, type: number, code: number, quoted: readonly number[]): readonly number[] => {
  const rest = [0, 0, 0, 0, ...quoted.slice(0, 28)];
  return ip(1, way, [type, code, ...two(sum([type, code, 0, 0, ...rest])), ...rest]);
};

/** A message of neighbor discovery for fd00::9, with a hardware address in an option, or without one. Its checksum is left out. */
export const neighbour = (
  type: 135 | 136,
  [from, to]: readonly [number, number],
  hardware?: number,
): readonly number[] => {
  const address = (last: number) => [0xfd, ...Array.from({length: 14}, () => 0), last];
  const all = [0xff, 2, ...Array.from({length: 13}, () => 0), 1];
  const option = hardware === undefined ? [] : [type - 134, 1, 2, 0, 0, 0, 0, hardware];
  const load = [type, 0, 0, 0, 0x20, 0, 0, 0, ...address(9), ...option];
  const ends = [...address(from), ...(to === 0 ? all : address(to))];
  return [0x60, 0, 0, 0, 0, load.length, 58, 255, ...ends, ...load];
};

type Segment = {
  readonly ports: readonly [number, number];
  readonly seq: number;
  readonly ack?: number;
  readonly flags: number;
  readonly data?: readonly number[];
  readonly window?: number;
};

export const tcp = (
  way: Way,
  {ports, seq, ack = 0, flags, data = [], window = 0xffff}: Segment,
): readonly number[] => {
  const before = [...ports.flatMap(two), ...four(seq), ...four(ack), 0x50, flags, ...two(window)];
  const pseudo = [10, 0, 0, way.from, 10, 0, 0, way.to, 0, 6, ...two(20 + data.length)];
  return ip(6, way, [...before, ...two(sum([...pseudo, ...before, 0, 0, 0, 0, ...data])), 0, 0, ...data]);
};

/** A question of DNS, or its answer without records. */
export const dns = (id: number, flags: number): readonly number[] => [
  ...[...two(id), ...two(flags), 0, 1, 0, 0, 0, 0, 0, 0],
  ...[4, 0x73, 0x68, 0x6f, 0x70, 4, 0x74, 0x65, 0x73, 0x74, 0, 0, 1, 0, 1],
];

type Timed = readonly [ms: number, packet: readonly number[]];

/** What is found, as the JSON for programs. */
export const toldOf = (packets: readonly Timed[]): string => {
  const little = (value: number): readonly number[] => [...four(value)].toReversed();
  const records = packets.flatMap(([ms, {length}], index) => [
    ...[
      ...little(Math.floor(ms / 1000)),
      ...little((ms % 1000) * 1000),
      ...little(length),
      ...little(length),
    ],
    ...(packets[index]?.[1] ?? []),
  ]);
  const head = [
    0xd4,
    0xc3,
    0xb2,
    0xa1,
    2,
    0,
    4,
    0,
    ...little(0),
    ...little(0),
    ...little(65_535),
    ...little(101),
  ];
  const read = readCapture(Uint8Array.from([...head, ...records]));
  if (!read.ok) throw new Error('unreadable');
  return JSON.stringify(inspectionOf(read.value).findings ?? []);
};

/** Ids of what is found, each with its level. */
export const foundIn = (packets: readonly Timed[]): readonly string[] => {
  const told = toldOf(packets);
  return [...told.matchAll(/\{"id":"([\w-]+)","level":"(\w+)"/g)].map(([, id, level]) => `${id} ${level}`);
};
