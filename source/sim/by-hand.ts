// Lets the learner play a simulated host: its TCP receives as usual, but the learner chooses flags, sequence and acknowledgment number of
// each segment that it sends. The stack's own segment is kept, because it is the right answer.
import {emptyRope, type Rope, ropeOf} from '../wire/rope.ts';
import {seq} from '../wire/seq.ts';
import {hasFlag, TcpFlag, type TcpSegment} from '../wire/tcp.ts';
import {offsetText} from './byte-stream.ts';
import type {Draft} from './draft.ts';
import type {Hand, OwnSegment} from './own-segment.ts';

const noTurns: Hand = {turns: 0, silent: false};

export const isByHand = ({plan}: Draft, host: string): boolean => plan.scenario.byHand?.host === host;

const onlyInSyn: readonly string[] = ['mss', 'windowScale', 'sackPermitted'];

const dataOf = ({flags, length}: OwnSegment, real: TcpSegment): Rope => {
  if (length !== undefined) return ropeOf(offsetText, 0, length);
  return flags.includes('RST') || flags.includes('SYN') ? emptyRope : real.payload;
};

/**
 * Returns PSH if the learner's segment has data and the stack would push them; the flag is no choice of the learner's (RFC 9293 §3.9.1.2).
 */
const pushOf = (own: OwnSegment, real: TcpSegment): number =>
  dataOf(own, real).length > 0 ? real.flags & TcpFlag.PSH : 0;

/**
 * Returns the learner's segment as it is sent: ports, window and options are the stack's; without SYN, options that only a SYN may have are
 * left out.
 */
const segmentFor = (own: OwnSegment, real: TcpSegment): TcpSegment => ({
  ...real,
  seq: own.seq,
  ack: own.flags.includes('ACK') ? own.ack : seq(0),
  flags: own.flags.reduce((sum, name) => sum | TcpFlag[name], pushOf(own, real)),
  options: own.flags.includes('SYN')
    ? real.options
    : real.options.filter(({kind}) => !onlyInSyn.includes(kind)),
  payload: dataOf(own, real),
});

/** The segment that a host sends; `inPlaceOf` is the stack's own segment if the learner's is sent instead. */
export type Chosen = {readonly segment: TcpSegment; readonly inPlaceOf?: TcpSegment};

/**
 * Returns what the host sends where its stack would send `real`; undefined if it sends nothing, because the learner has not chosen yet or
 * has reset the connection.
 */
export const chosenFor = (draft: Draft, host: string, real: TcpSegment): Chosen | undefined => {
  const {byHand} = draft.plan.scenario;
  if (byHand?.host !== host) return {segment: real};
  const {turns, silent, open} = draft.world.hand ?? noTurns;
  if (silent || open) return undefined;
  const after = {turns: turns + 1, silent: false};
  if (after.turns < byHand.from) {
    draft.world = {...draft.world, hand: after};
    return {segment: real};
  }
  const own = byHand.segments[after.turns - byHand.from];
  const hand = own
    ? {...after, silent: own.flags.includes('RST') && !hasFlag(real, 'RST')}
    : {turns, silent, open: real};
  draft.world = {...draft.world, hand};
  return own && {segment: segmentFor(own, real), inPlaceOf: real};
};
