// Tells how a run ends whose connection is not over: the states of its two ends, and whether anything would still happen.

import {dequeue} from '../../sim/queue.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import type {Pending, World} from '../../sim/world.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import {farEndOf} from '../../wire/connection-id.ts';
import {segLen} from '../../wire/tcp.ts';
import {entriesOf, entryAt, instantOf, worldAt} from '../entries.ts';
import {ownerOf, packetOf, segmentOf} from '../packet.ts';
import {ownConnection} from './packet-name.ts';
import {standInFor} from './stand-in.ts';

/**
 * The two ends of a connection that is still open when the run ends. `peerState` is undefined if the peer has no such connection. `inPlace`
 * is another host that listens under the peer's address.
 */
type Left = {
  readonly host: string;
  readonly state: TcpState;
  readonly peer: string;
  readonly peerState: TcpState | undefined;
  readonly inPlace: string | undefined;
};

/** The last call of close() or shutdown() that failed, so that it closed nothing. */
type Vain = {readonly host: string; readonly call: string; readonly error: string; readonly atUs: number};

/**
 * The run ends with an open connection on which nothing more can happen by itself. `open` names the ends whose program has not called
 * close(); an end whose call failed (`vain`) is not named.
 */
export type Stays = Left & {
  readonly open: 'both' | 'host' | 'peer' | 'none';
  readonly vain: Vain | undefined;
};

/**
 * The run was cut short by its lesson file (`until`), a limit of time (`limit`) or a limit of events (`budget`). `loop`: the last packets
 * are ACKs that repeat earlier ones. `timer`: the next to expire; undefined if another event is next.
 */
export type Cut = Left & {
  readonly by: 'until' | 'limit' | 'budget';
  readonly underWay: number;
  readonly loop: boolean;
  readonly timer: {readonly owner: string; readonly atUs: number} | undefined;
};

type End = {readonly host: string; readonly tcb: Connection};
type Pair = {readonly own: End; readonly far: End | undefined; readonly peer: string};

const endsIn = (world: World): readonly End[] =>
  Object.values(world.hosts).flatMap(({name, tcp}) =>
    [...tcp.connections.values()].map((tcb) => ({host: name, tcb})),
  );

/**
 * Returns the two ends of the only connection that is left when a run ends, the end that opened it first; undefined if more than one is
 * left, or none.
 */
const pairLeft = (trace: Trace, world: World): Pair | undefined => {
  const ends = endsIn(world);
  const [own, far, ...more] = ends.toSorted(
    (one, other) => Number(other.tcb.origin === 'active') - Number(one.tcb.origin === 'active'),
  );
  if (!own || more.length > 0 || (far && far.tcb.id !== farEndOf(own.tcb.id))) return undefined;
  if (far) return {own, far, peer: far.host};
  // The peer is the host that had the other end of this connection before, or the owner of the connection's remote address.
  const peer =
    [...entriesOf(trace, 'state')].find(({connection}) => connection === farEndOf(own.tcb.id))?.host ??
    ownerOf(trace, own.tcb.remote.ip);
  return peer === undefined ? undefined : {own, far: undefined, peer};
};

/** Tells whether the program at this end has closed its connection. */
const hasClosed = ({tcb}: End): boolean => tcb.closeCalled;

/**
 * Returns the last failed close() or shutdown() at an end that is still open: an error means that nothing was closed (POSIX close(),
 * shutdown()).
 */
const vainOf = (trace: Trace, {own, far}: Pair): Vain | undefined => {
  const open = [own, ...(far ? [far] : [])].filter((end) => !hasClosed(end));
  const last = [...entriesOf(trace, 'call')].findLast(
    ({host, connection, call, result}) =>
      /^(?:close|shutdown)$/.test(call) &&
      result !== 'ok' &&
      open.some((end) => end.host === host && (connection ?? end.tcb.id) === end.tcb.id),
  );
  return last && {host: last.host, call: last.call, error: last.result, atUs: last.atUs};
};

const openOf = ({own, far}: Pair, vain: Vain | undefined): Stays['open'] => {
  const isOpen = (end: End): boolean => !hasClosed(end) && end.host !== vain?.host;
  const host = isOpen(own);
  const peer = far !== undefined && isOpen(far);
  if (host && peer) return 'both';
  return host ? 'host' : peer ? 'peer' : 'none';
};

/**
 * Tells whether a packet belongs to either end of this connection. A host that sends a SYN cookie has no connection, so the packet's
 * addresses and ports decide.
 */
