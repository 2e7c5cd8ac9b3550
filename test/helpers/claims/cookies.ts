// What is said of cookies and sessions, judged by raw events.
import {type Row, row, type Said} from './said.ts';

const namesIn = (said: Said): readonly string[] => said.word('names').split(/, |、/);

const cookiesNow = (said: Said) => said.notes().flatMap((note) => (note.kind === 'cookie' ? [note] : []));

type Op = ReturnType<typeof cookiesNow>[number]['op'];

/** All of them, of that host, and no others. */
const areThose = (said: Said, op: Op): boolean => {
  const own = cookiesNow(said).filter((note) => note.op === op && note.domain === said.word('domain'));
  const names = namesIn(said);
  return names.every((name) => own.some((note) => note.name === name));
};

const storedNow = (said: Said) =>
  cookiesNow(said).filter(({op, domain}) => op === 'stored' && domain === said.word('domain'));

/** The last that happened to a cookie of that name, domain and path: it was kept, with another value (RFC 6265 §5.3). */
const hadOther = (said: Said, own: ReturnType<typeof cookiesNow>[number]): boolean => {
  const last = said
    .earlier('note', said.host())
    .flatMap(({note}) => (note.kind === 'cookie' && /stored|dropped|expired/.test(note.op) ? [note] : []))
    .findLast(({name, domain, path}) => name === own.name && domain === own.domain && path === own.path);
  return last?.op === 'stored' && last.value !== own.value;
};

const session = (said: Said, op: string) =>
  said
    .notes(said.host())
    .flatMap((note) =>
      note.kind === 'session' && note.op === op && note.id.startsWith(said.word('id').replace(/…$/, ''))
        ? [note]
        : [],
    );

const sessionRow = (op: string, en: string, zh: string): Row =>
  row(en, zh, (said) => ({
    'it does': session(said, op).length > 0,
    user: said.has('user') ? session(said, op).some(({user}) => user === said.word('user')) : undefined,
  }));

const id = '(?<id>[^\\s,:，：]+)';

export const cookieRows: readonly Row[] = [
  row(
    '<host> keeps the (?:new )?cookies? (?<names>.+?) for (?<domain>[\\w.-]+\\w)(?<replaces> in place of the old ones?)?\\.',
    '<host>(?:保存|把) ?(?<domain>[\\w.-]+) 的 Cookie (?<names>.+?)(?<replaces> 换成了新的)?。',
    (said) => ({
      kept: areThose(said, 'stored'),
      'those before had other values, or there were none': storedNow(said)
        .filter(({name}) => namesIn(said).includes(name))
        .every((note) => hadOther(said, note) === said.has('replaces')),
      'none more is kept':
        storedNow(said).filter((note) => hadOther(said, note) === said.has('replaces')).length ===
        namesIn(said).length,
    }),
  ),
  row(
    '<host> refuses the cookies? (?<names>.+?) for (?<domain>[\\w.-]+\\w)(?:\\.|: name and value together are longer than #most octets)',
    '<host>拒收 ?(?<domain>[\\w.-]+) 的 Cookie (?<names>[^：。]+)(?:。|：名和值合计超过 #most 字节)',
    (said) => ({
      refused: areThose(said, 'refused'),
      'too long': said.has('most')
        ? cookiesNow(said).some(
            ({op, name, value}) => op === 'refused' && name.length + value.length > said.number('most'),
          )
        : undefined,
    }),
  ),
  row(
    '<host> has the cookies? (?<names>.+?) for (?<domain>[\\w.-]+\\w), but does not send (?:it|them) with this request(?<clear>, which goes in clear)?',
    '<host>有 ?(?<domain>[\\w.-]+) 的 Cookie (?<names>[^，]+)，但这个请求不带(?<clear>：请求走明文)?',
    (said) => ({
      withheld: areThose(said, 'withheld'),
      'it was kept before': namesIn(said).every((name) =>
        said
          .ever('note', said.host())
          .some(({note}) => note.kind === 'cookie' && note.op === 'stored' && note.name === name),
      ),
      'for want of TLS': said.has('clear')
        ? cookiesNow(said).some((note) => note.op === 'withheld' && note.reason === 'secure')
        : undefined,
    }),
  ),
  row(
    'The browser closes, and with it goe?s? the cookies? (?<names>.+?) for (?<domain>[\\w.-]+\\w): without',
    '浏览器关闭，(?<domain>[\\w.-]+) 的 Cookie (?<names>.+?) 随之丢弃',
    (said) => ({
      dropped: areThose(said, 'dropped'),
      'it is closed': said
        .ever('call')
        .some(({action, atUs}) => action.call === 'closeBrowser' && atUs === said.atUs),
    }),
  ),
  sessionRow(
    'created',
    `<host> begins a session(?: for ~user)?: its id, ${id}, stands in Set-Cookie`,
    `<host>新建一个会话(?:，用户是 ~user)?，把会话 id ${id} 写进 Set-Cookie`,
  ),
  sessionRow(
    'unknown',
    '<host> has no session with the id in the cookie, (?<id>[^\\s.]+)\\.',
    `<host>没有会话的 id 是 Cookie 里的 (?<id>[^。]+)。`,
  ),
  sessionRow(
    'expired',
    `Nobody has used the session ${id} for so long that <host> forgets it`,
    `会话 ${id} 太久没有人用，<host>把它删掉了`,
  ),
  sessionRow(
    'ended',
    `<host> ends the session ${id}: from now on`,
    `<host>结束会话 ${id}：这个 id 从此没有用了`,
  ),
];
