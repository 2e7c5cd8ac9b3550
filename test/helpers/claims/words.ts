// What the prose of lessons says in words rather than numbers: first, last, only, both, again, all, nobody; causes, waits, round
// trips, windows, what programs got. Read in several ways; a sentence claims those that hold in the run that it was written for.
import {hasFlag, segLen, type TcpSegment} from '../../../source/wire/tcp.ts';
import {hosts, type Row, row, type Said} from './said.ts';
import {flagsOf, type Of, type Passing} from './seen.ts';

const numbers: {readonly [word: string]: number} = {
  ...{one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10},
  ...{一: 1, 两: 2, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10},
};

const countIn = (word: string): number => numbers[word.toLowerCase()] ?? Number(word);

const count = '(?<count>[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|\\d+)';
const countZh = '(?<count>一|两|二|三|四|五|六|七|八|九|十|\\d+)';

const kinds = '(?<flags>SYN,ACK|SYN|FIN|RST|ACK)';

const isKind = (said: Said, segment: TcpSegment): boolean => {
  const wanted = said.word('flags');
  if (wanted === 'FIN' || wanted === 'RST') return hasFlag(segment, wanted);
  if (wanted === 'SYN,ACK') return hasFlag(segment, 'SYN') && hasFlag(segment, 'ACK');
  if (wanted === 'SYN') return hasFlag(segment, 'SYN') && !hasFlag(segment, 'ACK');
  return flagsOf(segment) === wanted && (wanted !== 'ACK' || segment.payload.length === 0);
};

const isPureAck = (segment: TcpSegment): boolean =>
  flagsOf(segment) === 'ACK' && segment.payload.length === 0;

const isOld = (said: Said, {event}: Passing): boolean => event.instant !== said.instant[0]?.instant;

/** From sending to arrival, the least of the run. */
export const oneWayUs = (said: Said): number =>
  Math.min(
    ...said.ever('arrive').flatMap(({packet, atUs}) => {
      const left = said.ever('send').find((send) => send.packet === packet && packet > 0);
      return left ? [atUs - left.atUs] : [];
    }),
  );

/** When programs asked for something, and when the first packet left. */
const beginnings = (said: Said): readonly number[] => [
  ...said.ever('call').map(({atUs}) => atUs),
  ...said.ever('note').map(({atUs}) => atUs),
  ...said
    .ever('send')
    .slice(0, 1)
    .map(({atUs}) => atUs),
];

const near = (us: number, wanted: number): boolean => Math.abs(us - wanted) < 1000;

/** Of a connection of which a segment leaves or comes now; where none does, of any. */
const isOnOneNow = (said: Said, {srcPort, dstPort}: TcpSegment): boolean => {
  const now = [...said.sent(), ...said.came()].map(({segment}) => segment);
  return now.length === 0 || now.some((each) => each.srcPort + each.dstPort === srcPort + dstPort);
};

const underWay = (said: Said): readonly Of<'send'>[] => {
  const ended = new Set([...said.ever('arrive'), ...said.ever('drop')].map(({packet}) => packet));
  return said.ever('send').filter(({packet, hop}) => hop === 0 && packet > 0 && !ended.has(packet));
};

const tcbs = (said: Said) => hosts(said).flatMap((name) => said.connections(name, 'after'));

const responses = (said: Said) =>
  said
    .ever('note')
    .filter(({note}) => note.kind === 'response' && note.op === 'finished' && note.by === 'client');

const handed = (said: Said, host?: string): boolean =>
  said.now('deliver', host).length + said.now('answer', host).length > 0 ||
  said.now('signal', host).length > 0;

const again =
  '<host>(?: repeats|[^.;:,]{0,30}\\b(?:sends|repeats|answers|asks|says)\\b[^.;:]{0,30}\\b(?:again|once more)\\b)';

const repeats = (said: Said) => {
  const sent = said.sent(said.host());
  return {
    'it sends again': said.now('send', said.host()).some(({retransmission}) => retransmission),
    'it has said that ack before': sent.some(({segment}) =>
      said
        .sentEver(said.host())
        .some((each) => isOld(said, each) && each.segment.ack === segment.ack && segment.ack > 0),
    ),
    'it sends at all': said.now('send', said.host()).some(({packet}) => packet > 0),
  };
};

