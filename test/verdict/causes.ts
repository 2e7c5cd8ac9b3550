// Captures of known causes, whole or altered, and the findings that they lead to.
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {inspectionOf, readCapture} from '../../source/core.ts';

const folder = fileURLToPath(new URL('../fixtures/causes/', import.meta.url));
const fileHeader = 24;
const recordHeader = 16;
const ethernet = 14;

type Alter = {
  /** Frames that are kept, from 1; undefined: all. */
  readonly keep?: (frame: number) => boolean;
  /** Hops that a frame of IPv4 has left; undefined: as it is. */
  readonly hops?: (frame: number) => number | undefined;
  /** Seconds by which a frame comes earlier. */
  readonly earlier?: (frame: number) => number;
};

/** The bytes of the capture, with its frames altered. */
const altered = (name: string, {keep, hops, earlier}: Alter): Uint8Array => {
  const file = new Uint8Array(readFileSync(`${folder}${name}.pcap`));
  const view = new DataView(file.buffer);
  const kept: Uint8Array[] = [file.subarray(0, fileHeader)];
  let frame = 1;
  for (let at = fileHeader; at < file.length; frame += 1) {
    const end = at + recordHeader + view.getUint32(at + 8, true);
    const left = hops?.(frame);
    if (left !== undefined) file[at + recordHeader + ethernet + 8] = left;
    view.setUint32(at, view.getUint32(at, true) - (earlier?.(frame) ?? 0), true);
    if (keep?.(frame) ?? true) kept.push(file.subarray(at, end));
    at = end;
  }
  return new Uint8Array(Buffer.concat(kept));
};

type Told = {
  readonly id: string;
  readonly connection: number | undefined;
  readonly where: string;
  readonly level: string;
};

const isTold = (each: unknown): each is Told => typeof each === 'object' && each !== null && 'id' in each;

export const findingsOf = (name: string, alter: Alter = {}): readonly Told[] => {
  const read = readCapture(altered(name, alter));
  if (!read.ok) throw new Error(name);
  const all: readonly unknown[] = inspectionOf(read.value).findings ?? [];
  return all.filter(isTold);
};

/** Of all that is found, those of these ids: id, number of the connection, whom to ask. */
export const found = (ids: readonly string[], name: string, alter: Alter = {}): readonly string[] =>
  findingsOf(name, alter)
    .filter(({id}) => ids.includes(id))
    .map(({id, connection, where}) => `${id} ${connection ?? '-'} ${where}`);
