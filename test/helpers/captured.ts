// A recorded capture as a Trace, from whichever folder of fixtures has it.
import {existsSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {type CapturedTrace, CaptureIndex} from '../../source/observe/capture-trace.ts';
import {captureFolder, readBytes} from '../wire/captures.ts';

const inspectedFolder = fileURLToPath(new URL('../fixtures/inspected/', import.meta.url));

export const capturePath = (name: string): string =>
  existsSync(captureFolder + name) ? captureFolder + name : inspectedFolder + name;

export const traceOfFile = (file: Uint8Array, source: string, contents = false): CapturedTrace => {
  const index = new CaptureIndex({contents});
  for (const record of readBytes(file).records) index.add(record);
  const read = (offset: number, length: number) => new Uint8Array(file.subarray(offset, offset + length));
  return index.trace({source, read});
};

export const capturedTrace = (name: string): CapturedTrace =>
  traceOfFile(readFileSync(capturePath(name)), name);
