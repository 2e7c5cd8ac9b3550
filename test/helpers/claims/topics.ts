// What prose speaks of: who, and which kind of thing happens. A sentence claims what there is of it at its moment in the run that it
// was written for.
import {type Facts, type Row, row, type Said} from './said.ts';
import {flagsOf, type Passing} from './seen.ts';

/** Who does something now, whom it is for, and who made what passes. */
const takesPart = (said: Said, host: string): boolean =>
  said.instant.some((event) => {
    if (event.host === host) return true;
    if ((event.kind !== 'send' && event.kind !== 'arrive' && event.kind !== 'drop') || event.packet < 1)
      return false;
    const {from, to} = said.trace.packet(event.packet);
    return from === host || to === host;
  });

const bringsData = ({segment}: Passing): boolean => segment.payload.length > 0;

const notes = (said: Said, kind: string, ops: readonly string[]): Facts =>
  Object.fromEntries(
    ops.map((op) => [
      `${kind} ${op}`,
      said.now('note').some(({note}) => note.kind === kind && (!('op' in note) || note.op === op)),
    ]),
  );

const timers = (said: Said): Facts => ({
  'one is set': said.now('timer').some(({op}) => op === 'arm'),
  'one runs out': said.now('timer').some(({op}) => op === 'fire'),
  'one is stopped': said.now('timer').some(({op}) => op === 'cancel'),
});

const dns = (said: Said): readonly boolean[] =>
  [...said.now('send'), ...said.now('arrive')].flatMap((event) => said.dns(event).map(({flags}) => flags.qr));

const secrets = [
  'message',
  'keys',
  'established',
  'record',
  'alert',
  'session',
  'earlyData',
  'path',
  'pathFault',
];

const states = [
  'ESTABLISHED',
  'SYN-RECEIVED',
  'CLOSE-WAIT',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'TIME-WAIT',
  'LISTEN',
  'CLOSED',
];

export const topicRows: readonly Row[] = [
  row('<host>', '<host>', (said) => ({'it takes part': takesPart(said, said.host())})),
  row('\\b(?:[Rr]equests?|GET|POST|[Pp]ages?|asks for)\\b', '请求|GET|POST|页面', (said) =>
    notes(said, 'request', ['sent', 'received']),
  ),
  row('\\b(?:[Rr]esponses?|[Pp]ages?|[Aa]nswers?|[Ss]tatus)\\b', '响应|页面|应答', (said) => ({
    ...notes(said, 'response', ['started', 'finished', 'incomplete']),
    'a name is answered': dns(said).includes(true),
  })),
  row('\\b(?:[Qq]uer(?:y|ies)|[Qq]uestions?|[Aa]sks?|names?)\\b', '查询|询问|名字', (said) => ({
    'a name is asked for': dns(said).includes(false),
  })),
  row('\\b(?:cached?|keeps?|TTL|store[sd]?)\\b', '缓存', (said) => ({
    ...notes(said, 'cache', ['hit', 'store', 'miss', 'expire']),
    ...notes(said, 'http-cache', ['hit', 'stored', 'stale', 'revalidated']),
  })),
  row('\\b[Cc]ookies?\\b', 'Cookie', (said) =>
    notes(said, 'cookie', ['stored', 'refused', 'sent', 'withheld', 'expired']),
  ),
  row('\\b[Ss]essions?\\b', '会话', (said) =>
    notes(said, 'session', ['created', 'found', 'unknown', 'expired', 'ended']),
  ),
  row(
    '\\b(?:[Pp]rograms?|[Aa]pplications?|[Ll]earns?|[Hh]ears?|[Kk]nows?|[Tt]ells?|accept\\(\\)|connect\\(\\)|close\\(\\)|[Bb]rowser|reads?|writes?)',
    '程序|应用|accept\\(\\)|connect\\(\\)|浏览器',
    (said) => ({
      'a program calls': said.now('call').length > 0,
      'a program is told': said.now('signal').length + said.now('answer').length > 0,
      'a program gets bytes': said.now('deliver').length > 0,
      'nothing goes to a program':
        said.now('signal').length + said.now('answer').length + said.now('deliver').length === 0,
    }),
  ),
  row(
    '\\b(?:[Tt]imers?|RTO|[Tt]ime-?outs?|[Ww]aits?|until|gives? up|gave up|patience)\\b',
    '定时器|超时|等',
    timers,
  ),
  row('\\b(?:[Aa]rrives?|comes?|came|is here|gets?|receives?|reaches|has)\\b', '到|收到|得到', (said) => ({
    'a segment comes': said.came().length > 0,
    'data come': said.came().some(bringsData),
    'a packet comes': said.now('arrive').length > 0,
  })),
  row(
    '\\b(?:[Ss]ends?|leaves?|goes|answers?|repeats?|says|tells|acknowledges?|asks?)\\b',
    '发|回|重发|告知|确认|问',
    (said) => ({
      'a segment leaves': said.sent().length > 0,
      'data leave': said.sent().some(bringsData),
      'a packet leaves': said.now('send').length > 0,
    }),
  ),
  row('\\b(?:segments?|data|bytes?|pieces?|text)\\b', '报文段|数据|字节', (said) => ({
    'data pass': [...said.sent(), ...said.came()].some(bringsData),
    'none pass':
      [...said.sent(), ...said.came()].length > 0 && ![...said.sent(), ...said.came()].some(bringsData),
  })),
  row('\\b(?:lost|dies|loss|loses|swallows)\\b', '丢', (said) => ({
    'something dies': said.deaths().length > 0,
  })),
  row(
    '\\b(?:drops?|dropped|throws?|thrown|discards?|ignores?|refuses?|refused)\\b',
    '丢弃|拒绝|忽略',
    (said) => ({
      'something is thrown away': said.thrownAway().length > 0,
    }),
  ),
  row(
    '\\b(?:connections?|handshake|record|TCB|state|opens|closes?|forgets?|deletes?|enters?|ESTABLISHED|CLOSED|[A-Z]+-[A-Z]+(?:-\\d)?)\\b',
    '连接|握手|记录|状态|删除|进入',
    (said) => ({
      'a state is entered': said.now('state').length > 0,
      ...Object.fromEntries(
        states.map((state) => [`${state} is entered`, said.now('state').some(({to}) => to === state)]),
      ),
    }),
  ),
  row('\\b(?:SYN,ACK|SYN|FIN|RST)s?\\b', '(?:SYN,ACK|SYN|FIN|RST)', (said) => ({
    'such flags pass': [...said.sent(), ...said.came()].some(({segment}) =>
      flagsOf(segment).includes(said.words.replace(/s$/, '')),
    ),
  })),
  row(
    '\\b(?:TLS|keys?|secrets?|[Cc]ertificates?|Hello|ClientHello|ServerHello|Finished|encrypted|alert|ticket|early data|handshake|records?)\\b',
    '密钥|证书|加密|警报|票据|早期数据|握手|记录',
    (said) =>
      Object.fromEntries(
        secrets.map((kind) => [`${kind} now`, said.tls().some((what) => what.kind === kind)]),
      ),
  ),
];
