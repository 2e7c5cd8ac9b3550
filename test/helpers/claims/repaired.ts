// Claims that a repair is over (RFC 6582 §3.2 step 3, RFC 6675 §5): since when, by which number, and what cwnd is then.
import {hasFlag} from '../../../source/wire/tcp.ts';
import {type Facts, type Row, row, type Said} from './said.ts';

/** What left before it began, on the connection whose acknowledgment comes, lies below that. */
const isOver = (said: Said, timer: boolean): Facts => {
  const host = said.host();
  const isThen = ({atUs}: {readonly atUs: number}): boolean => said.isTime('took', said.atUs - atUs);
  const repeated = said
    .sentEver(host)
    .filter(({event}) => event.kind === 'send' && event.retransmission && isThen(event));
  const fired = said
    .ever('timer', host)
    .filter((event) => event.op === 'fire' && event.name === 'RTO' && isThen(event));
  return {
    'the timer ran out then': timer ? fired.length > 0 : fired.length === 0,
    'something went again then': repeated.length > 0,
    'what had left before is acknowledged': said.came(host).some(({segment}) =>
      said
        .sentEver(host)
        .filter(
          (each) => each.segment.srcPort === segment.dstPort && each.segment.dstPort === segment.srcPort,
        )
        .filter((each) => !hasFlag(each.segment, 'RST'))
        .filter(({event}) => repeated.some((first) => event.atUs < first.event.atUs))
        .every((each) => ((each.segment.seq + each.segment.payload.length - segment.ack) | 0) <= 0),
    ),
    'it is over': said
      .connections(host, 'after')
      .some(({episode, loss}) => !['recovery', 'loss'].includes(episode.state) && loss.phase === 'none'),
    cwnd: said.cwnd(host, 'after').includes(said.number('cwnd')),
  };
};

export const repairedRows: readonly Row[] = [
  row(
    'acknowledges all that <host> had sent: its timer [^.]*\\. (?:The repair that began with the (?<timer>time-out)|The recovery that began) @took ago is over; cwnd is #cwnd bytes',
    '确认了<host>已发出的全部内容，[^。]*。@took 前(?:(?<timer>超时)引起的修复|开始的恢复)到此结束，cwnd 为 #cwnd 字节',
    (said) => isOver(said, said.has('timer')),
  ),
  row(
    'ack=#ack acknowledges all that <host> had sent before (?:its (?<timer>timer ran out)|it found a loss) @took ago: the (?:repair|recovery) is over, and cwnd is #cwnd bytes',
    'ack=#ack 确认了<host>在 @took 前(?:(?<timer>超时)|发现丢失)之前发出的全部内容：(?:修复|恢复)结束，cwnd 为 #cwnd 字节',
    (said) => ({
      ...isOver(said, said.has('timer')),
      'ack comes': said.came(said.host()).some(({segment}) => segment.ack === said.number('ack')),
    }),
  ),
];
