// What prose says by holding what happens against all that is like it: first, last, only, again, all, both, none. Read in
// several ways; a sentence claims those that hold in the run that it was written for.
import type {TraceEvent} from '../../../source/sim/trace.ts';
import {type Facts, hosts, type Row, row, type Said} from './said.ts';
import {flagsOf, type Passing} from './seen.ts';

const tcbs = (said: Said) => hosts(said).flatMap((name) => said.connections(name, 'after'));

const counted: readonly TraceEvent['kind'][] = [
  'send',
  'arrive',
  'state',
  'call',
  'answer',
  'deliver',
  'signal',
];

/** Copies that routers pass on are none. */
const isMade = (event: TraceEvent): boolean =>
  counted.includes(event.kind) &&
  (event.kind === 'send' ? event.hop === 0 && event.packet > 0 : event.kind !== 'arrive' || event.packet > 0);

/** What it is, so that two are alike: its kind and host, the flags, whether it brings data. */
const kindOf = (said: Said, event: TraceEvent): string => {
  if (event.kind === 'send' || event.kind === 'arrive') {
    const [passing] = said.passing(event);
    const what = passing ? `${flagsOf(passing.segment)} ${passing.segment.payload.length > 0}` : '';
    return `${event.kind} ${event.host} ${what}`;
  }
  const what = 'to' in event ? event.to : 'name' in event ? `${event.name} ${event.op}` : '';
  return `${event.kind} ${event.host} ${what}`;
};

const isAck = ({segment}: Pick<Passing, 'segment'>): boolean =>
  flagsOf(segment) === 'ACK' && segment.payload.length === 0;

/** Sent once more, or said once more: no new one of its kind. */
const isRepeated = (said: Said, event: TraceEvent): boolean => {
  if ((event.kind !== 'send' && event.kind !== 'arrive') || event.packet < 1) return false;
  const {retransmission, from} = said.trace.packet(event.packet);
  const [own] = said.passing(event);
  const isSaid = (each: Passing): boolean => isAck(each) && each.segment.ack === own?.segment.ack;
  return retransmission || (own !== undefined && isAck(own) && said.sentEver(from).some(isSaid));
};

type Likes = {readonly before: number; readonly now: number; readonly later: number};

const latest = new WeakMap<object, {readonly n: number; readonly likes: readonly Likes[]}>();

/** Of each thing that happens in the moment, how many like it there are. */
const likesOf = (said: Said): readonly Likes[] => {
  const known = latest.get(said.trace);
  if (known?.n === said.n) return known.likes;
  const count = (events: readonly TraceEvent[]): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const event of events) {
      if (!isMade(event)) continue;
      const kind = kindOf(said, event);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    return counts;
  };
  // Of a packet that the path made two of only the first is one.
  const arrivals = said.ever('arrive').map(({packet, host, hop}) => `${packet} ${host} ${hop}`);
  const came = new Set(arrivals);
  const isCopy = (event: TraceEvent): boolean => {
    if (event.kind !== 'arrive') return false;
    const key = `${event.packet} ${event.host} ${event.hop}`;
    const known = came.has(key);
    came.add(key);
    return known;
  };
  const [before, now, later] = [
    count(said.before),
    count(said.instant),
    count(said.future.filter((event) => !isCopy(event) && !isRepeated(said, event))),
  ];
  const likes = [...now].map(([kind, here]) => ({
    ...{before: before.get(kind) ?? 0, now: here, later: later.get(kind) ?? 0},
  }));
  latest.set(said.trace, {n: said.n, likes});
  return likes;
};

/** How much longer or shorter a timer that is set now runs than the one that ran out. */
const isTimes = (said: Said, times: number): boolean =>
  hosts(said).some((host) =>
    said
      .fired(host)
      .some(({name, ranUs}) =>
        said
          .now('timer', host)
          .some(
            (event) =>
              event.op === 'arm' && event.name === name && event.dueUs - event.atUs === ranUs * times,
          ),
      ),
  );

