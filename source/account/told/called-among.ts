// Finds how a sentence names one of several TCP connections: by the port that its caller has chosen, or by the other end's socket if
// several callers have chosen that port.
import type {Trace} from '../../sim/trace.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import {farEndOf, isListener, localSocket, remoteText} from '../../wire/connection-id.ts';
import {entryAt, instantOf, worldAt} from '../entries.ts';
import {packetOf} from '../packet.ts';
import type {Saying, Told} from './facts.ts';
import {thingOf} from './packet-name.ts';

/** Returns the port that the caller of a TCP connection has chosen, which is taken to be the higher of the two. */
export const portOf = (connection: string): number =>
  Math.max(localSocket(connection).port, localSocket(farEndOf(connection)).port);

/**
 * The kinds of sentences that may also be about a connection in TIME-WAIT, because it accepts segments and answers them
 * (RFC 9293 §3.10.7.4).
 */
const ofWaiting: ReadonlySet<Saying> = new Set([
  ...(['refusedSegment', 'challenges', 'ignoresText', 'waits', 'reset', 'lost', 'heldUp'] as const),
]);

/** Returns a host's TCP connections after event `n`, by name. A crash forgets all of them without a step of their own. */
const aliveAt = (trace: Trace, host: string, n: number): ReadonlyMap<string, Connection> =>
  new Map([...(worldAt(trace, n)?.hosts[host]?.tcp.connections.values() ?? [])].map((tcb) => [tcb.id, tcb]));

/** The kinds of sentences about one TCP connection that don't name it. */
const ofOne: ReadonlySet<Saying> = new Set<Saying>([
  ...(['again', 'crossedAgain', 'refusedSegment', 'challenges', 'ignoresText', 'takesSynAlone'] as const),
  ...(['opens', 'answersSyn', 'synsCross', 'takesCookie'] as const),
  ...(['opened', 'accepts', 'closes', 'peerCloses', 'closesToo', 'finAcknowledged', 'closing'] as const),
  ...(['waits', 'finished', 'skipsWait', 'listensAgain', 'givesUp', 'refusedOpen', 'reset'] as const),
  ...(['aborts', 'closesEarly', 'echoesMark', 'heedsEcho', 'sends', 'outOfOrder', 'finOutOfOrder'] as const),
  ...(['gapFilled', 'delivered', 'cameTwice', 'windowShut', 'asksForWindow'] as const),
  ...(['probes', 'windowOpens', 'delaysAck', 'gathersAcks', 'delayOver', 'keepAlive'] as const),
  ...(['allAcknowledged', 'holds', 'released'] as const),
]);

type Subject = {readonly host: string; readonly connection: string | undefined};

/**
 * Returns the sender and the connection of a packet that has no number of its own, so that packets of other connections look alike;
 * undefined for data, ICMP messages and packets of other kinds.
 */
const senderOf = (trace: Trace, packet: number): Subject | undefined => {
  const {from: host, sendEvent} = packetOf(trace, packet);
  const {what} = thingOf(trace, packet);
  return what === 'data' || what === 'icmp' || what === 'other'
    ? undefined
    : {host, connection: entryAt(trace, sendEvent).connection};
};

const subjectOf = (trace: Trace, {says, n, facts}: Told): Subject | undefined => {
  if (says === 'lost') return senderOf(trace, facts.thing.packet);
  if (says === 'heldUp') return senderOf(trace, facts.packet);
  if (!ofOne.has(says) || !('host' in facts)) return undefined;
  const event = entryAt(trace, n);
  const {host} = facts;
  if (event.host !== host) return undefined;
  const sent = 'packet' in event && event.packet > 0 ? packetOf(trace, event.packet).sendEvent : 0;
  return {host, connection: event.connection ?? (sent > 0 ? entryAt(trace, sent).connection : undefined)};
};

/**
 * Returns the peer if the sentence also tells its state, because it may have several connections, too; undefined for all other sentences.
 */
const peerOf = ({says, facts}: Told): string | undefined =>
  says === 'accepts' && facts.peerOpen ? facts.peer : undefined;

/**
 * Returns how a sentence names its connection if its host, or the peer whose state it tells, has others: by the port, or by the other end's
 * socket if others have that port. Undefined if it needs no name.
 */
export const calledAmong = (trace: Trace, told: Told): number | string | undefined => {
  const {host, connection} = subjectOf(trace, told) ?? {};
  if (host === undefined || connection === undefined || isListener(connection)) return undefined;
  const {n, says} = told;
  const port = portOf(connection);
  const alive = aliveAt(trace, host, n);
  // A connection that ends now existed before this instant. If it did not exist, it cannot be named.
  const {n: first} = instantOf(trace, n)[0] ?? told;
  if (!alive.has(connection) && !aliveAt(trace, host, first - 1).has(connection)) return undefined;
  const peer = peerOf(told);
  const theirs = peer === undefined ? new Map<string, Connection>() : aliveAt(trace, peer, n);
  const far = farEndOf(connection);
  // A connection behind a NAT router has another name at the other end, so nothing shows which of that host's connections are other ones.
  const others = [...alive, ...(theirs.has(far) ? theirs : [])].filter(
    ([each, {state}]) =>
      each !== connection && each !== far && (state !== 'TIME-WAIT' || ofWaiting.has(says)),
  );
  if (others.length === 0) return undefined;
  if (others.every(([each]) => portOf(each) !== port)) return port;
  const end = remoteText(connection);
  return others.every(([each]) => remoteText(each) !== end) ? end : undefined;
};
