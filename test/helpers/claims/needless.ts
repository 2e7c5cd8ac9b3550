// What is said of segments that are sent again, and that only both ends together show: judged byte by byte.
import {hasFlag, segLen, type TcpSegment} from '../../../source/wire/tcp.ts';
import {type Facts, row, type Said} from './said.ts';
import {type Of, type Passing, segmentOf} from './seen.ts';
import {isThing, thingEn, thingZh} from './thing.ts';

const resent = (said: Said): Passing | undefined =>
  said
    .sent()
    .find(
      ({event, segment}) =>
        event.kind === 'send' && event.retransmission && isThing(said, segment, event.packet),
    );

const isOneWay = (a: TcpSegment, b: TcpSegment): boolean =>
  a.srcPort === b.srcPort && a.dstPort === b.dstPort;

const isIn = (number: number, {seq}: TcpSegment, length: number): boolean =>
  ((number - seq) | 0) >= 0 && ((number - seq) | 0) < length;

/** Each number of it, in one of these. */
const isAllIn = (segment: TcpSegment, parts: readonly TcpSegment[]): boolean =>
  Array.from({length: segLen(segment)}, (_, nth) => segment.seq + nth).every((number) =>
    parts.some((part) => isOneWay(part, segment) && isIn(number, part, segLen(part))),
  );

const before = (said: Said, own: Passing, of: readonly Of<'arrive'>[]): readonly TcpSegment[] =>
  of.flatMap(({packet}) => {
    const segment = segmentOf(said.trace, packet);
    return packet > 0 && packet < own.event.packet && segment ? [segment] : [];
  });

/** What left before the SYN of this connection belongs to one that had the same ports. */
const opening = (said: Said, {segment}: Passing): number =>
  said
    .ever('send')
    .filter(({packet, retransmission}) => {
      const syn = packet > 0 && !retransmission ? segmentOf(said.trace, packet) : undefined;
      if (!syn || !hasFlag(syn, 'SYN') || hasFlag(syn, 'ACK')) return false;
      return isOneWay(syn, segment) || (syn.srcPort === segment.dstPort && syn.dstPort === segment.srcPort);
    })
    .at(-1)?.packet ?? 0;

const acksComing = (said: Said, own: Passing): boolean => {
  const {segment, event} = own;
  const from = opening(said, own);
  return said.future.some((each) => {
    const ack =
      each.kind === 'arrive' && each.packet >= Math.max(1, from)
        ? segmentOf(said.trace, each.packet)
        : undefined;
    const isBack =
      ack?.srcPort === segment.dstPort && ack.dstPort === segment.srcPort && each.host === event.host;
    const left = each.kind === 'arrive' ? said.trace.packet(each.packet).sendEvent : Number.POSITIVE_INFINITY;
    return (
      isBack && left <= said.n && ack !== undefined && ((ack.ack - segment.seq - segLen(segment)) | 0) >= 0
    );
  });
};

const had = (said: Said, more: (own: Passing) => Facts): Facts => {
  const own = resent(said);
  const host = said.host();
  return {
    'it is sent again': own !== undefined,
    'all of it had come': own && isAllIn(own.segment, before(said, own, said.ever('arrive', host))),
    ...(own ? more(own) : {}),
  };
};

export const needlessRows = [
  row(
    `Yet ${thingEn} (?:is|are) under way already: the repetition is needless`,
    `其实 ?${thingZh} ?已经在途中：这次重发是多余的`,
    (said) => {
      const own = resent(said);
      const coming = said.future.flatMap((event) => (event.kind === 'arrive' ? [event] : []));
      return {
        'it is sent again': own !== undefined,
        'it is to come': own && isAllIn(own.segment, before(said, own, coming)),
      };
    },
  ),
  row(
    `Yet <host> has ${thingEn} already(?:(?<heard>, and an ACK of it is under way: the repetition is needless)|(?<thrown>: it is the (?:ACK|answer) that was thrown away)|: it is the (?:ACK|answer) that is missing)`,
    `其实<host>已经收到 ?${thingZh}，(?:(?<heard>对它的确认也在途中：这次重发是多余的)|(?<thrown>只是 ?(?:ACK|应答) ?被丢弃了)|缺的是(?:确认|应答))`,
    (said) =>
      had(said, (own) => ({
        'an ACK of it is to come': said.has('heard') ? acksComing(said, own) : undefined,
        'none is to come': said.has('heard') || said.has('thrown') ? undefined : !acksComing(said, own),
        'one was thrown away': said.has('thrown')
          ? said.ever('drop', own.event.host).some(({packet}) => packet > 0)
          : undefined,
      })),
  ),
  row(
    'With it (?:packets? (?<named>[\\d, and]+\\d)|#count more packets, up to packet #last,) repeats? what had been sent before',
    '同时重发的还有 ?(?:第 (?<named>[\\d 、和]+\\d) 个分组|#count 个分组，到第 #last 个为止)',
    (said) => {
      const again = said.now('send').flatMap((send) => (send.retransmission ? [send.packet] : []));
      const named = said.word('named').match(/\d+/g)?.map(Number) ?? [];
      return {
        'these are sent again': [...named, ...(said.has('last') ? [said.number('last')] : [])].every((each) =>
          again.includes(each),
        ),
        'so many': again.length === 1 + (said.has('count') ? said.number('count') : named.length),
      };
    },
  ),
];
