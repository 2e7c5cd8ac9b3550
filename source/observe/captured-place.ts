// Where a frame of a capture stands in its file, and what was found out about it while it was read.
import type {Recorded} from '../sim/trace.ts';
import type {LinkType} from '../wire/layer.ts';
import type {Side} from './connections.ts';
import type {ObservedConnection} from './observed-connection.ts';

/** A TCP connection by its number; UDP's conversations by theirs, negative. */
export type Conversation = number;

/** Of each frame: what it takes to find it again, and what was found out about it at once. */
export type Place = {
  /** In the capture. */
  readonly frame: number;
  readonly atUs: number;
  readonly offset: number;
  readonly length: number;
  readonly originalLength: number;
  readonly linkType: LinkType;
  readonly from: string;
  readonly to: string;
  /** Whose end sends it; undefined: no TCP. */
  readonly connection: ObservedConnection | undefined;
  readonly side: Side;
  /** It has come through IP: what the network says to itself has no way. */
  readonly isIp: boolean;
  /** Meant for whoever listens. */
  readonly forMany: boolean;
  readonly marks: number;
  /** 0: it belongs to none. */
  readonly conversation: Conversation;
  readonly recorded: Recorded;
};
