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

/** The client first. */
export const endsFrom = (connection: ObservedConnection): readonly [Endpoint, Endpoint] => [
  clientOf(connection),
  serverOf(connection),
];

export const endpointKey = ({address, port}: Endpoint): string => `${address} ${port}`;

export const isSix = (address: string): boolean => address.includes(':');

/** Octets of data, both ways. */
export const octetsOn = (connection: ObservedConnection): number =>
  connection.half(0).payloadBytes + connection.half(1).payloadBytes;

/** The client has asked, and it never opened. */
export const isBegun = ({course, client}: ObservedConnection): boolean =>
  ['unanswered', 'half-open'].includes(course.opening(client));

/** Both ends have said more than SYN, or the capture begins when they had. */
export const isOpened = ({course, client}: ObservedConnection): boolean =>
  ['complete', 'simultaneous', 'not-captured'].includes(course.opening(client));

/** The capture was taken on the host of this end: what it says at once shows that. */
export const isAt = ({flightTimes}: ObservedConnection, side: Side): boolean =>
  bearingOf(flightTimes.rounds)?.exact[side] ?? false;

/** Octets of data: no link is so narrow that a packet with fewer does not pass (RFC 791 §3.1: 576 octets with headers). */
export const leastLarge = 524;
/** It was heard of just before the first of those that it does not answer; in microseconds. */
const aliveUs = 1_000_000;

/**
 * Returns the sizes that do not pass though smaller ones did: the receiver went on speaking, or it had spoken a moment before the first
 * large one, so that it is there.
 */
export const narrowIn = (connection: ObservedConnection, side: Side): Stuck | undefined => {
  const {stuck} = connection.half(side).reasons.sizes;
  if (!stuck || stuck.large < leastLarge) return undefined;
  const waiting = connection.notes.lastStand.waiting(side);
  return stuck.heard || (waiting !== undefined && waiting.quietUs < aliveUs) ? stuck : undefined;
};
