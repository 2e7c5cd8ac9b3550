// Finds what has arrived at a host: the packet as it was on arrival, and the connection of its segment.
import {passedOn} from '../../observe/came.ts';
import type {EventOf, Trace} from '../../sim/trace.ts';
import {farEndOf} from '../../wire/connection-id.ts';
import type {Frame} from '../../wire/frame.ts';
import type {TcpSegment} from '../../wire/tcp.ts';
import {entryAt} from '../entries.ts';
import {packetOf, segmentOf} from '../packet.ts';

/** Returns the frame as it arrived, with what a fault or a router on the way has changed. */
export const frameCome = (trace: Trace, arrival: EventOf<'arrive'>): Frame | undefined =>
  arrival.altered ?? passedOn(trace, arrival) ?? packetOf(trace, arrival.packet).frame;

export const segmentCome = (trace: Trace, arrival: EventOf<'arrive'>): TcpSegment | undefined =>
  segmentOf({frame: frameCome(trace, arrival)});

/**
 * Returns the receiver of an arriving segment: its host, the host that sent the segment, and the receiver's name for the connection.
 * Undefined if it has not arrived at its receiver.
 */
export const takerOf = (
  trace: Trace,
  {host, packet}: EventOf<'arrive'>,
): {readonly host: string; readonly peer: string; readonly connection: string} | undefined => {
  if (packet < 1) return undefined;
  const {from: peer, to, sendEvent} = packetOf(trace, packet);
  const theirs = entryAt(trace, sendEvent).connection;
  return to === host && theirs !== undefined ? {host, peer, connection: farEndOf(theirs)} : undefined;
};
