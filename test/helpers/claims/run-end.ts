// What is said of the end of a run whose connection is not over, judged by what its hosts hold then and by what had left.
import {type Facts, type Row, row, type Said} from './said.ts';
import {flagsOf, segmentOf} from './seen.ts';

const stateNow = (said: Said, name: string): readonly string[] =>
  said.connections(said.host(name), 'after').map(({state}) => state);

const isEnd = (said: Said): Facts => ({'nothing follows': said.n === said.trace.length});

const timersLeft = (said: Said, host: string): readonly number[] =>
  said.connections(host, 'after').flatMap(({timers}) => Object.values(timers).map(Number));

const packetsLeft = (said: Said): number =>
  Array.from({length: said.trace.packetCount}, (_, index) => said.trace.packet(index + 1)).filter(
    ({endEvent}) => endEvent === undefined,
  ).length;

/** When those that are under way come to the next host. */
const landings = (said: Said): readonly number[] => {
  const due = new Map(said.ever('send').map(({packet, dueUs}) => [packet, dueUs]));
  return [...due].flatMap(([packet, dueUs]) =>
    packet > 0 && said.trace.packet(packet).endEvent === undefined ? [dueUs] : [],
  );
};

const nothingLeft = (said: Said): Facts => ({
  ...isEnd(said),
  'nothing is under way': packetsLeft(said) === 0,
  'no timer runs': said.trace.header.hosts.every(({name}) => timersLeft(said, name).every(Number.isNaN)),
});

/** Since the last connection of this host began. */
const closes = (said: Said, host: string): boolean => {
  const began = said
    .ever('state', host)
    .findLast(({from, to}) => from !== to && /CLOSED|LISTEN/.test(from ?? ''));
  return [...said.ever('call', host), ...said.ever('state', host)].some(
    (event) =>
      event.n >= (began?.n ?? 0) &&
      (event.kind === 'state'
        ? /^(?:FIN-WAIT-1|LAST-ACK)$/.test(event.to)
        : /^(?:close|shutdown)$/.test(event.call) && event.result === 'ok'),
  );
};

/** Its program wanted to close, and was told that it could not (POSIX close()). */
const fails = (said: Said, host: string): boolean =>
  said
    .ever('call', host)
    .some(
      ({connection, call, result}) =>
        /^(?:close|shutdown)$/.test(call) && result !== 'ok' && isLeft(said, host, connection),
    );

/** A call is about the connection that is left, or about none that there is. */
const isLeft = (said: Said, host: string, of: string | undefined): boolean =>
  of === undefined || said.trace.stateAt(said.n)?.hosts[host]?.tcp.connections.has(of) === true;

const nobodyEn =
  '(?:neither )?<peer>(?: nor <proxy> \\(which answers in its place\\))? has (?:no such|such a) connection';
const nobodyZh = '<peer>(?:和替它应答的<proxy>都)?没有这条连接';

/** Whoever listens under an address that is not his own answers in its owner's name. */
const standsIn = (said: Said): Facts => {
  const [tcb] = said.connections(said.host(), 'after');
  const listens = said
    .ever('state')
    .filter(
      ({to, connection}) => to === 'LISTEN' && connection === `${tcb?.remote.ip}:${tcb?.remote.port} > *`,
    );
  const others = new Set(listens.map(({host}) => host).filter((host) => host !== said.host('peer')));
  return {
    'nobody else would have it': said.has('proxy') ? others.has(said.host('proxy')) : others.size === 0,
    'nor does that one': said.has('proxy') ? stateNow(said, 'proxy').length === 0 : undefined,
  };
};