export const wordRows: readonly Row[] = [
  row(`\\bfirst ${kinds}\\b`, `第一个 ?${kinds}`, (said) => ({
    'none has left before': said
      .sentEver()
      .every((each) => !isOld(said, each) || !isKind(said, each.segment)),
    'one leaves now': said.sent().some(({segment}) => isKind(said, segment)),
  })),
  row('\\blast (?<flags>SYN|FIN)\\b', '最后(?:一个|的|那个) ?(?<flags>SYN|FIN)', (said) => ({
    'none leaves any more': said.future
      .filter((event): event is Of<'send'> => event.kind === 'send' && event.hop === 0)
      .flatMap((event) => said.passing(event))
      .every(({segment}) => !isKind(said, segment)),
    'one leaves now': said.sent().some(({segment}) => isKind(said, segment)),
    'one comes now': said.came().some(({segment}) => isKind(said, segment)),
  })),
  row(
    `${kinds}(?: \\S+)? (?:is here|arrives|has come|comes|reaches)\\b`,
    `${kinds}(?:到了|到达|已到|来了)`,
    (said) => ({'one comes now': said.came().some(({segment}) => isKind(said, segment))}),
  ),
  row(
    `<host>(?:’s)? (?:gets|has|receives) (?:a|an|the|that|its|this) (?:old |new |own |first |second )?${kinds}\\b`,
    `<host>(?:收到|等到)(?:了)?(?:一个|这个|旧的?|新的?)* ?${kinds}`,
    (said) => ({'it comes now': said.came(said.host()).some(({segment}) => isKind(said, segment))}),
  ),
  row(
    `<host> (?:sends|answers|answers with|repeats) (?:a|an|the|its|that|this|one)? ?(?:first |second |own |same |last )?${kinds}\\b`,
    `<host>(?:发|回|发出|重发)(?:出|了|的)?(?:一个|自己的|第一个|同一个)? ?${kinds}`,
    (said) => ({'it leaves now': said.sent(said.host()).some(({segment}) => isKind(said, segment))}),
  ),
  row(`${kinds} (?:is|has been|was) acknowledged\\b`, `${kinds} (?:得到|已经|已被|得到了)确认`, (said) => ({
    'an ACK of it comes now': said
      .came()
      .some(({segment, event}) =>
        said
          .sentEver(event.host)
          .some(
            (own) =>
              isKind(said, own.segment) &&
              ((segment.ack - own.segment.seq - own.segment.payload.length) | 0) > 0,
          ),
      ),
    'that of an end is': tcbs(said).some(({snd}) => snd.una === snd.nxt),
  })),
  row('\\b(?:ACK leaves|acknowledges) at once\\b', 'ACK 立即发出|立即确认', (said) => ({
    'what comes now is what it acknowledges': said
      .came()
      .some(({segment, event}) =>
        said.sent(event.host).some(({segment: own}) => ((own.ack - segment.seq - segLen(segment)) | 0) === 0),
      ),
  })),
  row(again, '<host>(?:再|又|重)(?:发|传|说|回|问)', repeats),
  row(
    '\\b(?:drops?|throws?|thrown|discards?|ignores?)\\b(?! to)[^.;]{0,20}\\b(?:copy|segment|away|it|packet)\\b',
    '丢弃|丢掉(?:它|这个|多出)|不予理会',
    (said) => ({
      'something is thrown away now': said.thrownAway().length > 0,
      'nothing is handed over': hosts(said).every((name) => said.handedOver(name) === 0),
    }),
  ),
  row('\\bcop(?:y|ies)\\b|\\btwice\\b|\\bduplicates?\\b', '副本|多出(?:来)?的|两份|重复', (said) => {
    const came = said.cameEver();
    return {
      'what comes has come before': said
        .came()
        .some(({segment, event}) =>
          came.some(
            (each) =>
              each.event.n < event.n &&
              each.event.host === event.host &&
              segLen(segment) > 0 &&
              each.segment.seq === segment.seq &&
              each.segment.srcPort === segment.srcPort &&
              flagsOf(each.segment) === flagsOf(segment),
          ),
        ),
    };
  }),
  row(
    '\\bno (?:other )?timer has run out\\b|\\bno time-?outs?\\b|\\bwithout a time-?out\\b',
    '没有定时器超时|定时器(?:都|也)?没有超时|没有超时',
    (said) => ({
      'none has run out': said.ever('timer').every(({op, name}) => op !== 'fire' || name !== 'RTO'),
    }),
  ),
  row('\\bnobody listens\\b|\\bno program listens\\b', '没有(?:人|谁|程序)(?:在)?监听', (said) => ({
    'nobody is in LISTEN': hosts(said).every((name) => !said.states(name).includes('LISTEN')),
  })),
  row(
    '\\ball (?:is|are|of it is|has been|have been) acknowledged\\b|\\bnothing is in flight\\b',
    '全部得到确认|都得到了?确认|没有在途',
    (said) => ({
      'nothing waits for an ACK': tcbs(said).every(({snd}) => snd.una === snd.nxt),
      'an end waits for none': tcbs(said).some(({snd, iss}) => snd.una === snd.nxt && snd.nxt !== iss),
    }),
  ),
  row('\\b[Bb]oth (?:ends|hosts|sides|programs)\\b|\\b[Nn]either (?:end|host)\\b', '两端|双方', (said) => {
    const [one, two] = hosts(said).map((name) => said.states(name).at(-1));
    return {'in the same state': one !== undefined && one === two};
  }),
  row('\\bthe same (?:instant|moment)\\b', '同一(?:时刻|瞬间|刻)', (said) => {
    const times = said.now('state').map(({to, atUs}) => ({to, atUs}));
    return {
      'another enters that state at this time': times.some(
        ({to, atUs}) =>
          [...said.past, ...said.future].filter(
            (event) => event.kind === 'state' && event.to === to && event.atUs === atUs,
          ).length > 1,
      ),
      'two are called at this time':
        [...said.past, ...said.future].filter(
          (event) => event.kind === 'call' && event.call === 'connect' && event.atUs === said.atUs,
        ).length > 1,
    };
  }),
  row(
    `(?<![\\w.])${count} (?:more )?(?:SYNs|segments|packets|datagrams) (?:are|is) (?:still )?(?:under way|in flight)`,
    `${countZh} ?个 ?(?:SYN|报文段|分组)(?:还|都)?在(?:途中|路上)`,
    (said) => ({'so many are under way': underWay(said).length === countIn(said.word('count'))}),
  ),
  row(
    `(?<![\\w.])${count} (?:data )?segments(?: leave| of|,|\\.)`,
    `${countZh} ?个(?:数据)?(?:报文)?段`,
    (said) => {
      const wanted = countIn(said.word('count'));
      const data = said.sent().filter(({segment}) => segment.payload.length > 0).length;
      return {
        'so many leave now': data === wanted,
        'so many have left in all': said.sentEver().length === wanted,
      };
    },
  ),
  row(`(?<![\\w.])${count} (?:duplicate )?ACKs\\b`, `${countZh} ?个(?:重复的? ?)?ACK`, (said) => {
    const wanted = countIn(said.word('count'));
    return {
      'so many come in these moments, or since data left': hosts(said).some((name) => {
        const last = said.sentEver(name).findLast(({segment}) => segment.payload.length > 0);
        const came = said.cameEver(name).filter(({segment}) => isPureAck(segment));
        const recent = came.filter(({event}) => near(event.atUs, said.atUs));
        const since = came.filter(({event}) => last && event.n > last.event.n);
        return recent.length === wanted || since.length === wanted;
      }),
      // Numbers in texts are of the whole run where nothing else is said.
      'an end sends so many, by now or in all': hosts(said).some((name) => {
        const sent = said.sentInAll(name).filter(({segment}) => isPureAck(segment));
        return [sent, sent.filter(({event}) => event.atUs <= said.atUs)].some(
          ({length}) => length === wanted,
        );
      }),
      'an end got so many': hosts(said).some(
        (name) => said.cameEver(name).filter(({segment}) => isPureAck(segment)).length === wanted,
      ),
      'an end got so many of the same': hosts(said).some((name) => {
        const acks = said.cameEver(name).filter(({segment}) => segment.payload.length === 0);
        const last = acks.at(-1)?.segment.ack;
        return acks.filter(({segment}) => segment.ack === last).length === wanted;
      }),
    };
  }),
  row(`(?<!saves |takes |[\\w.])${count} round trips?\\b`, `(?<!省|花)${countZh} ?个往返`, (said) => {
    const trip = 2 * oneWayUs(said) * countIn(said.word('count'));
    return {
      'since a program asked': beginnings(said).some((atUs) => near(said.atUs - atUs, trip)),
      'since all began': near(said.atUs - (said.past[0]?.atUs ?? 0), trip),
    };
  }),
  row('(?:[Aa]fter|in) @at\\b|^@all, ', '@at(?:之后|后)', (said) => {
    const name = said.has('at') ? 'at' : 'all';
    return {
      'since the first call': said.isTime(name, said.atUs - (said.ever('call')[0]?.atUs ?? 0)),
      'since the last call': said.isTime(name, said.atUs - (said.ever('call').at(-1)?.atUs ?? Number.NaN)),
      'a timer ran so long': hosts(said).some((host) =>
        said.fired(host).some(({ranUs}) => said.isTime(name, ranUs)),
      ),
    };
  }),
  row('timer began @at after', '定时器比[^。]{0,12}晚 @at', (said) => {
    const armed = said.ever('timer').filter(({op, name}) => op === 'arm' && name === 'RTO');
    return {
      'so much lies between two': armed.some((one) =>
        armed.some((two) => one.host !== two.host && said.isTime('at', one.atUs - two.atUs)),
      ),
    };
  }),
  row(`\\b[Aa]ll (?<count>two|three|four|five)\\b`, '(?<count>两|三|四|五)(?:个|页)(?:都|全)', (said) => ({
    'so many responses are read': responses(said).length === countIn(said.word('count')),
  })),
  row('\\b[Rr]equest #nth\\b', '第 ?#nth 个请求|请求 #nth2', (said) => {
    const nth = said.number(said.has('nth') ? 'nth' : 'nth2');
    const sent = said.ever('note').filter(({note}) => note.kind === 'request' && note.op === 'sent');
    return {
      'it is sent now': said
        .now('note')
        .some(({note}) => note.kind === 'request' && note.op === 'sent' && note.nth === nth),
      'so many have been sent': sent.length === nth,
    };
  }),
  row('\\b[Rr]esponse #nth\\b', '响应 #nth', (said) => ({
    'it is read by now': responses(said).length >= said.number('nth'),
    'it is the last that is read': responses(said).length === said.number('nth'),
  })),
  row(
    '\\b(?<state>ESTABLISHED|CLOSED|TIME-WAIT|CLOSE-WAIT|LAST-ACK|FIN-WAIT-[12]|CLOSING|SYN-RECEIVED|SYN-SENT|LISTEN)\\b',
    '(?<![\\w-])(?<state>ESTABLISHED|CLOSED|TIME-WAIT|CLOSE-WAIT|LAST-ACK|FIN-WAIT-[12]|CLOSING|SYN-RECEIVED|SYN-SENT|LISTEN)(?![\\w-])',
    (said) => {
      const event = said.instant.find(({n}) => n === said.n);
      return {
        'the host of the moment is in it, or enters it':
          event &&
          (said.states(event.host).at(-1) === said.word('state') ||
            said.now('state', event.host).some(({to}) => to === said.word('state'))),
      };
    },
  ),
  row(
    '<host>’s (?<flags>SYN,ACK|SYN|FIN|RST|ACK)\\b',
    '<host>的 ?(?<flags>SYN,ACK|SYN|FIN|RST|ACK)(?!\\w)',
    (said) => ({
      'it has come': said
        .cameEver()
        .some(
          ({segment, event}) => isKind(said, segment) && said.trace.packet(event.packet).from === said.host(),
        ),
      'it comes now': said
        .came()
        .some(
          ({segment, event}) => isKind(said, segment) && said.trace.packet(event.packet).from === said.host(),
        ),
    }),
  ),
  row(
    '(?<!what the )\\bprograms? (?:on \\w+ \\w+ )?(?:gets|reads|is told|is handed|has (?=\\d|the |all |it\\b|its |them\\b))|\\bhands?\\b[^.]{0,30}\\bprogram\\b',
    '交给[^。]{0,8}程序|程序(?:得到|读到|收到)',
    (said) => ({'something goes to a program': handed(said)}),
  ),
  row('\\bhole\\b|\\bgap\\b|\\bmissing\\b', '空缺|缺口|缺的', (said) => ({
    'an end keeps what lies behind it': tcbs(said).some(({reassembly}) => reassembly.length > 0),
    'nothing lies behind one': tcbs(said).every(({reassembly}) => reassembly.length === 0),
  })),
  row('\\b[Ff]ast (?:retransmit|recovery)\\b', '快速(?:重传|恢复)', (said) => ({
    'sent again without a time-out':
      said.now('send').some(({retransmission}) => retransmission) &&
      said.now('timer').every(({op}) => op !== 'fire'),
    'no timer has run out': said.ever('timer').every(({op, name}) => op !== 'fire' || name !== 'RTO'),
  })),
  row('\\b[Ss]low start\\b', '慢启动', (said) => ({
    'cwnd is below ssthresh': tcbs(said).some(({cwnd, ssthresh}) => cwnd < ssthresh),
    'no data of that connection have been sent again': said
      .ever('send')
      .filter(({retransmission}) => retransmission)
      .flatMap((event) => said.passing(event))
      .every(({segment}) => segment.payload.length === 0 || !isOnOneNow(said, segment)),
  })),
  row('\\b[Cc]ongestion avoidance\\b', '拥塞避免', (said) => ({
    'cwnd is not below ssthresh': tcbs(said).some(({cwnd, ssthresh}) => cwnd >= ssthresh),
  })),
  row('\\bon the same connection\\b', '同一条连接', (said) => ({
    'nobody opened another': said.ever('call').filter(({call}) => call === 'connect').length <= 1,
    'one SYN': said.sentEver().filter(({segment}) => flagsOf(segment) === 'SYN').length === 1,
  })),
  row(
    '\\b[Tt]he (?:window is|window of \\w+ is) (?:closed|0|full)|\\bwindow (?:is )?0\\b',
    '窗口(?:为|是) ?0',
    (said) => ({
      'a segment says so': [...said.sent(), ...said.came()].some(({segment}) => segment.window === 0),
    }),
  ),
];
