// What is said of segments that are sent again, judged by raw events: which, by whom, what brought it about.
import {hasFlag, segLen, type TcpSegment} from '../../../source/wire/tcp.ts';
import {isOfRepetition, isOvertaken, reorderingRan, thanRepetition} from './by-time.ts';
import {needlessRows} from './needless.ts';
import {type Facts, row, type Said} from './said.ts';
import {flagsOf, isOneWay, type Passing, segmentOf} from './seen.ts';
import {isThing, thingEn, thingZh} from './thing.ts';
import {setAnew} from './timer-set.ts';

const hasFired = (said: Said, wanted: string): boolean =>
  said.now('timer', said.host()).some(({op, name}) => op === 'fire' && name === wanted);

const sendsAgain = (said: Said): Facts => {
  const again = said.sent(said.host()).filter(({segment, event}) => isThing(said, segment, event.packet));
  const earlier = said.sentEver(said.host()).filter(({event}) => event.n < (again[0]?.event.n ?? 0));
  return {
    'who sends it': again.length > 0,
    'it was sent before': again.some(({segment}) =>
      earlier.some((each) => {
        const from = (each.segment.seq - segment.seq) | 0;
        return (
          from <= 0 && from + each.segment.payload.length + 1 > 0 && each.segment.dstPort === segment.dstPort
        );
      }),
    ),
  };
};

/** Before this one, of one SYN; undefined: some waited longer than others. A host may dial two addresses at once. */
const equalWaits = (said: Said): number | undefined => {
  const [now] = said.sent(said.host()).filter(({segment}) => flagsOf(segment) === 'SYN');
  const times = said.sentEver(said.host()).flatMap(({segment, event}) => {
    const isSame = now && segment.seq === now.segment.seq && isOneWay(segment, now.segment);
    return isSame && flagsOf(segment) === 'SYN' ? [event.atUs] : [];
  });
  const waits = new Set(times.slice(1).map((atUs, nth) => atUs - (times[nth] ?? 0)));
  return waits.size === 1 ? times.length - 2 : undefined;
};

/** By the last segment before it that had its first byte, or its FIN. */
const isUnderWaySince = (said: Said): boolean =>
  said
    .sent(said.host())
    .filter(({segment, event}) => isThing(said, segment, event.packet))
    .some(({segment, event}) => {
      const last = said.sentEver(said.host()).findLast((each) => {
        const place = (segment.seq - each.segment.seq) | 0;
        const isOwn = each.segment.srcPort === segment.srcPort && each.segment.dstPort === segment.dstPort;
        return isOwn && each.event.n < event.n && place >= 0 && place < segLen(each.segment);
      });
      return last !== undefined && said.isTime('wait', said.atUs - last.event.atUs);
    });

const isWithin = ({seq, payload}: TcpSegment, left: number, right: number): boolean =>
  ((seq - left) | 0) >= 0 && ((right - seq - payload.length) | 0) >= 0;

/** Of a segment of which the first bytes have been acknowledged the others go again, by themselves. */
const carries = ({seq, payload}: TcpSegment, number: number): boolean => {
  const behind = (number - seq) | 0;
  return behind >= 0 && behind < Math.max(1, payload.length);
};

/** By times: what left later came before it, SACKed or not, of how many are named, and for how long it has been on its way. */
const byWhichWindow = (said: Said): Facts => {
  const own = said.connections(said.host(), 'after');
  const isRepairing = said
    .connections(said.host(), 'before')
    .some(({episode}) => episode.state === 'recovery' || episode.state === 'loss');
  const agoUs = said
    .sent(said.host())
    .filter(({segment, event}) => isThing(said, segment, event.packet))
    .map(({segment, event}) => {
      const last = said
        .sentEver(said.host())
        .findLast((each) => each.event.n < event.n && carries(each.segment, segment.seq));
      return said.atUs - (last?.event.atUs ?? said.atUs);
    });
  const named = said.number(said.has('wired') ? 'wired' : 'sacked');
  const isCut = own.some(({mss}) =>
    said.sentEver(said.host()).some(({segment: {payload}}) => payload.length > mss),
  );
  return {
    'packets and segments of the wire are not the same': said.has('wired') ? isCut : undefined,
    'nothing was seen out of order': said.has('over')
      ? undefined
      : own.some(({rack}) => !rack.reordered) || !(said.has('third') || said.has('recovery')),
    'so many are named': said.has('third')
      ? named >= 3 && own.some(({flight}) => flight.sacked === named)
      : undefined,
    'a recovery goes on': said.has('recovery') ? isRepairing : said.has('third') ? !isRepairing : undefined,
    // A quarter of the least round trip at least (RFC 8985 §6.2).
    'so long ago': said.has('over')
      ? own.some(({rack}) => agoUs.some((us) => us >= (rack.minRttUs ?? 0) * 1.25))
      : undefined,
  };
};

