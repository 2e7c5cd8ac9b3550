// A packet of QUIC in the datagram that it came in.
import type {PacketHeader} from '../wire/quic/packet-header.ts';
import type {Side} from './connections.ts';
import {type Opened, openWith} from './quic-keys.ts';

export type QuicDatagram = {
  /** The packet of the capture. */
  readonly frame: number;
  readonly atUs: number;
  readonly from: string;
  readonly to: string;
  readonly bytes: Uint8Array;
};

/** A packet of QUIC in its datagram. */
export type QuicPacket = {
  readonly header: PacketHeader;
  readonly side: Side;
  /** Where a 1-RTT packet has its connection id. */
  readonly dcidLength: number;
  /** undefined: closed. Its payload is not kept: `openAgain` makes it once more. */
  opened: Omit<Opened, 'payload'> | undefined;
};

/** Where its number stands. */
export const numberAtOf = ({header, dcidLength}: Pick<QuicPacket, 'header' | 'dcidLength'>): number =>
  'numberAt' in header ? header.numberAt : header.start + 1 + dcidLength;

/** The payload of a packet that was opened, once more. */
export const openAgain = (packet: QuicPacket, bytes: Uint8Array): Uint8Array | undefined => {
  const {header, opened} = packet;
  if (!opened) return undefined;
  return openWith(opened.keys, bytes, {...header, numberAt: numberAtOf(packet)}, opened.number - 1)?.payload;
};
