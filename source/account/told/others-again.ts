// Finds the segments that are retransmitted in the same instant as the one that the account tells.

import type {EventOf, Trace} from '../../sim/trace.ts';
import {seqAdd} from '../../wire/seq.ts';
import {packetOf, segmentOf} from '../packet.ts';
import type {Moment} from './memory.ts';
import {sendsIn} from './moment.ts';
import {needlessOf} from './needless.ts';
import type {Others} from './path-facts.ts';

/** Returns the range of data in these segments if they are adjacent; undefined if there is a gap or a segment without data. */
const rangeOf = (trace: Trace, sends: readonly EventOf<'send'>[]): Others['range'] => {
  const segments = sends.flatMap(({packet}) => segmentOf(packetOf(trace, packet)) ?? []);
  const [first] = segments;
  let end = first?.seq;
  for (const {seq, payload} of segments) {
    if (seq !== end || payload.length === 0) return undefined;
    end = seqAdd(seq, payload.length);
  }
  return first && {seq: first.seq, bytes: segments.reduce((sum, {payload}) => sum + payload.length, 0)};
};

const isVain = (trace: Trace, send: EventOf<'send'>): boolean =>
  /^(?:late|acknowledged)$/.test(needlessOf(trace, send) ?? '');

export const othersAgain = (moment: Moment, own: EventOf<'send'>): Others => {
  const {trace} = moment;
  const sends = sendsIn(moment, own.host).filter(
    ({retransmission, connection, packet}) =>
      retransmission && connection === own.connection && packet !== own.packet,
  );
  return {
    packets: sends.map(({packet}) => packet),
    range: rangeOf(trace, sends),
    marked: sends.every(({because}) => because === '8985:6.2/lost'),
    needless: sends.length > 0 && [own, ...sends].every((send) => isVain(trace, send)),
  };
};
