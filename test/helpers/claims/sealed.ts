// What is said of TLS, judged by raw events: its handshake, tickets, early data, alerts.
import {type Row, row, type Said} from './said.ts';

/** Who takes early data in this instant. */
const takers = (said: Said): readonly string[] =>
  said
    .now('tls')
    .flatMap(({host, what}) => (what.kind === 'earlyData' && what.op === 'accepted' ? [host] : []));

/** Whose packet came there last: what a program makes of it may be an instant of its own. */
const lastFrom = (said: Said, host: string): string => {
  const last = [...said.earlier('arrive', host), ...said.now('arrive', host)].at(-1);
  return (last && last.packet > 0 && said.trace.packet(last.packet).from) || 'nobody';
};

/** The record header of RFC 9846 §5.1 before a ClientHello, and the change_cipher_spec of its appendix E.4 behind it. */
const header = 5;
const changeCipherSpec = 6;

/** Behind ClientHello something has come on that connection by this time. */
const hasCome = (said: Said, host: string): boolean => {
  const taking = said.now('tls').find(({what, ...event}) => event.host === host && what.kind === 'earlyData');
  const onIt = ({connection}: {connection?: string | undefined}): boolean =>
    connection === taking?.connection;
  const notes = said.ever('tls', host).filter((event) => onIt(event) && event.atUs <= said.atUs);
  const before = notes.flatMap(({what}) => {
    if (what.kind === 'changeCipherSpec') return [changeCipherSpec];
    const isHello = what.kind === 'message' && what.op === 'received' && what.name === 'client_hello';
    return isHello ? [header + what.bytes.length] : [];
  });
  const come = said.ever('deliver', host).filter((event) => onIt(event) && event.atUs <= said.atUs);
  const sum = (lengths: readonly number[]): number => lengths.reduce((all, each) => all + each, 0);
  return sum(come.map(({bytes}) => bytes)) > sum(before);
};

/** Some data of his. */
const leaves = (said: Said): boolean =>
  said.sent(said.host()).some(({segment}) => segment.payload.length > 0);

