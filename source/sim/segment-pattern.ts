// What a packet has to be besides sent: by its segment and by whether it repeats numbers.
import {type Frame, segmentIn} from '../wire/frame.ts';
import {hasFlag, type TcpFlagName, type TcpSegment} from '../wire/tcp.ts';
import {messagesIn, segmentTlsLayers} from '../wire/tls/segment-layers.ts';

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
