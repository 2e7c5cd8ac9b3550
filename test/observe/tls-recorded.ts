// Bytes of two ends put into a capture: segments of raw IP, as somebody between them would have recorded them.

import {CaptureIndex} from '../../source/observe/capture-trace.ts';
import type {Trace} from '../../source/sim/trace.ts';
import type {CaptureRecord} from '../../source/wire/pcap/record.ts';
import {slot} from '../helpers/growing.ts';
import {keysOf} from './tls-captured.ts';

export type Said = {readonly side: 0 | 1; readonly bytes: Uint8Array};

const headers = 40;

/** IPv4 and TCP without options and without checksums, which a capture may lack. */
const packetOf = ({side, bytes}: Said, sequence: number, fin: boolean): Uint8Array => {
  const packet = new Uint8Array(headers + bytes.length);
  const view = new DataView(packet.buffer);
  view.setUint16(0, 0x4500);
  view.setUint16(2, packet.length);
  view.setUint16(8, 0x4006);
  view.setUint32(12, side === 0 ? 0x0a00_0001 : 0x0a00_0002);
  view.setUint32(16, side === 0 ? 0x0a00_0002 : 0x0a00_0001);
  view.setUint16(20, side === 0 ? 50_000 : 443);
  view.setUint16(22, side === 0 ? 443 : 50_000);
  view.setUint32(24, sequence);
  view.setUint8(32, 0x50);
  view.setUint8(33, fin ? 0x11 : 0x10);
  packet.set(bytes, headers);
  return packet;
};

type Cut = {readonly size?: number; readonly lost?: readonly number[]};

/** In segments of `size` octets; a FIN of either side ends it. `lost`: packets that the capture lacks, from 1. */
export const recordedFrames = (
  said: readonly Said[],
  {size = 700, lost = []}: Cut = {},
): readonly CaptureRecord[] => {
  const packets: Uint8Array[] = [];
  const next: [number, number] = [1, 1];
  for (const {side, bytes} of said)
    for (let at = 0; at < bytes.length; at += size) {
      const part = bytes.subarray(at, at + size);
      packets.push(packetOf({side, bytes: part}, next[side], false));
      next[side] += part.length;
    }
  for (const side of [0, 1] as const)
    packets.push(packetOf({side, bytes: new Uint8Array()}, next[side], true));
  return packets
    .filter((_, at) => !lost.includes(at + 1))
    .map((bytes, at) => ({
      ...{atUs: at * 1000, nanoseconds: 0, linkType: 101, comments: []},
      ...{bytes, frameNumber: at + 1, originalLength: bytes.length, fileOffset: at * slot},
    }));
};

export const recordedTrace = (said: readonly Said[], {log, ...cut}: Cut & {log?: string} = {}): Trace => {
  const frames = recordedFrames(said, cut);
  const index = new CaptureIndex();
  for (const frame of frames) index.add(frame);
  const read = (offset: number, length: number): Uint8Array =>
    (frames[Math.floor(offset / slot)]?.bytes ?? new Uint8Array()).slice(
      offset % slot,
      (offset % slot) + length,
    );
  const trace = index.trace({source: 'recorded', read});
  return log === undefined ? trace : trace.withKeys(keysOf(Buffer.from(log)));
};