const nothing = (said: Said): Facts => ({
  'nothing leaves now': said.now('send').length === 0,
  'nothing comes now': said.now('arrive').length === 0,
  'who is at it sends nothing': said.now('send', said.instant.find(({n}) => n === said.n)?.host).length === 0,
  'no program gets anything': said.now('deliver').length + said.now('answer').length === 0,
});

export const likeRows: readonly Row[] = [
  row('\\b[Ff]irst\\b', '第一|首个|首先', (said) => ({
    'nothing like it before': likesOf(said).some(({before}) => before === 0),
    'the first of all': said.before.length === 0,
  })),
  row('(?<!(?:than|after) the )\\b[Ll]ast\\b', '最后', (said) => ({
    'nothing like it later': likesOf(said).some(({later}) => later === 0),
  })),
  row('\\b[Tt]he only\\b|\\b[Oo]nly one\\b|\\bsingle\\b', '唯一|单独', (said) => ({
    'no other like it': likesOf(said).some(({before, now, later}) => before + now + later === 1),
  })),
  row('\\b(?:[Aa]ll|[Ee]very|[Ee]verything|whole|[Aa]ltogether)\\b', '全部|所有|都|每', (said) => ({
    'all is acknowledged': tcbs(said).length > 0 && tcbs(said).every(({snd}) => snd.una === snd.nxt),
    'all that came is read':
      tcbs(said).length > 0 && tcbs(said).every(({receiveBuffer}) => receiveBuffer.length === 0),
  })),
  row('\\b(?:[Bb]oth|[Nn]either)\\b', '双方|两端', (said) => ({
    'two are in the same state':
      new Set(hosts(said).map((name) => said.states(name).at(-1))).size < hosts(said).length,
    'both have sent': hosts(said).filter((name) => said.ever('send', name).length > 0).length === 2,
  })),
  row('\\b(?:[Nn]o|[Nn]othing|[Nn]obody|[Nn]ever|[Nn]one|[Ww]ithout)\\b', '没有?|无|从不|谁也|不再', nothing),
  row('\\b(?:dropped|thrown away|discarded|refused)\\b', '被丢弃|被拒绝|丢弃', (said) => ({
    'something is thrown away': said.thrownAway().length > 0,
  })),
  row('<host> has (?:a|its) connection\\b', '<host>(?:还|仍)?(?:有|留着)(?:这条|一条)?连接', (said) => ({
    'it is in ESTABLISHED': said.states(said.host()).includes('ESTABLISHED'),
  })),
  row('\\b(?:(?:stays?|remains?) in|unchanged)\\b', '停在|保持', (said) => ({
    'no state changes': said.now('state').length === 0,
  })),
  row('\\b(?:twice(?: as)?|doubles?|doubled)\\b', '翻倍|加倍|两倍|一倍', (said) => ({
    'the timer runs twice as long': isTimes(said, 2),
    'two like it':
      said.words === 'twice' ? likesOf(said).some(({before, now}) => before + now === 2) : undefined,
  })),
  row('\\b(?:[Ss]ame)\\b', '同(?:一|样)|相同', (said) => ({
    'what leaves has left before': said
      .sent()
      .some(({segment, event}) =>
        said
          .sentEver(event.host)
          .some(
            (each) =>
              each.event.n < event.n &&
              each.segment.seq === segment.seq &&
              flagsOf(each.segment) === flagsOf(segment),
          ),
      ),
    'like one before': likesOf(said).some(({before}) => before > 0),
  })),
  row('\\b(?:[Aa]gain|once more|[Tt]his time|[Aa]nother|more)\\b', '再|又|另|这次|这一次', (said) => ({
    'one like it before': likesOf(said).every(({before}) => before > 0),
    'some of it has been before': likesOf(said).some(({before}) => before > 0),
  })),
  row('(?<![\\w,])ACKs?(?![\\w,])', '(?<![\\w,])ACK(?![\\w,])', (said) => ({
    'one leaves now': said.sent().some(isAck),
    'one comes now': said.came().some(isAck),
    'none leaves now': said.sent().length > 0 && !said.sent().some(isAck),
  })),
];
