// Finds the TCP settings of the two ends of a captured connection from their SYNs and windows; what no packet shows is taken from the
// profile (stack/tcp/profiles.ts).
import type {ProfileName, TcpSettings} from '../../stack/tcp/settings.ts';
import {TcpFlag, type TcpOption} from '../../wire/tcp.ts';
import {bufferOf} from './reading.ts';
import {hasFlags, otherSide, type Seen, type SeenConnection, type Side} from './seen.ts';

const synOf = ({segments}: SeenConnection, side: Side): Seen | undefined =>
  segments.find((segment) => segment.side === side && hasFlags(segment, TcpFlag.SYN));

const optionOf = <Kind extends TcpOption['kind']>(
  syn: Seen | undefined,
  kind: Kind,
): Extract<TcpOption, {kind: Kind}> | undefined =>
  syn?.options.find((option): option is Extract<TcpOption, {kind: Kind}> => option.kind === kind);

/** The MSS of an end whose SYN has no MSS option, over IPv4 and IPv6 (RFC 9293 §3.7.1). */
const defaultMss = {4: 536, 6: 1220} as const;
const timestampsBytes = 12;

const ipVersionOf = ({ends}: SeenConnection): 4 | 6 => (ends[0].ip.includes(':') ? 6 : 4);

export const headersOf = (seen: SeenConnection): number => (ipVersionOf(seen) === 6 ? 60 : 40);

export const mssOf = (seen: SeenConnection, side: Side): number =>
  optionOf(synOf(seen, side), 'mss')?.mss ?? defaultMss[ipVersionOf(seen)];

const hasTimestamps = (seen: SeenConnection): boolean =>
  ([0, 1] as const).every((side) => optionOf(synOf(seen, side), 'timestamps') !== undefined);

/**
 * Returns how many octets of data an end of a captured connection sends in one segment: the smaller MSS of both SYNs, less the timestamps
 * option (RFC 6691).
 */
export const segmentBytesOf = (seen: SeenConnection, side: Side): number =>
  Math.min(mssOf(seen, side), mssOf(seen, otherSide(side))) - (hasTimestamps(seen) ? timestampsBytes : 0);

const indexOfKind = (syn: Seen | undefined, kind: TcpOption['kind']): number =>
  syn?.options.findIndex((option) => option.kind === kind) ?? -1;

/** Tells whether window scale precedes SACK-permitted among a SYN's options, which is BSD's order; Linux's is the reverse. */
const isScaleFirst = (syn: Seen | undefined): boolean => {
  const [sack, scale] = [indexOfKind(syn, 'sackPermitted'), indexOfKind(syn, 'windowScale')];
  return sack >= 0 && scale >= 0 && scale < sack;
};

/**
 * Returns the profile for the simulation that the client's SYN resembles: `freebsd` by the order of its options, otherwise `linux`, like
 * most machines.
 */
export const profileOf = (seen: SeenConnection): ProfileName =>
  isScaleFirst(synOf(seen, 0)) ? 'freebsd' : 'linux';

const ecnOf = (seen: SeenConnection, side: Side): TcpSettings['ecn'] => {
  const syn = synOf(seen, side);
  if (!syn) return 'off';
  if (side === 0) return hasFlags(syn, TcpFlag.ECE | TcpFlag.CWR) ? 'request' : 'off';
  return hasFlags(syn, TcpFlag.ECE) ? 'accept' : 'off';
};

type KeepAlive = Pick<TcpSettings, 'keepAlive' | 'keepAliveIdleUs' | 'keepAliveIntervalUs'>;

/** The shortest idle time in µs after which an empty segment counts as a keep-alive probe. */
const leastIdleUs = 900_000;

/**
 * Finds the keep-alive settings of an end from its probes: segments one below the next number, when all has been acknowledged and nothing
 * was sent for long (RFC 9293 §3.8.4). Empty if there are none.
 */
