// What a packet has to be besides sent: by its segment and by whether it repeats numbers.
import type {Frame} from '../wire/frame.ts';
import {hasFlag, type TcpFlagName, type TcpSegment} from '../wire/tcp.ts';
import {tlsSummary} from './tls-words.ts';

export type SegmentConditions = {
  /** Exactly these flags are set; PSH counts neither way, because the stack sets it as it likes. */
  readonly flags?: readonly TcpFlagName[];
  readonly carries?: 'data' | 'none';
  /** Payload bytes. */
  readonly length?: number;
  readonly retransmission?: boolean;
  /** A handshake message of TLS that it shows in clear, by its name in the RFC. */
  readonly tlsMessage?: string;
};

/** `host` absent: any host makes it. */
export type SegmentPattern = SegmentConditions & {readonly host?: string};

/** PSH is set on the last segment of each send: of no interest to what a segment is. */
const told: readonly TcpFlagName[] = ['FIN', 'SYN', 'RST', 'ACK', 'URG', 'ECE', 'CWR'];

const sameFlags = (segment: TcpSegment, flags: readonly TcpFlagName[]): boolean =>
  told.every((name) => hasFlag(segment, name) === flags.includes(name));

type Sent = {readonly frame: Frame | undefined; readonly retransmission: boolean};

export const fulfilsConditions = (
  {flags, carries, length, retransmission, tlsMessage}: SegmentConditions,
  {frame, retransmission: repeats}: Sent,
): boolean => {
  if (retransmission !== undefined && repeats !== retransmission) return false;
  if (!flags && [carries, length, tlsMessage].every((each) => each === undefined)) return true;
  const transport = frame?.payload.kind === 'ip' ? frame.payload.packet.transport : undefined;
  if (transport?.kind !== 'tcp' || (flags && !sameFlags(transport.segment, flags))) return false;
  if (tlsMessage !== undefined && !tlsSummary(transport.segment).includes(tlsMessage)) return false;
  const bytes = transport.segment.payload.length;
  if (carries !== undefined && (carries === 'data') !== bytes > 0) return false;
  return length === undefined || bytes === length;
};
