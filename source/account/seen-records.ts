// The records of a TLS connection as an actor sees them: an eavesdropper when they are sent, an end what it sends and what arrives there.

import type {Connection} from '../observe/connections.ts';
import type {TlsContent} from '../observe/tls-contents.ts';
import {type TlsSession, tlsArrivedOn, tlsSessionOf} from '../observe/tls-sessions.ts';
import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {entryAt} from './entries.ts';
import {eyesOf} from './eyes.ts';

const seenBy = (trace: Trace, session: TlsSession, host: string): readonly TlsContent[] =>
  [
    ...session.contents.filter(({seen}) => trace.packet(seen.frame).from === host),
    ...tlsArrivedOn(trace, session).filter(({seen}) => entryAt(trace, seen.event).host === host),
  ].toSorted((a, b) => a.seen.event - b.seen.event);

/** The records of one connection that the actor sees. */
export type SeenRecords = {readonly session: TlsSession; readonly contents: readonly TlsContent[]};

const seenIn = oncePer((_: Trace) => new Map<TlsSession, readonly TlsContent[]>());

const contentsSeen = (trace: Trace, session: TlsSession): readonly TlsContent[] => {
  const eyes = eyesOf(trace);
  if (typeof eyes === 'string') return session.contents;
  const contents = seenIn(trace).get(session) ?? seenBy(trace, session, eyes.host);
  seenIn(trace).set(session, contents);
  return contents;
};

/** Returns the TLS records of a connection that the viewer sees; undefined if the connection does not begin with TLS. */
export const seenRecordsOn = (trace: Trace, connection: Connection): SeenRecords | undefined => {
  const session = tlsSessionOf(trace, connection);
  return session && {session, contents: contentsSeen(trace, session)};
};
