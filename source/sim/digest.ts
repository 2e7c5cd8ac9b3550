// Computes the fingerprint (digest) of a run: SHA-256 over its events. Texts of lessons, reasons and deductions are not part of it.
import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex} from '@noble/hashes/utils.js';
import {encodeUtf8} from '../wire/utf8.ts';
import {canonicalJson} from './canonical-json.ts';
import {eventJson} from './event-json.ts';
import type {Trace} from './trace.ts';

/** Yields the frames of a capture, from which its digest is computed; its other times and states are only deduced. */
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

/**
 * Returns the digest of a run that the last line of `show --json` has: SHA-256 over one line for each event, with its keys in alphabetical
 * order.
 */
export const digestOf = (trace: Trace): string => {
  const hash = sha256.create();
  for (const each of happenings(trace)) hash.update(encodeUtf8(`${canonicalJson(each)}\n`));
  return `sha256:${bytesToHex(hash.digest())}`;
};
