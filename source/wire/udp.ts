// The UDP datagram: its type and codec (RFC 768).
import {checksumAdd, checksumFinish} from './checksum.ts';
import {layout, uint} from './layout.ts';
import {writeUint} from './octets.ts';
import {err, ok, type Result} from './result.ts';
import {type Rope, ropeCopy, ropeFromBytes} from './rope.ts';
import type {WireError} from './wire-error.ts';

export type UdpDatagram = {readonly srcPort: number; readonly dstPort: number; readonly payload: Rope};

export const udpHeader = layout('udp', [
  uint('srcPort', 16, 'udp.srcport'),
  uint('dstPort', 16, 'udp.dstport'),
  uint('length', 16, 'udp.length'),
  uint('checksum', 16, 'udp.checksum', {hex: 4}),
]);

export const udpLength = (datagram: UdpDatagram): number => udpHeader.size + datagram.payload.length;

/** Writes a UDP datagram; `pseudo` is the checksum over the pseudo header. */
export const writeUdp = (bytes: Uint8Array, at: number, datagram: UdpDatagram, pseudo: number): void => {
  const length = udpLength(datagram);
  udpHeader.write(bytes, at, {srcPort: datagram.srcPort, dstPort: datagram.dstPort, length, checksum: 0});
  ropeCopy(datagram.payload, bytes, at + udpHeader.size);
  // A UDP checksum of 0 is sent as all ones, because 0 means that there is no checksum (RFC 768).
  writeUint(bytes, at + 6, 2, checksumFinish(checksumAdd(pseudo, bytes, at, at + length)) || 0xffff);
};

/**
 * Reads a UDP datagram from the payload of an IP packet. `pseudo` is the checksum over the pseudo header, undefined if checksums are not
 * verified.
 */
export const readUdp = (bytes: Uint8Array, pseudo: number | undefined): Result<UdpDatagram, WireError> => {
  if (bytes.length < udpHeader.size) {
    return err({code: 'short', protocol: 'udp', needed: udpHeader.size, found: bytes.length});
  }
  const {srcPort, dstPort, length, checksum} = udpHeader.read(bytes, 0);
  if (length < udpHeader.size || length > bytes.length) {
    return err({code: 'malformed', protocol: 'udp', field: 'udp.length'});
  }
  if (pseudo !== undefined && checksum !== 0 && checksumFinish(checksumAdd(pseudo, bytes, 0, length)) !== 0) {
    const expected = checksumFinish(checksumAdd(pseudo - checksum, bytes, 0, length)) || 0xffff;
    return err({code: 'checksum', protocol: 'udp', expected, found: checksum});
  }
  return ok({srcPort, dstPort, payload: ropeFromBytes(bytes.subarray(udpHeader.size, length))});
};
