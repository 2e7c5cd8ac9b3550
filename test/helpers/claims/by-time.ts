// What is said of senders that go by time (RFC 8985), judged by raw events: tail loss probes, and what RACK takes for lost.
import type {TcpSegment} from '../../../source/wire/tcp.ts';
import {isThing, sendsAgain, thingEn, thingZh} from './path.ts';
import {type Row, row} from './said.ts';

const tells = ({ack, options}: TcpSegment, {seq, payload}: TcpSegment): boolean => {
  const end = seq + payload.length;
  const blocks = options.flatMap((option) => (option.kind === 'sack' ? option.blocks : []));
  return (
    ((ack - end) | 0) >= 0 ||
    blocks.some(({left, right}) => ((seq - left) | 0) >= 0 && ((right - end) | 0) >= 0)
  );
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
      const [now] = said.sent(host).filter(({segment, event}) => isThing(said, segment, event.packet));
      const before = own.findLast(
        ({segment, event}) => isThing(said, segment, event.packet) && event.n < (now?.event.n ?? 0),
      );
      const later = own.filter(({event}) => event.n > (before?.event.n ?? Number.POSITIVE_INFINITY));
      const heard = said.cameEver(host).map(({segment}) => segment);
      return {
        ...sendsAgain(said),
        'what left later is acknowledged or SACKed': later.some(({segment}) =>
          heard.some((ack) => tells(ack, segment)),
        ),
        'RTO did not run out': said.fired(said.host()).every(({name}) => name !== 'RTO'),
      };
    },
  ),
];
