// What is said of how connections break, judged by raw events: resets, time-outs, hosts that go down, and errors of programs.
import {localSocket} from '../../../source/wire/connection-id.ts';
import {hasFlag, segLen} from '../../../source/wire/tcp.ts';
import {finHasLeft, forgets, gets, leaves, sends} from './acts.ts';
import {type Facts, type Row, row, type Said} from './said.ts';
import type {Of} from './seen.ts';

const errorOf = (said: Said): Facts => ({
  'its program gets that error': said.now('signal').some(({signal}) => signal === said.word('error')),
  'it has not closed': said.now('signal').some(({host, connection, instant}) => {
    // Since the last connection of these ends was over.
    const ended = said
      .ever('state', host)
      .filter((each) => each.to === 'CLOSED' && each.connection === connection && each.instant < instant);
    const since = ended.at(-1)?.n ?? 0;
    return said
      .ever('call', host)
      .every((each) => each.call !== 'close' || each.connection !== connection || each.n < since);
  }),
});

/** ACKs have come to a half-open connection of this host that its full accept queue turned away. */
const hadNoRoom = (said: Said): boolean => {
  const ended = said.now('state', said.host()).map(({connection}) => connection);
  return said
    .earlier('drop', said.host())
    .some(({connection, because}) => ended.includes(connection) && because === 'linux:accept-queue/full');
};

/** A passive open keeps its listener through all handshakes: what goes is the record of this one alone (RFC 9293 §3.10.7.4). */
const listensOn = (said: Said): Facts => {
  const [gone] = said.now('state', said.host()).filter(({to}) => to === 'LISTEN');
  const port = gone?.connection && localSocket(gone.connection).port;
  const tcp = said.trace.stateAt(said.n)?.hosts[said.host()]?.tcp;
  return {
    'its listener stands': [...(tcp?.listeners.values() ?? [])].some(({local}) => local.port === port),
    'it has no such connection': said
      .connections(said.host(), 'after')
      .every(({id}) => id !== gone?.connection),
  };
};

/** Of what its program had given to this connection no segment has carried it. */
const waited = (said: Said, {host, connection}: Of<'state'>): number => {
  const tcb = said.connections(host, 'before').find(({id}) => id === connection);
  if (!tcb) return 0;
  const {sendBuffer, sendWaiting, snd, iss} = tcb;
  return sendBuffer.length + sendWaiting.length - Math.max(0, (snd.nxt - iss - 1) | 0);
};

/** From the beginning of the connection that ends now up to the next one of these ends. */
const neverComes = (said: Said, host: string): boolean =>
  said.now('state', said.host()).some(({connection, n}) => {
    const own = [...said.trace.events()].filter(
      (event) => event.kind === 'state' && event.connection === connection && event.to === 'SYN-SENT',
    );
    const since = own.findLast((event) => event.n < n)?.n ?? 0;
    const until = own.find((event) => event.n > n)?.n ?? said.trace.length + 1;
    const sent = new Set(
      [...said.trace.events(since, until - 1)].flatMap((event) =>
        event.kind === 'send' && event.connection === connection ? [event.packet] : [],
      ),
    );
    return [...said.trace.events()].every(
      (event) => event.kind !== 'arrive' || event.host !== host || !sent.has(event.packet),
    );
  });

/** Some SYN of what ends now. */
const isUnderWay = (said: Said): boolean =>
  said
    .now('state', said.host())
    .some(({connection}) =>
      said
        .sentEver(said.host())
        .some(
          ({event, segment}) =>
            event.connection === connection &&
            hasFlag(segment, 'SYN') &&
            (said.trace.packet(event.packet).endEvent ?? Infinity) > said.n,
        ),
    );

/** test/fixtures/kernel-calls.json; FreeBSD’s in_pcbconnect; RFC 9293 §3.10.1. */
const inUse = new Map([
  ['linux', 'EADDRNOTAVAIL'],
  ['freebsd', 'EADDRINUSE'],
  ['rfc', 'EISCONN'],
]);

/** Of a call that fails: test/fixtures/kernel-calls.json, RFC 9293 §3.10. */
const whenOver = (profile: string, call: string | undefined): string =>
  profile !== 'rfc' && (call === 'send' || call === 'heartbeat') ? 'EPIPE' : 'ENOTCONN';

