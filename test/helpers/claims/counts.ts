// What the prose of lessons counts and measures: packets of a kind, records, spans of time, halves; what is old, what is still under
// way. Read in several ways; a sentence claims those that hold in the run that it was written for.
import type {TraceEvent} from '../../../source/sim/trace.ts';
import {farEndOf} from '../../../source/wire/connection-id.ts';
import {hasFlag, type TcpSegment} from '../../../source/wire/tcp.ts';
import {type Facts, hosts, type Row, row, type Said} from './said.ts';
import {flagsOf, type Of} from './seen.ts';

const numbers: {readonly [word: string]: number} = {
  ...{no: 0, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10},
  ...{两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10},
};

const digits =
  '(?<![\\w.,=×+–-]|[=×+–] )(?<count>\\d+|two|three|four|five|six|seven|eight|nine|ten|Two|Three|Four|Five)';

const digitsZh = '(?<![\\d.,=×+–]|第 ?)(?<count>\\d+|两|三|四|五|六|七|八|九|十)';

const countIn = (said: Said): number =>
  numbers[said.word('count').toLowerCase()] ?? Number(said.word('count'));

/** Of packets that hosts make, not of those that routers pass on. */
const made = (events: readonly Of<'send'>[]): readonly Of<'send'>[] =>
  events.filter(({hop, packet}) => hop === 0 && packet > 0);

type IsKind = (said: Said, event: Of<'send'>) => boolean;

const ofSegment =
  (is: (segment: TcpSegment) => boolean): IsKind =>
  (said, event) =>
    said.passing(event).some(({segment}) => is(segment));

const kinds: readonly (readonly [RegExp, IsKind])[] = [
  [/SYN,ACK/, ofSegment((segment) => flagsOf(segment) === 'SYN,ACK')],
  [/SYN/, ofSegment((segment) => flagsOf(segment) === 'SYN')],
  [/FIN/, ofSegment((segment) => hasFlag(segment, 'FIN'))],
  [/RST/, ofSegment((segment) => hasFlag(segment, 'RST'))],
  [/ACK/, ofSegment((segment) => flagsOf(segment) === 'ACK' && segment.payload.length === 0)],
  [/quer|question|查询|问题/, (said, event) => said.dns(event).some(({flags}) => !flags.qr)],
  [/repetition|cop(?:y|ies)|重发|重传|副本/, (_, {retransmission}) => retransmission],
  [/data|数据/, ofSegment(({payload}) => payload.length > 0)],
  [/segment|报文段/, ofSegment(() => true)],
];

const tcbs = (said: Said) => hosts(said).flatMap((name) => said.connections(name, 'after'));

/** In one of the ways in which one may count: so far, in all, now, by one host, what was lost. */
const counted = (said: Said): Facts => {
  const count = countIn(said);
  const [, is = () => true] = kinds.find(([pattern]) => pattern.test(said.word('noun'))) ?? [];
  const ever = made(said.ever('send')).filter((event) => is(said, event));
  const later = made(said.future.filter((event): event is Of<'send'> => event.kind === 'send'));
  const now = ever.filter(({instant}) => instant === said.instant[0]?.instant);
  const ways = [
    ever.length,
    ever.length + later.filter((event) => is(said, event)).length,
    now.length,
    ...hosts(said).map((name) => ever.filter(({host}) => host === name).length),
    said.ever('drop').filter(({reason}) => reason !== 'discarded').length,
  ];
  return {'so many of them': ways.includes(count)};
};

/** Which of the packets that have left neither are there nor will not be. */
const underWay = (said: Said): readonly Of<'send'>[] => {
  const ended = new Set([...said.ever('arrive'), ...said.ever('drop')].map(({packet}) => packet));
  return made(said.ever('send')).filter(({packet}) => !ended.has(packet));
};

/** Of a host's segments with data those below its MSS that have left before this one, and of which bytes are unacknowledged then. */
const smallUnacknowledged = (said: Said, {host, n}: TraceEvent, {srcPort, dstPort}: TcpSegment) => {
  const own = said
    .connections(host, 'after')
    .find(({local, remote}) => local.port === srcPort && remote.port === dstPort);
  return said.sentEver(host).filter(({segment: {seq, payload, ...to}, event}) => {
    const isSmall = own && payload.length > 0 && payload.length < own.mss;
    const isOlder = event.n < n && to.srcPort === srcPort && to.dstPort === dstPort;
    return isSmall && isOlder && ((seq + payload.length - own.snd.una) | 0) > 0;
  });
};

/** Of all the connections that an end has opened by now. */
const openingUs = (said: Said): number =>
  said.ever('state').reduce((sum, {to, n, host, connection, atUs}) => {
    const began =
      to === 'ESTABLISHED' &&
      said
        .ever('state', host)
        .findLast((event) => event.n < n && event.to === 'SYN-SENT' && event.connection === connection);
    return sum + (began ? atUs - began.atUs : 0);
  }, 0);

