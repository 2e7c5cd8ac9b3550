// What is said of pages that programs ask for and of what is answered, judged by raw events (HTTP).
import type {TraceEvent} from '../../../source/sim/trace.ts';
import {ropeToBytes} from '../../../source/wire/rope.ts';
import {type Row, row, type Said} from './said.ts';

const idempotent = /^(?:GET|HEAD|PUT|DELETE|OPTIONS|TRACE)$/;

/** The request that the sentence names. */
const sendsIt = (said: Said, {note}: Extract<TraceEvent, {kind: 'note'}>): boolean =>
  note.kind === 'request' &&
  note.op === 'sent' &&
  note.method === said.word('method') &&
  note.target === said.word('target');

const responses = (said: Said) =>
  said.notes(said.host()).flatMap((note) => (note.kind === 'response' ? [note] : []));

const redirects = (said: Said) =>
  said.notes(said.host()).flatMap((note) => (note.kind === 'redirect' ? [note] : []));

/** The last request of that client before now. */
const lastAsked = (said: Said) =>
  said
    .earlier('note', said.host())
    .flatMap(({note}) => (note.kind === 'request' && note.op === 'sent' ? [note] : []))
    .at(-1);

/** First lines of what leaves in clear. */
const firstLines = (said: Said): readonly string[] =>
  said
    .sent(said.host())
    .map(({segment}) => new TextDecoder().decode(ropeToBytes(segment.payload)).split('\r\n')[0] ?? '');

const strictNotes = (said: Said) =>
  said.notes(said.host()).flatMap((note) => (note.kind === 'strict-transport' ? [note] : []));

/** Some data of his, behind what was written down as event `from`. */
const leaves = (said: Said, from = 0): boolean =>
  said.sent(said.host()).some(({segment, event}) => event.n > from && segment.payload.length > 0);

