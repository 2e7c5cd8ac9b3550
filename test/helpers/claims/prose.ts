// What the prose of lessons says in whatever words: numbers with their field, times, states and whose, who sends, what is lost.
// Each is read in several ways, from the strictest (of this very instant) to the mildest (at any time before); a sentence claims
// those that hold in the run that it was written for.
import {ropeToBytes} from '../../../source/wire/rope.ts';
import {hasFlag, type TcpSegment} from '../../../source/wire/tcp.ts';
import {type Facts, hosts, type Row, row, type Said} from './said.ts';
import {flagsOf, type Passing, segmentOf} from './seen.ts';

const states =
  'CLOSED|LISTEN|SYN-SENT|SYN-RECEIVED|ESTABLISHED|FIN-WAIT-1|FIN-WAIT-2|CLOSE-WAIT|CLOSING|LAST-ACK|TIME-WAIT';

const passing = (said: Said): readonly Passing[] => [...said.sent(), ...said.came()];

const hasDied = (said: Said, seq: number): boolean =>
  said
    .ever('drop')
    .some(({reason, packet}) => reason !== 'discarded' && segmentOf(said.trace, packet)?.seq === seq);

/** True of a segment now, of one that left now, of one at any time. */
const ofSegments = (said: Said, is: (segment: TcpSegment) => boolean): Facts => ({
  'leaves now': said.sent().some(({segment}) => is(segment)),
  'comes now': said.came().some(({segment}) => is(segment)),
  'has left': said.sentEver().some(({segment}) => is(segment)),
});

const numbersOf = ({seq, ack, window, payload, srcPort, dstPort}: TcpSegment): readonly number[] => [
  ...[seq, ack, window, payload.length, srcPort, dstPort],
  ...[
    seq + payload.length,
    seq + payload.length + 1,
    seq + 1,
    seq - 1,
    seq + payload.length - 1,
    ack + window,
  ],
];

const passes = ({segment}: Passing, number: number): boolean => numbersOf(segment).includes(number);

const isVariable = (said: Said, number: number): boolean =>
  hosts(said)
    .flatMap((name) => said.connections(name, 'after'))
    .some(({snd, rcv, iss}) => [snd.una, snd.nxt, rcv.nxt, iss].some((each) => each === number));

const bytesNow = (said: Said): readonly number[] => {
  const sent = said.sent().map(({segment}) => segment.payload.length);
  const came = said.came().map(({segment}) => segment.payload.length);
  const hosts = said.trace.header.hosts.map(({name}) => said.handedOver(name));
  return [...sent, ...came, sent.reduce((sum, each) => sum + each, 0), ...hosts];
};

const counted: {readonly [word: string]: number} = {
  ...{one: 1, only: 1, both: 2, 一: 1},
  ...{two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10},
  ...{两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10},
};

const isNoun: readonly (readonly [RegExp, (segment: TcpSegment) => boolean])[] = [
  [/SYN,ACK/, (segment) => flagsOf(segment) === 'SYN,ACK'],
  [/SYN/, (segment) => flagsOf(segment) === 'SYN'],
  [/FIN/, (segment) => hasFlag(segment, 'FIN')],
  [/RST/, (segment) => hasFlag(segment, 'RST')],
  [/ACK|ack/, (segment) => segment.payload.length === 0 && flagsOf(segment) === 'ACK'],
  [/data|数据/, (segment) => segment.payload.length > 0],
];

/** What may come is not told as come. */
const notSupposedEn = '(?<!\\b(?:in case|if|should|whether)\\b[^.;:]{0,40})';
const notSupposedZh = '(?<!(?:如果|万一|要是|倘若|一旦|假如|以防|是否)[^。；：]{0,16})';

/** Of what was lost; “this one” counts nothing. */
const countEn = '(?<!\\b(?:this|that|the|which|no) )\\b(?<count>[Oo]nly|[Oo]ne|[Tt]wo|[Bb]oth|[Tt]hree)\\b';

const dnsFlags = ['aa', 'rd', 'ra', 'tc'] as const;

