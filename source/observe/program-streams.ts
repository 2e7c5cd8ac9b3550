// The connections of a Trace as programs see them: with TLS opened where the Trace has the secrets, else as TCP carries them.
import type {Trace} from '../sim/trace.ts';
import {type Connection, type Connections, connectionsIn} from './connections.ts';
import {type Plaintext, plaintextOf} from './tls-plaintext.ts';
import {tlsSessionsIn} from './tls-sessions.ts';

const plaintextsIn = (trace: Trace): ReadonlyMap<Connection, Plaintext> => {
  const opened = new Map<Connection, Plaintext>();
  for (const session of tlsSessionsIn(trace)) {
    const plaintext = plaintextOf(trace, session);
    if (plaintext) opened.set(session.connection, plaintext);
  }
  return opened;
};

const read = (trace: Trace): Connections => {
  const connections = connectionsIn(trace);
  // Without secrets there is nothing to look for.
  if (!trace.tls) return connections;
  const opened = plaintextsIn(trace);
  return {
    ...connections,
    all: connections.all.map((connection) => opened.get(connection)?.connection ?? connection),
    carriedBy: (packet) => {
      const carried = connections.carriedBy(packet);
      return carried && (opened.get(carried.connection)?.placeOf(carried) ?? carried);
    },
  };
};

const known = new WeakMap<Trace, Connections>();

/** Read once. */
export const programStreamsIn = (trace: Trace): Connections => {
  const streams = known.get(trace) ?? read(trace);
  known.set(trace, streams);
  return streams;
};
