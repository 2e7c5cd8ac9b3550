// The secrets that go into an exported capture: of a run those that its ends had, of a capture those of the key log that
// belong to what is in it, and no other site's.
import {tlsSessionsIn} from '../../observe/tls-sessions.ts';
import {secretLinesOf} from '../../sim/key-log.ts';
import type {Trace} from '../../sim/trace.ts';
import {hexOf} from '../../wire/octets.ts';
import {keyLogLines} from '../../wire/tls/key-log.ts';

export type ExportedSecrets = {
  /** Before all packets. */
  readonly first: string;
  /** By the event that brings them about: they take the place of others with the same name. */
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