export const pageRows: readonly Row[] = [
  row(
    'No request has come on this connection (?:for|in the) @idle(?<answered> since the last answer)?',
    '(?<answered>自上次响应起，)?这条连接上 @idle 内没有新的请求',
    (said) => {
      const closing = said.now('state').filter(({to}) => to === 'FIN-WAIT-1');
      const isOf = ({host, connection}: TraceEvent): boolean =>
        closing.some((each) => each.host === host && each.connection === connection);
      const last = said
        .earlier('note')
        .findLast(
          (event) => isOf(event) && event.note.kind === (said.has('answered') ? 'response' : 'request'),
        );
      // Before the first one it waits since the handshake of TLS.
      const opened =
        said.earlier('tls').findLast(isOf) ??
        said.earlier('state').findLast((event) => isOf(event) && event.to === 'ESTABLISHED');
      return {
        'a server closes': said.notes().some(({kind}) => kind === 'http-connection') && closing.length > 0,
        'so long ago was the last': said.isTime('idle', said.atUs - ((last ?? opened)?.atUs ?? 0)),
        'it has answered': said.has('answered') ? last !== undefined : undefined,
      };
    },
  ),
  row(
    '<host> (?:sends|(?<waits>has)) (?<method>GET|POST|HEAD|PUT|DELETE) (?<target>\\S+?)(?: to send)?(?:, request #nth on the same connection|(?<again> once more, (?:(?<other>on another connection: the one before ended without an answer to it)|after the handshake)))?\\.(?= |$)',
    '<host>(?:发出|(?<waits>要发)|(?<again>(?<other>换一条连接再发一次)|在握手之后再发一次)) (?<method>GET|POST|HEAD|PUT|DELETE) (?<target>[^\\s：。]+)(?:，这是同一条连接上的第 #nth 个请求|：前一条没等到它的响应就断了)?。',
    (said) => {
      const notes = said.notes(said.host()).filter((note) => note.kind === 'request' && note.op === 'sent');
      return {
        'what it asks': notes.some(
          (note) =>
            note.kind === 'request' &&
            note.method === said.word('method') &&
            note.target === said.word('target'),
        ),
        'something of it leaves, or not': leaves(said) !== said.has('waits'),
        'it was sent before': said.has('again')
          ? said.earlier('note', said.host()).some((event) => sendsIt(said, event))
          : undefined,
        'nobody has answered': said.has('other')
          ? said
              .earlier('note', said.host())
              .every(
                ({note}) =>
                  note.kind !== 'response' ||
                  note.op !== 'finished' ||
                  note.method !== said.word('method') ||
                  note.target !== said.word('target') ||
                  said
                    .earlier('note', said.host())
                    .some((event) => event.note.kind === 'retry' && event.note.target === note.target),
              )
          : undefined,
        nth: said.has('nth')
          ? notes.some((note) => note.kind === 'request' && note.nth === said.number('nth'))
          : undefined,
      };
    },
  ),
  row(
    '<host> (?:answers (?<target>/\\S*) with|(?<waits>has) its response to (?<target2>/\\S*) to send:) #status, #bytes bytes? of content',
    '<host>(?:对 (?<target>/\\S*) 响应|(?<waits>要发) (?<target2>/\\S*) 的响应：) ?#status，正文 #bytes 字节',
    (said) => {
      const target = said.word('target') || said.word('target2');
      const written = said
        .now('note', said.host())
        .flatMap(({n, note}) => (note.kind === 'response' && note.by === 'server' ? [{...note, n}] : []));
      const own = written.filter((note) => !target || note.target === target);
      return {
        status: own.some(({status}) => status === said.number('status')),
        bytes: own.some(({bytes}) => bytes === said.number('bytes')),
        target: own.length > 0,
        'something of it leaves, or not': own.some(({n}) => leaves(said, n) !== said.has('waits')),
      };
    },
  ),
  row(
    '<host> has the whole response(?: to (?<target>/\\S*))?: #status, #bytes bytes? of content',
    '<host>收全了(?: (?<target>/\\S*) 的)?响应：#status，正文 #bytes 字节',
    (said) => {
      const notes = said
        .notes(said.host())
        .flatMap((note) => (note.kind === 'response' && note.op === 'finished' ? [note] : []));
      return {
        status: notes.some(({status}) => status === said.number('status')),
        bytes: notes.some(({bytes}) => bytes === said.number('bytes')),
        target: said.has('target') ? notes.some(({target}) => target === said.word('target')) : undefined,
      };
    },
  ),
  row(
    'response(?: to (?<target>/\\S*))? breaks off: <host> has #bytes bytes? of its content',
    '(?:(?<target>/\\S*) 的)?响应中断：正文<host>只收到 #bytes 字节',
    (said) => ({
      incomplete: said
        .notes(said.host())
        .some(
          (note) =>
            note.kind === 'response' && note.op === 'incomplete' && note.bytes === said.number('bytes'),
        ),
    }),
  ),
  row(
    '<host> has (?<url>https?://\\S+) in its cache, (?:fresh for #seconds s: no request leaves|but may use it only after asking)',
    '<host>的缓存里有 (?<url>https?://[^，]+)，(?:还新鲜 #seconds s，不必发请求|但不能直接用)',
    (said) => ({
      'so it stands there': said
        .notes(said.host())
        .some(
          (note) =>
            note.kind === 'http-cache' &&
            note.op === (said.has('seconds') ? 'hit' : 'stale') &&
            note.url === said.word('url') &&
            (said.has('seconds') ? note.freshS === said.number('seconds') : note.freshS <= 0),
        ),
      'it asks': said.has('seconds')
        ? said.now('send', said.host()).length === 0 || undefined
        : said.notes(said.host()).some((note) => note.kind === 'request' && note.op === 'sent') || undefined,
    }),
  ),
  row(
    'What <host> had of (?<url>https?://\\S+) still holds: the content need not come again',
    '<host>缓存的 (?<url>https?://\\S+) 仍然有效，内容不必重传',
    (said) => ({
      'it is told so': said
        .notes(said.host())
        .some(
          (note) => note.kind === 'http-cache' && note.op === 'revalidated' && note.url === said.word('url'),
        ),
      'by 304': said.notes(said.host()).some((note) => note.kind === 'response' && note.status === 304),
    }),
  ),
  row(
    `<host> (?:(?<now>sends)|is to send) [A-Z]+ /[^\\s,]*(?:(?:, and|,| and) [A-Z]+ /[^\\s,]*)* once more, (?:on another connection: doing it|(?:elsewhere|on #opened new connections): doing them) twice does no harm`,
    `<host>(?:准备|(?<now>))(?:换一条连接|换别的连接|另建 #opened 条连接)重发 [A-Z]+ /[^\\s：、和]*(?:(?:、|和| 和) ?[A-Z]+ /[^\\s：、和]*)*：做两次也无妨`,
    (said) => {
      const all = [...said.words.matchAll(/\b([A-Z]+) (\/[^\s,：、和]*)/g)];
      const isSent = (at: 'now' | 'earlier', [, method, target]: readonly string[]): boolean =>
        said[at]('note', said.host()).some(
          ({note}) =>
            note.kind === 'request' && note.op === 'sent' && note.method === method && note.target === target,
        );
      return {
        'those methods may be repeated (RFC 9110 §9.2.2)': all.every(([, method = '']) =>
          idempotent.test(method),
        ),
        'they were sent before': all.every((each) => isSent('earlier', each)),
        'they leave now, or later': all.every(
          (each) => (isSent('now', each) && leaves(said)) === said.has('now'),
        ),
        'so many are opened': said.has('opened')
          ? said.now('state', said.host()).filter(({to}) => to === 'SYN-SENT').length ===
            said.number('opened')
          : undefined,
      };
    },
  ),
  row(
    '<host> does not send (?<method>[A-Z]+) (?<target>/\\S*) again: it might be done twice',
    '<host>不重发 (?<method>[A-Z]+) (?<target>/[^\\s：]*)：那可能会执行两次',
    (said) => ({
      'that method may not be repeated (RFC 9110 §9.2.2)': !idempotent.test(said.word('method')),
      'it was sent before': said.earlier('note', said.host()).some((event) => sendsIt(said, event)),
      'it is not sent any more': !said.future.some(
        (event) => event.kind === 'note' && event.host === said.host() && sendsIt(said, event),
      ),
    }),
  ),
  row(
    '<host> sends (?<method>[A-Z]+) (?<target>/\\S*) once more, now that the handshake is done',
    '<host>等握手完成后再发一次 (?<method>[A-Z]+) (?<target>/[^\\s：]*)：',
    (said) => ({
      'it was sent before': said.earlier('note', said.host()).some((event) => sendsIt(said, event)),
      '425': responses(said).some(({status}) => status === 425),
    }),
  ),
  row(
    '<host> does not send (?<method>[A-Z]+) (?<target>/\\S*) again: it has tried often enough',
    '<host>不再重发 (?<method>[A-Z]+) (?<target>/[^\\s：]*)：试的次数够多了',
    (said) => ({
      'that method may be repeated': idempotent.test(said.word('method')),
      'it was sent more than once':
        said.earlier('note', said.host()).filter((event) => sendsIt(said, event)).length > 1,
    }),
  ),
  row(
    '<host> sends a request whose first line is “(?<line>[^”]+)”',
    '<host>发出一个请求，首行是「(?<line>[^」]+)」',
    (said) => ({'that line leaves': firstLines(said).includes(said.word('line'))}),
  ),
  row(
    '<host> cannot read the request(?<line> line)?: its response is #status, #bytes bytes? of content',
    '<host>读不懂这个请求(?<line>行)?：响应 #status，正文 #bytes 字节',
    (said) => ({
      'it answers so': responses(said).some(
        ({by, status, bytes}) =>
          by === 'server' && status === said.number('status') && bytes === said.number('bytes'),
      ),
      'it has no target': responses(said).some(({target}) => target === ''),
      'no request is read': said.notes(said.host()).every((note) => note.kind !== 'request'),
    }),
  ),
  row('The server could not read the request line', '服务器读不懂那个请求行', (said) => ({
    'what was answered had no target': said
      .earlier('note')
      .some(({note}) => note.kind === 'response' && note.status === 400 && note.target === ''),
  })),
  row(
    '#status sends <host> (?:elsewhere|(?<self>to the very page that it asked for)): (?:without asking its user, it requests (?<to>[^\\s,，]+?)(?=[,.]? |[,.]$)|but (?<many>\\S+) would be)(?:, with (?<kept>[A-Z]+) and the same content|, with (?<method>[A-Z]+) in place of (?<asked>[A-Z]+)(?<dropped>, and without the content)?)?',
    '#status 让<host>(?:去别处|(?<self>再去同一个页面))：(?:它(?:自动改为|不经用户，再次)请求 (?<to>[^，。]+)|但再去 (?<many>\\S+) )(?:，仍用 (?<kept>[A-Z]+)，内容照带|，方法由 (?<asked>[A-Z]+) 换成 (?<method>[A-Z]+)(?<dropped>，内容不带过去)?)?',
    (said) => {
      const own = redirects(said).filter(({status}) => status === said.number('status'));
      const before = lastAsked(said);
      return {
        status: own.length > 0,
        'the same page': own.some(({from, to}) => (from === to) === said.has('self')),
        whereto: own.some(({to, refused}) =>
          refused ? to === said.word('many') : to === said.word('to').replace(/\.$/, ''),
        ),
        'the method stays': said.has('kept')
          ? before?.method === said.word('kept') && own.some(({method}) => method === before.method)
          : undefined,
        'the method changes': said.has('asked')
          ? before?.method === said.word('asked') && own.some(({method}) => method === said.word('method'))
          : said.has('to')
            ? own.some(({method}) => method === before?.method)
            : undefined,
        'there is content': said.has('kept') || said.has('dropped') ? (before?.bytes ?? 0) > 0 : undefined,
      };
    },
  ),
  row(
    'From now on <host> visits ~site over TLS only, for (?:#days days?|#seconds s): the site has asked',
    '(?:#days 天|#seconds s)之内，<host>只用 TLS 访问 ~site：这是网站要求的',
    (said) => ({
      'it is asked for': strictNotes(said).some(
        (note) =>
          note.op === 'stored' &&
          note.host === said.word('site') &&
          (said.has('days')
            ? Math.floor(note.maxAgeS / 86_400) === said.number('days')
            : note.maxAgeS === said.number('seconds')),
      ),
    }),
  ),
  row(
    '<host> turns (?<from>http:\\S+) into (?<to>https:\\S+) by itself',
    '<host>自己把 (?<from>http:\\S+) 换成 (?<to>https:[^（]+)（',
    (said) => ({
      'it does': strictNotes(said).some(
        (note) => note.op === 'used' && note.from === said.word('from') && note.to === said.word('to'),
      ),
      'the site has asked for that': said
        .ever('note', said.host())
        .some(({note}) => note.kind === 'strict-transport' && note.op === 'stored'),
      'no request leaves in clear': firstLines(said).every((line) => !/ HTTP\/1/.test(line)),
    }),
  ),
];
