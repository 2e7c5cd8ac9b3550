// A capture in pieces, as it comes while somebody makes it, and what one look at it tells.
import {readFileSync} from 'node:fs';
import {type CapturedTrace, CaptureIndex} from '../../source/observe/capture-trace.ts';
import type {Trace, TraceEvent} from '../../source/sim/trace.ts';
import {readFrameHeaders} from '../../source/wire/frame-headers.ts';
import {readUint, writeUint} from '../../source/wire/octets.ts';
import type {CaptureRecord} from '../../source/wire/pcap/record.ts';
import {readBytes} from '../wire/captures.ts';
import {capturePath} from './captured.ts';

/** Frames with their bytes at a place of their own: `fileOffset` is looked up again. */
export type Frames = readonly CaptureRecord[];

export const slot = 1 << 18;

/** The frames of several captures in the order of their times, each beginning when it is told to; in μs. */
export const interleaved = (files: readonly (readonly [name: string, fromUs: number])[]): Frames => {
  const all = files.flatMap(([name, fromUs]) => {
    const {records} = readBytes(readFileSync(capturePath(name)));
    const [{atUs: firstUs} = {atUs: 0}] = records;
    return records.map((record) => ({
      ...record,
      atUs: 1_000_000_000_000_000 + fromUs + record.atUs - firstUs,
    }));
  });
  return all
    .sort((a, b) => a.atUs - b.atUs)
    .map((record, index) => ({...record, frameNumber: index + 1, fileOffset: index * slot}));
};

/** One capture again and again, `everyUs` apart, each time from a port of its own to the `server`'s. */
export const repeated = (name: string, server: number, times: number, everyUs: number): Frames => {
  const once = interleaved([[name, 0]]);
  return Array.from({length: times}, (_, round) =>
    once.map((record): CaptureRecord => {
      const bytes = record.bytes.slice();
      const {transportAt: at} = readFrameHeaders(bytes, record.linkType, bytes.length);
      writeUint(bytes, readUint(bytes, at, 2) === server ? at + 2 : at, 2, 1024 + round);
      return {...record, bytes, atUs: record.atUs + round * everyUs};
    }),
  )
    .flat()
    .sort((a, b) => a.atUs - b.atUs)
    .map((record, index) => ({...record, frameNumber: index + 1, fileOffset: index * slot}));
};

/** One frame, by its place, comes so many frames later. */
export const delayed = (frames: Frames, at: number, by: number): Frames => {
  const [late] = frames.slice(at, at + 1);
  const behind = frames[at + by];
  if (!late || !behind) return frames;
  return frames
    .toSpliced(at + by + 1, 0, {...late, atUs: behind.atUs})
    .toSpliced(at, 1)
    .map((record, index) => ({...record, frameNumber: index + 1, fileOffset: index * slot}));
};

/** One frame, by its place, was not captured. */
export const without = (frames: Frames, at: number): Frames =>
  frames
    .toSpliced(at, 1)
    .map((record, index) => ({...record, frameNumber: index + 1, fileOffset: index * slot}));

export class GrowingCapture {
  /** How many frames were read again. */
  read = 0;
  readonly #frames: Frames;
  readonly #index = new CaptureIndex({contents: true});
  #taken = 0;

  constructor(frames: Frames) {
    this.#frames = frames;
  }

  /** The look after so many frames. */
  upTo(count: number): CapturedTrace {
    for (const frame of this.#frames.slice(this.#taken, count)) this.#index.add(frame);
    this.#taken = count;
    return this.#index.trace({
      source: 'grown',
      read: (offset, length) => {
        this.read += 1;
        return this.#frames[offset / slot]?.bytes.slice(0, length) ?? new Uint8Array(length);
      },
    });
  }
}

/** Without what is made when somebody asks for it. */
export const plain = (event: TraceEvent): object => {
  const {frame: _, ...told} = {frame: undefined, ...event};
  return told;
};

/** All that a trace says of its packets and events. */
export const told = (trace: Trace): readonly object[] => [
  trace.header,
  ...[...trace.events()].map(plain),
  ...Array.from({length: trace.packetCount}, (_, index) => {
    const packet = trace.packet(index + 1);
    return {...packet, deduced: packet.deduced};
  }),
];
