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
    'ack=#ack acknowledges all that <host> had sent before (?:its (?<timer>timer ran out)|it took something for lost) @took ago: the (?:repair|recovery) is over, and cwnd is #cwnd bytes',
    'ack=#ack 确认了<host>在 @took 前(?:(?<timer>超时)|判定丢失)之前发出的全部内容：(?:修复|恢复)结束，cwnd 为 #cwnd 字节',
    (said) => ({
      ...isOver(said, said.has('timer')),
      'ack comes': said.came(said.host()).some(({segment}) => segment.ack === said.number('ack')),
    }),
  ),
  row(
    'The cwnd of <host> has come to ssthresh, #size bytes: slow start is over',
    '<host>的 cwnd 增到了 ssthresh（#size 字节）：慢启动结束',
    (said) => {
      const size = said.number('size');
      const [before, after] = [
        said.connections(said.host(), 'before'),
        said.connections(said.host(), 'after'),
      ];
      return {
        'that is ssthresh': after.some(({ssthresh}) => ssthresh === size),
        'it was below': before.some(({cwnd, ssthresh}) => cwnd < size && ssthresh === size),
        'it has come there': after.some(({cwnd, ssthresh}) => cwnd >= size && ssthresh === size),
      };
    },
  ),
  row(
    'The cwnd of <host> has regained the #size bytes that it had before something was taken for lost @took ago(?:; it is #now now)?',
    '<host>的 cwnd 回到了 @took 前判定丢失之前的大小，即 #size 字节(?:，现在是 #now 字节)?',
    (said) => {
      const host = said.host();
      const size = said.number('size');
      const found = said
        .ever('send', host)
        .filter(({retransmission, atUs}) => retransmission && said.isTime('took', said.atUs - atUs));
      const sizesAt = (n: number): readonly number[] =>
        [...(said.trace.stateAt(n)?.hosts[host]?.tcp.connections.values() ?? [])].map(({cwnd}) => cwnd);
      const first = found[0];
      const instant = first && said.past.find((each) => each.instant === first.instant);
      return {
        'a loss was found then': first !== undefined,
        'it was so large': instant !== undefined && sizesAt(instant.n - 1).includes(size),
        'it was smaller': said.cwnd(host, 'before').some((cwnd) => cwnd < size),
        'it is as large': said.cwnd(host, 'after').includes(said.has('now') ? said.number('now') : size),
      };
    },
  ),
  row(
    '<host> keeps #bytes bytes? back(?:, and what is written at this same time)?: its congestion window, one segment at first because its (?<what>SYN|SYN,ACK) had to be sent again',
    '<host>扣着 #bytes 字节(?:（还有同一时刻随后写入的）)?不发：拥塞窗口用完了（它的 (?<what>SYN,ACK|SYN) 重发过，初始窗口只有一个报文段',
    (said) => {
      const own = said
        .sentEver(said.host())
        .filter(
          ({segment, event}) => hasFlag(segment, 'SYN') && event.kind === 'send' && event.retransmission,
        );
      return {
        'it left again': own.some(
          ({segment}) => hasFlag(segment, 'ACK') === (said.word('what') === 'SYN,ACK'),
        ),
        'it has room for one': said.connections(said.host(), 'after').some(({cwnd, mss}) => cwnd === mss),
      };
    },
  ),
];