/** What SACK has reported to a host. */
const blocksSeen = (said: Said): readonly {readonly left: number; readonly right: number}[] =>
  said
    .cameEver(said.host())
    .flatMap(({segment}) =>
      segment.options.flatMap((option) => (option.kind === 'sack' ? option.blocks : [])),
    );

/** Before this instant, by what its sender keeps (Tag of flight.ts: 2 lost, 4 sent again since). */
const wasMarked = (
  said: Said,
  {seq, connection}: {readonly seq: number; readonly connection: string | undefined},
): boolean =>
  said
    .connections(said.host(), 'before')
    .filter(({id}) => id === connection)
    .flatMap(({retransmissionQueue}) => retransmissionQueue.slice())
    .some((entry) => entry.seq === seq && (entry.tags & 6) === 2);

const newEn = '(?:(?<kept>Nothing new can be sent)|There is nothing new to send)';
const newZh = '(?:(?<kept>新数据发不出)|没有新数据要发)';

/** What its program has given to it, less what has left; or a FIN that has not. */
const isKept = (said: Said): boolean =>
  said
    .connections(said.host(), 'after')
    .filter(({id}) => said.sent(said.host()).some(({event}) => event.connection === id))
    .some(({sendBuffer, sendWaiting, retransmissionQueue, closeCalled, finSeq}) => {
      const left = retransmissionQueue.slice().reduce((sum, {lengthBytes}) => sum + lengthBytes, 0);
      return sendBuffer.length + sendWaiting.length > left || (closeCalled && finSeq === undefined);
    });

const nothingNew = (said: Said): Facts => ({
  'whether something new is there': isKept(said) === said.has('kept'),
  'no timer ran out': said.fired(said.host()).length === 0,
  'nothing new leaves then': said
    .now('send', said.host())
    .every(({n, retransmission}) => n <= said.n || retransmission),
});

/** RFC 5681 §3.2 step 3. */
const inflated = (said: Said, host: string): Facts => {
  const acks = said.cameEver(host).map(({segment}) => segment.ack);
  return {
    'cwnd before': said.cwnd(host, 'before').includes(said.number('before')),
    'ssthresh and three segments': said
      .connections(host, 'after')
      .some(
        ({ssthresh, mss, cwnd}) =>
          ssthresh === said.number('base') && cwnd === said.number('after') && cwnd === ssthresh + 3 * mss,
      ),
    'three duplicates have come': acks.filter((ack) => ack === acks.at(-1)).length > 3,
  };
};

const whatDied = (said: Said): Facts => {
  const died = said
    .ever('drop', said.host())
    .filter(({packet}) => packet > 0 && segmentOf(said.trace, packet));
  const damaged = died.filter(({reason}) => /check|malformed/.test(reason));
  return {
    'one came damaged': said.has('damaged') ? damaged.length > 0 : undefined,
    'one came, and did not count': said.has('refused') ? damaged.length < died.length : undefined,
    'more came': said.has('several') ? new Set(died.map(({packet}) => packet)).size > 1 : undefined,
  };
};

