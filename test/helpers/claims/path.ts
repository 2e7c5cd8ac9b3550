// What is said of the path, judged by raw events: what was lost, altered, doubled; what was sent again, and why; what was thrown away.
import {hasFlag, segLen, type TcpSegment} from '../../../source/wire/tcp.ts';
import {type Facts, row, type Said} from './said.ts';
import {flagsOf, repairTimers, segmentOf} from './seen.ts';

const kinds = 'SYN,ACK|SYN|FIN|RST';

/** A packet as a sentence calls it; which flags and numbers that claims. */
export const thingEn =
  '(?:the (?<flags>SYN,ACK|SYN|FIN|RST)|the ACK with ack=#ack|the probe with seq=#seq2|the #bytes bytes? from seq=#seq|the byte from seq=#seq1|(?<dns>the question|the response)|packet #packet)';
export const thingZh =
  '(?:(?<flags>SYN,ACK|SYN|FIN|RST)|ack=#ack 的 ACK|seq=#seq2 的探测|seq=#seq 起的 #bytes 字节|(?<dns>这个查询|这个响应)|第 #packet 个分组)';

export const isThing = (said: Said, segment: TcpSegment | undefined, packet: number): boolean => {
  if (said.has('dns')) return segment === undefined;
  if (said.has('packet') && !said.has('seq')) return packet === said.number('packet');
  if (!segment) return false;
  const own = flagsOf(segment);
  if (said.has('flags')) {
    const flags = said.word('flags');
    if (flags === 'FIN' || flags === 'RST') return own.includes(flags);
    return own === flags;
  }
  if (said.has('ack')) return segment.payload.length === 0 && segment.ack === said.number('ack');
  if (said.has('seq2')) return segment.payload.length === 0 && segment.seq === said.number('seq2');
  if (said.has('seq1')) return segment.seq === said.number('seq1') && segment.payload.length === 1;
  return segment.seq === said.number('seq') && segment.payload.length === said.number('bytes');
};

const ways: readonly (readonly [RegExp, readonly string[]])[] = [
  [/lost on the way|途中丢/, ['fault', 'loss']],
  [/by the firewall|^防火墙/, ['firewall']],
  [/no host has|没有主机/, ['no such host']],
  [/host is down|主机已停机/, ['host down']],
  [/queue of the link|队列/, ['queue']],
  [/link’s check|链路校验/, ['link check']],
  [/checksum is wrong|校验和/, ['checksum']],
];

const lost = (said: Said): Facts => {
  const dead = said.deaths();
  const [, reasons = []] = ways.find(([pattern]) => pattern.test(said.words)) ?? [];
  const fits = dead.filter(({packet}) => isThing(said, segmentOf(said.trace, packet), packet));
  return {
    'something dies': dead.length > 0,
    'what dies': fits.length > 0,
    why: reasons.length === 0 ? undefined : fits.some(({reason}) => reasons.includes(reason)),
  };
};

const lostAlone = (said: Said): Facts => {
  const {packet = 0} = said.deaths()[0] ?? {};
  const segment = segmentOf(said.trace, packet);
  if (said.has('flags')) return {...lost(said)};
  if (!said.has('bytes')) return {...lost(said), packet: packet === said.number('packet')};
  return {
    packet: packet === said.number('packet'),
    bytes: segment?.payload.length === said.number('bytes'),
    seq: segment?.seq === said.number('seq'),
  };
};

/** Which timer sends next: RFC 8985 §7.2 and §6.2 have their own. */
const timerEn = '(?:(?<tlp>probe timer \\(TLP\\))|(?<reordering>reordering timer \\(RACK\\))|timer)';
const timerZh = '(?:(?<tlp>探测定时器（TLP）)|(?<reordering>乱序定时器（RACK）)|(?:重传)?定时器)';

const isCalled = (said: Said, name: string): boolean => {
  if (said.has('tlp')) return name === 'TLP';
  return said.has('reordering') ? name === 'reordering' : name !== 'TLP' && name !== 'reordering';
};

const timerSet = (said: Said): Facts => ({
  'a timer is set for then': said.running(said.host()).some(({dueUs}) => said.isTime('at', dueUs)),
  'that timer': said
    .running(said.host())
    .some(({name, dueUs}) => said.isTime('at', dueUs) && isCalled(said, name)),
  'it is still to come': said.running(said.host()).some(({dueUs}) => dueUs >= said.atUs),
});

