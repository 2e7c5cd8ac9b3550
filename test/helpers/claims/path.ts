// What is said of the path, judged by raw events: what was lost, altered, doubled, thrown away.
import type {EventOf} from '../../../source/sim/trace.ts';
import {hasFlag, segLen} from '../../../source/wire/tcp.ts';
import {againRows} from './again.ts';
import {alteredRows} from './altered.ts';
import {isOfSent} from './arrived.ts';
import {heldUp, isToldApart, lateRows} from './late.ts';
import {goalOf, triesNext} from './next-address.ts';
import {diesAlone, leftAgain} from './once-more.ts';
import {portRows} from './ports.ts';
import {type Facts, row, type Said} from './said.ts';
import {flagsOf, repairTimers, segmentOf} from './seen.ts';
import {strictRows} from './strict.ts';
import {forgedEn, forgedZh, isThing, packetKinds, thingEn, thingZh} from './thing.ts';
import {timerEn, timerSet, timerZh} from './timer-set.ts';

const ways: readonly (readonly [RegExp, readonly string[]])[] = [
  [/lost on the way|途中丢/, ['fault', 'loss']],
  [/by the firewall|^防火墙/, ['firewall']],
  [/no host has|没有主机/, ['no such host']],
  [/host is down|主机已停机/, ['host down']],
  [/queue of the link|队列/, ['queue']],
  [/link’s check|链路校验/, ['link check']],
  [/source address|源地址/, ['firewall']],
  [/checksum is wrong|校验和/, ['checksum']],
];

const passedOn = (said: Said, {packet, host}: EventOf<'drop'>): boolean =>
  host === said.host('router') &&
  said.ever('send', said.host('keeper')).some((send) => send.packet === packet && send.hop > 0);

const lost = (said: Said): Facts => {
  const dead = said.deaths();
  const [, reasons = []] = ways.find(([pattern]) => pattern.test(said.words)) ?? [];
  const fits = dead.filter(
    ({packet}) =>
      isThing(said, segmentOf(said.trace, packet), packet) &&
      (!said.has('nth') || said.number('nth') === packet),
  );
  return {
    'something dies': dead.length > 0,
    'what dies': fits.length > 0,
    'which of several': said.has('ack') ? fits.some(({packet}) => isToldApart(said, packet)) : undefined,
    why: reasons.length === 0 ? undefined : fits.some(({reason}) => reasons.includes(reason)),
    'past the one, at the other': said.has('keeper') ? fits.some((each) => passedOn(said, each)) : undefined,
  };
};

const alone = (said: Said): Facts => {
  const {packet = 0} = said.deaths()[0] ?? heldUp(said)[0] ?? {};
  const segment = segmentOf(said.trace, packet);
  if (said.has('flags')) return {...lost(said)};
  if (!said.has('bytes')) return {...lost(said), packet: packet === said.number('packet')};
  return {
    packet: packet === said.number('packet'),
    bytes: segment?.payload.length === said.number('bytes'),
    seq: segment?.seq === said.number('seq'),
  };
};

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

const notYetAgain = (said: Said): Facts => ({
  ...timerSet(said),
  'it has not left again': diesAlone(said) ? leftAgain(said) === undefined : undefined,
});

