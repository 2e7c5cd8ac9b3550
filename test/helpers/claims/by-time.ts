// What is said of senders that go by time (RFC 8985), judged by raw events: tail loss probes, and what RACK takes for lost.
import {segLen, type TcpSegment} from '../../../source/wire/tcp.ts';
import {isThing, sendsAgain, thingEn, thingZh} from './path.ts';
import {type Row, row} from './said.ts';
import type {Passing} from './seen.ts';

type Numbers = {readonly seq: number; readonly end: number};

const numbersOf = (segment: TcpSegment): Numbers => ({seq: segment.seq, end: segment.seq + segLen(segment)});

/** An acknowledgment or a SACK block of anything there. */
const tells = ({ack, options}: TcpSegment, {seq, end}: Numbers): boolean => {
  const blocks = options.flatMap((option) => (option.kind === 'sack' ? option.blocks : []));
  return (
    ((ack - seq) | 0) > 0 || blocks.some(({left, right}) => ((right - seq) | 0) > 0 && ((end - left) | 0) > 0)
  );
};

/**
 * What left after the last sending of these numbers, and of what left with them what has higher ones (RFC 8985 §6.2, RACK_sent_after);
 * a large packet of an offloading host carries several segments.
 */
const sentAfter = (own: readonly Passing[], {segment, event}: Passing): readonly Numbers[] => {
  const {seq, end} = numbersOf(segment);
  const before = own.findLast((each) => {
    const its = numbersOf(each.segment);
    return each.event.n < event.n && ((seq - its.seq) | 0) >= 0 && ((its.end - end) | 0) >= 0;
  });
  if (!before) return [];
  return own.flatMap((each): readonly Numbers[] => {
    const its = numbersOf(each.segment);
    if (each.event.atUs > before.event.atUs || each.event.n > before.event.n) return [its];
    return each.event.n === before.event.n && ((its.end - end) | 0) > 0 ? [{seq: end, end: its.end}] : [];
  });
};

export const byTimeRows: readonly Row[] = [
  row(
    `After @wait without an ACK <host> sends ${thingEn} again, as a tail loss probe \\(TLP\\)`,
    `@wait 没有等到 ACK，<host>把 ?${thingZh}再发一次，作为尾部丢失探测（TLP）`,
    (said) => ({
      ...sendsAgain(said),
      'the probe timer runs out': said
        .fired(said.host())
        .some(({name, ranUs}) => name === 'TLP' && said.isTime('wait', ranUs)),
    }),
  ),
  row('If none comes, its RTO runs out at @at', '若等不到，RTO 在 @at 超时', (said) => ({
    'RTO is set for then': said
      .now('timer')
      .some(({name, op, dueUs}) => name === 'RTO' && op === 'arm' && said.isTime('at', dueUs)),
  })),
  row(
    `What left later has arrived, and time enough has passed: <host> sends ${thingEn} again, as lost \\(RACK\\)`,
    `更晚发出的已经到达，时间也等够了：<host>判定 ?${thingZh}丢失（RACK），再发一次`,
    (said) => {
      const host = said.host();
      const own = said.sentEver(host);
      const heard = said.cameEver(host).map(({segment}) => segment);
      const now = said.sent(host).filter(({segment, event}) => isThing(said, segment, event.packet));
      return {
        ...sendsAgain(said),
        'what left later is acknowledged or SACKed': now.some((each) =>
          sentAfter(own, each).some((later) => heard.some((ack) => tells(ack, later))),
        ),
        'RTO did not run out': said.fired(said.host()).every(({name}) => name !== 'RTO'),
      };
    },
  ),
];
