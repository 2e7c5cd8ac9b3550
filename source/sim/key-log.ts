// Writes the TLS secrets of a run as a key log, in the format that Wireshark and browsers use (RFC 9850 §2).
import {hexOf} from '../wire/octets.ts';
import type {Trace} from './trace.ts';

type SecretLine = {
  readonly line: string;
  /** The number of the first event by which an end of the connection knows the secret. */
  readonly event: number;
  /** True if an earlier secret has the same label and client random, which happens when an attacker has replayed a ClientHello. */
  readonly again: boolean;
};

/** Returns the lines of a run's key log, one for each TLS secret, in the order in which the ends learned them; none without TLS. */
export const secretLinesOf = (trace: Trace): readonly SecretLine[] => {
  const lines = new Map<string, SecretLine>();
  const named = new Set<string>();
  for (const event of trace.events()) {
    if (event.kind !== 'tls' || event.what.kind !== 'secret') continue;
    const {label, clientRandom, secret} = event.what;
    const name = `${label} ${hexOf(clientRandom)}`;
    const line = `${name} ${hexOf(secret)}\n`;
    // Both ends learn the same secret, so only the first of two equal lines is kept.
    if (!lines.has(line)) lines.set(line, {line, event: event.n, again: named.has(name)});
    named.add(name);
  }
  return [...lines.values()];
};

/** Returns the TLS key log of a run as one text; empty without TLS. */
export const keyLogOf = (trace: Trace): string =>
  secretLinesOf(trace)
    .map(({line}) => line)
    .join('');
