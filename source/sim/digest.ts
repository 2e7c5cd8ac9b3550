// What pins a run: SHA-256 over what the machines did, however it is told. No beat, no sentence, no reason and no deduction is in it.
import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex} from '@noble/hashes/utils.js';
import {encodeUtf8} from '../wire/utf8.ts';
import {canonicalJson} from './canonical-json.ts';
import {eventJson} from './event-json.ts';
import type {Trace} from './trace.ts';

/** Of a capture its frames: when they passed elsewhere, and the states of the ends, are worked out. */
function* framesOf(trace: Trace): IterableIterator<object> {
  for (let packet = 1; packet <= trace.packetCount; packet++) {
    const {capturedUs, bytes, originalLength} = trace.packet(packet);
    yield {packet, at: capturedUs, bytes: bytesToHex(bytes), length: originalLength};
  }
}

function* happenings(trace: Trace): IterableIterator<object> {
  if (trace.header.profile === 'capture') yield* framesOf(trace);
  else for (const event of trace.events()) yield eventJson(event, trace);
}

/** As the last line of `show --json` has it: a line for each event, keys in alphabetical order. */
export const digestOf = (trace: Trace): string => {
  const hash = sha256.create();
  for (const each of happenings(trace)) hash.update(encodeUtf8(`${canonicalJson(each)}\n`));
  return `sha256:${bytesToHex(hash.digest())}`;
};
