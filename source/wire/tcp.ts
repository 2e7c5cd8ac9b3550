// The TCP segment: its type, header table and codec (RFC 9293 §3.1; RFC 3168 §6.1 for ECE and CWR).
import {checksumAdd, checksumFinish} from './checksum.ts';
import {layout, part, uint} from './layout.ts';
import {writeUint} from './octets.ts';
import {err, ok, type Result} from './result.ts';
import {type Rope, ropeCopy, ropeFromBytes} from './rope.ts';
import {type Seq, seq, seqAdd} from './seq.ts';
import {optionsLength, readOptions, type TcpOption, writeOptions} from './tcp-options.ts';
import type {WireError} from './wire-error.ts';

/** The largest window scale of TCP: a shift by 14 bits (RFC 7323 §2.3). */
export const mostShift = 14;

/** The window scale option of a SYN. `answers` is true for a SYN,ACK, which has the option only if the other end's SYN had it, too. */
type ScaleOffer = {readonly windowScale?: number; readonly answers: boolean};

/**
 * Returns by how many bits the windows that the sender of `own` announces are shifted: 0 unless both SYNs have the option (RFC 7323 §2.2);
 * undefined if the captured SYNs do not tell.
 */
export const agreedShift = (
  own: ScaleOffer | undefined,
  other: ScaleOffer | undefined,
): number | undefined => {
  if ((own && own.windowScale === undefined) || (other && other.windowScale === undefined)) return 0;
  const isAgreed = own !== undefined && (own.answers || other !== undefined);
  return isAgreed && own.windowScale !== undefined ? Math.min(mostShift, own.windowScale) : undefined;
};

/** The largest value of the 16-bit window field of TCP, before scaling. */
export const mostWindow = 0xffff;

export type {TcpOption} from './tcp-options.ts';

/** The control bits of TCP in the 14th octet of its header (RFC 9293 §3.1, RFC 3168). */
export const TcpFlag = {
  FIN: 0x01,
  SYN: 0x02,
  RST: 0x04,
  PSH: 0x08,
  ACK: 0x10,
  URG: 0x20,
  ECE: 0x40,
  CWR: 0x80,
} as const;

export type TcpFlagName = keyof typeof TcpFlag;

export type TcpSegment = {
  readonly srcPort: number;
  readonly dstPort: number;
  readonly seq: Seq;
  /** The acknowledgment number of the segment; 0 on the wire unless ACK is set. */
  readonly ack: Seq;
  /** The control bits of the segment: a sum of `TcpFlag` values. */
  readonly flags: number;
  /** The 16-bit window field of the segment as on the wire, without scaling. */
  readonly window: number;
  readonly urgent: number;
  readonly options: readonly TcpOption[];
  readonly payload: Rope;
  /** `partial` if the checksum is only the sum of the pseudo header, which a network card is to complete; otherwise absent. */
  readonly checksum?: 'partial';
};

/** Returns SEG.LEN: payload bytes, plus one each for SYN and FIN (RFC 9293 §3.4). */
export const segLen = (segment: TcpSegment): number =>
  segment.payload.length + (segment.flags & TcpFlag.SYN ? 1 : 0) + (segment.flags & TcpFlag.FIN ? 1 : 0);

/** Returns the sequence number after the last one that a TCP segment occupies. */
export const segEnd = (segment: TcpSegment): Seq => seqAdd(segment.seq, segLen(segment));

export const hasFlag = (segment: TcpSegment, name: TcpFlagName): boolean =>
  (segment.flags & TcpFlag[name]) !== 0;

/** Tells whether a TCP segment asks for a new connection: SYN without ACK (RFC 9293 §3.10.7.2). */
export const isBareSyn = (segment: TcpSegment): boolean =>
  hasFlag(segment, 'SYN') && !hasFlag(segment, 'ACK');

/** The TCP flags in the order in which people name them, as in SYN,ACK. */
export const flagOrder: readonly TcpFlagName[] = ['SYN', 'FIN', 'RST', 'PSH', 'URG', 'ACK', 'ECE', 'CWR'];

export const flagNames = ({flags}: Pick<TcpSegment, 'flags'>): readonly TcpFlagName[] =>
  flagOrder.filter((name) => (flags & TcpFlag[name]) !== 0);

