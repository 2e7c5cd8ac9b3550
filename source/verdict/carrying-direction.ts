// One direction of a connection as the findings about transfers need it: the sender, what was seen of it, and how long it took.
import type {HttpTransaction} from '../observe/http-transactions.ts';
import type {Http2Connection} from '../observe/http2-connection.ts';
import type {ObservedConnection} from '../observe/observed-connection.ts';
import type {Half} from '../observe/observed-half.ts';
import type {PausesOf} from '../observe/pauses.ts';
import type {TransferPace} from '../observe/transfer-pace.ts';
import {bearingOf} from '../observe/vantage.ts';
import {combinedValue} from '../wire/http/field-lines.ts';
import {type Evidence, tlsOn} from './evidence.ts';
import type {Where} from './finding.ts';

export type Role = 'client' | 'server';

export type Direction = {
  readonly connection: ObservedConnection;
  readonly side: 0 | 1;
  /** The roles of the sender and of the receiver. */
  readonly by: Role;
  readonly to: Role;
  readonly own: Readonly<Half>;
  readonly back: Readonly<Half>;
  readonly pace: TransferPace;
  /** The shortest round trip in µs from end to end. */
  readonly tripUs: number;
  /** The duration of the connection in µs, without the silences of an idle connection. */
  readonly durationUs: number;
  /** True if the capture was taken at the sender. */
  readonly atSender: boolean;
  /** True if the capture was taken at the receiver, so that everything that was captured has arrived. */
  readonly atReceiver: boolean;
  readonly http2: Http2Connection | undefined;
  /** True if the connection carries a WebSocket or an event stream, in which messages are sent when there is news. */
  readonly isSpontaneous: boolean;
};

/** The share of a time that matters, and the time that a waiting person notices. */
export const worthShare = 0.2;
export const noticedUs = 200_000;

export const programOf = (role: Role): Where => (role === 'client' ? 'client-program' : 'server-program');

const roleOf = (connection: ObservedConnection, side: 0 | 1): Role =>
  side === connection.client ? 'client' : 'server';

/** Tells whether a response is a stream of events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
const isEventStream = ({response}: HttpTransaction): boolean =>
  response !== undefined &&
  combinedValue(response.head.fields, 'Content-Type')?.startsWith('text/event-stream') === true;

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
        return [connection.streams, tlsOn(evidence, connection)].some(
          (each) => each?.httpInside.websocket !== undefined || each?.http.some(isEventStream),
        );
      },
    },
  ];
};

/** Returns the directions of a connection that carried data. */
export const directionsOf = (evidence: Evidence, connection: ObservedConnection): readonly Direction[] => [
  ...directionOf(evidence, connection, 0),
  ...directionOf(evidence, connection, 1),
];

/** Returns how long a direction took, without the time in which it was the other program's turn. */
const busyUs = ({pace}: Direction): number =>
  Math.max(1, pace.lastUs - pace.firstUs - pace.pauses.of('turn').us);

/** Tells whether pauses cost enough to be told: somebody notices them, and they are much of the transfer. */
export const matters = (direction: Direction, us: number): boolean =>
  us >= worthShare * busyUs(direction) && us >= Math.min(noticedUs, worthShare * direction.durationUs);

export const meanUs = ({us, count}: Pick<PausesOf, 'us' | 'count'>): number =>
  count === 0 ? 0 : Math.round(us / count);

/**
 * Tells whether somebody types, or a master polls: many messages of a few octets with pauses between them. Such a session waits for
 * nothing.
 */
export const isUnhurried = ({connection}: Pick<Direction, 'connection'>): boolean => {
  const {turns, client} = connection;
  if (!turns) return false;
  const replies = turns.replies[client];
  if (replies.count < 6) return false;
  const octets = connection.half(client).payloadBytes / replies.count;
  return octets < 100 && replies.us > 0.5 * (turns.lastUs - turns.firstUs);
};