export const sendsAgain = (said: Said): Facts => {
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

export const pathRows = [
  row(
    `(?<what>The (?<flags>${kinds})|The ACK with ack=#ack|The probe with seq=#seq2|Packet #packet|The (?<dns>question|response)) is (?:lost|thrown away)`,
    `(?:防火墙丢弃了)?(?:(?<flags>${kinds})|ack=#ack 的 ACK|seq=#seq2 的探测|第 #packet 个分组|(?<dns>查询|响应))(?:在途中丢了|丢失|被丢弃)`,
    lost,
  ),
  row(
    `(?:The (?:${kinds})|Packet \\d+, \\d+ bytes? from seq=\\d+,|Packet \\d+|The ACK with ack=\\d+) is (?<why>lost[^.]*|thrown away[^.]*)\\.`,
    `(?:防火墙丢弃了|在途中丢了|丢失：[^。]*|丢弃[^。]*)。`,
    (said) => {
      const [, reasons] = ways.find(([pattern]) => pattern.test(said.words)) ?? [];
      return {why: reasons && said.deaths().some(({reason}) => reasons.includes(reason))};
    },
  ),
  row(
    'Packet #packet, #bytes bytes? from seq=#seq,',
    '第 #packet 个分组（seq=#seq 起的 #bytes 字节）',
    lostAlone,
  ),
  row(
    `Nothing tells <host>; its ${timerEn} is set for @at`,
    `没有谁会通知<host>；它的${timerZh}设在 @at 超时`,
    timerSet,
  ),
  row(
    `<host> does not know that yet; its ${timerEn} is set for @at`,
    `<host>还不知道；它的${timerZh}设在 @at 超时`,
    timerSet,
  ),
  row(
    `<host> still waits for one; its ${timerEn} is set for @at`,
    `<host>还在等，它的${timerZh}设在 @at 超时`,
    timerSet,
  ),
  row(
    '<host> waits for room still: if nothing comes until @at, it asks',
    '<host>还在等空间：到 @at 若没有消息，它就去问',
    (said) => ({
      ...timerSet(said),
      'a window is closed to it': said.running(said.host()).some(({name}) => name === 'persist'),
    }),
  ),
  row('<host> waits for an answer until @at', '<host>最多等应答等到 @at', timerSet),
  row('An ACK is not repeated', 'ACK 不会重传', (said) => ({
    'it is an ACK': said.deaths().some(({packet}) => {
      const segment = segmentOf(said.trace, packet);
      return segment !== undefined && flagsOf(segment) === 'ACK' && segment.payload.length === 0;
    }),
  })),
  row('no timer waits for this one', '也没有定时器在等它', (said) => ({
    'none runs for it': said.deaths().some(({packet}) => {
      const {to} = said.trace.packet(packet);
      const ack = segmentOf(said.trace, packet)?.ack;
      const due = said
        .sentEver(to)
        .some(({segment}) => ack !== undefined && segment.seq + segment.payload.length === ack);
      return !due || said.running(to).every(({name}) => !repairTimers.has(name));
    }),
  })),
  row('An RST is not repeated', 'RST 不会重传', (said) => ({
    'it is an RST': said.deaths().some(({packet}) => {
      const segment = segmentOf(said.trace, packet);
      return segment !== undefined && hasFlag(segment, 'RST');
    }),
  })),
  row('and <host> has forgotten the connection', '<host>已经删除了这条连接', (said) => ({
    'it has none': said.deaths().some(({packet}) => {
      const segment = segmentOf(said.trace, packet);
      return said
        .connections(said.host(), 'after')
        .every(({local, remote}) => local.port !== segment?.srcPort || remote.port !== segment.dstPort);
    }),
  })),
  row('UDP repeats nothing', 'UDP 不重传', (said) => ({
    'it is a datagram': said.deaths().some(({packet}) => segmentOf(said.trace, packet) === undefined),
  })),
  row('The firewall says so to <host>', '防火墙告知了<host>', (said) => ({
    'who is told': said
      .now('send')
      .some(({packet}) => packet > 0 && said.trace.packet(packet).to === said.host()),
  })),
  row('After @wait the timer of <host> runs out: it sends ', '@wait 后<host>的重传定时器超时', (said) => {
    const fired = said.fired(said.host());
    return {
      'its timer runs out': fired.length > 0,
      'how long it ran': fired.some(({ranUs}) => said.isTime('wait', ranUs)),
      'it sends': said.sent(said.host()).length > 0,
    };
  }),
  row(
    `the timer of <host> runs out: it sends ${thingEn} again`,
    `<host>的重传定时器超时，${thingZh}再发一次`,
    sendsAgain,
  ),
  row(
    'the timer of <host> runs out[^.]*? again, and now waits until @at(?<twice>, twice as long)?',
    '<host>的重传定时器超时[^。]*?再发一次；下一次等到 @at(?<twice>，时间加倍)?',
    (said) => {
      const [{ranUs} = {ranUs: Number.NaN}] = said.fired(said.host());
      const armed = said.now('timer', said.host()).filter(({op}) => op === 'arm');
      return {
        'until when': armed.some(({dueUs}) => said.isTime('at', dueUs)),
        twice: said.has('twice') ? armed.some(({dueUs}) => dueUs - said.atUs === 2 * ranUs) : undefined,
      };
    },
  ),
  row('Its cwnd falls from #before to #after bytes', 'cwnd 从 #before 字节降到 #after 字节', (said) => {
    const [{host} = {host: ''}] = said.now('send');
    return {
      'cwnd before': said.cwnd(host, 'before').includes(said.number('before')),
      'cwnd after': said.cwnd(host, 'after').includes(said.number('after')),
      falls: said.number('after') < said.number('before'),
    };
  }),
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
    `By SACK <host> sees what is missing: it sends ${thingEn} again`,
    `从 SACK 看得出缺了什么，<host>重发 ?${thingZh}`,
    (said) => ({
      ...sendsAgain(said),
      'SACK has come': said
        .cameEver(said.host())
        .some(({segment}) => segment.options.some(({kind}) => kind === 'sack')),
      'no timer ran out': said.fired(said.host()).length === 0,
    }),
  ),
  row(
    `The ACK moves on, but not to the end: <host> sends ${thingEn} again at once`,
    `ACK 前进了，但没到头：<host>立即重发 ?${thingZh}`,
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
    `<host> goes on with what had been sent before the time-out: ${thingEn}, once more`,
    `<host>接着补发超时之前发过的数据：${thingZh}`,
    (said) => ({
      ...sendsAgain(said),
      'a timer had run out': said
        .ever('timer', said.host())
        .some(({name, op}) => name === 'RTO' && op === 'fire'),
    }),
  ),
  row(
    `<host> cuts its bytes anew, and sends ${thingEn} again`,
    `<host>把数据重新切分，再发 ?${thingZh}`,
    (said) => sendsAgain(said),
  ),
  row(
    `The SYN came again, so <host> repeats its answer: ${thingEn}, with the same numbers`,
    `SYN 又来了一次，<host>于是重发应答：${thingZh}，序号不变`,
    (said) => {
      const [answer] = said.sent(said.host());
      const earlier = said.sentEver(said.host()).filter(({event}) => event.n < (answer?.event.n ?? 0));
      return {
        'a SYN comes': said.came(said.host()).some(({segment}) => flagsOf(segment) === 'SYN'),
        'it came before':
          said.cameEver(said.host()).filter(({segment}) => flagsOf(segment) === 'SYN').length > 1,
        'the same numbers': earlier.some(
          ({segment}) => segment.seq === answer?.segment.seq && segment.ack === answer.segment.ack,
        ),
      };
    },
  ),
  row(
    '<host> sends its SYN again, now with ACK; seq=#number is the same',
    '<host>再发一次 SYN，这次带 ACK，seq 仍是 #number',
    (said) => ({
      'SYN,ACK': said.sent(said.host()).some(({segment}) => flagsOf(segment) === 'SYN,ACK'),
      'the same number': said
        .sentEver(said.host())
        .some(({segment}) => flagsOf(segment) === 'SYN' && segment.seq === said.number('number')),
    }),
  ),
  row(
    'Packet #packet arrives again: the path made a copy',
    '第 #packet 个分组又到了一份：路径多复制了一份',
    (said) => {
      const all = said
        .ever('arrive')
        .filter(({packet, hop}) => packet === said.number('packet') && hop === 0);
      return {
        'it arrives now': said.now('arrive').some(({packet}) => packet === said.number('packet')),
        again: all.length > 1,
      };
    },
  ),
  row(
    'Packet #packet is (?:altered|damaged) on the way',
    '第 #packet 个分组在途中(?:变了样|损坏了)',
    (said) => ({
      'it arrives altered': said
        .now('arrive')
        .some(({packet, altered}) => packet === said.number('packet') && altered !== undefined),
    }),
  ),
  row(
    'is altered on the way: ~field is ~arrived, not ~sent(?=\\.(?: |$))',
    '在途中变了样：~field 是 ~arrived，不是 ~sent(?=。)',
    (said) => {
      const [come] = said.came();
      const left = come && segmentOf(said.trace, come.event.packet);
      if (!come || !left) return {};
      const fields: {readonly [name: string]: (segment: TcpSegment) => number} = {
        'tcp.seq_raw': ({seq}) => seq,
        'tcp.ack_raw': ({ack}) => ack,
        'tcp.window_size_value': ({window}) => window,
      };
      const field = fields[said.word('field')];
      if (!field) return {};
      return {
        'as it left': field(left) === said.number('sent'),
        'as it came': field(come.segment) === said.number('arrived'),
      };
    },
  ),
  row(
    'it arrives as (?<flags>(?:(?:SYN|FIN|RST|PSH|ACK),?)+) seq=#seq(?: ack=#ack)?',
    '到达时是 (?<flags>(?:(?:SYN|FIN|RST|PSH|ACK),?)+) seq=#seq(?: ack=#ack)?',
    (said) => ({
      'seq as it came': said.came().some(({segment}) => segment.seq === said.number('seq')),
      'ack as it came': said.has('ack')
        ? said.came().some(({segment}) => segment.ack === said.number('ack'))
        : undefined,
      'flags as they came': said
        .came()
        .some(({segment}) => flagsOf(segment) === said.word('flags').replace('PSH,', '')),
    }),
  ),
  row(
    `<host> has had ${thingEn} before: it throws the copy away`,
    `${thingZh} ?<host>早就收到过：多出来的丢弃`,
    (said) => ({
      'it is thrown away': said.thrownAway(said.host()).length > 0,
      'what comes': said.came(said.host()).some(({segment, event}) => isThing(said, segment, event.packet)),
      'its numbers had come': said.came(said.host()).some((now) => said.hadCome(said.host(), now)),
    }),
  ),
  row(
    '(?:throws the copy away and says(?: once more)?|<host> expects other numbers[^:]*: it answers) ack=#ack',
    '(?:多出来的丢弃，(?:再回一次|并回)|不在 ?<host>期待之列：它回) ack=#ack',
    (said) => ({
      'what it says': said.sent().some(({segment}) => segment.ack === said.number('ack')),
      'it has said so before': /once more|再回一次/.test(said.words)
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
    `No program on <host> waits on that port: ${thingEn} is thrown away`,
    `<host>上没有程序在等这个端口，${thingZh}没人收`,
    (said) => ({
      'it is thrown away': said.thrownAway(said.host()).length > 0,
      'a datagram': said
        .thrownAway(said.host())
        .some(({packet}) => segmentOf(said.trace, packet) === undefined),
    }),
  ),
  row(
    `<host> throws ${thingEn} away(?<outside>: that lies outside its window)?(?<paws>: its timestamp is older)?(?<acks>: its acknowledgment number)?`,
    `(?:${thingZh}) ?(?:(?<outside>落在)<host>的接收窗口之外，丢弃|的(?:(?<paws>时间戳)[^，]*，<host2>丢弃它|(?<acks>确认号)与<host3>在这条连接上发出过的数据对不上))`,
    (said) => {
      const host = said.host() || said.host('host2') || said.host('host3');
      const came = said.came(host).filter(({segment, event}) => isThing(said, segment, event.packet));
      return {
        'it is thrown away': said.thrownAway(host).length > 0,
        'what comes': came.length > 0,
        'a number never sent': said.has('acks')
          ? came.some(({segment}) => {
              const ends = said
                .sentSinceItBegan(host, segment)
                .map((own) => (own.seq + segLen(own) - segment.ack) | 0);
              return ends.every((end) => end < 0) || ends.some((end) => end > 0);
            })
          : undefined,
      };
    },
  ),
];
