// The variables of a TCP connection by their RFC names, which the endpoints panel lists and formulas use.
import {sizesOf} from '../../sim/operands.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import type {Seq} from '../../wire/seq.ts';
import {formatTime} from '../../words/format.ts';

/** The names of the TCP variables of a simulated connection, in the order of the endpoints panel. */
export const variableNames = [
  'snd.una',
  'snd.nxt',
  'rcv.nxt',
  'snd.wnd',
  'rcv.wnd',
  'rto',
  'cwnd',
  'ssthresh',
  'flightSize',
  'srtt',
  'rttvar',
  'mss',
  'iss',
  'irs',
] as const;
export type VariableName = (typeof variableNames)[number];

/** The names of the TCP variables that the packets of a captured connection show, in the order of the endpoints panel. */
export const observedNames = [
  'snd.una',
  'snd.nxt',
  'rcv.nxt',
  'snd.wnd',
  'rcv.wnd',
  'flightSize',
  'rtt',
  'sacked',
  'mss',
  'scale',
  'SACK',
  'timestamps',
  'iss',
  'irs',
] as const;
export type ObservedName = (typeof observedNames)[number];

export type Quantity = {
  readonly value: number;
  /** The initial sequence number from which relative numbers count; absent if the value is no sequence number. */
  readonly base?: Seq | undefined;
  /** True if the value of the variable is a time in µs. */
  readonly isTime?: true;
};

const time = (us: number | undefined): Quantity | undefined =>
  us === undefined ? undefined : {value: us, isTime: true};

/** Returns *recover* of RFC 6582, the value of SND.NXT when the loss was noticed; undefined if the connection is in no recovery. */
const recoverOf = ({loss, episode, iss}: Connection): Quantity | undefined => {
  if (loss.phase === 'fast') return {value: loss.point, base: iss};
  return episode.state === 'recovery' ? {value: episode.point, base: iss} : undefined;
};

const quantities: {readonly [name: string]: (tcb: Connection) => Quantity | undefined} = {
  'snd.una': ({snd, iss}) => ({value: snd.una, base: iss}),
  'snd.nxt': ({snd, iss}) => ({value: snd.nxt, base: iss}),
  recover: recoverOf,
  'snd.wnd': ({snd}) => ({value: snd.wnd}),
  'rcv.nxt': ({rcv, irs}) => ({value: rcv.nxt, base: irs}),
  'rcv.wnd': ({rcv}) => ({value: rcv.wnd}),
  iss: ({iss}) => ({value: iss, base: iss}),
  irs: ({irs}) => ({value: irs, base: irs}),
  cwnd: ({cwnd}) => ({value: cwnd}),
  ssthresh: ({ssthresh}) => ({value: ssthresh}),
  flight: (tcb) => ({value: sizesOf.flight(tcb)}),
  flightSize: (tcb) => ({value: sizesOf.flightSize(tcb)}),
  pipe: (tcb) => ({value: sizesOf.pipe(tcb)}),
  unsent: (tcb) => ({value: sizesOf.unsent(tcb)}),
  mss: ({mss}) => ({value: mss}),
  scale: ({scale}) => ({value: 1 << scale.snd}),
  'rcv.scale': ({scale}) => ({value: 1 << scale.rcv}),
  rto: ({rtoUs}) => time(rtoUs),
  srtt: ({srttUs}) => time(srttUs),
  rttvar: ({rttvarUs}) => time(rttvarUs),
};

/** Returns the value of a TCP variable by its name; undefined if there is no such variable, or if it has no value yet. */
export const variableOf = (name: string, tcb: Connection): Quantity | undefined => quantities[name]?.(tcb);

export const quantityText = ({value, base, isTime}: Quantity, relative: boolean): string => {
  if (isTime) return formatTime(value);
  return String(relative && base !== undefined ? (value - base) >>> 0 : value);
};
