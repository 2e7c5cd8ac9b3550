// A frame's place in the capture file, and what was found out about the frame while it was read.
import type {Recorded} from '../sim/trace.ts';
import type {LinkType} from '../wire/layer.ts';
import type {Side} from './connections.ts';
import type {ObservedConnection} from './observed-connection.ts';

/** The number of a conversation in a capture: positive for a TCP connection, negative for a UDP conversation, 0 for none. */
export type Conversation = number;

/** The position of a frame in the capture file, by which it is read again, and what was found out about it when it was first read. */
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
  /** The TCP connection to which the frame belongs; undefined if it does not carry TCP. */
  readonly connection: ObservedConnection | undefined;
  readonly side: Side;
  /** True if the frame carries IP between hosts; false for ARP and neighbor discovery, whose two ends are one link away. */
  readonly isIp: boolean;
  /** True if the frame is multicast or broadcast. */
  readonly forMany: boolean;
  readonly marks: number;
  /** The number of the conversation to which the frame belongs; 0 if it belongs to none. */
  readonly conversation: Conversation;
  readonly recorded: Recorded;
};
