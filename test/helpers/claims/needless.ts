// What is said of segments that are sent again, and that only both ends together show: judged byte by byte.
import {hasFlag, segLen, type TcpSegment} from '../../../source/wire/tcp.ts';
import {type Facts, row, type Said} from './said.ts';
import {isOneWay, type Of, opening, type Passing, segmentOf} from './seen.ts';

/** The first, which the sentence before names. */
const resent = (said: Said): Passing | undefined =>
  said.sent().find(({event}) => event.kind === 'send' && event.retransmission);

/** All of it is in what left before it and has come, or is to come. */
const isThereOnce = (said: Said, packet: number): boolean => {
  const segment = segmentOf(said.trace, packet);
  const comes = new Set(
    [...said.past, ...said.future].flatMap((event) => (event.kind === 'arrive' ? [event.packet] : [])),
  );
  const earlier = said
    .sentEver()
    .filter(({event}) => event.packet < packet && comes.has(event.packet))
    .map((each) => each.segment);
  return segment !== undefined && isAllIn(segment, earlier);
};

/** As one speaks of bytes; a SYN, a FIN and a single byte are one thing. Chinese has no number. */
const isSpokenOf = (said: Said, own: Passing | undefined): boolean | undefined => {
  if (!said.has('number')) return undefined;
  const isMany = own && !hasFlag(own.segment, 'SYN') && own.segment.payload.length > 1;
  return isMany === undefined ? undefined : isMany === /them|those/.test(said.word('number'));
};

const isIn = (number: number, {seq}: TcpSegment, length: number): boolean =>
  ((number - seq) | 0) >= 0 && ((number - seq) | 0) < length;

/** Each number of it, in one of these. */
const isAllIn = (segment: TcpSegment, parts: readonly TcpSegment[]): boolean =>
  Array.from({length: segLen(segment)}, (_, nth) => segment.seq + nth).every((number) =>
    parts.some((part) => isOneWay(part, segment) && isIn(number, part, segLen(part))),
  );

/** What left since then. */
const before = (
  said: Said,
  own: Passing,
  of: readonly Pick<Of<'arrive'>, 'packet'>[],
): readonly TcpSegment[] => {
  const from = Math.max(1, opening(said, own));
  return of.flatMap(({packet}) => {
    const segment = segmentOf(said.trace, packet);
    return packet >= from && packet < own.event.packet && segment ? [segment] : [];
  });
};

/** Of all of that: as a whole (RFC 9293 §3.4), or within one block of SACK (RFC 2018 §3); a SYN is answered by another one. */
const isAckOf = ({ack, options, ...answer}: TcpSegment, {seq, ...segment}: TcpSegment): boolean => {
  const asked = {...segment, seq};
  const end = seq + segLen(asked);
  const isOpening = hasFlag(asked, 'SYN') && !hasFlag(asked, 'ACK');
  const blocks = options.flatMap((option) => (option.kind === 'sack' ? option.blocks : []));
  return (
    (!isOpening || hasFlag({...answer, ack, options}, 'SYN')) &&
    (((ack - end) | 0) >= 0 ||
      blocks.some(({left, right}) => ((seq - left) | 0) >= 0 && ((right - end) | 0) >= 0))
  );
};

/** Thrown away there, and not because who hears it is done with what it says: it is as if it had not come. */
const isRefused = (events: Said['future'], {packet, instant}: Of<'arrive'>): boolean =>
  events.some(
    (event) =>
      event.kind === 'drop' &&
      event.packet === packet &&
      event.instant === instant &&
      !/[/:](?:closed|listen|sequence\/duplicate|time-wait\/answer)/.test(event.because ?? ''),
  );

/** Of the segments that arrive in these events, and left by now, one at least acknowledges it. */
const acksIn = (said: Said, own: Passing, events: Said['future']): boolean => {
  const {segment, event} = own;
  const from = Math.max(1, opening(said, own));
  return events.some((each) => {
    if (each.kind !== 'arrive' || each.packet < from || each.host !== event.host || each.altered)
      return false;
    // What came damaged is no segment any more.
    const ack = said.passing(each)[0]?.segment;
    const isBack = ack?.srcPort === segment.dstPort && ack.dstPort === segment.srcPort;
    const left = said.trace.packet(each.packet).sendEvent;
    return isBack && left <= said.n && ack !== undefined && isAckOf(ack, segment) && !isRefused(events, each);
  });
};

/** What has left by now, never comes before the run is over, and is neither lost nor to be altered. */
const beyondEnd = (said: Said): readonly Of<'send'>[] =>
  said.ever('send').filter(({packet, hop, faults}) => {
    if (packet < 1 || hop > 0 || faults.some((fault) => /^(?:edit|corrupt)/.test(fault))) return false;
    const {endEvent, lost} = said.trace.packet(packet);
    return endEvent === undefined && !lost;
  });

