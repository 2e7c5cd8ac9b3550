// What prose says of the course of a run: what stays as it is, what does not happen, what has become of something, how far a number
// has come since. Judged by raw events, read in several ways.
import {hasFlag, type TcpSegment} from '../../../source/wire/tcp.ts';
import {type Facts, hosts, type Row, row, type Said} from './said.ts';
import {flagsOf, isKind, type Of, type Passing, segmentOf} from './seen.ts';
import {oneWayUs} from './words.ts';

export const hostAtHand = (said: Said): string => said.instant.find(({n}) => n === said.n)?.host ?? '';

const passing = (said: Said): readonly Passing[] => [...said.sent(), ...said.came()];

const isNamed = (said: Said, segment: TcpSegment): boolean => isKind(flagsOf(segment), said.word('flags'));

const flags = '(?<flags>SYN,ACK|SYN|FIN|RST|ACK)';

const tcbs = (said: Said) => hosts(said).flatMap((name) => said.connections(name, 'after'));

/** Who has such a segment of its own out, and has heard nothing since. */
const waitsInVain = (said: Said): boolean =>
  said
    .sentEver()
    .some(
      (own) =>
        isNamed(said, own.segment) &&
        said.cameEver(own.event.host).every(({event}) => event.n < own.event.n || event.n > said.n),
    );

/** No longer in that state, or with less than all of them. */
const unchanged = (said: Said, host: string): boolean =>
  said.now('state', host).length === 0 && said.states(host).some((state) => state !== 'CLOSED');

/** At the end of the last instant that is not later than so long ago. */
const eventAgo = (said: Said, us: number): number =>
  said.past.findLast(({atUs}) => atUs <= said.atUs - us + 1000)?.n ?? 0;

const cwndAt = (said: Said, n: number): readonly number[] => {
  const world = said.trace.stateAt(n);
  return hosts(said).flatMap((name) =>
    [...(world?.hosts[name]?.tcp.connections.values() ?? [])].map(({cwnd}) => cwnd),
  );
};

export const trips: {readonly [word: string]: number} = {one: 1, two: 2, three: 3, 一: 1, 两: 2, 三: 3};

const climbs = (said: Said): Facts => {
  const [before, after] = [said.number('before'), said.number('after')];
  const count = trips[said.word('trips').toLowerCase()] ?? Number.NaN;
  return {
    'there it was': cwndAt(said, eventAgo(said, count * 2 * oneWayUs(said))).includes(before),
    'there it is': cwndAt(said, said.n).includes(after),
    'fast: by more than a segment a round trip': tcbs(said).some(({mss}) => after - before > count * mss),
  };
};

/** Of a connection that ends now, how often its segments were sent again. */
const repetitions = (said: Said): readonly number[] =>
  said
    .now('state')
    .map(
      ({connection, host}) =>
        said
          .ever('send', host)
          .filter((event) => event.retransmission && event.hop === 0 && event.connection === connection)
          .length,
    );

const withdrawn = (said: Said): boolean =>
  said.now('state').some(({to}) => to === 'LISTEN' || to === 'CLOSED') && said.came().length === 0;

export const destination = (said: Said, {packet}: Of<'send'>): string | undefined => {
  const frame = packet > 0 ? said.trace.packet(packet).frame : undefined;
  return frame?.payload.kind === 'ip' ? frame.payload.packet.dst : undefined;
};

export const madeNow = (said: Said, host?: string): readonly Of<'send'>[] =>
  said.now('send', host).filter(({hop, packet}) => hop === 0 && packet > 0);

const hasDied = (said: Said, seq: number): boolean =>
  said
    .ever('drop')
    .some(({reason, packet}) => reason !== 'discarded' && segmentOf(said.trace, packet)?.seq === seq);

/** Before the host at hand sends again: do three ACKs come to it that say what others before them said? */
const hearsThree = (said: Said, host: string): boolean => {
  const until = said.future.find(
    (event) => event.kind === 'send' && event.host === host && event.retransmission,
  );
  const acks = said.future
    .filter((event): event is Of<'arrive'> => event.kind === 'arrive' && event.host === host)
    .filter(({n}) => n < (until?.n ?? Number.POSITIVE_INFINITY))
    .flatMap((event) => said.passing(event))
    .map(({segment}) => segment.ack);
  return acks.length - new Set(acks).size >= 3;
};

const sinceCrash = (said: Said): number =>
  said.atUs - (said.ever('call').findLast(({call}) => call === 'crash')?.atUs ?? Number.NaN);

