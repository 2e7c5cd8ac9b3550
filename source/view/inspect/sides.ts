// The two ends of a conversation of a capture: which is the client, what both have carried, and whether it opened at all.
import type {Endpoint, ObservedConnection} from '../../observe/observed-connection.ts';

export const sides = [0, 1] as const;

export type Side = (typeof sides)[number];

export const other = (side: Side): Side => (side === 0 ? 1 : 0);

export const roleOf = (side: Side | undefined, {client}: {readonly client: Side}): 'client' | 'server' =>
  side === client ? 'client' : 'server';

/** The client first. */
export const endsFrom = ({
  ends,
  client,
}: Pick<ObservedConnection, 'ends' | 'client'>): readonly [Endpoint, Endpoint] =>
  client === 0 ? ends : [ends[1], ends[0]];

export const serverOf = ({client, ends}: ObservedConnection): Endpoint => ends[other(client)];

/** Of data, both ways. */
export const bytesOn = (connection: ObservedConnection): number =>
  connection.half(0).payloadBytes + connection.half(1).payloadBytes;

/** The client has asked, and it never opened. */
export const isBegun = ({course, client}: ObservedConnection): boolean =>
  ['unanswered', 'half-open'].includes(course.opening(client));

export const isOpened = (connection: ObservedConnection): boolean =>
  !isBegun(connection) && connection.course.opening(connection.client) !== 'refused';
