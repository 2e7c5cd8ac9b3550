// The recorded captures under test/fixtures/captures, read whole.
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {CaptureReader} from '../../source/wire/pcap/reader.ts';
import type {CaptureError, CaptureRecord} from '../../source/wire/pcap/record.ts';

export const captureFolder = fileURLToPath(new URL('../fixtures/captures/', import.meta.url));

export const captureFiles: readonly string[] = readdirSync(captureFolder)
  .filter((name) => /\.pcap(ng)?$/.test(name))
  .sort();

const todayFolder = fileURLToPath(new URL('../fixtures/captures-today/', import.meta.url));

/** Captures of protocols as they are spoken now: where each lies, by name. */
export const todayFiles: ReadonlyMap<string, string> = new Map(
  readdirSync(todayFolder)
    .filter((name) => /\.pcap(ng)?$/.test(name))
    .sort()
    .map((name) => [name, todayFolder + name]),
);

export type ReadCapture = {
  readonly records: readonly CaptureRecord[];
  readonly error: CaptureError | undefined;
  readonly reader: CaptureReader;
};

export const readBytes = (bytes: Uint8Array): ReadCapture => {
  const reader = new CaptureReader();
  const {records, error} = reader.push(bytes);
  return {records, error: error ?? reader.end(), reader};
};

export const readCapture = (name: string): ReadCapture =>
  readBytes(readFileSync(todayFiles.get(name) ?? captureFolder + name));
