// What prose says of how often, how long after what, and of what there is none: judged by raw events, read in several ways.
import {type Row, row, type Said} from './said.ts';
import {flagsOf, type Of, type Passing, repairTimers} from './seen.ts';
import {oneWayUs} from './words.ts';

const ordinals: {readonly [word: string]: number} = {
  ...{second: 2, third: 3, fourth: 4, fifth: 5, sixth: 6, seventh: 7, eighth: 8, ninth: 9, tenth: 10},
  ...{二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10},
};

const counts: {readonly [word: string]: number} = {
  ...{one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, nine: 9, ten: 10},
  ...{一: 1, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 九: 9, 十: 10},
};

const countOf = (said: Said): number =>
  counts[said.word('count').toLowerCase()] ?? Number(said.word('count'));

const hosts = (said: Said): readonly string[] => said.trace.header.hosts.map(({name}) => name);

const hostAtHand = (said: Said): string => said.instant.find(({n}) => n === said.n)?.host ?? '';

const isAlike = (one: Passing, other: Passing): boolean =>
  one.event.host === other.event.host &&
  one.segment.seq === other.segment.seq &&
  one.segment.srcPort === other.segment.srcPort &&
  flagsOf(one.segment) === flagsOf(other.segment);

/** How often each segment that leaves now has left by now. */
const timesSent = (said: Said): readonly number[] =>
  said.sent().map((now) => said.sentEver().filter((each) => isAlike(each, now)).length);

const questions = (said: Said, events: readonly Of<'send'>[], isAnswer: boolean): number =>
  events.filter(
    (event) =>
      event.hop === 0 && event.packet > 0 && said.dns(event).some(({flags}) => flags.qr === isAnswer),
  ).length;

const died = (said: Said): number =>
  said.ever('drop').filter(({reason, packet}) => reason !== 'discarded' && packet > 0).length;

const isNear = (us: number, wanted: number): boolean => Math.abs(us - wanted) < 1000;

const passing = (said: Said): readonly Passing[] => [...said.sent(), ...said.came()];

/** Of the connection whose segment passes at the host at hand. */
const hasConnection = (said: Said, host: string, when: 'before' | 'after'): boolean =>
  said
    .connections(host, when)
    .some(({local, remote}) =>
      passing(said).some(({segment: {srcPort, dstPort}}) => local.port + remote.port === srcPort + dstPort),
    );

