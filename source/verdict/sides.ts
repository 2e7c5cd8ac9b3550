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

/** Returns both ends, the client first. */
export const endsFrom = (connection: ObservedConnection): readonly [Endpoint, Endpoint] => [
  clientOf(connection),
  serverOf(connection),
];

export const endpointKey = ({address, port}: Endpoint): string => `${address} ${port}`;

export const isSix = (address: string): boolean => address.includes(':');

/** Returns the octets of data in both directions. */
export const octetsOn = (connection: ObservedConnection): number =>
  connection.half(0).payloadBytes + connection.half(1).payloadBytes;

/** Tells whether the client has sent a SYN and the connection never opened. */
export const isBegun = ({course, client}: ObservedConnection): boolean =>
  ['unanswered', 'half-open'].includes(course.opening(client));

/** Tells whether both ends have sent more than a SYN, or the capture begins after that. */
export const isOpened = ({course, client}: ObservedConnection): boolean =>
  ['complete', 'simultaneous', 'not-captured'].includes(course.opening(client));

/** Tells whether the capture was taken on the host of this end, which its immediate answers show. */
export const isAt = ({flightTimes}: ObservedConnection, side: Side): boolean =>
  bearingOf(flightTimes.rounds)?.exact[side] ?? false;

/** The octets of data that pass every link (RFC 791 §3.1: 576 octets with headers). */
export const leastLarge = 524;
/** The longest time in µs between the last sign of life and the first unanswered segment of an end that is alive. */
const aliveUs = 1_000_000;

/**
 * Returns the sizes that do not pass although smaller ones did, if the receiver is alive: it continued to send, or had sent something a
 * moment before the first large segment.
 */
export const narrowIn = (connection: ObservedConnection, side: Side): Stuck | undefined => {
  const {stuck} = connection.half(side).reasons.sizes;
  if (!stuck || stuck.large < leastLarge) return undefined;
  const waiting = connection.notes.lastStand.waiting(side);
  return stuck.heard || (waiting !== undefined && waiting.quietUs < aliveUs) ? stuck : undefined;
};
