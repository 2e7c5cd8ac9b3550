// What a rule of TCP went by, from the effect that names it and the event that the step was about.
import {flightSize} from '../stack/tcp/congestion.ts';
import type {Connection} from '../stack/tcp/connection.ts';
import type {TcpEvent} from '../stack/tcp/effect.ts';
import {endOf, has, leftOut, segmentsInFlight, Tag} from '../stack/tcp/flight.ts';
import {pipe} from '../stack/tcp/recovery.ts';
import {unsentBytes} from '../stack/tcp/segmentise.ts';
import type {ToldEffect} from '../stack/tcp/turn.ts';
import {seqDiff} from '../wire/seq.ts';
import type {Operands} from './trace.ts';

/** undefined: there is no connection. */
export const operandsIn = (effect: ToldEffect, event: TcpEvent): Operands | undefined => {
  if (effect.operands === undefined) return undefined;
  const {before, after} = effect.operands;
  const own = effect.kind === 'send' ? effect.segment : undefined;
  return {before, after, segment: event.kind === 'segment' ? event.segment : own};
};

/** Where segments are marked one by one, whole segments count; those of a burst are listed once all have left. */
const onTheWay = (tcb: Connection): number => {
  const last = tcb.retransmissionQueue.at(-1);
  if (last === undefined || leftOut(tcb) + tcb.flight.resent === 0) return pipe(tcb);
  return segmentsInFlight(tcb) * tcb.mss + seqDiff(tcb.snd.nxt, endOf(last));
};

/** What rules work out of a connection before they compare, in bytes. */
export const sizesOf = {
  flight: flightSize,
  flightSize,
  pipe: onTheWay,
  unsent: unsentBytes,
} as const satisfies {
  readonly [symbol: string]: (tcb: Connection) => number;
};

/** Is what begins there taken for lost, and has not left again since? */
export const isTakenForLost = ({retransmissionQueue}: Connection, seq: number): boolean =>
  retransmissionQueue
    .slice()
    .some((entry) => entry.seq === seq && has(entry, Tag.lost) && !has(entry, Tag.resent));