/** Such a one acknowledges it. */
const isAckedBeyondEnd = (said: Said, {segment, event}: Passing): boolean =>
  beyondEnd(said).some(({packet}) => {
    const ack = segmentOf(said.trace, packet);
    const isBack = ack?.srcPort === segment.dstPort && ack.dstPort === segment.srcPort;
    return isBack && packet >= opening(said, {segment, event}) && isAckOf(ack, segment);
  });

/** One has left, and neither come nor died. */
const isAckUnderWay = (said: Said, own: Passing): boolean =>
  said.ever('send').some(({packet, hop}) => {
    if (packet < Math.max(1, opening(said, own)) || hop > 0) return false;
    const ack = segmentOf(said.trace, packet);
    const isBack = ack?.srcPort === own.segment.dstPort && ack.dstPort === own.segment.srcPort;
    const {endEvent = Number.POSITIVE_INFINITY} = said.trace.packet(packet);
    return isBack && isAckOf(ack, own.segment) && endEvent > said.n;
  });

/** What died by now with an ACK of it, where SACK is none; only a SYN,ACK answers a SYN. */
const deadAcks = (said: Said, own: Passing): readonly Of<'drop'>[] =>
  said.ever('drop').filter(({packet}) => {
    const ack = packet >= Math.max(1, opening(said, own)) ? segmentOf(said.trace, packet) : undefined;
    if (ack?.srcPort !== own.segment.dstPort || ack.dstPort !== own.segment.srcPort) return false;
    return isAckOf({...ack, options: []}, own.segment);
  });

/** One, and nothing but the ACK; of a SYN the SYN,ACK is the answer itself. */
const isOneAck = (said: Said, own: Passing): boolean => {
  const packets = new Set(deadAcks(said, own).map(({packet}) => packet));
  const [packet = 0] = packets;
  const ack = packet > 0 ? segmentOf(said.trace, packet) : undefined;
  if (packets.size > 1) return false;
  return ack === undefined || segLen(ack) === 0 || hasFlag(ack, 'SYN');
};

const isThrownBy = (own: Passing, {host, reason}: Of<'drop'>): boolean =>
  host === own.event.host && /^(?:checksum|link check|malformed|discarded)$/.test(reason);

/** These are all that bore it, and all ended so. */
const areBearers = (said: Said, own: Passing): boolean => {
  const dead = deadAcks(said, own);
  const packets = [...new Set(dead.map(({packet}) => packet))].toSorted((a, b) => a - b);
  const named = said.word('bearers').match(/\d+/g)?.map(Number);
  const thrown = dead.filter((drop) => isThrownBy(own, drop)).length;
  const isSo = said.has('lost') ? thrown === 0 : said.has('dead') ? thrown === dead.length : thrown > 0;
  return (
    isSo &&
    (named
      ? named.join() === packets.join()
      : packets.length === said.number('count') && packets.at(-1) === said.number('last'))
  );
};

const had = (said: Said, more: (own: Passing) => Facts): Facts => {
  const own = resent(said);
  const host = said.host();
  return {
    'it is sent again': own !== undefined,
    'one or several': isSpokenOf(said, own),
    'all of it had come': own && isAllIn(own.segment, before(said, own, said.ever('arrive', host))),
    ...(own ? more(own) : {}),
  };
};

