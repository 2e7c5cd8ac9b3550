// Conditions on a sent packet, for example in a fault or a selector: flags, data, TLS message, retransmission.
import {type Frame, segmentIn} from '../wire/frame.ts';
import {hasFlag, type TcpFlagName, type TcpSegment} from '../wire/tcp.ts';
import {messagesIn, segmentTlsLayers} from '../wire/tls/segment-layers.ts';

export type SegmentConditions = {
  /** The flags that the segment must have, and no others; PSH is not compared, because the stack sets it freely. */
  readonly flags?: readonly TcpFlagName[];
  readonly carries?: 'data' | 'none';
  /** The number of payload bytes that the segment must have. */
  readonly length?: number;
  readonly retransmission?: boolean;
  /** The RFC's name of a TLS handshake message that the segment must contain unencrypted, such as ClientHello. */
  readonly tlsMessage?: string;
};

/** The conditions that a sent segment must fulfil. `host` is its sender; absent for any host. */
export type SegmentPattern = SegmentConditions & {readonly host?: string};

/**
 * The TCP flags that are compared with those that a condition names. PSH is left out, because it only marks the last segment of each send.
 */
const told: readonly TcpFlagName[] = ['FIN', 'SYN', 'RST', 'ACK', 'URG', 'ECE', 'CWR'];

const sameFlags = (segment: TcpSegment, flags: readonly TcpFlagName[]): boolean =>
  told.every((name) => hasFlag(segment, name) === flags.includes(name));

type Sent = {readonly frame: Frame | undefined; readonly retransmission: boolean};

const shows = (segment: TcpSegment, message: string): boolean =>
  segmentTlsLayers(segment).some((layer) => messagesIn(layer).some(({name}) => name === message));

export const fulfilsConditions = (
  {flags, carries, length, retransmission, tlsMessage}: SegmentConditions,
  {frame, retransmission: repeats}: Sent,
): boolean => {
  if (retransmission !== undefined && repeats !== retransmission) return false;
  if (!flags && [carries, length, tlsMessage].every((each) => each === undefined)) return true;
  const segment = frame && segmentIn(frame);
  if (!segment || (flags && !sameFlags(segment, flags))) return false;
  if (tlsMessage !== undefined && !shows(segment, tlsMessage)) return false;
  const bytes = segment.payload.length;
  if (carries !== undefined && (carries === 'data') !== bytes > 0) return false;
  return length === undefined || bytes === length;
};
