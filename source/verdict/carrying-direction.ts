// One direction of a TCP connection, as the findings about transfers need it: sender, packets, pauses, and where it was captured.
import type {Side} from '../observe/connections.ts';
import type {Http2Connection} from '../observe/http2-connection.ts';
import type {ObservedConnection} from '../observe/observed-connection.ts';
import type {Half} from '../observe/observed-half.ts';
import type {PausesOf} from '../observe/pauses.ts';
import type {TransferPace} from '../observe/transfer-pace.ts';
import {bearingOf} from '../observe/vantage.ts';
import {type Evidence, tlsOn} from './evidence.ts';
import type {Where} from './finding.ts';
import {other, type Role, roleOf, sides} from './sides.ts';

/** One direction in which a connection carried data. */
export class Direction {
  readonly connection: ObservedConnection;
  readonly side: Side;
  readonly own: Readonly<Half>;
  readonly back: Readonly<Half>;
  readonly pace: TransferPace;
  /** The shortest round trip between the two ends of the connection, in µs. */
  readonly tripUs: number;
  /** True if the capture was taken at the sender. */
  readonly atSender: boolean;
  /** True if the capture was taken at the receiver, so that everything that was captured has arrived. */
  readonly atReceiver: boolean;
  readonly #evidence: Evidence;

  constructor(evidence: Evidence, connection: ObservedConnection, side: Side, pace: TransferPace) {
    this.#evidence = evidence;
    this.connection = connection;
    this.side = side;
    this.own = connection.half(side);
    this.back = connection.half(other(side));
    this.pace = pace;
    const {rounds} = connection.flightTimes;
    const [a = 0, b = 0] = rounds;
    this.tripUs = a + b;
    const exact = bearingOf(rounds)?.exact;
    this.atSender = exact?.[side] === true;
    this.atReceiver = exact?.[other(side)] === true;
  }

  #queuedUs: number | undefined;

  /** The time in µs by which round trips became repeatedly longer while this direction's end sent. */
  get queuedUs(): number {
    this.#queuedUs ??= this.connection.queuedUs(this.side);
    return this.#queuedUs;
  }

  /** The role of the end that sends in this direction. */
  get by(): Role {
    return roleOf(this.side, this.connection);
  }

  /** The role of the end that receives in this direction. */
  get to(): Role {
    return roleOf(other(this.side), this.connection);
  }

  /** The time in µs from the connection's first to its last packet. */
  get durationUs(): number {
    return this.connection.lastUs - this.connection.firstUs;
  }

  get http2(): Http2Connection | undefined {
    return this.connection.streams?.http2 ?? tlsOn(this.#evidence, this.connection)?.http2;
  }

  /** True if the protocol of the connection is decoded, so that it is known what asks and what answers. */
  get isRead(): boolean {
    const {streams} = this.connection;
    return (
      streams?.spoken !== undefined ||
      streams?.expectsHttp === true ||
      tlsOn(this.#evidence, this.connection)?.session !== undefined
    );
  }

  /** True if the connection carries a WebSocket or an event stream, whose messages come when there is news, so that pauses mean nothing. */
  get isSpontaneous(): boolean {
    const inside = tlsOn(this.#evidence, this.connection)?.httpInside;
    return this.connection.streams?.httpInside.isSpontaneous === true || inside?.isSpontaneous === true;
  }
}

/** The share of a transfer's time from which a delay matters; `noticedUs` is the delay that a waiting person notices. */
export const worthShare = 0.2;
export const noticedUs = 200_000;

export const programOf = (role: Role): Where => (role === 'client' ? 'client-program' : 'server-program');

/** Returns those of the two directions of a connection in which data were sent. */
export const directionsOf = (evidence: Evidence, connection: ObservedConnection): readonly Direction[] => {
  const found: Direction[] = [];
  for (const side of sides) {
    const {pace} = connection.half(side);
    if (pace) found.push(new Direction(evidence, connection, side, pace));
  }
  return found;
};

/** Returns how long a direction of a connection was in use, in µs, without the times when it was the other program's turn to send. */
const busyUs = ({pace}: Direction): number =>
  Math.max(1, pace.lastUs - pace.firstUs - pace.pauses.of('turn').us);

/** Tells whether pauses of `us` in a direction are worth reporting: a person notices them, and they are a large share of the transfer. */
export const matters = (direction: Direction, us: number): boolean =>
  us >= worthShare * busyUs(direction) && us >= Math.min(noticedUs, worthShare * direction.durationUs);

/** How many times as long as an empty round trip one with a queue takes, and the shortest queueing delay in µs that counts. */
const manyTrips = 4;
const leastQueueUs = 20_000;

/** Tells whether round trips became so much longer while data flowed that the path's slowest link, with its queue, sets the rate. */
export const isQueue = ({queuedUs, tripUs}: Direction): boolean =>
  queuedUs >= Math.max(leastQueueUs, manyTrips * tripUs);

export const meanUs = ({us, count}: Pick<PausesOf, 'us' | 'count'>): number =>
  count === 0 ? 0 : Math.round(us / count);

/**
 * Tells whether a connection carries typing or polling: many messages of a few octets with pauses in between. Nobody waits on such a
 * connection.
 */
export const isUnhurried = ({connection}: Pick<Direction, 'connection'>): boolean => {
  const {turns, client} = connection;
  if (!turns) return false;
  const replies = turns.replies[client];
  if (replies.count < 6) return false;
  const octets = connection.half(client).payloadBytes / replies.count;
  return octets < 100 && replies.us > 0.5 * (turns.lastUs - turns.firstUs);
};
