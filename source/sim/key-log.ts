// Writes the secrets of a run in the format that Wireshark and browsers share (RFC 9850 §2).
import {hexOf} from '../wire/octets.ts';
import type {Trace} from './trace.ts';

type SecretLine = {
  readonly line: string;
  /** The number of the event by which an end learns the secret. */
  readonly event: number;
  /** True if another secret has the same label and random, because an attacker has replayed the hello. */
  readonly again: boolean;
};

/** Returns a line for each secret, in the order in which the ends learned them; none without TLS. */
export const secretLinesOf = (trace: Trace): readonly SecretLine[] => {
  const lines = new Map<string, SecretLine>();
  const named = new Set<string>();
  for (const event of trace.events()) {
    if (event.kind !== 'tls' || event.what.kind !== 'secret') continue;
    const {label, clientRandom, secret} = event.what;
    const name = `${label} ${hexOf(clientRandom)}`;
    const line = `${name} ${hexOf(secret)}\n`;
    // Both ends learn the same secret, and one line for it is enough.
    if (!lines.has(line)) lines.set(line, {line, event: event.n, again: named.has(name)});
    named.add(name);
  }
  return [...lines.values()];
};

/** Returns the same lines as one text. */
export const keyLogOf = (trace: Trace): string =>
  secretLinesOf(trace)
    .map(({line}) => line)
    .join('');
