// A recorded capture as a Trace.
import {readFileSync} from 'node:fs';
import {type CapturedTrace, CaptureIndex} from '../../source/observe/capture-trace.ts';
import {captureFolder, readCapture} from '../wire/captures.ts';

export const capturedTrace = (name: string): CapturedTrace => {
  const file = readFileSync(captureFolder + name);
  const index = new CaptureIndex();
  for (const record of readCapture(name).records) index.add(record);
  const read = (offset: number, length: number) => new Uint8Array(file.subarray(offset, offset + length));
  return index.trace({source: name, sourceDigest: '', read});
};