/** All of its packets, those that are to come, too. */
const packetsOfNow = (said: Said): number => {
  const connection = said.instant.find(({n}) => n === said.n)?.connection;
  return made([...said.past, ...said.future].filter((event) => event.kind === 'send')).filter(
    (event) => event.connection === connection || event.connection === farEndOf(connection ?? ''),
  ).length;
};

const half = (said: Said): Facts => ({
  'it is half of that': Math.abs(said.number('whole') / 2 - said.number('half')) <= 1,
});

const nouns =
  'SYN,ACKs|SYNs|FINs|RSTs|ACKs|data packets|data segments|segments|packets|repetitions|copies|queries|questions';

export const countRows: readonly Row[] = [
  row('\\bthe whole connection #count packets', '整条连接用了 ?#count 个分组', (said) => ({
    'so many of this connection': packetsOfNow(said) === said.number('count'),
  })),
  row('@at of it for the handshake|\\bTCP @tcp(?=,)', '@at 花在握手上|TCP @tcp(?=，)', (said) => ({
    'all handshakes took so long': said.isTime(said.has('at') ? 'at' : 'tcp', openingUs(said)),
  })),
  row(
    `${digits} (?:(?!data )\\w+ )?(?<noun>${nouns})\\b`,
    `${digitsZh} ?[个次条] ?(?<noun>SYN,ACK|SYN|FIN|RST|报文段|分组|副本|查询|重传|重发)(?! ?都)`,
    counted,
  ),
  row(
    'All (?<count>two|three|four) have seq=#seq',
    '(?<count>两|三|四) ?个(?: ?ACK ?)?的 seq 都是 ?#seq',
    (said) => ({
      'so many with it have left': hosts(said).some(
        (name) =>
          said
            .sentEver(name)
            .filter(({segment, event}) => event.hop === 0 && segment.seq >>> 0 === said.number('seq'))
            .length >= countIn(said),
      ),
    }),
  ),
  row(
    '\\b(?<noun>SYN|request|segment|query) number (?<count>\\d+)',
    '第 (?<count>\\d+) 个 ?(?<noun>SYN|报文段|查询)',
    counted,
  ),
  row(
    'half of (?:the |those )?#whole [^.]{0,60}?[:,] #half',
    '#whole [^。]{0,30}?的一半[^。\\d]{0,12}#half',
    half,
  ),
  row('#whole (?:bytes )?(?:then )?in flight', '在途[^。\\d]{0,8}#whole 字节|#whole2 字节在途', (said) => {
    const number = said.number(said.has('whole') ? 'whole' : 'whole2');
    const flights = (when: 'before' | 'after') =>
      hosts(said).flatMap((name) => said.connections(name, when).map(({snd}) => (snd.nxt - snd.una) | 0));
    return {
      'before this': flights('before').includes(number),
      'after this': flights('after').includes(number),
    };
  }),
  row(
    '\\b[Oo]ld (?<flags>SYN|FIN|segment|cop\\w+|data)\\b|\\bthis SYN is old',
    '旧的? ?(?<flags>SYN|FIN|报文段|副本|数据)',
    (said) => {
      const newer = said
        .came()
        .some(({segment, event}) =>
          said
            .sentEver(said.trace.packet(event.packet).from)
            .some(
              (each) =>
                each.segment.seq !== segment.seq && each.event.n > said.trace.packet(event.packet).sendEvent,
            ),
        );
      return {
        'its sender has sent other numbers since': newer,
        'one with other numbers is under way': made(said.now('send')).some((now) =>
          said.passing(now).some(({segment}) =>
            underWay(said)
              .filter(({host, packet}) => host === now.host && packet !== now.packet)
              .some((each) => said.passing(each).some((other) => other.segment.seq !== segment.seq)),
          ),
        ),
        'its sender has given that connection up': said.came().some(({event}) => {
          const {from} = said.trace.packet(event.packet);
          return from !== undefined && said.states(from).at(-1) === 'CLOSED';
        }),
      };
    },
  ),
  row(
    '(?<!\\b(?:dies|died|lost|altered|damaged|dropped) )\\b(?:still )?(?:under way|on (?:its|the|their) way)\\b',
    '还?在?途中(?!丢|被丢|变|损|改)|在路上',
    (said) => ({
      'something is under way': underWay(said).length > 0,
      'what leaves now arrives': made(said.now('send')).some(({packet}) => said.trace.packet(packet).lost),
    }),
  ),
  row('\\b[Nn]o small (?:one|segment) is under way\\b', '没有未确认的小报文段', (said) => ({
    'no small one of its sender is unacknowledged': said
      .sent()
      .every(({segment, event}) => smallUnacknowledged(said, event, segment).length === 0),
  })),
  row(
    '\\bnothing (?:is|was|has been) sent twice\\b|\\bnothing is repeated\\b',
    '没有重传|什么也没重[发传]|没有[^。]{0,6}发两次',
    (said) => ({
      'nothing was sent again': said.ever('send').every(({retransmission}) => !retransmission),
    }),
  ),
  row(
    '<host> (?:has|keeps|is without|holds) (?:no|any)?(?:one)? ?(?:such )?(?:record|connection|entry)\\b',
    '<host>(?:上)?(?:已经)?没有(?:这条|这样的|对应的|对得上的)?(?:连接)?(?:记录|连接)',
    (said) => ({'it has none': said.connections(said.host(), 'after').length === 0}),
  ),
  row(
    '(?<count>\\d+) (?:places|records|connections in the queue)\\b',
    '(?<count>\\d+) ?(?:个位置|条记录|条连接)',
    (said) => {
      const half = tcbs(said).filter(({state}) => state === 'SYN-RECEIVED').length;
      return {'half-open': half === countIn(said), records: tcbs(said).length === countIn(said)};
    },
  ),
  row(
    '\\b(?:goes|sent|answers?|tells) to (?<ip>\\d+\\.\\d+\\.\\d+\\.\\d+)',
    '(?:发往|发给|回给) ?(?<ip>\\d+\\.\\d+\\.\\d+\\.\\d+)',
    (said) => ({
      'a packet to there': made(said.now('send')).some(({packet}) => {
        const frame = said.trace.packet(packet).frame;
        return frame?.payload.kind === 'ip' && frame.payload.packet.dst === said.word('ip');
      }),
    }),
  ),
  row(
    '\\btimer is stopped\\b|\\bstops its timer\\b',
    '定时器(?:还没到时)?就?(?:被)?停(?:了|下|止)',
    (said) => ({
      'a timer is stopped': said.now('timer').some(({op}) => op === 'cancel'),
    }),
  ),
  row(
    '\\b(?:nobody|no program)[^.]{0,24}(?:knew|hears?|learns?|is told)|\\bnever knew\\b|\\bprogram (?:is told nothing|gets no byte)\\b',
    '程序[^。]{0,8}(?:不知道|毫不知情|没有得到|一无所知)',
    (said) => ({
      'no program got anything so far': said.ever('deliver').length + said.ever('signal').length === 0,
      'no program gets anything now': said.now('deliver').length + said.now('signal').length === 0,
    }),
  ),
  row(
    '\\b[Nn]o (?:answer|ACK|RST|reply)\\b[^.]{0,20}(?:within|comes|came|back|yet)',
    '没有(?:应答|回应|ACK)|不会有 ACK',
    (said) => {
      const event = said.instant.find(({n}) => n === said.n);
      return {
        'nothing has come to it': event && said.ever('arrive', event.host).length === 0,
        'nothing comes now': said.came().length === 0,
      };
    },
  ),
  row(
    '\\b(?:first|opening) SYN,ACK\\b|\\bthird segment\\b|\\bthe first packet\\b',
    '第一个 SYN,ACK|第三个报文段',
    (said) => {
      const sent = made(said.ever('send')).filter((event) => said.passing(event).length > 0);
      return {
        'the third of all': made(said.now('send')).some(({packet}) => packet === sent[2]?.packet),
        'three have left by now': sent.length === 3,
        'no other SYN,ACK before': said
          .sentEver()
          .every(({segment, event}) => event.n >= said.n || flagsOf(segment) !== 'SYN,ACK'),
      };
    },
  ),
  row('\\b[Ii]t is not lost\\b|\\bnot lost\\b', '(?:它|并)?没有?丢(?!包)', (said) => ({
    'what leaves now arrives': made(said.now('send')).every(({packet}) => !said.trace.packet(packet).lost),
    'nothing has died': said.ever('drop').every(({reason}) => reason === 'discarded'),
  })),
  row(
    '\\b[Nn]othing (?:is|was|has been) lost\\b|\\b[Nn]o (?:packet|segment) is lost\\b|\\bnot one (?:packet|segment) (?:was|is) lost\\b',
    '没有丢包',
    (said) => ({
      'nothing has died': said.ever('drop').every(({reason}) => reason === 'discarded'),
    }),
  ),
  row('\\bheld up for @at', '(?:耽搁|耽误|滞留|延误)了? ?@at', (said) => ({
    'a packet takes so much longer': [...said.past, ...said.future].some(
      (event) =>
        event.kind === 'arrive' &&
        event.packet > 0 &&
        said
          .ever('send')
          .some(
            ({packet, atUs}) =>
              packet === event.packet && Math.abs(event.atUs - atUs - said.lengthUs('at')) < 200_000,
          ),
    ),
  })),
];
