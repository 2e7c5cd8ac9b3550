// Collects the values (operands) that a rule of TCP compared or computed with, for explaining an event to the learner.
import {finTaken} from '../stack/tcp/cases.ts';
import {flightSize} from '../stack/tcp/congestion.ts';
import type {Connection} from '../stack/tcp/connection.ts';
import type {TcpEvent} from '../stack/tcp/effect.ts';
import {has, Tag} from '../stack/tcp/flight.ts';
import {onTheWay} from '../stack/tcp/recovery.ts';
import {keeperOf, unsentBytes} from '../stack/tcp/segmentise.ts';
import type {ToldEffect} from '../stack/tcp/turn.ts';
import type {Operands} from './trace.ts';

/**
 * Returns the connection before and after a rule of TCP was applied, and the segment that it was about; undefined if there is no
 * connection.
 */
export const operandsIn = (effect: ToldEffect, event: TcpEvent): Operands | undefined => {
  if (effect.operands === undefined) return undefined;
  const {before, after} = effect.operands;
  const own = effect.kind === 'send' ? effect.segment : undefined;
  return {before, after, segment: event.kind === 'segment' ? event.segment : own};
};

/** The sizes in bytes that rules of TCP compute from a connection, by the symbols in the rules' formulas. */
export const sizesOf = {
  flight: flightSize,
  flightSize,
  pipe: onTheWay,
  unsent: unsentBytes,
} as const satisfies {
  readonly [symbol: string]: (tcb: Connection) => number;
};

/**
 * Returns the name of what keeps data waiting, such as `nagle`, by the rule with which the wait is marked; undefined for any other rule.
 */
export const keptBy = keeperOf;

/** Tells whether a connection has received the peer's FIN, so that the number before RCV.NXT is the FIN's. */
export const hasTakenFin = ({state}: Connection): boolean => finTaken.has(state);

/** Tells whether the segment that begins at this sequence number counts as lost and has not been retransmitted since. */
export const isTakenForLost = ({retransmissionQueue}: Connection, seq: number): boolean =>
  retransmissionQueue
    .slice()
    .some((entry) => entry.seq === seq && has(entry, Tag.lost) && !has(entry, Tag.resent));
