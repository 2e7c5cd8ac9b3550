// The two ends of a connection: which side each is, how it opened, and what both have carried.
import type {Side} from '../observe/connections.ts';
import type {Endpoint, ObservedConnection} from '../observe/observed-connection.ts';
import type {Stuck} from '../observe/stuck-sizes.ts';
import {bearingOf} from '../observe/vantage.ts';

export const sides = [0, 1] as const;

export const other = (side: Side): Side => (side === 0 ? 1 : 0);

export type Role = 'client' | 'server';

export const roleOf = (side: Side, {client}: Pick<ObservedConnection, 'client'>): Role =>
  side === client ? 'client' : 'server';

export const clientOf = ({client, ends}: ObservedConnection): Endpoint => ends[client];
export const serverOf = ({client, ends}: ObservedConnection): Endpoint => ends[other(client)];

/** Returns both ends of a TCP connection, the client first. */
export const endsFrom = (connection: ObservedConnection): readonly [Endpoint, Endpoint] => [
  clientOf(connection),
  serverOf(connection),
];

export const endpointKey = ({address, port}: Endpoint): string => `${address} ${port}`;

export const isSix = (address: string): boolean => address.includes(':');

/** Returns the number of octets of data that a TCP connection carried in both directions together. */
export const octetsOn = (connection: ObservedConnection): number =>
  connection.half(0).payloadBytes + connection.half(1).payloadBytes;

/** Tells whether the file lacks octets of this end that the other end acknowledged; one missing number may be that of a FIN. */
export const lacksOctets = (connection: ObservedConnection, side: Side): boolean => {
  const {heard} = connection.half(other(side));
  return heard !== undefined && connection.half(side).ranges.missing(heard.ack) > 1;
};

/** Tells whether a TCP connection was begun by a SYN but did not get further than a SYN,ACK. */
export const isBegun = ({course, client}: ObservedConnection): boolean =>
  ['unanswered', 'half-open'].includes(course.opening(client));

/**
 * Tells whether a TCP connection opened: by a complete handshake, by SYNs of both ends (simultaneous open), or before the capture began.
 */
export const isOpened = ({course, client}: ObservedConnection): boolean =>
  ['complete', 'simultaneous', 'not-captured'].includes(course.opening(client));

/** Tells whether the capture was taken on the host of this end, which its immediate answers show. */
export const isAt = ({flightTimes}: ObservedConnection, side: Side): boolean =>
  bearingOf(flightTimes.rounds)?.exact[side] ?? false;

/**
 * The number of octets of data in a TCP segment that fits every IPv4 link: a datagram of 576 octets with headers (RFC 791 §3.1). Only
 * larger segments can be too large for a path.
 */
export const leastLarge = 524;
/** The longest time in µs for which an end may have been silent before the first unanswered segment and still counts as alive. */
const aliveUs = 1_000_000;

/**
 * Returns the size of segments that did not get through and the largest that did, if the receiver is alive: it sent something later, or had
 * just done so. Undefined if size is not the problem.
 */
export const narrowIn = (connection: ObservedConnection, side: Side): Stuck | undefined => {
  const {stuck} = connection.reasons(side).sizes;
  if (!stuck || stuck.large < leastLarge) return undefined;
  const waiting = connection.notes.lastStand.waiting(side);
  return stuck.heard || (waiting !== undefined && waiting.quietUs < aliveUs) ? stuck : undefined;
};
