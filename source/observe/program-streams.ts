// The connections of a Trace as programs see them: with TLS opened where the Trace has the secrets, else as TCP carries them.

import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {type Carried, type Connection, type Connections, connectionsIn, mayBeRead} from './connections.ts';
import {type Plaintext, plaintextOf} from './tls-plaintext.ts';
import {tlsSessionOf} from './tls-sessions.ts';

const plaintextOn = (trace: Trace, connection: Connection): Plaintext | undefined => {
  const session = tlsSessionOf(trace, connection);
  return session && plaintextOf(session, trace);
};

type Streams = Connections & {
  readonly payloadOffset: (packet: number, octet: number) => number;
  /** The same place in the bytes of the program. */
  readonly inPlaintext: (carried: Carried) => Carried;
};

const read = (trace: Trace): Streams => {
  const connections = connectionsIn(trace);
  // Without secrets there is nothing to look for.
  if (!trace.tls)
    return {...connections, payloadOffset: (_, octet) => octet, inPlaintext: (carried) => carried};
  const inPlaintext = (carried: Carried): Carried =>
    plaintextOn(trace, carried.connection)?.inPlaintext(carried) ?? carried;
  let all: readonly Connection[] | undefined;
  return {
    ...connections,
    // One packet's place is asked for much more often.
    get all() {
      all ??= connections.all.map((connection) => plaintextOn(trace, connection)?.connection ?? connection);
      return all;
    },
    inPlaintext,
    carriedBy: (packet) => {
      const carried = connections.carriedBy(packet);
      return carried && inPlaintext(carried);
    },
    payloadOffset: (packet, octet) => {
      const carried = connections.carriedBy(packet);
      const plaintext = carried && plaintextOn(trace, carried.connection);
      if (!plaintext) return octet;
      const {side, start} = carried;
      return plaintext.offsetOf(side, plaintext.inPlaintext(carried).start + octet) - start;
    },
  };
};

const streamsOf = oncePer(read);

/** Read once. */
export const programStreamsIn = (trace: Trace): Connections => streamsOf(trace);

/** The same place in the bytes of the program, where TLS was opened. */
export const programPlace = (trace: Trace, carried: Carried): Carried =>
  streamsOf(trace).inPlaintext(carried);

/** Where in the payload of a packet the program's octet stands, counted from the first one that the packet has. */
export const payloadOffset = (trace: Trace, packet: number, octet: number): number =>
  streamsOf(trace).payloadOffset(packet, octet);

/** Where a packet's data lie in the bytes of the program; undefined: it has none, or none that anybody here reads. */
export const programPlaceOf = (trace: Trace, packet: number): Carried | undefined => {
  const carried = mayBeRead(trace, packet) ? programStreamsIn(trace).carriedBy(packet) : undefined;
  return carried && carried.start < carried.end ? carried : undefined;
};