export const oftenRows: readonly Row[] = [
  row(
    '\\b(?<nth>second|third|fourth|fifth|ninth|tenth) (?<what>time|retransmission|repetition|try|copy)\\b',
    '第(?<nth>二|三|四|五|九|十)次(?<what>重传|重发)?',
    (said) => {
      const nth = ordinals[said.word('nth')] ?? 0;
      const often = said.word('what') === 'time' || said.word('what') === '' ? nth : nth + 1;
      return {'it leaves for that time': timesSent(said).includes(often)};
    },
  ),
  row(
    '\\b(?<count>one|two|three|four|\\d+) (?<noun>quer(?:y|ies)|questions?|answers?|datagrams)\\b',
    '(?<count>一|两|三|四|\\d+) ?[个次条]?(?<noun>查询|询问|应答|回答|数据报)',
    (said) => {
      const isAnswer = /answer|应答|回答/.test(said.word('noun'));
      const here = hostAtHand(said);
      const sent = said.ever('send');
      return {
        'who is at it has sent so many': questions(said, said.ever('send', here), isAnswer) === countOf(said),
        'so many in all': questions(said, sent, isAnswer) === countOf(said),
        'so many datagrams': sent.filter(({hop, packet}) => hop === 0 && packet > 0).length === countOf(said),
        'each host that asks sent no more': hosts(said).every(
          (host) => questions(said, said.ever('send', host), isAnswer) <= countOf(said),
        ),
      };
    },
  ),
  row('\\b(?<count>[Oo]ne|[Tt]wo|[Tt]hree) loss(?:es)?\\b', '(?<count>一|两|三)[个次处]?丢', (said) => ({
    'so many have died': died(said) === countOf(said),
  })),
  row(
    '\\blost (?<flags>ACK|SYN,ACK|SYN|FIN|segment)s?\\b',
    '丢(?:掉|失|了)的(?:那个)? ?(?<flags>ACK|SYN,ACK|SYN|FIN|报文段)',
    (said) => ({
      'such a one has died': said.ever('drop').some(({reason, packet}) => {
        if (reason === 'discarded' || packet < 1) return false;
        return said
          .sentEver()
          .some(
            ({segment, event}) =>
              event.packet === packet &&
              (!/^[A-Z]/.test(said.word('flags')) || flagsOf(segment) === said.word('flags')),
          );
      }),
    }),
  ),
  row('\\bwithin (?:the same|one) round trip\\b|\\bsame round trip\\b', '同一个往返', (said) => ({
    'two different ones are sent again in it':
      new Set(
        said
          .sentEver()
          .filter(
            ({event}) =>
              event.kind === 'send' && event.retransmission && said.atUs - event.atUs <= 2 * oneWayUs(said),
          )
          .map(({segment}) => segment.seq),
      ).size > 1,
  })),
  row('\\b[Oo]ne round trip (?:later|after)\\b', '一个往返(?:之)?后', (said) => ({
    'one like it left a round trip ago': said
      .sent()
      .some((now) =>
        said
          .sentEver()
          .some((each) => isAlike(each, now) && isNear(said.atUs - each.event.atUs, 2 * oneWayUs(said))),
      ),
    'something of who is at it left a round trip ago': said
      .ever('send', hostAtHand(said))
      .some(({atUs}) => isNear(said.atUs - atUs, 2 * oneWayUs(said))),
  })),
  row('\\bruns out as much later\\b', '也就晚这么久超时|也晚同样久', (said) => ({
    'that of the other has run out': said
      .ever('timer')
      .some(
        ({op, host, name, atUs}) =>
          op === 'fire' &&
          repairTimers.has(name) &&
          host !== hostAtHand(said) &&
          atUs < said.atUs &&
          said.atUs - atUs < 900_000,
      ),
  })),
  row('@at later\\b', '@at ?(?:之)?后', (said) => ({
    'since something': said.before.some(({atUs}) => said.isTime('at', said.atUs - atUs)),
    'until something': said.future.some(({atUs}) => said.isTime('at', atUs - said.atUs)),
  })),
  row(
    '\\b(?:no|without(?: any| a)?) (?:such )?(?:record|connection|entry|numbers)\\b',
    '没有(?:任何)?(?:记录|连接)',
    (said) => ({
      'who is at it has none': !hasConnection(said, hostAtHand(said), 'before'),
      'nor after it': !hasConnection(said, hostAtHand(said), 'after'),
    }),
  ),
  row('\\b(?:[Nn]o|without a) timer\\b', '没有定时器', (said) => ({
    'none runs': hosts(said).every((host) => said.running(host).every(({name}) => !repairTimers.has(name))),
    'none runs at who is at it': said.running(hostAtHand(said)).every(({name}) => !repairTimers.has(name)),
  })),
  row('\\b(?:no|without) (?<flags>SYN|ACK|FIN)\\b', '(?:没有|不带) ?(?<flags>SYN|ACK|FIN)', (said) => ({
    'one passes without': passing(said).some(
      ({segment}) => !flagsOf(segment).split(',').includes(said.word('flags')),
    ),
  })),
  row('\\bonly (?:it|the \\w+) (?:remembers|knows|has)\\b', '只有(?:它|<host>)', (said) => ({
    'one end has a connection':
      hosts(said).filter((host) => said.connections(host, 'after').length > 0).length === 1,
  })),
  row('\\bin silence\\b|\\bsays nothing\\b', '不声不响|一声不吭|什么也不说', (said) => ({
    'who is at it sends nothing': said.now('send', hostAtHand(said)).length === 0,
  })),
  row('\\b(?:at once|immediately|right away|right behind)\\b', '立即|马上|立刻', (said) => ({
    'as something comes': said.now('send').length > 0 && said.now('arrive').length > 0,
    'as a program calls': said.now('send').length > 0 && said.now('call').length > 0,
  })),
  row('\\bin flight\\b|\\bunacknowledged\\b', '在途|未确认', (said) => ({
    'an end waits for an ACK': hosts(said).some((host) =>
      said.connections(host, 'after').some(({snd}) => snd.una !== snd.nxt),
    ),
  })),
  row(
    '\\b(?:[Nn]ot one (?:segment|packet)|nothing) (?:was|is|has been) lost\\b',
    '一个(?:报文段)?也没丢',
    (said) => ({
      'none has died': died(said) === 0,
    }),
  ),
];