/** From a packet or a state to another. */
const isBetween = (said: Said): boolean => {
  const sent = said.ever('send').map(({atUs}) => atUs);
  const begun = [...said.ever('state').map(({atUs}) => atUs), ...sent];
  return begun.some((end) => begun.some((begin) => begin < end && said.isTime('at', end - begin)));
};

/** Whoever tells of an arrival tells of what counts where it comes (RFC 9293 §3.10.7.4), or of what does not. */
const whatComes = (said: Said): Facts => {
  const arrival = said.instant.find(({n}) => n === said.n);
  if (arrival?.kind !== 'arrive' || arrival.packet < 1) return {};
  const hasData = said.came().some(({segment, event}) => event.n === said.n && segment.payload.length > 0);
  const isHere = said.trace.packet(arrival.packet).to === arrival.host;
  return {
    'it is not thrown away': said.now('drop').every(({packet}) => packet !== arrival.packet),
    'its data are read': hasData && isHere ? said.now('deliver', arrival.host).length > 0 : undefined,
  };
};

export const proseRows: readonly Row[] = [
  row('^', '^', whatComes),
  row('(?<field>seq|ack)=#number', '(?<field>seq|ack)=#number', (said) =>
    ofSegments(
      said,
      (segment) => segment[said.word('field') === 'seq' ? 'seq' : 'ack'] === said.number('number'),
    ),
  ),
  row(
    '(?<![\\d.=:/–-]|\\bcwnd [a-z ]{0,12})(?<number>\\d{3,})(?![\\d.:/%–]*\\d| (?:ms|s|µs|h)\\b)',
    '(?<![\\d.=:/–-]|cwnd ?[^\\d。，]{0,4})(?<number>\\d{3,})(?![\\d.:/%–]*\\d| (?:ms|s|µs|h)\\b)',
    (said) => ({
      'a number of now':
        passing(said).some((each) => passes(each, said.number('number'))) ||
        isVariable(said, said.number('number')),
      'a number of before': said.sentEver().some((each) => passes(each, said.number('number'))),
    }),
  ),
  row('(?<![\\d.,=])#bytes bytes?', '(?<![\\d.,=])#bytes 字节', (said) => ({
    now: bytesNow(said).includes(said.number('bytes')),
    'so far': said.sentEver().some(({segment}) => segment.payload.length === said.number('bytes')),
    'all that went to a program': said.trace.header.hosts.some(
      ({name}) =>
        said.ever('deliver', name).reduce((sum, {bytes}) => sum + bytes, 0) === said.number('bytes'),
    ),
  })),
  row('@at later(?=[.,;])', '[再要]过 ?@at', (said) => ({
    'until something': said.future.some(({atUs}) => said.isTime('at', atUs - said.atUs)),
  })),
  row('\\bdoubles to @at', '加倍为 ?@at', (said) => ({
    'a timer set now': said
      .now('timer')
      .some(({op, dueUs, atUs}) => op === 'arm' && said.isTime('at', dueUs - atUs)),
  })),
  row('(?<!doubles to )@at(?! later[.,;])', '(?<![再要]过 ?|加倍为 ?)@at', (said) => ({
    'the clock': said.isTime('at', said.atUs),
    'a timer that runs out now': said.trace.header.hosts.some(({name}) =>
      said.fired(name).some(({ranUs}) => said.isTime('at', ranUs)),
    ),
    'a timer set now': said
      .now('timer')
      .some(({op, dueUs, atUs}) => op === 'arm' && said.isTime('at', dueUs - atUs)),
    'a span that ended by now':
      said.past.some(({atUs}) => said.isTime('at', said.atUs - atUs) || said.isTime('at', atUs)) ||
      isBetween(said),
  })),
  row(
    `<host> (?:is|is now|is already|is still|becomes|enters|stays|stays in|is in|goes to|waits in) (?<state>${states})\\b`,
    `<host>(?:进入|处于|还在|已是|停在|仍是|仍在|也是|就是|是|在|到) ?(?<state>${states})(?![\\w-])`,
    (said) => ({
      enters: said.now('state', said.host()).some(({to}) => to === said.word('state')),
      is: said.states(said.host()).includes(said.word('state')),
    }),
  ),
  row(`(?<![\\w-])(?<state>${states})(?![\\w-])`, `(?<![\\w-])(?<state>${states})(?![\\w-])`, (said) => ({
    'entered now': said.now('state').some(({to}) => to === said.word('state')),
    'left now': said.now('state').some(({from}) => from === said.word('state')),
    'somebody is in it': said.trace.header.hosts.some(({name}) =>
      said.states(name).includes(said.word('state')),
    ),
    'somebody has been': said.ever('state').some(({to}) => to === said.word('state')),
  })),
  row(
    '<host> (?:sends|answers|repeats|acknowledges|asks|retransmits|tells|says|closes|refuses)\\b',
    '<host>(?:再|又|也|只|先|立即|马上|于是|用|就|重)*(?:发|回|确认|应答|响应|问|查询|告知|通知|重传)',
    (said) => ({
      'it sends': said.now('send', said.host()).some(({packet}) => packet > 0),
      'it has sent': said.ever('send', said.host()).some(({packet}) => packet > 0),
    }),
  ),
  row('<host> (?:gets|receives|hears|has got|has received)\\b', '<host>(?:收到|得到|收下)', (said) => ({
    'something comes': said.now('arrive', said.host()).length > 0,
    'something has come': said.ever('arrive', said.host()).length > 0,
  })),
  row(
    '(?<![\\w,])(?<flags>SYN,ACK|SYN|FIN|RST)(?![\\w-]|,[A-Z]| not set| again)',
    '(?<![\\w,]|没有 |重发 |个 )(?<flags>SYN,ACK|SYN|FIN|RST)(?![\\w,-])',
    (said) =>
      ofSegments(said, (segment) =>
        said.word('flags') === 'SYN,ACK'
          ? flagsOf(segment) === 'SYN,ACK'
          : flagsOf(segment).split(',').includes(said.word('flags')) &&
            (said.word('flags') !== 'SYN' || !hasFlag(segment, 'ACK')),
      ),
  ),
  row(
    `${notSupposedEn}(?:${countEn}[^.;:]{0,40}?)?(?:seq=#lost )?\\b(?:is|are|was|were|gets?|been) (?:now )?lost\\b|(?<!\\b(?:tail[ -]|(?:from|for) a ))\\bloss\\b`,
    `${notSupposedZh}(?:seq=#lost ?算)?(?:丢了|(?<!「|尾部)丢失|丢掉|被丢)(?:(?<count>一|两|三) ?个)?`,
    (said) =>
      said.has('lost')
        ? {'that one has died': hasDied(said, said.number('lost'))}
        : {
            'something dies now': said.deaths().length > 0,
            'what is sent now dies': said
              .now('send')
              .some(({packet}) => packet > 0 && said.trace.packet(packet).lost),
            'something has died': said.ever('drop').some(({reason}) => reason !== 'discarded'),
            'so many have died': said.has('count')
              ? said.ever('drop').filter(({reason}) => reason !== 'discarded').length ===
                counted[said.word('count').toLowerCase()]
              : undefined,
          },
  ),
  row('\\b(?:not lost|nothing is lost|no packet is lost|nothing was lost)\\b', '没有丢|没丢', (said) => ({
    'nothing has died': said.ever('drop').every(({reason}) => reason === 'discarded'),
  })),
  row(
    '(?<![\\w])(?<error>E(?:CONN|TIMED|HOST|NET|PIPE|ADDR|INVAL)[A-Z]*)',
    '(?<![\\w])(?<error>E(?:CONN|TIMED|HOST|NET|PIPE|ADDR|INVAL)[A-Z]*)',
    (said) => ({
      'told now': said.now('signal').some(({signal}) => signal === said.word('error')),
      'told before': said.ever('signal').some(({signal}) => signal === said.word('error')),
      'a call fails now': said.now('call').some(({result}) => result === said.word('error')),
    }),
  ),
  row('\\bwindow (?:of |is |now |again |stays )*#window', '窗口(?:是|为|仍是|仍为| )*#window', (said) =>
    ofSegments(said, ({window}) => {
      const times = said.number('window') / window;
      return said.number('window') === window || (window > 0 && Number.isInteger(Math.log2(times)));
    }),
  ),
  // Not what goes up the layers again, nor what other links do.
  row(
    '(?<!\\bUp )(?<!802\\.11[^.]*)\\b(?:again|once more|repeats|repeated|retransmi\\w+)\\b',
    '(?<!802\\.11[^。]*)(?:(?<!不)再发|重发|重传|又发|再次|又一次)',
    (said) => ({
      'sent again now': said.now('send').some(({retransmission}) => retransmission),
      // What was sent again is that, whatever numbers somebody on the way has given it.
      'numbers that had come come': said.came().some(
        ({segment, event}) =>
          said.trace.packet(event.packet).retransmission ||
          said.cameEver(event.host).some(
            (each) =>
              each.event.n < event.n &&
              each.event.n > said.began(event.host, segment) &&
              each.segment.seq === segment.seq &&
              // A bare ACK has the number of the data behind it.
              each.segment.payload.length > 0 === segment.payload.length > 0,
          ),
      ),
      'something was sent again, or came twice':
        said.ever('send').some(({retransmission}) => retransmission) ||
        said.cameEver().some(({event}, index, all) => {
          const first = all.findIndex((each) => each.event.packet === event.packet);
          return first < index && all[first]?.event.host === event.host;
        }),
    }),
  ),
  row(
    '(?<![\\d=.])(?<status>[1-5]\\d\\d) (?=[A-Z][a-z])',
    '(?<![\\d=.])(?<status>[1-5]\\d\\d) (?=[A-Z][a-z])',
    (said) => {
      const is = ({note}: {note: unknown}): boolean =>
        typeof note === 'object' &&
        note !== null &&
        'status' in note &&
        note.status === said.number('status');
      // Its program may have answered before: the window was closed.
      const leaves = said
        .sent()
        .some(({segment}) =>
          new RegExp(`^HTTP/\\d\\.\\d ${said.number('status')} `).test(
            new TextDecoder().decode(ropeToBytes(segment.payload)),
          ),
        );
      return {now: leaves || said.now('note').some(is), 'so far': said.ever('note').some(is)};
    },
  ),
  row('(?<flag>AA|RD|RA|TC)=#value', '(?<flag>AA|RD|RA|TC)=#value', (said) => {
    const flag = dnsFlags.find((each) => each === said.word('flag').toLowerCase());
    const is = (event: Parameters<Said['dns']>[0]): boolean =>
      said.dns(event).some(({flags}) => flag !== undefined && flags[flag] === (said.number('value') === 1));
    return {
      'leaves now': said.now('send').some(is),
      'comes now': said.now('arrive').some(is),
      'has left': said.ever('send').some(is),
    };
  }),
  row('(?<field>TTL|RCODE|id)(?:=| )#value', '(?<field>TTL|RCODE|id)(?:=| )#value', (said) => {
    const is = (event: Parameters<Said['dns']>[0]): boolean =>
      said.dns(event).some(({id, rcode, answers, authorities}) => {
        if (said.word('field') === 'id') return id === said.number('value');
        if (said.word('field') === 'RCODE') return rcode === said.number('value');
        return [...answers, ...authorities].some(({ttl}) => ttl === said.number('value'));
      });
    return {
      'leaves now': said.now('send').some(is),
      'comes now': said.now('arrive').some(is),
      'has left': said.ever('send').some(is),
    };
  }),
  row(
    '\\b(?<count>[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en)(?: \\w+)? (?<noun>SYN,ACKs|SYNs|FINs|RSTs|ACKs|acks|segments|packets|data segments|queries|questions)\\b',
    '(?<count>两|三|四|五|六|七|八|九|十) ?个 ?(?<noun>SYN,ACK|SYN|FIN|RST|ACK|数据段|报文段|分组|查询)(?! ?都)',
    (said) => {
      const count = counted[said.word('count').toLowerCase()] ?? 0;
      const [, is = () => true] = isNoun.find(([pattern]) => pattern.test(said.word('noun'))) ?? [];
      const now = said.sent().filter(({segment}) => is(segment)).length;
      const different = said.sentEver().filter(({segment}) => is(segment));
      const ever = new Set(different.map(({segment}) => `${segment.srcPort} ${segment.seq} ${segment.ack}`))
        .size;
      const came = new Set(
        said
          .cameEver()
          .filter(({segment}) => is(segment))
          .map(({event}) => event.packet),
      ).size;
      return {
        'so many leave now': now === count,
        'so many have left': ever === count,
        'so many have come': came === count,
      };
    },
  ),
  row(
    '\\b(?<name>cwnd|ssthresh|RTO|SRTT)(?: (?:is|falls to|grows to|goes to|becomes|of|stays))?(?: (?:now|at))? #value',
    '(?<name>cwnd|ssthresh|RTO|SRTT)(?:仍?是|为|降到|升到|变成|停在| )*#value',
    (said) => ({
      cwnd:
        said.word('name') === 'cwnd'
          ? said.trace.header.hosts.some(({name}) => said.cwnd(name, 'after').includes(said.number('value')))
          : undefined,
    }),
  ),
  row(
    '(?<!what the )\\bprograms? (?:on \\w+ \\w+ )?(?:gets|reads|is told|is handed)\\b|\\bto the program\\b',
    '交给程序|程序(?:得到|读到|收到)',
    (said) => ({
      'something is handed over':
        said.now('deliver').length + said.now('signal').length + said.now('answer').length > 0,
    }),
  ),
  row('\\btimer\\b[^.]{0,20}\\b(?:runs|ran) out\\b', '定时器[^。]{0,6}超时', (said) => ({
    'one runs out now': said.now('timer').some(({op}) => op === 'fire'),
    'one has run out': said.ever('timer').some(({op}) => op === 'fire'),
  })),
  row(
    '\\btimer\\b[^.]{0,12}\\bstops?\\b|\\bstops? (?:the|its) (?:\\w+ )?timer\\b',
    '定时器(?:也|就)?停|停掉定时器|停止定时器',
    (said) => ({
      'one is stopped': said.now('timer').some(({op}) => op === 'cancel'),
    }),
  ),
  row(
    '\\b[Bb]oth ends are (?:in )?(?<state>[A-Z][A-Z-]+)',
    '两端都?(?:是|在|处于|进入) ?(?<state>[A-Z][A-Z-]+)',
    (said) => ({
      both:
        said.trace.header.hosts.filter(({name}) => said.states(name).includes(said.word('state'))).length >=
        2,
    }),
  ),
  row('TLS (?<version>1\\.[0-3])', 'TLS (?<version>1\\.[0-3])', (said) => ({
    'agreed on': said
      .ever('tls')
      .some(
        ({what}) => what.kind === 'established' && what.agreement.version === `TLS ${said.word('version')}`,
      ),
  })),
  row('\\balert ~name', '警报 ~name', (said) => ({
    // What waits for room in the window leaves later.
    'it is sent or got now': said
      .ever('tls')
      .some(
        ({n, host, what}) =>
          what.kind === 'alert' &&
          what.name === said.word('name').replace(/\W+$/, '') &&
          (said.now('tls').some((each) => each.n === n) ||
            said.now('send').some((each) => each.host === host)),
      ),
  })),
  row(
    'All (?:(?<acked>is acknowledged)|has arrived) (?:at|after) @at',
    '@at 时全部(?:得到(?<acked>确认)|到达)',
    (said) => ({
      'nothing waits': hosts(said).every((host) =>
        said.connections(host, 'after').every(({snd}) => snd.una === snd.nxt),
      ),
      when: said.isTime('at', said.ever(said.has('acked') ? 'arrive' : 'deliver').at(-1)?.atUs),
    }),
  ),
  row('\\bICMP\\b', 'ICMP', (said) => ({
    'one passes now': [...said.now('send'), ...said.now('arrive')].some(({packet}) => {
      const frame = packet > 0 ? said.trace.packet(packet).frame : undefined;
      return frame?.payload.kind === 'ip' && frame.payload.packet.transport.kind === 'icmp';
    }),
  })),
];