export const sealedRows: readonly Row[] = [
  row(
    '<host> begins TLS: its ClientHello offers cipher suites, in clear(?<waits>, but has to wait)?',
    '<host>开始 TLS：ClientHello 以明文给出支持的加密套件(?<waits>，但还不能发出)?',
    (said) => ({
      hello: said
        .tls(said.host())
        .some((what) => what.kind === 'message' && what.op === 'sent' && what.name === 'client_hello'),
      'something leaves, or not': leaves(said) !== said.has('waits'),
    }),
  ),
  row(
    '<host> (?:answers with|(?<waits>has)) ServerHello(?: to send)?(?:, and #more more handshake messages)?',
    '<host>(?:用|(?<waits>要发)) ServerHello(?: 应答)?(?:，随后还有 #more 条握手消息)?',
    (said) => {
      const messages = said.tls(said.host()).filter((what) => what.kind === 'message' && what.op === 'sent');
      return {
        hello: messages.some((what) => what.kind === 'message' && what.name === 'server_hello'),
        'something leaves, or not': leaves(said) !== said.has('waits'),
        more: said.has('more') ? messages.length - 1 === said.number('more') : undefined,
      };
    },
  ),
  row(
    'For <host> TLS (?<version>1\\.[23]) is established(?<resumed>, resumed[\\w ]+)?(?<read>: the early data have been taken)?(?<said>: the server takes)?',
    '<host>的 TLS (?<version>1\\.[23]) 建立完成(?<resumed>，由先前的连接恢复)?(?<read>：早期数据已被收下)?(?<said>：服务器接收)?',
    (said) => {
      const agreed = said
        .tls(said.host())
        .flatMap((what) => (what.kind === 'established' ? [what.agreement] : []));
      const early = (op: 'offered' | 'accepted'): boolean =>
        said.earlier('tls', said.host()).some(({what}) => what.kind === 'earlyData' && what.op === op);
      return {
        // RFC 9846 §4.6: EndOfEarlyData comes behind all of them, and before the client's Finished.
        'the server has read them': said.has('read') ? early('accepted') && !early('offered') : undefined,
        'the client goes by its word': said.has('said') ? early('offered') : undefined,
        version: agreed.some(({version}) => version === `TLS ${said.word('version')}`),
        resumed: agreed.some(({resumed}) => resumed === said.has('resumed')),
      };
    },
  ),
  row('<host> keeps a ticket for #seconds s', '<host>保存一张会话票据，#seconds s', (said) => ({
    ticket: said
      .tls(said.host())
      .some((what) => what.kind === 'session' && what.session.lifetimeS === said.number('seconds')),
  })),
  row(
    '<host> (?<what>does not wait for an answer|takes the early data|does not take the early data)',
    '<host>(?<what>不等应答|在握手完成之前就收下早期数据|不收早期数据)',
    (said) => {
      const op = /wait|不等/.test(said.word('what'))
        ? 'offered'
        : /not|不收/.test(said.word('what'))
          ? 'rejected'
          : 'accepted';
      return {
        'they have come': op === 'accepted' ? hasCome(said, said.host()) : undefined,
        'early data': said.tls(said.host()).some((what) => what.kind === 'earlyData' && what.op === op),
      };
    },
  ),
  row(
    '<host> (?<what>agrees to take early data before the handshake is done, but has had none)',
    '<host>(?<what>同意在握手完成之前接收早期数据，但数据还没到)',
    (said) => ({
      'it takes them': takers(said).includes(said.host()),
      'none has come': !hasCome(said, said.host()),
    }),
  ),
  row(
    'They are those of <host> from @at, sent once more',
    '这些正是<host>在 @at 发过的，又来了一遍',
    (said) => ({
      'it offered them then': said
        .earlier('tls', said.host())
        .some(
          ({what, atUs}) => what.kind === 'earlyData' && what.op === 'offered' && said.isTime('at', atUs),
        ),
      'they come from another': takers(said).every((host) => lastFrom(said, host) !== said.host()),
    }),
  ),
  row(
    'early data before the handshake is done\\. (?<could>Whoever has recorded)',
    '就收下早期数据。(?<could>谁录下了)',
    (said) => ({
      'who sends them has made them': takers(said).every((taker) =>
        said
          .earlier('tls', lastFrom(said, taker))
          .some(({what}) => what.kind === 'earlyData' && what.op === 'offered'),
      ),
    }),
  ),
  row(
    '<host> learns that (?<what>the server takes its early data|nobody has read its early data)(?<again>: it sends them again)?',
    '<host>得知(?:早期数据)?(?<what>服务器接收早期数据|没有人读)(?<again>：握手之后再发)?',
    (said) => {
      const refused = said.tls(said.host()).flatMap((what) => (what.kind === 'earlyRefused' ? [what] : []));
      return {
        taken: /takes|接收/.test(said.word('what')) ? refused.length === 0 : refused.length > 0,
        again: refused.length > 0 ? refused.every(({again}) => again === said.has('again')) : undefined,
      };
    },
  ),
  row(
    '<host> (?<tag>cannot open a record, its tag does not fit: it )?(?:(?<op>sends|gets)|(?<waits>has)) the alert (?<name>\\w+)(?: to send)?(?<fatal>(?:: this|, which) ends TLS on this connection)?(?=\\.|$)',
    '<host>(?<tag>打不开一条记录，标签不符：它)?(?:(?<op>发出|收到)|(?<waits>要发))警报 (?<name>\\w+)(?<fatal>，这条连接上的 TLS 到此为止)?',
    (said) => {
      const op = /gets|收到/.test(said.word('op')) ? 'received' : 'sent';
      const leaves = said.sent(said.host()).some(({segment}) => segment.payload.length > 0);
      const alerts = said
        .tls(said.host())
        .flatMap((what) => (what.kind === 'alert' && what.op === op ? [what] : []));
      return {
        alert: alerts.some(({name}) => name === said.word('name').replace(/\.$/, '')),
        fatal: alerts.some(({fatal}) => fatal === said.has('fatal')),
        'it leaves, or waits': op === 'sent' ? leaves !== said.has('waits') : undefined,
        'a record was refused': said.has('tag')
          ? alerts.some(({name}) => name === 'bad_record_mac')
          : undefined,
      };
    },
  ),
  row(
    'The private key of <host> has leaked(?:: whoever recorded a connection can read it now, #client bytes? of the client and #server of the server|(?<closed>, but it opens nothing))',
    '<host>的私钥泄露了：(?:谁录下了连接，现在就能读出其中客户端的 #client 字节和服务器的 #server 字节)|<host2>的私钥泄露了(?<closed>，但录下的连接还是解不开)',
    (said) => {
      const host = said.has('host') ? said.host() : said.host('host2');
      return {
        'it has leaked': said.ever('call', host).some(({call}) => call === 'leakKey'),
        'what is read': said.has('client')
          ? said
              .tls(host)
              .some(
                (what) =>
                  what.kind === 'recovered' &&
                  what.client.length === said.number('client') &&
                  what.server.length === said.number('server'),
              )
          : said.tls(host).some(({kind}) => kind === 'unrecovered'),
      };
    },
  ),
];