const isOfPair = (trace: Trace, {id, sendEvent}: PacketRecord, {own}: Pair): boolean => {
  const {connection = ownConnection(trace, id)} = entryAt(trace, sendEvent);
  return connection === own.tcb.id || connection === farEndOf(own.tcb.id);
};

const packetsOf = (trace: Trace, pair: Pair): readonly PacketRecord[] =>
  Array.from({length: trace.packetCount}, (_, index) => packetOf(trace, index + 1)).filter((record) =>
    isOfPair(trace, record, pair),
  );

/** The number of last packets that must all repeat the same two ACKs before a run is said to be in an endless loop. */
const rounds = 6;

/**
 * Tells whether the last packets of a connection are two ACKs, one of each end, that answer each other again and again; packets that a
 * timer sends do not count.
 */
const isLoop = (trace: Trace, pair: Pair): boolean => {
  const last = packetsOf(trace, pair).slice(-rounds);
  const said = last.map((record) => {
    const segment = segmentOf(record);
    const isAnswer = instantOf(trace, record.sendEvent).some(({kind}) => kind === 'arrive');
    return segment && isAnswer && segLen(segment) === 0
      ? `${record.from} ${segment.seq} ${segment.ack}`
      : undefined;
  });
  return last.length === rounds && !said.includes(undefined) && new Set(said).size === 2;
};

type Queued = {readonly item: Pending; readonly atUs: number};

/**
 * Tells whether an element of the simulator's event queue still has an effect: timers that were stopped or restarted remain in the queue.
 */
const isLive = ({hosts}: World, {item}: Queued): boolean => {
  if (item.kind === 'app-timer')
    return [...(hosts[item.host]?.appTimers.values() ?? [])].includes(item.dueUs);
  if (item.kind !== 'timer') return true;
  return hosts[item.host]?.tcp.connections.get(item.connection)?.timers[item.name] === item.dueUs;
};

const nextIn = (world: World): Queued | undefined => {
  for (let next = dequeue(world.queue); next; next = dequeue(next.rest)) if (isLive(world, next)) return next;
  return undefined;
};

/**
 * Returns the owner and the time of the queue's next event if it is a TCP timer; undefined for another event, because that could stop or
 * restart the timer.
 */
const timerIn = ({item, atUs}: Queued): Cut['timer'] =>
  item.kind === 'timer' ? {owner: item.host, atUs} : undefined;

const underWayOf = (trace: Trace, pair: Pair): number =>
  packetsOf(trace, pair).filter(({endEvent}) => endEvent === undefined).length;

/** Tells whether both ends of a connection are closed or in TIME-WAIT, so that the end of the run needs no sentence. */
const isOver = ({own, far}: Pair): boolean =>
  own.tcb.state === 'TIME-WAIT' && (far === undefined || far.tcb.state === 'TIME-WAIT');

/** Tells whether both ends of a connection are in ESTABLISHED and no program of the run has called close(), shutdown() or abort. */
const isIdle = (trace: Trace, {own, far}: Pair): boolean =>
  own.tcb.state === 'ESTABLISHED' &&
  far?.tcb.state === 'ESTABLISHED' &&
  ![...entriesOf(trace, 'call')].some(({call}) => /^(?:close|shutdown|abort)$/.test(call));

export const runEnd = (
  trace: Trace,
):
  | {readonly says: 'stays'; readonly facts: Stays}
  | {readonly says: 'cut'; readonly facts: Cut}
  | undefined => {
  // The simulator does not know the state of a host that the learner plays by hand.
  if (trace.header.byHand !== undefined) return undefined;
  const world = worldAt(trace, trace.length);
  const pair = world && pairLeft(trace, world);
  if (!pair || isOver(pair) || isIdle(trace, pair)) return undefined;
  const {own, far, peer} = pair;
  const left: Left = {
    ...{host: own.host, state: own.tcb.state, peer, peerState: far?.tcb.state},
    inPlace: far ? undefined : standInFor(world, farEndOf(own.tcb.id), peer),
  };
  const {endReason} = trace;
  // A run that ended because nothing more happens has no event with an effect in its queue, so it was not cut short.
  const by = endReason === 'quiet' || endReason === 'eof' ? undefined : endReason;
  const next = by && nextIn(world);
  if (!next) {
    const vain = vainOf(trace, pair);
    return {says: 'stays', facts: {...left, open: openOf(pair, vain), vain}};
  }
  const facts = {
    ...left,
    by,
    underWay: underWayOf(trace, pair),
    loop: isLoop(trace, pair),
    timer: timerIn(next),
  };
  return {says: 'cut', facts};
};