const keepAliveOf = (seen: SeenConnection, side: Side): Partial<KeepAlive> => {
  let [end, told, window, quietSinceUs] = [0, 0, 1, 0];
  let idleUs: number | undefined;
  for (const segment of seen.segments) {
    const {atUs, seq, length, flags} = segment;
    const isOwn = segment.side === side;
    const quietUs = atUs - quietSinceUs;
    const isProbe =
      isOwn && length <= 1 && seq === end - 1 && !(flags & (TcpFlag.SYN | TcpFlag.FIN | TcpFlag.RST));
    if (isProbe && idleUs !== undefined && quietUs > 0)
      return {keepAlive: true, keepAliveIdleUs: idleUs, keepAliveIntervalUs: Math.round(quietUs)};
    if (isProbe && end > 0 && told === end && window > 0 && quietUs >= leastIdleUs)
      idleUs = Math.round(quietUs);
    if (isOwn) end = Math.max(end, segment.end);
    else [told, window] = [Math.max(told, segment.ack ?? 0), segment.window];
    // Any segment restarts the idle time before the next keep-alive probe.
    quietSinceUs = atUs;
  }
  return idleUs === undefined ? {} : {keepAlive: true, keepAliveIdleUs: idleUs, keepAliveIntervalUs: idleUs};
};

/**
 * Returns how many retransmissions of a SYN come after equal times before the times double (RFC 6298 §5.5); empty if the capture does not
 * show it.
 */
const synTimesOf = ({segments}: SeenConnection): Partial<Pick<TcpSettings, 'synLinearTimeouts'>> => {
  const syns = segments.filter(({side, flags}) => side === 0 && flags & TcpFlag.SYN);
  const gaps = syns.slice(1).map(({atUs}, index) => atUs - (syns[index]?.atUs ?? atUs));
  const [first, ...others] = gaps;
  if (first === undefined || others.length === 0) return {};
  const alike = others.findIndex((gap) => gap > 1.5 * first);
  return alike < 0 ? {} : {synLinearTimeouts: alike};
};

/** Counts the probes that the other end sent after the last segment of the end at `side`, which never answered them. */
export const vainProbes = ({segments}: SeenConnection, side: Side): number => {
  const last = segments.findLast((segment) => segment.side === side);
  const end = segments.reduce((most, each) => (each.side === side ? most : Math.max(most, each.end)), 0);
  if (!last) return 0;
  return segments.filter(
    ({side: from, packet, seq, length, flags}) =>
      from !== side &&
      packet > last.packet &&
      length <= 1 &&
      seq === end - 1 &&
      !(flags & (TcpFlag.RST | TcpFlag.FIN)),
  ).length;
};

export const settingsOf = (seen: SeenConnection, side: Side): Partial<TcpSettings> => {
  const syn = synOf(seen, side);
  // If an end has sent no SYN, because it is silent or refuses the connection, the capture shows none of its settings.
  if (!syn) return {};
  const scale = optionOf(syn, 'windowScale');
  const vain = vainProbes(seen, otherSide(side));
  return {
    mss: mssOf(seen, side),
    noOptions: syn.options.length === 0,
    windowScale: scale?.shift ?? 'off',
    sackPermitted: optionOf(syn, 'sackPermitted') !== undefined,
    timestamps: optionOf(syn, 'timestamps') !== undefined,
    synOptionLayout: isScaleFirst(syn) ? 'scale-first' : 'sack-first',
    rcvBufferBytes: Math.max(1, bufferOf(seen, side)),
    ecn: ecnOf(seen, side),
    // Nagle's algorithm is off in the simulation, because the times of the writes, taken from the capture, already contain its delays.
    noDelay: true,
    // Real Linux differs in these settings from the profile `linux`, which follows the RFCs where lessons teach them.
    ...(profileOf(seen) === 'linux'
      ? {rcvMemoryBytes: 'off', windowUpdate: 'doubled', repeatsDoubtful: false}
      : {}),
    ...keepAliveOf(seen, side),
    ...(vain > 1 ? {keepAliveProbes: vain} : {}),
    ...(side === 0 ? synTimesOf(seen) : {}),
  };
};
