// What is said of packets that their receivers throw away, judged by raw events.
import {hasFlag, segLen} from '../../../source/wire/tcp.ts';
import {alteredRows} from './altered.ts';
import {portRows} from './ports.ts';
import {row, type Said} from './said.ts';
import {flagsOf} from './seen.ts';
import {strictRows} from './strict.ts';
import {isThing, thingEn, thingZh} from './thing.ts';

/** Of a whole response that had come to this host before, and had not been thrown away then. */
const copiesOfTaken = (said: Said) => {
  const host = said.host();
  return said.thrownAway(host).filter(({packet, n}) => {
    const own = said.ever('arrive', host).filter((each) => each.packet === packet && each.n < n);
    return (
      own.length > 1 &&
      own.some((each) => said.dns(each).some(({flags}) => flags.qr && !flags.tc)) &&
      said.ever('drop', host).every((each) => each.packet !== packet || each.n >= n)
    );
  });
};

export const pathRows = [
  ...portRows,
  ...alteredRows,
  ...strictRows,
  row(
    `<host> already has ${thingEn}: it throws (?:it|them) away`,
    `<host>已经收到过 ?${thingZh}：丢弃重复的`,
    (said) => ({
      'it is thrown away': said.thrownAway(said.host()).length > 0,
      'what comes': said.came(said.host()).some(({segment, event}) => isThing(said, segment, event.packet)),
      'its numbers had come': said.came(said.host()).some((now) => said.hadCome(said.host(), now)),
    }),
  ),
  row(
    `<host> already knows the number of ${thingEn}: it throws the packet away`,
    `<host>早已知道 ?${thingZh} ?的序号：丢弃它`,
    (said) => ({
      'it is thrown away': said.thrownAway(said.host()).length > 0,
      'what comes': said.came(said.host()).some(({segment, event}) => isThing(said, segment, event.packet)),
      'that number had come with other flags': said
        .came(said.host())
        .some(
          (now) =>
            !said.hadCome(said.host(), now) &&
            said
              .cameEver(said.host())
              .some(({segment, event}) => event.n < now.event.n && segment.seq === now.segment.seq),
        ),
    }),
  ),
  row(
    `The accept queue of <host> is full: it drops ${thingEn}, and answers nothing`,
    `<host>的全连接队列已满：它丢弃 ?${thingZh}，什么也不回`,
    (said) => ({
      'it is thrown away': said.thrownAway(said.host()).length > 0,
      'what comes': said.came(said.host()).some(({segment, event}) => isThing(said, segment, event.packet)),
      'it says nothing': said.sent(said.host()).length === 0,
      'its program has connections to take': said
        .ever('state', said.host())
        .some(({to}) => to === 'ESTABLISHED'),
    }),
  ),
  row('The accept queue of <host> is full, and it', '<host>的全连接队列满了，而它', (said) => ({
    'a handshake ends': said.now('state', said.host()).some(({from}) => from === 'SYN-RECEIVED'),
    'RST leaves': said.sent(said.host()).some(({segment}) => hasFlag(segment, 'RST')),
  })),
  row(
    `<host> throws ${thingEn} away: for it <peer> has ended its data with a FIN`,
    `在<host>看来，<peer>已用 FIN 结束了数据，${thingZh} ?排在 FIN 后面，它不收`,
    (said) => ({
      'what comes': said.came(said.host()).some(({segment, event}) => isThing(said, segment, event.packet)),
      'it reaches beyond a FIN that had come': said.came(said.host()).some(({segment: now, event: {n}}) =>
        said
          .cameEver(said.host())
          .filter(({segment, event}) => event.n < n && segment.srcPort === now.srcPort)
          .some(
            ({segment}) =>
              hasFlag(segment, 'FIN') &&
              ((now.seq + now.payload.length - segment.seq - segment.payload.length) | 0) > 0,
          ),
      ),
    }),
  ),
  row(
    '(?:throws (?:it|them|that) away and (?:answers|repeats)|nothing after that counts\\. It (?:answers|repeats)|throws [^:]*away: it expects other numbers\\. It answers with) ack=#ack',
    '(?:(?:丢弃重复的|丢弃它|它不收)，(?:再回一次|并回|只回)|不在 ?<host>期望的序号范围内，丢弃。它回) ack=#ack',
    (said) => ({
      'what it says': said.sent().some(({segment}) => segment.ack === said.number('ack')),
      'it has said so before': /repeats|再回一次/.test(said.words)
        ? said
            .sentEver()
            .some(
              ({segment, event}) =>
                event.instant !== said.instant[0]?.instant && segment.ack === said.number('ack'),
            )
        : undefined,
    }),
  ),
  row(
    'TIME-WAIT begins anew, until @at(?<linux> \\(Linux’s rule\\))?',
    'TIME-WAIT 重新计时，到 @at 为止(?<linux>（Linux 的做法）)?',
    (said) => ({
      'by a FIN': said.came().every(({segment}) => hasFlag(segment, 'FIN') !== said.has('linux')),
      'it is set again': said
        .now('timer')
        .some(({name, op, dueUs}) => name === '2MSL' && op === 'arm' && said.isTime('at', dueUs)),
      'it ran already': said.earlier('timer').some(({name, op}) => name === '2MSL' && op === 'arm'),
    }),
  ),
  row(
    'This segment makes the TIME-WAIT of <host> begin anew',
    '<host>收到这个报文段，TIME-WAIT 重新计时',
    (said) => ({
      'something of that connection comes, and nobody answers or throws it away':
        said.came(said.host()).length > 0 &&
        said.sent(said.host()).length === 0 &&
        said.now('drop').length === 0,
      'it was in TIME-WAIT': said.connections(said.host(), 'before').some(({state}) => state === 'TIME-WAIT'),
      'no FIN': said.came(said.host()).every(({segment}) => !hasFlag(segment, 'FIN')),
    }),
  ),
  row(
    '(?:Without SYN, ACK and RST a segment means nothing to a listening port|Linux takes no SYN that carries (?<fin>FIN), too): <host> throws',
    '(?:没有 SYN、ACK、RST 的报文段对监听端口毫无意义|Linux 的监听端口不接受同时带 (?<fin>FIN) 的 SYN)：<host>丢弃',
    (said) => ({
      'it is thrown away': said.thrownAway(said.host()).length > 0,
      'what it carries': said
        .came(said.host())
        .every(({segment}) =>
          said.has('fin')
            ? hasFlag(segment, 'SYN') && hasFlag(segment, 'FIN')
            : !['SYN', 'ACK', 'RST'].some((flag) => flagsOf(segment).split(',').includes(flag)),
        ),
      'it answers nothing': said.sent(said.host()).length === 0,
    }),
  ),
  row(
    '<host> throws [^:]* away: only a SYN that asks for a connection and an RST may lack',
    '<host>丢弃[^：]*：除了请求连接的 SYN 和 RST',
    (said) => ({
      'it is thrown away': said.thrownAway(said.host()).length > 0,
      'it has no ACK': said.came(said.host()).some(({segment}) => !hasFlag(segment, 'ACK')),
    }),
  ),
  row(
    `<host> throws ${thingEn} away(?<outside>: that lies outside its window)?(?<paws>: its timestamp is older)?`,
    `(?:${thingZh}) ?(?:(?<outside>落在)<host>的接收窗口之外，丢弃|的(?<paws>时间戳)[^，]*，<host2>丢弃它)`,
    (said) => {
      const host = said.host() || said.host('host2');
      const came = said.came(host).filter(({segment, event}) => isThing(said, segment, event.packet));
      return {
        'it is thrown away': said.thrownAway(host).length > 0,
        'what comes': said.has('dns') || came.length > 0,
      };
    },
  ),
  row(
    `<host> throws (?:the ACK|${thingEn}) away: ack=#acks(?: does not fit what <owner> has sent on this connection|, but <beyond> has sent only up to #upto)(?:\\. It answers ack=#answer)?`,
    `ack=#acks ?(?:与 ?<owner>在这条连接上发出过的数据对不上|确认了<beyond>还没发过的内容（它只发到 #upto）)：<host>丢弃 ?(?:这个 ACK|${thingZh})(?:，并回 ack=#answer)?`,
    (said) => ({
      'it is thrown away': said.thrownAway(said.host()).length > 0,
      'the last that it has sent': said.has('upto')
        ? said
            .connections(said.host(), 'before')
            .some(
              ({snd}) =>
                (snd.nxt - 1) >>> 0 === said.number('upto') && ((said.number('acks') - snd.nxt) | 0) > 0,
            )
        : undefined,
      'a number never sent': said.came(said.host()).some(({segment}) => {
        const ends = said
          .sentSinceItBegan(said.host(), segment)
          .map((own) => (own.seq + segLen(own) - segment.ack) | 0);
        const isBeside = ends.every((end) => end < 0) || ends.some((end) => end > 0);
        return segment.ack === said.number('acks') && isBeside;
      }),
      'what it says': said.has('answer')
        ? said.sent(said.host()).some(({segment}) => segment.ack === said.number('answer'))
        : said.sent(said.host()).length === 0 || undefined,
    }),
  ),
  row(
    `<host> throws ${thingEn} away: it fits no question that is open there`,
    `<host>丢弃 ?${thingZh}：它与正在等的查询都对不上`,
    (said) => ({
      'it is thrown away': said.thrownAway(said.host()).length > 0,
      'no copy of what was taken': copiesOfTaken(said).length === 0,
    }),
  ),
  row(
    '<host> throws the copy away: the question that it answers is settled',
    '<host>丢弃这个副本：它回答的查询已有结果',
    (said) => ({'a copy of what was taken': copiesOfTaken(said).length > 0}),
  ),
];
