// The variables of a connection by their RFC names: what the endpoints panel lists and what formulas speak of.
import {sizesOf} from '../../sim/operands.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import type {Seq} from '../../wire/seq.ts';
import {formatTime} from '../../words/format.ts';

/** In the order in which the endpoints panel lists them. */
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

/** The same of an end that is only watched: what it decides in silence is not there. */
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
  /** Of a sequence number: the ISN that relative numbers count from. */
  readonly base?: Seq | undefined;
  /** In whole µs. */
  readonly isTime?: true;
};

const time = (us: number | undefined): Quantity | undefined =>
  us === undefined ? undefined : {value: us, isTime: true};

/** *recover* of RFC 6582: SND.NXT when the loss was noticed. Outside a recovery there is none. */
const recoverOf = ({loss, episode}: Connection): Seq | undefined =>
  loss.phase === 'fast' ? loss.point : episode.state === 'recovery' ? episode.point : undefined;

/** undefined: no such variable, or it has no value yet. */
export const variableOf = (name: string, tcb: Connection): Quantity | undefined => {
  const {iss, irs, snd, rcv} = tcb;
  switch (name) {
    case 'snd.una':
      return {value: snd.una, base: iss};
    case 'snd.nxt':
      return {value: snd.nxt, base: iss};
    case 'recover': {
      const recover = recoverOf(tcb);
      return recover === undefined ? undefined : {value: recover, base: iss};
    }
    case 'snd.wnd':
      return {value: snd.wnd};
    case 'rcv.nxt':
      return {value: rcv.nxt, base: irs};
    case 'rcv.wnd':
      return {value: rcv.wnd};
    case 'iss':
      return {value: iss, base: iss};
    case 'irs':
      return {value: irs, base: irs};
    case 'cwnd':
      return {value: tcb.cwnd};
    case 'ssthresh':
      return {value: tcb.ssthresh};
    case 'flight':
    case 'flightSize':
    case 'pipe':
    case 'unsent':
      return {value: sizesOf[name](tcb)};
    case 'mss':
      return {value: tcb.mss};
    case 'scale':
      return {value: 1 << tcb.scale.snd};
    case 'rcv.scale':
      return {value: 1 << tcb.scale.rcv};
    case 'rto':
      return time(tcb.rtoUs);
    case 'srtt':
      return time(tcb.srttUs);
    case 'rttvar':
      return time(tcb.rttvarUs);
    default:
      return undefined;
  }
};

export const quantityText = ({value, base, isTime}: Quantity, relative: boolean): string => {
  if (isTime) return formatTime(value);
  return String(relative && base !== undefined ? (value - base) >>> 0 : value);
};
