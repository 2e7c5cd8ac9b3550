// The secrets of a run in the format that Wireshark and browsers share (RFC 9850 §2).
import {hexOf} from '../wire/octets.ts';
import type {Trace} from './trace.ts';

/** A line for each secret, in the order in which the ends came to know them; empty where there was no TLS. */
export const keyLogOf = (trace: Trace): string => {
  const lines = new Set<string>();
  for (const event of trace.events()) {
    if (event.kind !== 'tls' || event.what.kind !== 'secret') continue;
    const {label, clientRandom, secret} = event.what;
    // Both ends know it; one line is enough.
    lines.add(`${label} ${hexOf(clientRandom)} ${hexOf(secret)}\n`);
  }
  return [...lines].join('');
};
