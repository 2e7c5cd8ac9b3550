// The two ends of a conversation of a capture: which is the client, and what both have carried.
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

/** Of data, both ways. */
export const bytesOn = (connection: ObservedConnection): number =>
  connection.half(0).payloadBytes + connection.half(1).payloadBytes;
