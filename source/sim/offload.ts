// Joins the segments that TCP sends in one step into the large packets that a host gives to its network card, if both ends offload (TSO,
// GRO). The card cuts them for the wire and the other card joins them again, so a capture on either host shows large packets. They end
// where Linux sets PSH (large-packet.ts).

import type {ToldEffect} from '../stack/tcp/turn.ts';
import {type Rope, ropeConcat} from '../wire/rope.ts';
import {seqAdd} from '../wire/seq.ts';
import {TcpFlag} from '../wire/tcp.ts';
import type {Plan} from './draft.ts';
import {routeTo} from './topology.ts';

type Send = Extract<ToldEffect, {kind: 'send'}>;

/** The TCP flags that only the last segment of a large packet carries. */
const lastOnly = TcpFlag.PSH | TcpFlag.FIN;

const continues = ({segment: a, retransmission}: Send, {segment: b, retransmission: again}: Send): boolean =>
  !retransmission &&
  !again &&
  (a.flags & (lastOnly | TcpFlag.SYN)) === 0 &&
  a.flags === (b.flags & ~lastOnly) &&
  a.payload.length > 0 &&
  b.payload.length > 0 &&
  a.dstPort === b.dstPort &&
  b.seq === seqAdd(a.seq, a.payload.length) &&
  b.ack === a.ack;

const join = (a: Send, b: Send): Send => {
  const payload: Rope = ropeConcat(a.segment.payload, b.segment.payload);
  // The values that the rule used are those before the first segment and after the last one.
  const operands = a.operands && b.operands && {...b.operands, before: a.operands.before};
  return {...a, segment: {...a.segment, flags: b.segment.flags, payload}, ...(operands && {operands})};
};

/**
 * Tells whether segments to this destination may be joined: it is on the same link and its card joins segments, too. A router between them
 * would have to see the single segments.
 */
const isOffloaded = ({settings, topology}: Plan, host: string, {dst}: Send): boolean => {
  const owner = topology.ownerOf.get(dst);
  const far = owner === undefined ? undefined : settings.get(owner);
  return far?.offload === true && routeTo(topology, host, dst)?.nextHop === dst;
};

/**
 * Returns the effects of a step of TCP as the host gives them to its network card: with offload, segments are joined into large packets,
 * and the card completes their checksums.
 */
export const offloaded = (
  plan: Plan,
  host: string,
  effects: readonly ToldEffect[],
): readonly ToldEffect[] => {
  if (plan.settings.get(host)?.offload !== true) return effects;
  const given: ToldEffect[] = [];
  for (const effect of effects) {
    const last = given.at(-1);
    if (effect.kind !== 'send' || !isOffloaded(plan, host, effect)) given.push(effect);
    else if (last?.kind === 'send' && continues(last, effect)) given.splice(-1, 1, join(last, effect));
    else given.push({...effect, segment: {...effect.segment, checksum: 'partial'}});
  }
  return given;
};
