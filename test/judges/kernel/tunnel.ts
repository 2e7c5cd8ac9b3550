// Raw IP packets of a TUN device whose descriptor this process has inherited: one read, one write is one packet.
import {read, writeSync} from 'node:fs';

const BUFFER_BYTES = 65_536;

export type Tunnel = {readonly write: (packet: Uint8Array) => void};

export type TunnelFiles = {readonly input: number; readonly output: number};

export const openTunnel = ({input, output}: TunnelFiles, onPacket: (packet: Uint8Array) => void): Tunnel => {
  const buffer = Buffer.alloc(BUFFER_BYTES);
  const next = (): void =>
    read(input, buffer, 0, BUFFER_BYTES, null, (error, count) => {
      if (error || count === 0) return;
      onPacket(Uint8Array.prototype.slice.call(buffer, 0, count));
      next();
    });
  next();
  return {write: (packet) => void writeSync(output, packet)};
};
