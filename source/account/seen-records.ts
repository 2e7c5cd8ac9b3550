// The records of a TLS connection as an actor comes to see them: who listens on the way when they leave, an end what it sends and
// what arrives there.
import type {TlsContent} from '../observe/tls-contents.ts';
import {type TlsSession, tlsArrivedOn, tlsSessionsIn} from '../observe/tls-sessions.ts';
import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {entryAt} from './entries.ts';
import {eyesOf} from './eyes.ts';

const seenBy = (trace: Trace, session: TlsSession, host: string): readonly TlsContent[] =>
  [
    ...session.contents.filter(({seen}) => trace.packet(seen.frame).from === host),
    ...tlsArrivedOn(trace, session).filter(({seen}) => entryAt(trace, seen.event).host === host),
  ].toSorted((a, b) => a.seen.event - b.seen.event);

export type SeenRecords = {readonly session: TlsSession; readonly contents: readonly TlsContent[]};

/** Of every connection that the actor has to do with. */
export const seenRecordsIn = oncePer((trace: Trace): readonly SeenRecords[] => {
  const eyes = eyesOf(trace);
  return tlsSessionsIn(trace)
    .map((session) => ({
      session,
      contents: typeof eyes === 'string' ? session.contents : seenBy(trace, session, eyes.host),
    }))
    .filter(({contents}) => contents.length > 0);
});
