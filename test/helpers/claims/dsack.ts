// What is said of D-SACK (RFC 2883), judged by what was sent and what came.
import type {TcpSegment} from '../../../source/wire/tcp.ts';
import {isRenumbered} from './renumbered.ts';
import {type Row, row} from './said.ts';

export const dsackRows: readonly Row[] = [
  row(
    'D-SACK tells <host> that the (?:#bytes bytes|byte) from seq=#seq reached <peer> (?:twice|(?<often>more than twice))(?:, though <owner> sent (?:it|them) only once|: packet #second (?:brought (?:it|them) again|came only after packet #behind, which repeats it))',
    '<host>从 D-SACK 得知：seq=#seq 起的 #bytes 字节，<peer>收到了(?<often>不止)?两次(?:，而自己只发过一次|[，：](?:(?:第二次|最近一次)是)?第 #second 个分组(?:带来的|到得比重发它的第 #behind 个分组还晚))',
    (said) => {
      const reports = said.came(said.host());
      const blocks = reports.flatMap(({segment}) =>
        segment.options.flatMap((option) => (option.kind === 'sack' ? option.blocks.slice(0, 1) : [])),
      );
      // Of that connection: others may have the same numbers.
      const isOfIt = (segment: TcpSegment): boolean =>
        reports.some(
          (report) =>
            report.segment.srcPort === segment.dstPort && report.segment.dstPort === segment.srcPort,
        );
      const sent = said.sentEver(said.host()).filter(({segment}) => {
        const offset = (said.number('seq') - segment.seq) | 0;
        return isOfIt(segment) && offset >= 0 && offset < segment.payload.length;
      });
      const came = said
        .cameEver(said.host('peer'))
        .filter(
          ({segment}) =>
            isOfIt(segment) && ((segment.seq - said.number('seq')) | 0) <= 0 && segment.payload.length > 0,
        )
        .filter((come) => !isRenumbered(said, come));
      const whole = came.filter(
        ({segment}) => ((said.number('seq') - segment.seq) | 0) < segment.payload.length,
      );
      return {
        'the first block': blocks.some(
          ({left, right}) =>
            left === said.number('seq') &&
            ((right - left) | 0) === (said.has('bytes') ? said.number('bytes') : 1),
        ),
        'sent again': said.has('second') === sent.length > 1,
        'it came twice': came.length > 1,
        'or more': !said.has('often') || came.length > 2,
        'what came last before that was told': said.has('second')
          ? reports.some(({event: {packet}}) => {
              const told = said.trace.packet(packet).sendEvent;
              const last = whole.filter(({event}) => event.n < told).at(-1);
              return last?.event.packet === said.number('second');
            })
          : undefined,
        'the other came before it, and left later': said.has('behind')
          ? whole[0]?.event.packet === said.number('behind') && said.number('behind') > said.number('second')
          : undefined,
      };
    },
  ),
  row(
    'With that <host> undoes the slowing down: its cwnd is #cwnd bytes',
    '于是撤销减速，cwnd 恢复为 #cwnd 字节',
    (said) => {
      const hosts = said.now('arrive').map(({host}) => host);
      return {
        cwnd: hosts.some((host) => said.cwnd(host, 'after').includes(said.number('cwnd'))),
        'it rises': hosts.some((host) =>
          said.cwnd(host, 'before').some((cwnd) => cwnd < said.number('cwnd')),
        ),
      };
    },
  ),
];