export const pathRows = [
  ...portRows,
  row(
    `(?<what>The (?<flags>${packetKinds})|The ACK with ack=#ack|The probe with seq=#seq2|Packet #packet(?<icmp>, an ICMP message)?|The (?<dns>query|response)(?: (?:for|about) the ~type record)?)${forgedEn}(?: \\(packet #nth\\))?,? (?:has been altered on the way, and )?is (?:passed on by <keeper>; at <router> it is )?(?:lost|thrown away)`,
    `(?:防火墙丢弃了)?${forgedZh}(?:(?<flags>${packetKinds})|ack=#ack 的 ACK(?:（第 #nth 个分组）)?|seq=#seq2 的探测|第 #packet 个分组(?<icmp>（ICMP 报文）)?|(?:~type 记录的)?(?<dns>查询|响应))(?:在途中遭到改动，)?(?:<keeper>照样转发，到了<router>)?(?:在途中丢了|丢失|被丢弃(?!了))`,
    lost,
  ),
  row(
    `(?:The (?:${packetKinds})|Packet \\d+, \\d+ bytes? from seq=\\d+,|Packet \\d+(?:, an ICMP message,)?|The ACK with ack=\\d+(?: \\(packet \\d+\\))?) (?:has been altered on the way, and )?is (?:passed on by [^.;]+; at [^.;]+ it is )?(?<why>lost[^.]*|thrown away[^.]*)\\.`,
    `(?:防火墙丢弃了|在途中丢了|丢失：[^。]*|丢弃[^。]*)。`,
    (said) => {
      const [, reasons] = ways.find(([pattern]) => pattern.test(said.words)) ?? [];
      return {why: reasons && said.deaths().some(({reason}) => reasons.includes(reason))};
    },
  ),
  row(
    'no host has the address (?<address>[\\da-f.:]*[\\da-f])',
    '没有主机用 (?<address>[\\da-f.:]+) 这个地址',
    (said) => ({
      'it goes there': said.deaths().some(({packet}) => goalOf(said, packet) === said.word('address')),
      'none has it': said.trace.header.hosts.every(({ip}) => !ip.includes(said.word('address'))),
    }),
  ),
  row(
    ', and (?:packets? (?<named>[\\d, and]+\\d)|#count more) at the same time(?:, up to packet #last)?',
    '，同一时刻丢的还有(?:第 (?<named>[\\d 、和]+\\d) 个分组| #count 个，到第 #last 个分组为止)',
    (said) => ({
      'so many, up to there': said.deaths().some(({packet, reason}) => {
        const {from} = said.trace.packet(packet);
        const goal = reason === 'no such host' ? goalOf(said, packet) : undefined;
        const others = said.future.flatMap((each) =>
          each.kind === 'drop' &&
          each.atUs === said.atUs &&
          each.reason === reason &&
          each.packet > 0 &&
          said.trace.packet(each.packet).from === from &&
          (goal === undefined || goalOf(said, each.packet) === goal)
            ? [each.packet]
            : [],
        );
        if (said.has('named')) return said.word('named').match(/\d+/g)?.join() === others.join();
        return others.length === said.number('count') && others.at(-1) === said.number('last');
      }),
    }),
  ),
  row(
    'Packet #packet, #bytes bytes? from seq=#seq,',
    '第 #packet 个分组（seq=#seq 起的 #bytes 字节）',
    alone,
  ),
  row(
    `Nothing tells <host>; its ${timerEn} is due at @at(?<last>, and then it gives up)?(?:, but if it has no connection by @next it tries the next address as well)?`,
    `没有谁会通知<host>；它的${timerZh}设在 @at 超时(?<last>，到时它就放弃)?(?:，但到 @next 若还没连上，就会同时试下一个地址)?`,
    (said) => ({...notYetAgain(said), ...triesNext(said)}),
  ),
  row(
    `<host> does not know that yet; its ${timerEn} is due at @at(?<last>, and then it gives up)?`,
    `<host>还不知道；它的${timerZh}设在 @at 超时(?<last>，到时它就放弃)?`,
    notYetAgain,
  ),
  row(
    `<host> has already sent that again, in packet #packet; its ${timerEn} is due at @at(?<last>, and then it gives up)?`,
    `<host>已经在第 #packet 个分组里重发过；它的${timerZh}设在 @at 超时(?<last>，到时它就放弃)?`,
    (said) => ({...timerSet(said), 'in which packet': leftAgain(said) === said.number('packet')}),
  ),
  row(
    `<host> still waits for one; its ${timerEn} is due at @at(?<last>, and then it gives up)?`,
    `<host>还在等，它的${timerZh}设在 @at 超时(?<last>，到时它就放弃)?`,
    timerSet,
  ),
  row(
    '<host> still waits for room: if nothing comes by @at, it asks',
    '<host>还在等空间：到 @at 若没有消息，它就去问',
    (said) => ({
      ...timerSet(said),
      'a window is closed to it': said.running(said.host()).some(({name}) => name === 'persist'),
    }),
  ),
  row('<host> waits for an answer until @at', '<host>等应答，最多等到 @at', timerSet),
  row(
    'The next one, ack=#ack, has already left and covers what this one was to acknowledge, too',
    '下一个 ACK（ack=#ack）已经发出，这个 ACK 要确认的，它也一并确认',
    (said) => ({
      'it has left, and says no less': said.deaths().some(({packet}) => {
        const {from} = said.trace.packet(packet);
        const lost = segmentOf(said.trace, packet)?.ack ?? 0;
        return said
          .sentEver(from)
          .some(
            ({segment, event}) =>
              event.packet > packet &&
              event.atUs <= said.atUs &&
              segment.ack === said.number('ack') &&
              isOfSent(said, segment) &&
              ((segment.ack - lost) | 0) >= 0,
          );
      }),
    }),
  ),
  row('No timer retransmits an ACK', '没有定时器会重传 ACK', (said) => ({
    'it is an ACK': said.deaths().some(({packet}) => {
      const segment = segmentOf(said.trace, packet);
      return segment !== undefined && flagsOf(segment) === 'ACK' && segment.payload.length === 0;
    }),
  })),
  row('none waits for this one', '也没有定时器在等它', (said) => ({
    'none runs for it': said.deaths().some(({packet}) => {
      const {to} = said.trace.packet(packet);
      const ack = segmentOf(said.trace, packet)?.ack;
      const due = said
        .sentEver(to)
        .some(({segment}) => ack !== undefined && segment.seq + segment.payload.length === ack);
      return !due || said.running(to).every(({name}) => !repairTimers.has(name));
    }),
  })),
  row('UDP repeats nothing', 'UDP 不重传', (said) => ({
    'it is a datagram': said.deaths().some(({packet}) => segmentOf(said.trace, packet) === undefined),
  })),
  row(
    'The firewall sends a message about it to <host>(?:: ICMP type #type, code #code)?',
    '防火墙为此向<host>发出通知(?:：ICMP 类型 #type、代码 #code)?',
    (said) => {
      const sent = said.now('send').flatMap(({packet}) => (packet > 0 ? [said.trace.packet(packet)] : []));
      const errors = sent.flatMap(({frame}) =>
        frame?.payload.kind === 'ip' && frame.payload.packet.transport.kind === 'icmp'
          ? [frame.payload.packet.transport.message]
          : [],
      );
      return {
        'who is told': sent.some(({to}) => to === said.host()),
        'by what': said.has('type')
          ? errors.some(({type, code}) => type === said.number('type') && code === said.number('code'))
          : errors.length === 0,
      };
    },
  ),
  ...againRows,
  ...lateRows,
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