export const needlessRows = [
  row(
    'But (?:(?<number>the one sent before is|those sent before are)|packet #packet(?<timer>, which the timer has just sent,)? is) still under way, not lost',
    '其实(?:先前发的|(?<timer>定时器刚重发的)?第 #packet 个分组)还在途中，并没有丢',
    (said) => {
      const own = resent(said);
      const coming = [
        ...said.future.flatMap((event) => (event.kind === 'arrive' ? [event] : [])),
        ...beyondEnd(said),
      ];
      const parts = own ? before(said, own, coming) : [];
      const named = said.has('packet') ? segmentOf(said.trace, said.number('packet')) : undefined;
      const left = said
        .sentEver(own?.event.host)
        .filter(({event}) => own && event.packet >= Math.max(1, opening(said, own)));
      return {
        'it is sent again': own !== undefined,
        'one or several': isSpokenOf(said, own),
        'it is to come': own && isAllIn(own.segment, named ? parts.filter((part) => part === named) : parts),
        // Two that left before had all of it: it would not be clear which is meant.
        'there is one, or it is named':
          own &&
          (named !== undefined ||
            left.filter(({segment, event}) => event.n < own.event.n && isAllIn(own.segment, [segment]))
              .length < 2),
        'a timer has run out now, and that has just left': said.has('timer')
          ? said
              .ever('timer', own?.event.host)
              .some(
                ({op, atUs}) =>
                  op === 'fire' &&
                  atUs === said.atUs &&
                  atUs === said.trace.packet(said.number('packet')).sentUs,
              )
          : undefined,
      };
    },
  ),
  row(
    'But <host> already has (?<number>it|them)(?:(?<heard>, and an ACK is under way: this was not needed)|(?<coming>: the (?:ACK|answer) is under way)|(?<thrown>: the (?:ACK|answer) was thrown away)|(?=\\.)|: (?:(?<only>only the (?:ACK|answer) is missing)|(?:packets? (?<bearers>[\\d, and]+\\d), which bore the (?:ACK|answer),|#count packets that bore the (?:ACK|answer), the last of them packet #last,) (?:was|were) (?:(?<either>lost or thrown away)|(?<lost>lost)|(?<dead>thrown away))(?<more>, and another is under way)?))',
    '其实<host>已经收到(?:，(?:(?<heard>确认也在途中，不必重发)|(?<coming>(?:确认|应答)还在途中))|(?<thrown>，只是 ?(?:ACK|应答) ?被丢弃了)|(?=。)|，(?:(?<only>缺的是(?:确认|应答))|只是(?:捎带 ACK |带有 ?(?:ACK|应答) ?)的(?:第 (?<bearers>[\\d 、和]+\\d) 个分组| #count 个分组（最后是第 #last 个）)都?(?:(?<either>丢了或被丢弃了)|(?<lost>丢了)|(?<dead>被丢弃了))(?<more>，还有一个在途中)?))',
    (said) =>
      had(said, (own) => ({
        'an ACK of it is to come': said.has('heard')
          ? acksIn(said, own, said.future) || isAckedBeyondEnd(said, own)
          : undefined,
        'an ACK of it is under way, or none is': ['coming', 'only', 'thrown', 'either', 'lost', 'dead'].some(
          (how) => said.has(how),
        )
          ? isAckUnderWay(said, own) === (said.has('coming') || said.has('more'))
          : undefined,
        'none has come': said.has('only') || said.has('lost') ? !acksIn(said, own, said.past) : undefined,
        // RFC 9293 §3.4: what takes up no number has nothing but its ACK to lose.
        'one ACK at most has died, and nothing else with it':
          said.has('only') || said.has('thrown') ? isOneAck(said, own) : undefined,
        'those bore it, and ended so':
          said.has('bearers') || said.has('count') ? areBearers(said, own) : undefined,
        'one was thrown away': said.has('thrown')
          ? deadAcks(said, own).some((drop) => isThrownBy(own, drop))
          : undefined,
      })),
  ),
  row(
    '<host> threw (?<number>it|them) away when (?:it|they) came',
    '先前到达的那一份，<host>当时丢弃了',
    (said) => {
      const own = resent(said);
      return {
        'one or several': isSpokenOf(said, own),
        'such a one was thrown away there':
          own && isAllIn(own.segment, before(said, own, said.ever('drop', said.host()))),
      };
    },
  ),
  row(
    'With it (?:packets? (?<named>[\\d, and]+\\d)|#count more packets, up to packet #last,) repeats? (?:what had been sent before|the (?:#bytes bytes|byte) from seq=#seq)(?<marked>, marked as lost, too)?(?<vain>; nor was that needed)?',
    '同时发出的(?:第 (?<named>[\\d 、和]+\\d) 个分组|另外 #count 个分组（到第 #last 个为止）)也是重发(?:，即 seq=#seq 起的 #bytes 字节)?(?<marked>，内容同样算丢失)?(?<vain>，也不必重发)?',
    (said) => {
      const again = said.now('send').flatMap((send) => (send.retransmission ? [send.packet] : []));
      const named = said.word('named').match(/\d+/g)?.map(Number) ?? [];
      return {
        'these are sent again': [...named, ...(said.has('last') ? [said.number('last')] : [])].every((each) =>
          again.includes(each),
        ),
        'which bytes': said.has('bytes')
          ? again
              .slice(1)
              .flatMap((packet) => segmentOf(said.trace, packet) ?? [])
              .reduce(
                (end, {seq, payload}) => (end === seq ? end + payload.length : Number.NaN),
                said.number('seq'),
              ) ===
            said.number('seq') + said.number('bytes')
          : undefined,
        'by RACK': said.has('marked')
          ? said
              .now('send')
              .every(({retransmission, because}) => !retransmission || /^8985:/.test(because ?? ''))
          : undefined,
        'none of them was lost': said.has('vain')
          ? again.every((packet) => isThereOnce(said, packet))
          : undefined,
        'so many': again.length === 1 + (said.has('count') ? said.number('count') : named.length),
      };
    },
  ),
];
