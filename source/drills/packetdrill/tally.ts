// The counts that a kernel keeps of each connection for TCP_INFO: segments and octets in both directions, retransmissions, and how long it
// waited for what (tcp_output.c: tcp_chrono_start, tcp_chrono_stop).
import type {Connection} from '../../stack/tcp/connection.ts';
import {segmentsInFlight, windowSegments} from '../../stack/tcp/flight.ts';
import {unsentBytes, usableWindow} from '../../stack/tcp/segmentise.ts';
import {connectionId} from '../../wire/connection-id.ts';
import {seqLt} from '../../wire/seq.ts';
import type {HostStep} from './host.ts';
import {connectionOf, type SocketRecord} from './socket.ts';

/**
 * Names what a connection waits for: nothing (`idle`), acknowledgments (`busy`), the peer's window, or its program, which waits for room in
 * the send buffer (`buffer`).
 */
type Waiting = 'idle' | 'busy' | 'window' | 'buffer';

/** The counts of one connection that TCP_INFO reports, such as segments sent and received. */
export class Tally {
  segmentsOut = 0;
  segmentsIn = 0;
  dataOut = 0;
  dataIn = 0;
  bytesSent = 0;
  bytesRepeated = 0;
  segmentsRepeated = 0;
  outOfOrder = 0;
  timeouts = 0;
  lastSentUs: number | undefined;
  /** Names what the connection waits for now; `sinceUs` is when that began, `waitedUs` the total of each earlier wait, in µs. */
  waiting: Waiting = 'idle';
  sinceUs = 0;
  readonly waitedUs: Record<Waiting, number> = {idle: 0, busy: 0, window: 0, buffer: 0};
}

/** Returns for how many µs a connection has waited for these reasons until now, the current wait included. */
export const waitedUs = (tally: Tally, nowUs: number, ...reasons: readonly Waiting[]): number =>
  reasons.reduce(
    (sum, reason) => sum + tally.waitedUs[reason] + (tally.waiting === reason ? nowUs - tally.sinceUs : 0),
    0,
  );

/**
 * Tells whether a connection's segments are counted for TCP_INFO; one from a listener is counted from the third segment of its handshake
 * on.
 */
const isCounted = (connection: Connection): boolean =>
  connection.state !== 'SYN-RECEIVED' || connection.origin === 'active';

const countSent = (tally: Tally, {effects, nowUs}: HostStep, id: string): void => {
  for (const effect of effects) {
    if (effect.kind !== 'send' || effect.connection !== id) continue;
    const {length} = effect.segment.payload;
    tally.segmentsOut += 1;
    tally.bytesSent += length;
    if (effect.retransmission) tally.segmentsRepeated += 1;
    if (effect.retransmission) tally.bytesRepeated += length;
    if (length === 0) continue;
    tally.dataOut += 1;
    tally.lastSentUs = nowUs;
  }
};

const countHeard = (
  tally: Tally,
  {event}: HostStep,
  nextBefore: Connection['rcv']['nxt'] | undefined,
): void => {
  if (event.kind !== 'segment') return;
  const {payload, seq} = event.segment;
  tally.segmentsIn += 1;
  if (payload.length === 0) return;
  tally.dataIn += 1;
  if (nextBefore !== undefined && seqLt(nextBefore, seq)) tally.outOfOrder += 1;
};

/** Tells whether the peer's window keeps data back that cwnd would allow to be sent. */
const windowHolds = (connection: Connection): boolean => {
  const unsent = unsentBytes(connection);
  const free = segmentsInFlight(connection) < windowSegments(connection);
  return unsent > 0 && free && usableWindow(connection) < Math.min(unsent, connection.mss);
};

const waitingFor = (connection: Connection, socket: SocketRecord, before: Waiting): Waiting => {
  const unsent = unsentBytes(connection);
  const nothing = unsent === 0 && connection.retransmissionQueue.length === 0;
  if (nothing && !socket.noSpace) return 'idle';
  if (windowHolds(connection)) return 'window';
  const starved = unsent === 0 && socket.noSpace;
  return starved || (before === 'buffer' && socket.noSpace) ? 'buffer' : nothing ? 'idle' : 'busy';
};

export class Tallies {
  readonly #of = new Map<SocketRecord, Tally>();
  readonly #next = new Map<SocketRecord, Connection['rcv']['nxt']>();

  get(socket: SocketRecord): Tally {
    const found = this.#of.get(socket) ?? new Tally();
    this.#of.set(socket, found);
    return found;
  }

  after(step: HostStep, sockets: readonly SocketRecord[]): void {
    for (const socket of sockets) {
      const connection = connectionOf(step.tcp, socket);
      if (connection === undefined || !isCounted(connection)) continue;
      const tally = this.get(socket);
      countSent(tally, step, connection.id);
      if (isAbout(step, connection)) countHeard(tally, step, this.#next.get(socket));
      const {event} = step;
      if (event.kind === 'timeout' && event.connection === connection.id && event.name === 'RTO')
        tally.timeouts += 1;
      this.#next.set(socket, connection.rcv.nxt);
      const waiting = waitingFor(connection, socket, tally.waiting);
      if (waiting === tally.waiting) continue;
      tally.waitedUs[tally.waiting] += step.nowUs - tally.sinceUs;
      tally.waiting = waiting;
      tally.sinceUs = step.nowUs;
    }
  }
}

const isAbout = ({event}: HostStep, {id}: Connection): boolean =>
  event.kind === 'segment' &&
  connectionId({ip: event.dst, port: event.segment.dstPort}, {ip: event.src, port: event.segment.srcPort}) ===
    id;