export const tcpHeader = layout('tcp', [
  uint('srcPort', 16, 'tcp.srcport'),
  uint('dstPort', 16, 'tcp.dstport'),
  uint('seq', 32, 'tcp.seq_raw'),
  uint('ack', 32, 'tcp.ack_raw'),
  uint('dataOffset', 4, 'tcp.hdr_len', {scale: 4}),
  // This field also has the reserved bits, as in Wireshark; `TcpSegment.flags` has only the lower eight.
  uint('flags', 12, 'tcp.flags', {
    hex: 4,
    parts: [
      part('tcp.flags.res', 9, 3, true),
      part('tcp.flags.ae', 8),
      part('tcp.flags.cwr', 7),
      part('tcp.flags.ece', 6),
      part('tcp.flags.urg', 5),
      part('tcp.flags.ack', 4),
      part('tcp.flags.push', 3),
      part('tcp.flags.reset', 2),
      part('tcp.flags.syn', 1),
      part('tcp.flags.fin', 0),
    ],
  }),
  uint('window', 16, 'tcp.window_size_value'),
  uint('checksum', 16, 'tcp.checksum', {hex: 4}),
  uint('urgent', 16, 'tcp.urgent_pointer'),
]);

export const TCP_CHECKSUM_AT = 16;
const MAX_OPTIONS = 40;
export const TCP_PROTOCOL = 6;

/** Returns the length of a TCP segment in bytes: header, options and payload. */
export const tcpLength = (segment: TcpSegment): number =>
  tcpHeader.size + optionsLength(segment.options) + segment.payload.length;

/** Writes a TCP segment; `pseudo` is the checksum over the pseudo header. Throws if the options exceed a header, which is a bug. */
export const writeTcp = (bytes: Uint8Array, at: number, segment: TcpSegment, pseudo: number): void => {
  const options = optionsLength(segment.options);
  if (options > MAX_OPTIONS) throw new RangeError(`TCP options take ${options} bytes, ${MAX_OPTIONS} fit`);
  const {srcPort, dstPort, seq: seqNumber, ack, flags, window, urgent} = segment;
  const dataOffset = (tcpHeader.size + options) / 4;
  tcpHeader.write(bytes, at, {
    srcPort,
    dstPort,
    seq: seqNumber,
    ack,
    dataOffset,
    flags,
    window,
    checksum: 0,
    urgent,
  });
  writeOptions(bytes, at + tcpHeader.size, segment.options);
  ropeCopy(segment.payload, bytes, at + tcpHeader.size + options);
  const end = at + tcpHeader.size + options + segment.payload.length;
  const whole = checksumFinish(checksumAdd(pseudo, bytes, at, end));
  const sum = segment.checksum === 'partial' ? 0xffff - checksumFinish(pseudo) : whole;
  writeUint(bytes, at + TCP_CHECKSUM_AT, 2, sum);
};

/**
 * Reads a TCP segment from the payload of an IP packet. `pseudo` is the checksum over the pseudo header, undefined if checksums are not
 * verified.
 */
export const readTcp = (bytes: Uint8Array, pseudo: number | undefined): Result<TcpSegment, WireError> => {
  if (bytes.length < tcpHeader.size) {
    return err({code: 'short', protocol: 'tcp', needed: tcpHeader.size, found: bytes.length});
  }
  const header = tcpHeader.read(bytes, 0);
  const headerLength = 4 * header.dataOffset;
  if (headerLength < tcpHeader.size || headerLength > bytes.length) {
    return err({code: 'malformed', protocol: 'tcp', field: 'tcp.hdr_len'});
  }
  if (pseudo !== undefined && checksumFinish(checksumAdd(pseudo, bytes, 0, bytes.length)) !== 0) {
    const expected = checksumFinish(checksumAdd(pseudo - header.checksum, bytes, 0, bytes.length));
    return err({code: 'checksum', protocol: 'tcp', expected, found: header.checksum});
  }
  const options = readOptions(bytes, tcpHeader.size, headerLength);
  if (!options.ok) return options;
  const {srcPort, dstPort, window, urgent} = header;
  return ok({
    srcPort,
    dstPort,
    seq: seq(header.seq),
    ack: seq(header.ack),
    flags: header.flags & 0xff,
    window,
    urgent,
    options: options.value,
    payload: ropeFromBytes(bytes.subarray(headerLength)),
  });
};
