// What is said of senders that go by time (RFC 8985), judged by raw events: tail loss probes, and what RACK takes for lost.
import {isThing, sendsAgain, thingEn, thingZh} from './path.ts';
import {type Row, row} from './said.ts';

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
      const first = said
        .sentEver(said.host())
        .find(({segment, event}) => isThing(said, segment, event.packet));
      const behind = said
        .cameEver(said.host())
        .flatMap(({segment}) => segment.options)
        .flatMap((option) => (option.kind === 'sack' ? option.blocks : []));
      return {
        ...sendsAgain(said),
        'SACK tells of what left later': behind.some(
          ({right}) => first !== undefined && ((right - first.segment.seq) | 0) > 0,
        ),
        'RTO did not run out': said.fired(said.host()).every(({name}) => name !== 'RTO'),
      };
    },
  ),
];
