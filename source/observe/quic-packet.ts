// The types of a QUIC packet and of the datagram that it came in.
import type {PacketHeader} from '../wire/quic/packet-header.ts';
import type {Side} from './connections.ts';
import {type Opened, openWith} from './quic-keys.ts';

export type QuicDatagram = {
  /** The number of the packet in the capture that carries the datagram. */
  readonly frame: number;
  readonly atUs: number;
  readonly from: string;
  readonly to: string;
  readonly bytes: Uint8Array;
};

/** A QUIC packet in its datagram: header, sender, and what decryption showed. */
export type QuicPacket = {
  readonly header: PacketHeader;
  readonly side: Side;
  /** The length of the destination connection ID in a 1-RTT packet, whose header does not tell it. */
  readonly dcidLength: number;
  /**
   * Keys, packet number and place of the decrypted QUIC packet; undefined while it stays encrypted. The payload is not kept, because
   * `openAgain` decrypts it again.
   */
  opened: Omit<Opened, 'payload'> | undefined;
};

/** Returns the offset of the packet number in the datagram of a QUIC packet. */
export const numberAtOf = ({header, dcidLength}: Pick<QuicPacket, 'header' | 'dcidLength'>): number =>
  'numberAt' in header ? header.numberAt : header.start + 1 + dcidLength;

/** Decrypts a QUIC packet's payload once more; undefined if it could not be decrypted before. */
export const openAgain = (packet: QuicPacket, bytes: Uint8Array): Uint8Array | undefined => {
  const {header, opened} = packet;
  if (!opened) return undefined;
  return openWith(opened.keys, bytes, {...header, numberAt: numberAtOf(packet)}, opened.number - 1)?.payload;
};