export const runEndRows: readonly Row[] = [
  row(
    '(?:<host> and <peer> both stay in ~both|<one> stays in ~state, <other> in (?<theirs>[A-Z0-9-]+)): no packet is under way, no timer is left',
    '(?:<host>和<peer>都停在 ~both|<one>停在 ~state，<other>停在 (?<theirs>[A-Z0-9-]+))：路上没有分组，定时器也都没有了',
    (said) => ({
      ...nothingLeft(said),
      'in these states': said.has('both')
        ? ['host', 'peer'].every((name) => stateNow(said, name).includes(said.word('both')))
        : stateNow(said, 'one').includes(said.word('state')) &&
          stateNow(said, 'other').includes(said.word('theirs')),
    }),
  ),
  row('and neither end has closed[.;]', '两端都还没有关闭[。；]', (said) => ({
    'nobody has': said.trace.header.hosts.every(({name}) => !closes(said, name) && !fails(said, name)),
  })),
  row('no timer is left, and <host> has not closed[.;]', '，<host>还没有关闭[。；]', (said) => ({
    'it has not': !closes(said, said.host()) && !fails(said, said.host()),
  })),
  row(
    'at @at the (?<call>close|shutdown)\\(\\) of <host> got (?<error>E[A-Z]+), and had no effect',
    '<host>在 @at 调用的 (?<call>close|shutdown)\\(\\) 得到 (?<error>E[A-Z]+)，没有起作用',
    (said) => ({
      'it was called': said
        .ever('call', said.host())
        .some(
          ({connection, call, result, atUs}) =>
            isLeft(said, said.host(), connection) &&
            call === said.word('call') &&
            result === said.word('error') &&
            said.isTime('at', atUs),
        ),
      'nothing is closed': !closes(said, said.host()),
    }),
  ),
  row(
    `<host> stays in ~state: ${nobodyEn}, and no packet or timer is left`,
    `<host>停在 ~state：${nobodyZh}，而路上没有分组，定时器也没有了`,
    (said) => ({
      ...nothingLeft(said),
      'in that state': stateNow(said, 'host').includes(said.word('state')),
      'and nobody else': stateNow(said, 'peer').length === 0,
      ...standsIn(said),
    }),
  ),
  row(
    `Here the run is cut off: (?:<host> is in ~state, (?:${nobodyEn}|<far> in (?<theirs>[A-Z0-9-]+))|<one> and <other> are both in ~both)`,
    `本次运行到此截断：(?:<host>处于 ~state，(?:${nobodyZh}|<far>处于 (?<theirs>[A-Z0-9-]+))|<one>和<other>都处于 ~both)`,
    (said) => ({
      ...isEnd(said),
      'it is not quiet': said.trace.endReason !== 'quiet',
      'in these states': said.has('both')
        ? ['one', 'other'].every((name) => stateNow(said, name).includes(said.word('both')))
        : stateNow(said, 'host').includes(said.word('state')) &&
          (said.has('theirs')
            ? stateNow(said, 'far').includes(said.word('theirs'))
            : stateNow(said, 'peer').length === 0),
      ...(said.has('theirs') || said.has('both') ? {} : standsIn(said)),
    }),
  ),
  row('and (?:a|#count) packets? (?:is|are) under way', '路上还有 #count 个分组', (said) => ({
    'so many': packetsLeft(said) === (said.has('count') ? said.number('count') : 1),
  })),
  row('The next timer to run out is <host>’s, at @at', '下一个超时的是<host>的定时器，在 @at', (said) => ({
    'it is': said.running(said.host()).some(({dueUs}) => said.isTime('at', dueUs)),
    'no other before it': said.trace.header.hosts.every(({name}) =>
      said.running(name).every(({dueUs}) => dueUs >= said.lengthUs('at')),
    ),
    'no packet comes before it': landings(said).every((landsUs) => landsUs >= said.lengthUs('at')),
  })),
  row('they go on answering each other’s ACKs', '两端还在没完没了地互相回 ACK', (said) => ({
    'each answers one': Array.from({length: 6}, (_, back) => said.trace.packetCount - back).every(
      (packet) => {
        const {sendEvent} = said.trace.packet(packet);
        const {instant} = said.trace.event(sendEvent);
        return said.ever('arrive').some((event) => event.instant === instant);
      },
    ),
    'only ACKs': Array.from({length: 6}, (_, back) => said.trace.packetCount - back).every((packet) => {
      const segment = segmentOf(said.trace, packet);
      return segment !== undefined && flagsOf(segment) === 'ACK' && segment.payload.length === 0;
    }),
  })),
];