export const breaksRows: readonly Row[] = [
  row(
    'The RST ends a handshake that was not finished: <host> forgets it and goes on listening',
    'RST 结束了这条半连接：<host>把它删掉，继续监听',
    (said) => ({
      ...listensOn(said),
      'from SYN-RECEIVED': leaves(said, 'SYN-RECEIVED'),
      'RST comes': gets(said, /RST/),
      'its program hears nothing': said.now('signal', said.host()).length === 0,
    }),
  ),
  row(
    '(?:A new|(?<rst>Another)) SYN comes into a handshake that is not finished: <host> (?:gives that up, forgets it and goes on listening|forgets that handshake, goes on listening, and, as Linux does, answers the SYN with RST)',
    '半连接上来了(?:新的|(?<rst>另一个)) SYN：<host>(?:放弃这条半连接并把它删掉|把这条半连接删掉)，继续监听(?:；它按 Linux 的做法，用 RST 回应这个 SYN)?',
    (said) => ({
      ...listensOn(said),
      'from SYN-RECEIVED': leaves(said, 'SYN-RECEIVED'),
      'a SYN comes': gets(said, /SYN/),
      'it answers nothing, or RST': said.has('rst')
        ? sends(said, /RST/)
        : said.sent(said.host()).length === 0,
    }),
  ),
  row(
    '<host> has waited for the ACK of its SYN long enough: it gives that handshake up, forgets it and goes on listening',
    '<host>的 SYN 迟迟得不到确认，等得够久了：它放弃这条半连接并把它删掉，继续监听',
    (said) => ({
      ...listensOn(said),
      'from SYN-RECEIVED': leaves(said, 'SYN-RECEIVED'),
      'a timer runs out': said.fired(said.host()).length > 0,
      'nothing comes': said.came(said.host()).length === 0,
      'no ACK was dropped for want of room': !hadNoRoom(said),
    }),
  ),
  row(
    '<host> has repeated its SYN,ACK often enough, and had no room for the ACKs that came: it gives that handshake up, forgets it and goes on listening',
    '<host>的 SYN,ACK 重发够了，来的 ACK 却都没有位置接收：它放弃这条半连接并把它删掉，继续监听',
    (said) => ({
      ...listensOn(said),
      'from SYN-RECEIVED': leaves(said, 'SYN-RECEIVED'),
      'a timer runs out': said.fired(said.host()).length > 0,
      'ACKs were dropped for want of room': hadNoRoom(said),
    }),
  ),
  row(
    'The SYN queue of <host> is full: to make room for the new SYN, ',
    '<host>的半连接队列满了：为了给新来的 SYN 腾位置，',
    (said) => ({
      'from SYN-RECEIVED': leaves(said, 'SYN-RECEIVED'),
      'a SYN comes': gets(said, /^SYN$/),
      'it is answered': sends(said, /^SYN,ACK$/),
      'another is half-open now': said.states(said.host()).includes('SYN-RECEIVED'),
    }),
  ),
  row('<host> gives up: it has waited', '<host>放弃：等应答已经等得够久', (said) => ({
    ...forgets(said),
    'a timer runs out': said.fired(said.host()).length > 0,
    'nothing comes': said.came(said.host()).length === 0,
  })),
  row(
    '(?:Its|The) program gets (?<error>E(?:CONN|TIMED|HOST|NET)[A-Z]+)',
    '程序(?:立即)?得到 (?<error>E(?:CONN|TIMED|HOST|NET)[A-Z]+)',
    errorOf,
  ),
  row('The SYN of <host> is answered by RST', '<host>的 SYN 换来的是 RST', (said) => ({
    ...forgets(said),
    'RST comes': gets(said, /RST/),
    'from SYN-SENT': leaves(said, 'SYN-SENT'),
  })),
  row(
    'The RST ends the connection: <host> leaves ~state and forgets it(?<whole>, without a FIN)?',
    'RST 中止了连接：<host>离开 ~state，直接删除连接(?<whole>，不再有 FIN)?',
    (said) => ({
      ...forgets(said),
      'RST comes': gets(said, /RST/),
      'from which state': leaves(said, said.word('state')),
      'no FIN had gone':
        (/^(?:ESTABLISHED|SYN-RECEIVED)$/.test(said.word('state')) && !finHasLeft(said)) ===
        said.has('whole'),
    }),
  ),
  row(
    'The RST ends TIME-WAIT before its time: for <host> both directions were closed already, and now it forgets',
    'RST 让 TIME-WAIT 提前结束：对<host>来说，两个方向早已关闭，现在连这条记录也删除了',
    (said) => ({
      ...forgets(said),
      'RST comes': gets(said, /RST/),
      'from TIME-WAIT': leaves(said, 'TIME-WAIT'),
    }),
  ),
  row(
    '<host> has sent no RST, and knows nothing of this one',
    '<host>并没有发过 RST，对此一无所知',
    (said) => ({
      'it sent none in these packets': said
        .came()
        .every(
          ({segment, event}) =>
            !hasFlag(segment, 'RST') ||
            said
              .sentEver(said.host())
              .every((own) => own.event.packet !== event.packet || !hasFlag(own.segment, 'RST')),
        ),
      'it has its connection still': said
        .came()
        .some(({segment}) =>
          said
            .connections(said.host(), 'after')
            .some(({local, remote}) => local.port === segment.srcPort && remote.port === segment.dstPort),
        ),
    }),
  ),
  row(
    'The program of <host> breaks the connection off(?: after @waited without an ACK of what it had sent; TCP itself would go on, its timer was due at @at)?(?<rst>: it sends an RST)?',
    '<host>的程序(?:等了 @waited，发出的数据一直没有得到确认，于是)?中止连接(?:（TCP 自己还会等下去，定时器本来设在 @at）)?(?<rst>：它发出 RST)?',
    (said) => ({
      ...forgets(said),
      'it is unacknowledged so long': said.has('waited')
        ? said
            .connections(said.host(), 'before')
            .some(({snd}) =>
              said
                .sentEver(said.host())
                .some(
                  ({segment, event}) =>
                    segment.seq === snd.una && said.isTime('waited', said.atUs - event.atUs),
                ),
            )
        : undefined,
      'RST leaves': said.has('rst') ? sends(said, /RST/) : undefined,
      'nothing comes': said.came(said.host()).length === 0,
    }),
  ),
  row(
    'The program of <host> (?:closes|(?<half>calls shutdown\\(\\))|(?<off>breaks off)) before (?:a valid|(?<none>any)) answer to its SYN has come: <owner> forgets that connection, and no segment tells the other end\\.(?: That SYN is not sent again, and <unaware> never hears of it\\.)?(?: The (?:#bytes bytes|(?<one>byte)) that waited)?',
    'SYN 还没得到(?:有效的|(?<none>任何))应答，<host>的程序就(?:关闭了|(?<half>调用了 shutdown\\(\\))|(?<off>中止了连接))：<owner>删除那条连接，也不发报文段告知对方。(?:SYN 不再重发，<unaware>始终不知道有过这条连接。)?(?:排队的 #bytes 字节也丢弃)?',
    (said) => ({
      ...forgets(said),
      'what waited': said
        .now('state', said.host())
        .some((state) => waited(said, state) === (said.has('one') ? 1 : Number(said.word('bytes') || 0))),
      'it leaves SYN-SENT, and nothing leaves on that connection': said
        .now('state', said.host())
        .some((state) => state.from === 'SYN-SENT' && said.sendsOn(state).length === 0),
      'by that call': said
        .now('state', said.host())
        .some(({because = ''}) => because.includes('/abort/') === said.has('off')),
      'by shutdown() where it says so': said
        .now('state', said.host())
        .some(
          ({connection}) =>
            said
              .now('call', said.host())
              .some((each) => each.call === 'shutdown' && each.connection === connection) ===
            said.has('half'),
        ),
      'nothing has come for it': said.has('none')
        ? said
            .cameEver(said.host())
            .every(({segment}) =>
              said
                .now('state', said.host())
                .every(({connection = ''}) => !connection.includes(`:${segment.dstPort} >`)),
            )
        : undefined,
      'none of its SYNs comes there, or is on its way': said.has('unaware')
        ? neverComes(said, said.host('unaware')) && !isUnderWay(said)
        : undefined,
    }),
  ),
  row(
    'No program on <host> listens on port #port: it answers with RST',
    '<host>上没有程序监听端口 #port，它回 RST',
    (said) => ({
      'RST leaves': sends(said, /RST/),
      'to which port': said.came(said.host()).some(({segment}) => segment.dstPort === said.number('port')),
      'who asks': gets(said, /SYN/),
    }),
  ),
  row(
    'The program of <host> calls (?<call>\\w+)\\(\\) and gets (?<error>E[A-Z]+)',
    '<host>的程序调用 (?<call>\\w+)\\(\\)，得到 (?<error>E[A-Z]+)',
    (said) => ({
      'it calls, and gets that': said
        .now('call', said.host())
        .some(({call, result}) => call === said.word('call') && result === said.word('error')),
    }),
  ),
  row(
    '(?<error>E\\w+): <host> still has a connection between these two ports',
    '(?<error>E\\w+)：<host>在这两个端口之间还留着一条连接',
    (said) => ({
      'there is one': said
        .now('call', said.host())
        .some(({host, connection}) =>
          said.connections(host, 'before').some(({id}) => id === connection || connection === undefined),
        ),
      'each system has its own name for that (test/fixtures/kernel-calls.json)':
        said.word('error') === inUse.get(said.trace.header.profile),
    }),
  ),
  row(
    '(?<error>E\\w+): (?:its (?<never>connect\\(\\) has failed)|the connection ended at @since)',
    '(?<error>E\\w+)：(?:它的 (?<never>connect\\(\\) 没有成功)|连接在 @since 已经结束)',
    (said) => {
      const [call] = said.now('call');
      const last = said
        .earlier('state', call?.host)
        .findLast(({connection}) => connection === call?.connection);
      return {
        'it is over': last?.to === 'CLOSED',
        'it was open once, or not': (last?.from === 'SYN-SENT') === said.has('never'),
        'since when': said.has('never') ? undefined : said.isTime('since', last?.atUs),
        'what the call comes to': said.word('error') === whenOver(said.trace.header.profile, call?.call),
      };
    },
  ),
  row('EBADF: it has (?:closed) that connection itself', 'EBADF：这条连接是它自己关掉的', (said) => {
    const [call] = said.now('call');
    return {
      'it has': said
        .earlier('call', call?.host)
        .some(
          (each) =>
            /^(?:close|abort)$/.test(each.call) &&
            each.connection === call?.connection &&
            each.result === 'ok',
        ),
    };
  }),
  row(
    'E\\w+: (?:the handshake is (?<begun>not finished)|it has no connection for that)',
    'E\\w+：(?:(?<begun>握手还没完成)|它此时没有可用的连接)',
    (said) => ({
      'whether one is half-open': said
        .now('call')
        .some(
          ({host, connection}) =>
            (connection === undefined && said.states(host).includes('SYN-RECEIVED')) === said.has('begun'),
        ),
    }),
  ),
  row(
    '<host> has no such connection(?: any more \\(it ended at @gone\\))?: its answer',
    '<host>(?:没有这条连接|已经没有这条连接（@gone 时已经结束）)，对',
    (said) => ({
      'RST leaves': sends(said, /RST/),
      'something comes': said.came(said.host()).length > 0,
      'since when': said.has('gone')
        ? said.sent(said.host()).some(({segment}) => {
            const last = said.earlier('state', said.host()).findLast(({connection = ''}) => {
              const [own = '', far = ''] = connection.split(' > ');
              return own.endsWith(`:${segment.srcPort}`) && far.endsWith(`:${segment.dstPort}`);
            });
            return /^(?:CLOSED|LISTEN)$/.test(last?.to ?? '') && said.isTime('gone', last?.atUs);
          })
        : undefined,
    }),
  ),
  row(
    'The program of <host> has closed this connection and will read nothing more of it',
    '<host>的程序已经关闭这个连接，不会再从中读任何数据',
    (said) => ({
      'RST leaves': sends(said, /RST/),
    }),
  ),
  row(
    'The program of <host> closes with data that it has not read',
    '<host>的程序关闭时还有数据没读',
    (said) => ({
      'RST leaves': sends(said, /RST/),
      'no FIN': !sends(said, /FIN/),
    }),
  ),
  row(
    'ack=#ack fits nothing that <host> has sent in this handshake: it answers with RST',
    'ack=#ack 与<host>在这次握手中发过的对不上，它回 RST',
    (said) => ({
      'RST leaves': sends(said, /RST/),
      'that number comes': said.came(said.host()).some(({segment}) => segment.ack === said.number('ack')),
      'a handshake': said
        .connections(said.host(), 'before')
        .some(({state}) => /^SYN-(?:SENT|RECEIVED)$/.test(state)),
      'never sent since it began': said
        .came(said.host())
        .every(({segment}) =>
          said
            .sentSinceItBegan(said.host(), segment)
            .every((own) => ((own.seq + segLen(own) - segment.ack) | 0) !== 0),
        ),
    }),
  ),
  row(
    '<host> does not believe [^:]* right away: it answers with an ACK',
    '<host>不轻信[^：]*：它回一个 ACK',
    (said) => ({
      'ACK leaves': sends(said, /^ACK$/),
      'something comes': said.came(said.host()).length > 0,
      'nothing changes': said.now('state', said.host()).length === 0,
    }),
  ),
];
