// Raw IP packets on standard input and output, as socat carries them to and from a TUN device.
import {read, write} from 'node:fs';

const BUFFER_BYTES = 65_536;
const SHORTEST_HEADER_BYTES = 20;

/** Takes bytes as they come and gives whole packets: the IPv4 total length separates them; IPv6 says its length otherwise. */
const packetLength = (bytes: Uint8Array): number | undefined => {
  if (bytes.length < SHORTEST_HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = (bytes[0] ?? 0) >> 4 === 6 ? 40 + view.getUint16(4) : view.getUint16(2);
  return length >= SHORTEST_HEADER_BYTES && length <= bytes.length ? length : undefined;
};

export type Tunnel = {readonly write: (packet: Uint8Array) => void};

export const openTunnel = (onPacket: (packet: Uint8Array) => void, onEnd: () => void): Tunnel => {
  let pending: Uint8Array = new Uint8Array();
  const take = (chunk: Uint8Array): void => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (let length = packetLength(pending); length !== undefined; length = packetLength(pending)) {
      onPacket(pending.slice(0, length));
      pending = pending.slice(length);
    }
  };
  const buffer = Buffer.alloc(BUFFER_BYTES);
  const next = (): void =>
    read(0, buffer, 0, BUFFER_BYTES, null, (error, count) => {
      if (error || count === 0) {
        onEnd();
        return;
      }
      take(Uint8Array.prototype.slice.call(buffer, 0, count));
      next();
    });
  next();
  // One write is one packet for the TUN device, so writes wait for each other.
  const waiting: Uint8Array[] = [];
  let busy = false;
  const flush = (): void => {
    const packet = waiting.shift();
    busy = packet !== undefined;
    if (packet) write(1, packet, 0, packet.length, null, (error) => (error ? onEnd() : flush()));
  };
  return {
    write: (packet) => {
      waiting.push(packet);
      if (!busy) flush();
    },
  };
};
