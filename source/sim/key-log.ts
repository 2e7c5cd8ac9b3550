// The secrets of a run in the format that Wireshark and browsers share (RFC 9850 §2).
import {hexOf} from '../wire/octets.ts';
import type {Trace} from './trace.ts';

type SecretLine = {
  readonly line: string;
  /** The event by which an end comes to know it. */
  readonly event: number;
  /** Another secret has the same label and random: somebody has replayed the hello. */
  readonly again: boolean;
};

/** A line for each secret, in the order in which the ends came to know them; none where there was no TLS. */
export const secretLinesOf = (trace: Trace): readonly SecretLine[] => {
  const lines = new Map<string, SecretLine>();
  const named = new Set<string>();
  for (const event of trace.events()) {
    if (event.kind !== 'tls' || event.what.kind !== 'secret') continue;
    const {label, clientRandom, secret} = event.what;
    const name = `${label} ${hexOf(clientRandom)}`;
    const line = `${name} ${hexOf(secret)}\n`;
    // Both ends know it; one line is enough.
    if (!lines.has(line)) lines.set(line, {line, event: event.n, again: named.has(name)});
    named.add(name);
  }
  return [...lines.values()];
};

/** The same as one text. */
export const keyLogOf = (trace: Trace): string =>
  secretLinesOf(trace)
    .map(({line}) => line)
    .join('');
