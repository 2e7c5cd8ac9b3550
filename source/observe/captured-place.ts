// A frame's place in the capture file, and what was found out about the frame while it was read.
import type {Recorded} from '../sim/trace.ts';
import type {LinkType} from '../wire/layer.ts';
import type {Side} from './connections.ts';
import type {ObservedConnection} from './observed-connection.ts';

/** The number of a conversation: positive for a TCP connection, negative for a UDP conversation. */
export type Conversation = number;

/** The place at which a frame is found again, and everything that was found out about it at once. */
export type Place = {
  /** The number of the frame in the capture, counted from 1. */
  readonly frame: number;
  readonly atUs: number;
  readonly offset: number;
  readonly length: number;
  readonly originalLength: number;
  readonly linkType: LinkType;
  readonly from: string;
  readonly to: string;
  /** The connection whose end sends the frame; undefined if the frame does not carry TCP. */
  readonly connection: ObservedConnection | undefined;
  readonly side: Side;
  /** True if the frame came through IP. Frames that a network only sends to itself have no way through it. */
  readonly isIp: boolean;
  /** True if the frame is multicast or broadcast. */
  readonly forMany: boolean;
  readonly marks: number;
  /** The conversation that the frame belongs to; 0 if it belongs to none. */
  readonly conversation: Conversation;
  readonly recorded: Recorded;
};