export const courseRows: readonly Row[] = [
  row(
    '\\b[Ff]or <host> (?:the|this|its) connection is open',
    '在<host>看来[^。]*连接已经?(?:建立|打开)',
    (said) => ({
      'it is ESTABLISHED there': said.states(said.host()).includes('ESTABLISHED'),
      'what passes is its own': passing(said).some(({event}) => {
        const {from, to} = said.trace.packet(event.packet);
        return from === said.host() || to === said.host();
      }),
    }),
  ),
  row(
    `(?:does not|doesn’t|do not|don’t|never|without) send(?:s|ing)? (?:an? |any )?${flags}\\b`,
    `(?:不|没有?|不会)发 ?${flags}`,
    (said) => ({'none leaves now': said.sent().every(({segment}) => !isNamed(said, segment))}),
  ),
  row(
    '<host> has (?:a|its|the|still a) (?:record|entry)\\b',
    '<host>(?:还|仍)?有(?:这条)?(?:连接)?记录',
    (said) => ({
      'it has one': said.connections(said.host(), 'before').length > 0,
    }),
  ),
  row('\\bonly (?:now|then)\\b', '这时才|此时才|现在才', (said) => ({
    'who is at it enters that state for the first time': said
      .now('state')
      .some(({to, host, n}) => said.ever('state', host).every((each) => each.n >= n || each.to !== to)),
    'a packet of that kind leaves for the first time': said
      .sent()
      .some((now) =>
        said
          .sentEver(now.event.host)
          .every(({segment, event}) => event.n >= now.event.n || flagsOf(segment) !== flagsOf(now.segment)),
      ),
  })),
  row('<host>[^.;:,]{0,30}?\\bstill\\b', '<host>[^。；：，]{0,12}?(?:还|仍)', (said) => ({
    'its state is as it was': unchanged(said, said.host()),
  })),
  row('\\bstill\\b', '还|仍', (said) => ({
    'somebody is as before': hosts(said).some((host) => unchanged(said, host)),
    'a timer runs': hosts(said).some((host) => said.running(host).length > 0),
  })),
  row('\\bthe same numbers?\\b|\\bits last position\\b', '同一个?序号|序号(?:不变|相同)', (said) => ({
    'its number has left before': said
      .sent()
      .some((now) =>
        said
          .sentEver(now.event.host)
          .some(({segment, event}) => event.n < now.event.n && segment.seq === now.segment.seq),
      ),
  })),
  row(
    '\\b(?:a|the) lost (?<flags>SYN,ACK|SYN|FIN|ACK)\\b',
    '丢(?:失|掉|了)的? ?(?<flags>SYN,ACK|SYN|FIN|ACK)',
    (said) => ({
      'whose it is has heard nothing since': waitsInVain(said),
    }),
  ),
  row('(?<count>\\d+) repetitions\\b', '重发 ?(?<count>\\d+) ?次', (said) => ({
    'so often on the connection at hand': repetitions(said).includes(said.number('count')),
    'so many in all':
      said.ever('send').filter(({retransmission, hop}) => retransmission && hop === 0).length ===
      said.number('count'),
  })),
  row('\\bgives? (?:it|that|this|the \\w+) up\\b|\\bgives? up\\b', '放弃', (said) => ({
    'a connection goes, and nothing has come': withdrawn(said),
  })),
  row('\\bWhat was thrown away\\b', '(?:被丢弃|丢掉)的', (said) => ({
    'something was': said.ever('drop').some(({reason}) => reason === 'discarded'),
  })),
  row(
    'cwnd climbs fast: from #before to #after in (?<trips>one|two|three) round trips?',
    'cwnd [^。]{0,12}从 #before [^。]{0,8}#after',
    climbs,
  ),
  row('#places places[^.]*?\\bhalf of them free', '#places 个[^。]*一半', (said) => ({
    'half of them are taken': hosts(said).some(
      (host) =>
        2 * said.connections(host, 'after').filter(({state}) => state === 'SYN-RECEIVED').length ===
        said.number('places'),
    ),
  })),
  row('\\b(?<count>\\d+) in all\\b', '(?:一共|总共) ?(?<count>\\d+)', (said) => ({
    'so many connections at who is at it':
      said.connections(hostAtHand(said), 'after').length === said.number('count'),
  })),
  row(
    `\\b[Tt]he first ${flags} goes to (?<ip>[\\d.]+\\d)`,
    `第一个 ?${flags} ?发(?:往|给) ?(?<ip>[\\d.]+\\d)`,
    (said) => ({
      'no other has gone there':
        said.ever('send').filter((each) => each.hop === 0 && destination(said, each) === said.word('ip'))
          .length === 1,
    }),
  ),
  row(`\\bno ACK comes back, and no RST\\b|\\bNobody is there\\b`, '没有 ?ACK[^。]*也没有 ?RST', (said) => ({
    'nothing comes to who is at it now': said.now('arrive', hostAtHand(said)).length === 0,
    'what leaves now dies': said
      .now('send')
      .some(
        ({packet}) =>
          packet > 0 && said.future.some((each) => each.kind === 'drop' && each.packet === packet),
      ),
  })),
  row(
    '\\b[Oo]nly (?<flags>SYN,ACK|SYN|FIN|RST|ACK) is set\\b',
    '只(?:有|设了|置了?) ?(?<flags>SYN,ACK|SYN|FIN|RST|ACK)',
    (said) => ({
      'it has no other': passing(said).some(({segment}) => flagsOf(segment) === said.word('flags')),
      'it has not SYN':
        said.word('flags') === 'SYN' || passing(said).every(({segment}) => !hasFlag(segment, 'SYN')),
    }),
  ),
  row('\\b[Nn]obody tells <host>', '没有谁会?告诉<host>', (said) => ({
    'nothing comes to it now': said.now('arrive', said.host()).length === 0,
  })),
  row(
    'seq=#one and seq=#two\\. No data follow, so no duplicate ACK[^.]*',
    'seq=#one 和 seq=#two[^。]*后面没有',
    (said) => ({
      'both have died': hasDied(said, said.number('one')) && hasDied(said, said.number('two')),
      'no three duplicate ACKs come before they are sent again': !hearsThree(said, hostAtHand(said)),
    }),
  ),
  row('\\bit (?:has to )?stops?\\b', '只好停|停下', (said) => ({
    'nothing more leaves until something comes': said.future.every(
      (event, index, all) =>
        event.kind !== 'send' ||
        event.host !== hostAtHand(said) ||
        event.instant === said.instant[0]?.instant ||
        all.slice(0, index).some((each) => each.kind === 'arrive' && each.host === event.host),
    ),
  })),
  row('\\ball has arrived\\b', '全(?:都)?到了', (said) => ({
    'the ACK names all that the other end has sent': said.sent().some(({segment}) =>
      said
        .sentEver()
        .filter(({event}) => event.host !== hostAtHand(said))
        .every(({segment: {seq, payload}}) => ((segment.ack - seq - payload.length) | 0) >= 0),
    ),
  })),
  row('\\bdies on the way\\b', '在途中(?:丢|被丢)', (said) => ({
    'something dies now': said.deaths().length > 0,
    'what leaves now dies': madeNow(said).some(({packet}) => said.trace.packet(packet).lost),
  })),
  row('\\b[Aa] capture at <host> has it', '在<host>抓包[^。]*有', (said) => ({
    'it is its own': [...said.deaths(), ...madeNow(said)].some(
      ({packet}) => said.trace.packet(packet).from === said.host(),
    ),
  })),
  row('\\b[Nn]o (?<flags>FIN|RST|SYN|ACK)\\b', '没有 ?(?<flags>FIN|RST|SYN|ACK)', (said) => ({
    'none leaves now': said.sent().every(({segment}) => !isNamed(said, segment)),
  })),
  row('\\bonly because there was something to send\\b', '只因为有数据要发|正好有数据要发', (said) => ({
    'it was sent a round trip ago': said
      .sentEver(hostAtHand(said))
      .some(
        ({segment, event}) =>
          segment.payload.length > 0 && Math.abs(said.atUs - event.atUs - 2 * oneWayUs(said)) < 1000,
      ),
  })),
  row('@at since the crash', '(?:从|离)崩溃[^。]{0,6}@at', (said) => ({
    'so long ago': said.isTime('at', sinceCrash(said)),
  })),
  row(
    '\\b(?:both|the) states? stays?(?: as (?:they are|it is))?\\b|\\bdraws? no arrow\\b',
    '状态(?:都)?(?:不变|没变)',
    (said) => ({
      'no state changes': said.now('state').length === 0,
    }),
  ),
  row('\\bexists already\\b|\\bhas it already\\b', '已经存在', (said) => ({
    'who is at it has one': said.connections(hostAtHand(said), 'before').length > 0,
  })),
  row('\\b[Tt]he last of the #count ends @at after the first', '#count 个里最后一个[^。]*@at', (said) => {
    const ends = said.ever('state', hostAtHand(said)).filter(({to}) => to === 'CLOSED');
    return {
      'so many have ended': ends.length === said.number('count'),
      'so long after the first': said.isTime('at', said.atUs - (ends[0]?.atUs ?? Number.NaN)),
    };
  }),
  row('\\ball their ports are free\\b', '端口(?:都|全)?(?:又)?空出来', (said) => ({
    'no connection is left there': said.connections(hostAtHand(said), 'after').length === 0,
  })),
  row('\\bFIN rides on the last #bytes bytes', 'FIN 搭在最后 ?#bytes 字节', (said) => ({
    'they go together': passing(said).some(
      ({segment}) => hasFlag(segment, 'FIN') && segment.payload.length === said.number('bytes'),
    ),
  })),
  row('\\bone more round trip later\\b', '又(?:过|晚)(?:了)?一个往返', (said) => ({
    'it sent something again a round trip ago': said
      .ever('send', hostAtHand(said))
      .some(
        ({retransmission, atUs}) => retransmission && Math.abs(said.atUs - atUs - 2 * oneWayUs(said)) < 1000,
      ),
  })),
  row(
    '\\bit acknowledges new data, but not all\\b',
    '(?:往前走|前进)了?[^。]{0,6}没有?(?:越过|到)',
    (said) => ({
      'some of what is under way is acknowledged, not all': said
        .connections(hostAtHand(said), 'after')
        .some(
          ({snd, id}) =>
            snd.una !== snd.nxt &&
            said
              .connections(hostAtHand(said), 'before')
              .some((each) => each.id === id && each.snd.una !== snd.una),
        ),
    }),
  ),
  row('\\bthat is still so\\b', '至今如此|仍然如此', (said) => ({
    'it listens': said.states(hostAtHand(said)).includes('LISTEN'),
  })),
];