export const againRows = [
  ...needlessRows,
  row(
    '<host>’s timer(?:, set anew at @anew,)? runs out after @wait: it sends ',
    '<host>的定时器(?:从 @anew 起重新计时，)?在 @wait 后超时',
    (said) => {
      const fired = said.fired(said.host());
      return {
        'its retransmission timer runs out': hasFired(said, 'RTO'),
        'how long it ran': fired.some(({ranUs}) => said.isTime('wait', ranUs)),
        'when it was set anew': setAnew(said, 'RTO'),
        'it sends': said.sent(said.host()).length > 0,
      };
    },
  ),
  row(
    `<host>’s timer[^:]* runs out after [^:]*: it sends ${thingEn} again`,
    `<host>的定时器(?:从[^，]*起重新计时，)?在[^，]*后超时，重发 ?${thingZh}`,
    sendsAgain,
  ),
  row(
    '<host>’s timer[^:]* runs out after[^:]*:[^.]*? again and now waits until @at(?<twice>, twice as long)?(?<same>, as long as before)?(?:: on Linux the first #equal time-outs of a SYN do not double the wait)?',
    '<host>的定时器(?:从[^，]*起重新计时，)?在[^，]*后超时，重发[^。]*?；这次等到 @at(?<twice>，时间加倍)?(?<same>，时间不加倍)?(?:：Linux 前 #equal 次 SYN 超时不加倍)?',
    (said) => {
      const [{ranUs} = {ranUs: Number.NaN}] = said.fired(said.host());
      const dues = said.now('timer', said.host()).flatMap(({op, dueUs}) => (op === 'arm' ? [dueUs] : []));
      return {
        'until when': dues.some((dueUs) => said.isTime('at', dueUs)),
        'after so many equal waits': said.has('equal')
          ? equalWaits(said) === said.number('equal')
          : undefined,
        'as long as before': said.has('same') ? dues.includes(said.atUs + ranUs) : undefined,
        twice: said.has('twice') ? dues.includes(said.atUs + 2 * ranUs) : undefined,
      };
    },
  ),
  row(
    '(?:Its cwnd|The cwnd of <host>) falls from #before to #after bytes(?:, on its way to ssthresh, #goal|: ssthresh, #base, plus three segments for three duplicate ACKs)?(?<back>, and is to rise again to ssthresh, #threshold)?',
    'cwnd 从 #before 降到 #after 字节(?:，还要降到 ssthresh 的 #goal|：ssthresh 的 #base，再为三个重复 ACK 加三个报文段)?(?<back>，之后应回升到 ssthresh 的 #threshold)?',
    (said) => {
      const [{host} = {host: ''}] = said.now('send');
      if (said.has('base')) return inflated(said, host);
      const thresholds = said.connections(host, 'after').map(({ssthresh}) => ssthresh);
      const isTimeOut = said.fired(host).some(({name}) => name === 'RTO');
      return {
        'cwnd before': said.cwnd(host, 'before').includes(said.number('before')),
        'cwnd after': said.cwnd(host, 'after').includes(said.number('after')),
        falls: said.number('after') < said.number('before'),
        'where it ends': said.has('goal')
          ? thresholds.includes(said.number('goal')) &&
            said.number('goal') < said.number('after') &&
            // Whoever counts duplicates adds a segment for each (RFC 5681 §3.2).
            said.connections(host, 'after').some(({episode}) => episode.state === 'recovery')
          : thresholds.some((threshold) => threshold >= said.number('after')),
        // Below ssthresh for good only a time-out puts it (RFC 5681 §3.1).
        'it comes back up': said.has('back')
          ? thresholds.includes(said.number('threshold')) &&
            said.number('threshold') > said.number('after') &&
            !isTimeOut
          : said.has('goal') || isTimeOut || thresholds.includes(said.number('after')),
      };
    },
  ),
  row(
    `No ACK of ${thingEn} has come for @wait(?: \\(its probe timer was set anew at @anew\\))?(?:, except (?:(?<damaged>one that was damaged and thrown away)|(?<refused>one that <peer> threw away)|(?<several>some that <peer2> threw away)))?: <host> sends (?:it|them|(?:the|packet) [^.:]+) again, to ask what has arrived(?: \\(a tail loss probe, TLP\\)\\. Its retransmission timer is due at @at)?`,
    `<host>等了 @wait(?:（探测定时器从 @anew 起重新计时）)?，没有收到对 ?${thingZh} ?的确认(?:（来过(?:一个，但(?:(?<damaged>已损坏)|(?<refused>被它丢弃))|(?<several>，但都被它丢弃))）)?，于是重发一次，探测是否已到达(?:（尾部丢失探测，TLP）。重传定时器设在 @at 超时)?`,
    (said) => ({
      ...sendsAgain(said),
      'its probe timer runs out': hasFired(said, 'TLP'),
      'when that was set anew': setAnew(said, 'TLP'),
      'since when they are under way': isUnderWaySince(said),
      ...whatDied(said),
      'until when': said.has('at')
        ? said
            .now('timer', said.host())
            .some(({op, name, dueUs}) => op === 'arm' && name === 'RTO' && said.isTime('at', dueUs))
        : undefined,
    }),
  ),
  row(
    `Something sent later${thanRepetition.en} has arrived, and <host>’s reordering timer(?:, set anew at @anew,)? has run out after @wait: it marks ${thingEn} as lost`,
    `${thanRepetition.zh}后发的报文段已经到达，<host>的乱序定时器(?:也|从 @anew 起重新计时，)在 @wait 后超时：它判定 ?${thingZh}丢失`,
    (said) => ({
      ...{...sendsAgain(said), ...isOvertaken(said)},
      ...{...isOfRepetition(said), ...reorderingRan(said)},
    }),
  ),
  row(
    `(?:(?<third>SACK names (?:#sacked segments sent later|what was sent later, #wired segments on the wire), with no reordering seen this way so far)|Something sent later${thanRepetition.en} has arrived(?:(?<recovery>; as no reordering has been seen this way so far, a recovery does not wait)|(?<over>, and the reordering window has passed))?): <host> marks ${thingEn} as lost`,
    `(?:(?<third>SACK 已报告(?: ?#sacked 个后发的报文段|后发的数据，在线路上是 #wired 个报文段)，且未见自己发的报文段乱序)|${thanRepetition.zh}后发的报文段已经到达(?:(?<recovery>；未见自己发的报文段乱序，恢复期间不再等待)|(?<over>，乱序窗口也已过去))?)：<host>判定 ?${thingZh}丢失`,
    (said) => ({
      ...byWhichWindow(said),
      ...sendsAgain(said),
      ...isOvertaken(said),
      ...(said.has('third') ? {} : isOfRepetition(said)),
      'no timer ran out': said.fired(said.host()).length === 0,
      'it is now that it takes it for lost': said
        .sent(said.host())
        .every(({segment: {seq}, event: {connection}}) => !wasMarked(said, {seq, connection})),
    }),
  ),
  row(
    `<host> had already marked ${thingEn} as lost; only now does its congestion window allow sending (?:it|them) again`,
    `<host>此前已判定 ?${thingZh}丢失，到现在拥塞窗口才允许重发`,
    (said) => ({
      ...sendsAgain(said),
      ...isOvertaken(said),
      'it took it for lost before': said
        .sent(said.host())
        .some(({segment: {seq}, event: {connection}}) => wasMarked(said, {seq, connection})),
    }),
  ),
  row(
    `The ACKs keep asking for #asked: <host> sends ${thingEn} again before its timer runs out`,
    `一个接一个的 ACK 都在要 #asked：<host>不等定时器超时就重发 ?${thingZh}`,
    (said) => {
      const asking = said.cameEver(said.host()).filter(({segment}) => segment.ack === said.number('asked'));
      return {
        ...sendsAgain(said),
        'ACKs ask for it': asking.length >= 3,
        'no timer ran out': said.fired(said.host()).length === 0,
        'from that number': said.sent(said.host()).some(({segment}) => segment.seq === said.number('asked')),
      };
    },
  ),
  row(
    `SACK shows <host> what is missing: it sends ${thingEn} again`,
    `SACK 表明了缺哪些数据，<host>(?:不等定时器超时就)?重发 ?${thingZh}`,
    (said) => ({
      ...sendsAgain(said),
      'SACK has come': said
        .cameEver(said.host())
        .some(({segment}) => segment.options.some(({kind}) => kind === 'sack')),
      'no timer ran out': said.fired(said.host()).length === 0,
    }),
  ),
  row(
    `${newEn}, so <host> sends ${thingEn} again: SACK shows that something behind has arrived`,
    `${newZh}，<host>就重发 ?${thingZh}：从 SACK 看，后面已有报文段到达`,
    (said) => ({
      ...sendsAgain(said),
      ...nothingNew(said),
      'something behind it has arrived': said
        .sent(said.host())
        .some(({segment}) =>
          blocksSeen(said).some(({right}) => ((right - segment.seq - segment.payload.length) | 0) > 0),
        ),
    }),
  ),
  row(
    `${newEn}, so <host> sends ${thingEn} again, the last that no ACK or SACK has covered`,
    `${newZh}，<host>就重发 ?${thingZh}：这是 ACK 和 SACK 都未覆盖的最后一段`,
    (said) => ({
      ...sendsAgain(said),
      ...nothingNew(said),
      'what is behind it is named': said
        .sent(said.host())
        .some(({segment: {seq, payload}}) =>
          said
            .sentEver(said.host())
            .every(
              ({segment}) =>
                segment.payload.length === 0 ||
                ((segment.seq - seq - payload.length) | 0) < 0 ||
                blocksSeen(said).some(({left, right}) => isWithin(segment, left, right)),
            ),
        ),
      'it is not': said
        .sent(said.host())
        .some(({segment}) => !blocksSeen(said).some(({left, right}) => isWithin(segment, left, right))),
    }),
  ),
  row(
    `The ACK moves on, but not to the end: <host> sends ${thingEn} again at once`,
    `ACK 前进了，但没有确认到末尾：<host>立即重发 ?${thingZh}`,
    (said) => {
      const acks = said.cameEver(said.host()).map(({segment}) => segment.ack);
      const last = acks.at(-1) ?? 0;
      return {
        ...sendsAgain(said),
        'it moves on': acks.slice(0, -1).every((ack) => ((last - ack) | 0) >= 0) && acks.at(-2) !== last,
        'not to the end': said
          .sentEver(said.host())
          .some(({segment}) => ((segment.seq + segment.payload.length - last) | 0) > 0),
      };
    },
  ),
  row(
    `<host> goes on repeating what it had sent before its timer first ran out, now ${thingEn}`,
    `<host>继续补发首次超时之前发过的数据，这次是 ?${thingZh}`,
    (said) => ({
      ...sendsAgain(said),
      'a timer had run out': said
        .ever('timer', said.host())
        .some(({name, op}) => name === 'RTO' && op === 'fire'),
    }),
  ),
  row(
    `<host> had sent more than fits through the path in one packet: it cuts the bytes anew and sends ${thingEn} again`,
    `<host>发出的分组太大，路径过不去：它把数据重新切分，再发 ?${thingZh}`,
    (said) => sendsAgain(said),
  ),
  row(
    `The SYN came again, so <host> repeats its answer: ${thingEn}, with the same numbers`,
    `SYN 又来了一次，<host>于是重发应答：${thingZh}，序号不变`,
    (said) => {
      const [answer] = said.sent(said.host());
      const earlier = said.sentEver(said.host()).filter(({event}) => event.n < (answer?.event.n ?? 0));
      // A FIN in it changes nothing once the connection has begun (tcp_check_req).
      const isSyn = ({segment}: Passing): boolean => hasFlag(segment, 'SYN') && !hasFlag(segment, 'ACK');
      return {
        'a SYN comes': said.came(said.host()).some(isSyn),
        'it came before': said.cameEver(said.host()).filter(isSyn).length > 1,
        'the same numbers': earlier.some(
          ({segment}) => segment.seq === answer?.segment.seq && segment.ack === answer.segment.ack,
        ),
      };
    },
  ),
  row(
    'A SYN comes to <host> in place of an answer: it sends its own SYN again, now with ACK; seq=#number is the same',
    '<host>等来的不是应答，而是 SYN：它把自己的 SYN 再发一次，这次带 ACK，seq 仍是 #number',
    (said) => ({
      'a SYN comes, and acknowledges nothing': said
        .came(said.host())
        .some(({segment}) => /^SYN(?:,FIN)?$|^FIN,SYN$/.test(flagsOf(segment))),
      'SYN,ACK': said.sent(said.host()).some(({segment}) => flagsOf(segment) === 'SYN,ACK'),
      'the same number': said
        .sentEver(said.host())
        .some(({segment}) => flagsOf(segment) === 'SYN' && segment.seq === said.number('number')),
    }),
  ),
];
