// One direction of a TCP connection, as the findings about transfers need it: sender, packets, pauses, and where it was captured.
import type {Http2Connection} from '../observe/http2-connection.ts';
import type {ObservedConnection} from '../observe/observed-connection.ts';
import type {Half} from '../observe/observed-half.ts';
import type {PausesOf} from '../observe/pauses.ts';
import type {TransferPace} from '../observe/transfer-pace.ts';
import {bearingOf} from '../observe/vantage.ts';
import {type Evidence, tlsOn} from './evidence.ts';
import type {Where} from './finding.ts';

export type Role = 'client' | 'server';

export type Direction = {
  readonly connection: ObservedConnection;
  readonly side: 0 | 1;
  /** Which end sends in this direction (`by`), and which receives (`to`). */
  readonly by: Role;
  readonly to: Role;
  readonly own: Readonly<Half>;
  readonly back: Readonly<Half>;
  readonly pace: TransferPace;
  /** The shortest round trip between the two ends of the connection, in µs. */
  readonly tripUs: number;
  /** The time in µs from the connection's first to its last packet. */
  readonly durationUs: number;
  /** True if the capture was taken at the sender. */
  readonly atSender: boolean;
  /** True if the capture was taken at the receiver, so that everything that was captured has arrived. */
  readonly atReceiver: boolean;
  readonly http2: Http2Connection | undefined;
  /** True if the connection carries a WebSocket or an event stream, whose messages come when there is news, so that pauses mean nothing. */
  readonly isSpontaneous: boolean;
};

/** The share of a transfer's time from which a delay matters; `noticedUs` is the delay that a waiting person notices. */
export const worthShare = 0.2;
export const noticedUs = 200_000;

export const programOf = (role: Role): Where => (role === 'client' ? 'client-program' : 'server-program');

const roleOf = (connection: ObservedConnection, side: 0 | 1): Role =>
  side === connection.client ? 'client' : 'server';

const directionOf = (
  evidence: Evidence,
  connection: ObservedConnection,
  side: 0 | 1,
): readonly Direction[] => {
  const other = side === 0 ? 1 : 0;
  const own = connection.half(side);
  if (!own.pace) return [];
  const [a = 0, b = 0] = connection.flightTimes.rounds;
  const exact = bearingOf(connection.flightTimes.rounds)?.exact;
  return [
    {
      ...{connection, side, own, pace: own.pace, back: connection.half(other)},
      ...{by: roleOf(connection, side), to: roleOf(connection, other), tripUs: a + b},
      durationUs: connection.lastUs - connection.firstUs,
      atSender: exact?.[side] === true,
      atReceiver: exact?.[other] === true,
      get http2() {
        return connection.streams?.http2 ?? tlsOn(evidence, connection)?.http2;
      },
      get isSpontaneous() {
        const inside = tlsOn(evidence, connection)?.httpInside;
        return connection.streams?.httpInside.isSpontaneous === true || inside?.isSpontaneous === true;
      },
    },
  ];
};

/** Returns those of the two directions of a connection in which data were sent. */
export const directionsOf = (evidence: Evidence, connection: ObservedConnection): readonly Direction[] => [
  ...directionOf(evidence, connection, 0),
  ...directionOf(evidence, connection, 1),
];

/** Returns how long a direction of a connection was in use, in µs, without the times when it was the other program's turn to send. */
const busyUs = ({pace}: Direction): number =>
  Math.max(1, pace.lastUs - pace.firstUs - pace.pauses.of('turn').us);

/** Tells whether pauses of `us` in a direction are worth reporting: a person notices them, and they are a large share of the transfer. */
export const matters = (direction: Direction, us: number): boolean =>
  us >= worthShare * busyUs(direction) && us >= Math.min(noticedUs, worthShare * direction.durationUs);

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
