// What is told of a FIN that somebody on the path set, judged by what left and what came.

import {hasFlag, segLen, type TcpSegment} from '../../../source/wire/tcp.ts';
import {type Row, row, type Said} from './said.ts';
import {isOneWay, opening, segmentOf} from './seen.ts';
import {isThing, thingEn, thingZh} from './thing.ts';

/** FINs that came to a host in segments that had left without one, or under a number that is not theirs. */
const forgedTo = (said: Said, host: string) =>
  said.cameEver(host).filter(({segment, event}) => {
    const left = segmentOf(said.trace, event.packet);
    if (!hasFlag(segment, 'FIN') || left === undefined) return false;
    return !hasFlag(left, 'FIN') || left.seq + segLen(left) !== segment.seq + segLen(segment);
  });

/** The packet with which that end has begun the connection of this segment. */
const openedBy = (said: Said, host: string, came: TcpSegment): number => {
  const last = said.sentEver(host).findLast(({segment}) => isOneWay(segment, came));
  return last ? opening(said, last) : 0;
};

/** What is told of a FIN that somebody on the path set. */
export const forgedFinRows: readonly Row[] = [
  row(
    '<host> takes (?:that|the FIN that packet #kept brought) for the FIN of <peer>(?<none>, which has sent none)?',
    '<host>把(?:它|第 #kept 个分组带来的 FIN )当成 ?<peer>的 FIN(?<none>，其实 ?<peer2>没有发过)?',
    (said) => ({
      'no such FIN had left': forgedTo(said, said.host()).some(
        ({event}) =>
          said.trace.packet(event.packet).from === said.host('peer') &&
          event.packet === (said.has('kept') ? said.number('kept') : event.packet),
      ),
      'none has left': said.has('none')
        ? forgedTo(said, said.host()).some(({segment: came}) =>
            said
              .sentEver(said.host('peer'))
              .every(
                (each) =>
                  !isOneWay(each.segment, came) ||
                  !hasFlag(each.segment, 'FIN') ||
                  each.event.packet < openedBy(said, said.host('peer'), came),
              ),
          )
        : undefined,
    }),
  ),
  row(
    'it believes that no more data will come(?<tells>, and its program is told)?',
    '它以为不会再有数据(?<tells>，并告知程序)?',
    (said) => ({
      'CLOSE-WAIT': said.now('state').some(({to}) => to === 'CLOSE-WAIT'),
      'its program hears so': said.has('tells')
        ? said.now('signal').some(({signal}) => signal === 'eof')
        : undefined,
    }),
  ),
  row(
    'Its ack=#ack counts that FIN: <peer> will believe that its byte #byte has arrived',
    '它回 ack=#ack，把这个 FIN 也算了进去，<peer>会以为自己的第 #byte 号字节已经收到',
    (said) => ({
      'what it says': said.sent().some(({segment}) => segment.ack === said.number('ack')),
      'the number before': ((said.number('byte') + 1 - said.number('ack')) | 0) === 0,
      'that is a byte of its own': said.sentInAll(said.host('peer')).some(({segment: {seq, payload}}) => {
        const place = (said.number('byte') - seq) | 0;
        return place >= 0 && place < payload.length;
      }),
    }),
  ),
  row('For <host> both directions are closed', '在它看来两个方向都已关闭', (said) => ({
    'TIME-WAIT': said.now('state').some(({to}) => to === 'TIME-WAIT'),
  })),
  row('before the ACK of its own: CLOSING', '而自己的 FIN 还没得到确认：CLOSING', (said) => ({
    CLOSING: said.now('state').some(({to}) => to === 'CLOSING'),
  })),
  row(
    `<host> ignores ${thingEn}, and answers nothing: for it <peer> has ended its data with a FIN`,
    `<host>不理会 ?${thingZh}，也不回应：在它看来，<peer>已用 FIN 结束了数据`,
    (said) => ({
      'it comes': said.came(said.host()).some(({segment, event}) => isThing(said, segment, event.packet)),
      'nothing is made of it': said.sent(said.host()).length + said.now('deliver', said.host()).length === 0,
      'it reaches beyond a FIN that had come': said
        .came(said.host())
        .some(({segment: now, event: {n}}) =>
          said
            .cameEver(said.host())
            .some(
              ({segment, event}) =>
                event.n < n &&
                said.trace.packet(event.packet).from === said.host('peer') &&
                hasFlag(segment, 'FIN') &&
                ((now.seq + now.payload.length - segment.seq - segment.payload.length) | 0) > 0,
            ),
        ),
    }),
  ),
];
