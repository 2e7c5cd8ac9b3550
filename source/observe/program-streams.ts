// The connections of a Trace as programs see them: decrypted if the Trace has the TLS secrets, otherwise as TCP carries them.

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
  /** Turns a range of TCP's octets into the range of the program's octets that they contain, if TLS was decrypted. */
  readonly inPlaintext: (carried: Carried) => Carried;
};

const read = (trace: Trace): Streams => {
  const connections = connectionsIn(trace);
  // Without secrets no TLS can be decrypted, so the program's octets are those of TCP.
  if (!trace.tls)
    return {...connections, payloadOffset: (_, octet) => octet, inPlaintext: (carried) => carried};
  const inPlaintext = (carried: Carried): Carried =>
    plaintextOn(trace, carried.connection)?.inPlaintext(carried) ?? carried;
  let all: readonly Connection[] | undefined;
  return {
    ...connections,
    // The list of all connections is only made when somebody asks for it, because one packet's place is asked for much more often.
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

/** Returns the connections of a trace as programs see them, decrypted where TLS secrets are known; they are read once for each trace. */
export const programStreamsIn = (trace: Trace): Connections => streamsOf(trace);

/** Turns a range of TCP's octets into the range of the program's octets that they contain; unchanged if TLS was not decrypted. */
export const programPlace = (trace: Trace, carried: Carried): Carried =>
  streamsOf(trace).inPlaintext(carried);

/**
 * Returns the offset in a packet's TCP payload of the program's octet number `octet`, counted from the first one that the packet carries.
 */
export const payloadOffset = (trace: Trace, packet: number, octet: number): number =>
  streamsOf(trace).payloadOffset(packet, octet);

/** Returns the range of the program's octets that a packet carries; undefined if it carries no data or none that can be read. */
export const programPlaceOf = (trace: Trace, packet: number): Carried | undefined => {
  const carried = mayBeRead(trace, packet) ? programStreamsIn(trace).carriedBy(packet) : undefined;
  return carried && carried.start < carried.end ? carried : undefined;
};
