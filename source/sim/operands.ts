// What a rule of TCP went by, from the effect that names it and the event that the step was about.
import {finTaken} from '../stack/tcp/cases.ts';
import {flightSize} from '../stack/tcp/congestion.ts';
import type {Connection} from '../stack/tcp/connection.ts';
import type {TcpEvent} from '../stack/tcp/effect.ts';
import {has, Tag} from '../stack/tcp/flight.ts';
import {onTheWay} from '../stack/tcp/recovery.ts';
import {keeperOf, unsentBytes} from '../stack/tcp/segmentise.ts';
import type {ToldEffect} from '../stack/tcp/turn.ts';
import type {Operands} from './trace.ts';

/** undefined: there is no connection. */
export const operandsIn = (effect: ToldEffect, event: TcpEvent): Operands | undefined => {
  if (effect.operands === undefined) return undefined;
  const {before, after} = effect.operands;
  const own = effect.kind === 'send' ? effect.segment : undefined;
  return {before, after, segment: event.kind === 'segment' ? event.segment : own};
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

/** Returns what keeps data waiting, by the rule with which the wait is marked. */
export const keptBy = keeperOf;

/** Whether the number before RCV.NXT is that of the peer’s FIN. */
export const hasTakenFin = ({state}: Connection): boolean => finTaken.has(state);

/** Is what begins there taken for lost, and has not left again since? */
export const isTakenForLost = ({retransmissionQueue}: Connection, seq: number): boolean =>
  retransmissionQueue
    .slice()
    .some((entry) => entry.seq === seq && has(entry, Tag.lost) && !has(entry, Tag.resent));
