// What prose says of how often, how long after what, and of what there is none: judged by raw events, read in several ways.
import {segLen} from '../../../source/wire/tcp.ts';
import {hostAtHand} from './course.ts';
import {hosts, type Row, row, type Said} from './said.ts';
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

/** Of those that take no number it is what they acknowledge. */
const isAlike = (one: Passing, other: Passing): boolean =>
  one.event.host === other.event.host &&
  one.segment.seq === other.segment.seq &&
  one.segment.srcPort === other.segment.srcPort &&
  flagsOf(one.segment) === flagsOf(other.segment) &&
  segLen(one.segment) === segLen(other.segment) &&
  (segLen(one.segment) > 0 || one.segment.ack === other.segment.ack);

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
        'so many datagrams':
          sent.filter((event) => event.hop === 0 && said.dns(event).length > 0).length === countOf(said),
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
  row('(?<!\\b(?:learns of this|reaches it) )@at later\\b', '@at ?(?:之)?后', (said) => ({
    'since something': said.before.some(({atUs}) => said.isTime('at', said.atUs - atUs)),
  })),
  row('\\blearns of this @at later\\b', '要再过 ?@at ?才知道', (said) => ({
    'the other end has another state then': [...said.trace.events(said.n + 1)].some(
      ({kind, host, atUs}) =>
        kind === 'state' && host !== hostAtHand(said) && said.isTime('at', atUs - said.atUs),
    ),
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
  row('\\b[Tt]hey will arrive\\b|\\barrives? in time\\b', '会按时到达|会及时到', (said) => ({
    'what leaves now arrives': said
      .now('send')
      .every(({packet}) => packet < 1 || !said.trace.packet(packet).lost),
  })),
  row('\\bSYN number #nth', '第 #nth 个 SYN', (said) => ({
    'the connection at hand has taken so many': said
      .came()
      .some(
        (now) =>
          said
            .sentEver(now.event.host)
            .filter(({segment}) => flagsOf(segment) === 'SYN' && segment.srcPort === now.segment.dstPort)
            .length === said.number('nth'),
      ),
  })),
  row('#wire on the wire is SND\\.WND #window', '线上的 #wire 就是 SND\\.WND #window', (said) => ({
    'it is that, shifted':
      said.number('wire') > 0 && Number.isInteger(Math.log2(said.number('window') / said.number('wire'))),
  })),
  row(
    'hardly moves\\. It was #before [^.]*and is #after',
    '几乎不动[^。]*。[^。]*#before[^。]*#after',
    (said) => ({
      'hardly: by a twentieth at most':
        Math.abs(said.number('after') - said.number('before')) <= said.number('before') / 20,
    }),
  ),
  row('\\b[Ff]ull\\b', '满', (said) => ({
    'something is thrown away': said.thrownAway().length > 0,
    'an RST leaves': said.sent().some(({segment}) => flagsOf(segment).includes('RST')),
    'a window of 0 leaves': said.sent().some(({segment}) => segment.window === 0),
  })),
  row('\\bnow it has (?<ip>[\\d.]+\\d)', '现在(?:拿到的)?是 (?<ip>[\\d.]+\\d)', (said) => ({
    'another than before': said
      .earlier('answer')
      .every(({answer}) => !JSON.stringify(answer).includes(said.word('ip'))),
  })),
  row('\\bThe segment before that is the hole\\b', '它前面的那个报文段就是缺口', (said) => ({
    'one segment is missing': passing(said).some(({segment: {ack, options}}) =>
      options.some(
        (option) =>
          option.kind === 'sack' &&
          option.blocks.some(({left, right}) => ((left - ack) | 0) === ((right - left) | 0)),
      ),
    ),
  })),
  row('\\b(?:two|three|four) (?:addresses|records)\\b', '(?:两|三|四)(?:个地址|条记录)', (said) => {
    const wanted = counts[said.words.split(' ')[0]?.toLowerCase() ?? ''];
    const answers = [...said.ever('arrive'), ...said.ever('send')].flatMap((event) => said.dns(event));
    return {
      'a response with so many': answers.some((message) => message.answers.length === wanted),
      'two responses': new Set(answers.filter(({flags}) => flags.qr).map(({id}) => id)).size === wanted,
    };
  }),
  row(
    '\\b(?:[Tt]he two cross|have crossed|pass each other|[Bb]oth (?:SYN|FIN)s cross)\\b',
    '交错|擦肩而过|相遇',
    (said) => {
      const ended = new Set(
        [...said.before].flatMap((event) =>
          event.kind === 'arrive' || event.kind === 'drop' ? [event.packet] : [],
        ),
      );
      const under = said
        .ever('send')
        .filter(({hop, packet}) => hop === 0 && packet > 0 && !ended.has(packet));
      return {
        'those of two hosts are under way': new Set(under.map(({host}) => host)).size > 1,
      };
    },
  ),
  row('\\b(?:holds?|keeps?) (?:the|its) ACK back\\b', '(?:压着|先不发) ?ACK|推迟 ?ACK', (said) => ({
    'it waits with it': said.now('timer').some(({name, op}) => name === 'delayed-ACK' && op === 'arm'),
    'none leaves': said.sent().length === 0,
  })),
  row('\\bopens (?:nothing|none)\\b', '什么也打不开', (said) => ({
    'nobody becomes ESTABLISHED': said.now('state').every(({to}) => to !== 'ESTABLISHED'),
  })),
  row('\\b(?:after|behind|beside|since|of|and) the first\\b', '(?:第一|首)(?:个|次|段)之?后', (said) => ({
    'one like it before': said
      .sent()
      .some((now) => said.sentEver(now.event.host).some((each) => each.event.n < now.event.n)),
    'something of it before': said
      .now('state')
      .some(({to, n}) => said.ever('state').some((each) => each.to === to && each.n < n)),
  })),
  row('\\backnowledges both: ack=#ack', '一起确认(?:了)?：ack=#ack', (said) => {
    const before = said.earlier('send', hostAtHand(said)).flatMap((event) => said.passing(event));
    const last = before.at(-1)?.segment.ack ?? 0;
    const covered = said
      .cameEver(hostAtHand(said))
      .filter(({segment}) => segment.payload.length > 0 && ((segment.seq - last) | 0) >= 0)
      .filter(({segment}) => ((said.number('ack') - segment.seq - segment.payload.length) | 0) >= 0);
    return {'two that none had acknowledged': new Set(covered.map(({segment}) => segment.seq)).size === 2};
  }),
  row(
    'two full segments: ack=#ack is #bytes bytes beyond',
    '两个(?:全长|满)报文段[^。]*ack=#ack[^。]*#bytes 字节',
    (said) => ({
      'so much is two': said
        .cameEver(hostAtHand(said))
        .some(({segment}) => 2 * segment.payload.length === said.number('bytes')),
    }),
  ),
  row(
    'has got #one bytes through|Renos: #two and #three bytes',
    '传了 #one 字节|Reno：#two 和 #three 字节',
    (said) => ({
      'some got through': ['one', 'two', 'three'].every((name) => !said.has(name) || said.number(name) > 0),
    }),
  ),
  row('\\b(?:no|without) TIME-WAIT\\b', '没有 TIME-WAIT|不经过 TIME-WAIT', (said) => ({
    'nobody is in it': hosts(said).every((host) => !said.states(host).includes('TIME-WAIT')),
  })),
  row('\\bin CLOSED\\b', '处于 CLOSED', (said) => ({
    'who is at it has no record of this': !hasConnection(said, hostAtHand(said), 'before'),
  })),
];
