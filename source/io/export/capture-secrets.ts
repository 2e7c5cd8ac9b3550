// Selects the secrets for an exported capture. A run gives the secrets of its ends; a capture gives the key-log lines that belong to its
// own connections, and no other site's.
import {tlsSessionsIn} from '../../observe/tls-sessions.ts';
import {secretLinesOf} from '../../sim/key-log.ts';
import type {Trace} from '../../sim/trace.ts';
import {hexOf} from '../../wire/octets.ts';
import {keyLogLines} from '../../wire/tls/key-log.ts';

export type ExportedSecrets = {
  /** The TLS key-log lines that an exported capture contains before its first packet. */
  readonly first: string;
  /** The TLS key-log lines that replace earlier lines of the same name, each with the number of the event that produces it. */
  readonly later: readonly {readonly event: number; readonly line: string}[];
};

export const secretsIn = (trace: Trace): ExportedSecrets => {
  if (trace.header.profile === 'capture') {
    const randoms = tlsSessionsIn(trace).flatMap(({hellos: {first, client}}) =>
      [first, client].flatMap((hello) => (hello ? hexOf(hello.random) : [])),
    );
    return {first: trace.tls ? keyLogLines(trace.tls.log, new Set(randoms)) : '', later: []};
  }
  const lines = secretLinesOf(trace);
  const first = lines.flatMap(({line, again}) => (again ? [] : line)).join('');
  return {first, later: lines.filter(({again}) => again)};
};
