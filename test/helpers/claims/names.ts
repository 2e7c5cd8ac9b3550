// What is said of DNS messages and caches beyond who asks and who answers, judged by raw events.
import type {DnsRecord} from '../../../source/wire/dns/message.ts';
import {sameName} from '../../../source/wire/dns/name.ts';
import {rcodeName, typeName} from '../../../source/wire/dns/registry.ts';
import {type Row, row, type Said} from './said.ts';

const isNamed = (said: Said, name: string, group = 'name'): boolean => said.isNamed(group, name);

const response = (said: Said) => said.dnsSent(said.host()).find(({flags}) => flags.qr);

/** Queries with the id of that response which have come by now. */
const queriesFor = (said: Said) => {
  const id = response(said)?.id;
  return said
    .ever('arrive', said.host())
    .flatMap((event) =>
      said
        .dns(event)
        .flatMap((message) => (!message.flags.qr && message.id === id ? [{message, event}] : [])),
    );
};

/** What the OPT record says of UDP, in its class (RFC 6891 §6.1.2). */
const sizeIn = (message: ReturnType<typeof queriesFor>[number]['message'] | undefined): number | undefined =>
  message?.additionals.find(({type}) => typeName(type) === 'OPT')?.class;

const cacheNotes = (said: Said, op: 'hit' | 'expire') =>
  said.notes(said.host()).flatMap((note) => (note.kind === 'cache' && note.op === op ? [note] : []));

const results = (said: Said) =>
  said
    .now('answer', said.has('host') ? said.host() : undefined)
    .flatMap(({answer, action}) =>
      action.call === 'resolve' && 'chain' in answer ? [{answer, action}] : [],
    );

/** An address, or what another kind of record says, which is not read here. */
const isData = ({data}: DnsRecord, word: string): boolean => !('address' in data) || data.address === word;

export const nameRows: readonly Row[] = [
  row(
    'But it sends that(?: #times times)? in the name of <alleged>',
    '但它是冒充 ?<alleged>发出的(?:，一共 #times 份)?',
    (said) => ({
      'so many leave': said.now('send').length === (said.has('times') ? said.number('times') : 1),
      'from another address': said.now('send').every(({host}) => host !== said.host('alleged')),
    }),
  ),
  row(
    '<host> answers <peer>: the response(?: for ~name)? is longer than (?:it may be over UDP|#octets octets, the most (?:(?<rule>over UDP where the query names no size)|(?<query>that the query allows)|that <server> sends))',
    '<host>应答<peer>：(?:~name 的)?响应超过(?: UDP 允许的长度| #octets 字节(?:：(?<rule>查询没有声明长度)|，即(?<query>查询声明的 UDP 上限)|，即<server>在 UDP 上的发送上限))',
    (said) => {
      const sizes = queriesFor(said).map(({message}) => sizeIn(message));
      const octets = said.number('octets');
      return {
        TC: response(said)?.flags.tc,
        'what was asked': said.has('name')
          ? response(said)?.questions.some(({name}) => isNamed(said, name))
          : undefined,
        'no size was named': said.has('rule') ? sizes.includes(undefined) && octets === 512 : undefined,
        'the size was named': said.has('query')
          ? sizes.some((size) => size !== undefined && Math.max(512, size) === octets)
          : undefined,
        'its own size': said.has('server') ? sizeIn(response(said)) === octets : undefined,
      };
    },
  ),
  row(
    '<host> answers that query once more: it keeps no record of what it has answered, so a copy is a query like any other\\.(?<settled> For <peer> the question is settled already)?',
    '<host>把那个查询又答了一遍：答过什么它并不记录，副本对它来说就是又一个查询。(?<settled>对<peer>来说，这个查询早有结果了)?',
    (said) => {
      const id = response(said)?.id;
      const counts = queriesFor(said).map(({event: {packet}}) => packet);
      const isAnswer = (event: Parameters<Said['dns']>[0]): boolean =>
        said.dns(event).some(({flags, id: own}) => flags.qr && own === id);
      return {
        'one packet has come twice': new Set(counts).size < counts.length,
        'it has answered before': said.earlier('send', said.host()).some(isAnswer),
        'the answer has come': said.has('settled')
          ? said.earlier('arrive', said.host('peer')).some(isAnswer)
          : undefined,
      };
    },
  ),
  row(
    'Yet since @since the zone has (?:that name, with (?<one>[^\\s:]+(?::[^\\s:]+)*)|(?<data>.+?) in its place): the cache does not know that',
    '可是从 @since 起，区里(?:已经有了 (?<one>[^：]+)|已改成 (?<data>[^：]+))：缓存并不知道',
    (said) => {
      const hits = said.notes().flatMap((note) => (note.kind === 'cache' && note.op === 'hit' ? [note] : []));
      const zones = Object.values(said.trace.stateAt(said.n)?.hosts ?? {}).flatMap(({apps}) => {
        const state = apps.get('dns')?.state;
        return state?.role === 'authority' ? state.server.zones : [];
      });
      const own = zones
        .flatMap(({records}) => records)
        .filter(({name, type}) =>
          hits.some((hit) => sameName(hit.name, name) && (hit.type === type || hit.negative === 'NXDOMAIN')),
        );
      const data = said.word(said.has('one') ? 'one' : 'data');
      return {
        'a zone has that': own.some((record) => isData(record, data)),
        'and the cache has not': hits.some(({records, negative}) =>
          said.has('one') ? negative !== undefined : !records.some((record) => isData(record, data)),
        ),
        'since it was edited': said
          .earlier('note')
          .some(({note, atUs}) => note.kind === 'edit' && said.isTime('since', atUs)),
      };
    },
  ),
  row(
    '<host> (?:had (?:the ~type record of ~name in its cache|in its cache that there is no ~none|in its cache that ~nodata has no ~type2)|still has in its cache that ~alias is an alias of ~target \\(CNAME, with a TTL of #ttl s\\)), but (?:its TTL|the TTL of that|the TTL of the [A-Z]+ record of \\S+) has run out(?<asks>: it asks anew)?',
    '<host>的缓存里 ?(?:「~none 不存在」这一条|「~nodata 没有 ~type2 记录」这一条|还有 ~alias 的 CNAME 记录（TTL #ttl s），指向 ~target，而后者的 [A-Z]+ 记录|~name 的 ~type 记录)，TTL 已经到期(?<asks>，要重新查询)?',
    (said) => {
      const notes = cacheNotes(said, 'expire');
      const group = ['name', 'none', 'nodata', 'target'].find((each) => said.has(each)) ?? '';
      const denied = {none: 'NXDOMAIN', nodata: 'NODATA'}[group];
      return {
        'it is over': notes.some(({name, negative}) => isNamed(said, name, group) && negative === denied),
        'it was kept before': said
          .earlier('note', said.host())
          .some(
            ({note}) =>
              note.kind === 'cache' &&
              note.op === 'store' &&
              isNamed(said, note.name, group) &&
              note.negative === denied &&
              said.atUs - 1_000_000 * note.ttl >= 0,
          ),
        'it asks': said.has('asks')
          ? said
              .dnsSent(said.host())
              .some(
                ({flags, questions}) => !flags.qr && questions.some(({name}) => isNamed(said, name, group)),
              )
          : undefined,
        'an alias leads there still (RFC 1034 §3.6.2)': said.has('alias')
          ? cacheNotes(said, 'hit').some(
              ({name, ttl, records}) =>
                isNamed(said, name, 'alias') &&
                ttl === said.number('ttl') &&
                records.some(({data}) => data.kind === 'CNAME' && isNamed(said, data.name, 'target')),
            )
          : undefined,
      };
    },
  ),
  row(
    '~name is the same name: large and small letters make no difference',
    '~name 是同一个名字：名字不分大小写',
    (said) => {
      const written = (name: string): string => name.replace(/\.$/, '');
      const asked = [
        ...said.dnsSent().flatMap(({questions}) => questions.map(({name}) => written(name))),
        ...said
          .now('answer')
          .flatMap(({action}) => (action.call === 'resolve' ? [written(action.name)] : [])),
      ];
      return {
        'so it was asked for': asked.includes(said.word('name')),
        'it stands otherwise in the cache': said
          .notes()
          .some(
            (note) =>
              note.kind === 'cache' &&
              note.op === 'hit' &&
              written(note.name) !== said.word('name') &&
              isNamed(said, note.name),
          ),
      };
    },
  ),
  row(
    'the program of <host> gets (?<result>NODATA|NXDOMAIN)\\. That (?:means|says): (?:the name is there|there is no such name|what the (?<alias>alias) leads to does not exist)',
    '<host>的程序得到 (?<result>NODATA|NXDOMAIN)，意思是(?:名字有|没有这个名字|(?<alias>别名)指向的名字不存在)',
    (said) => ({
      'an alias leads away, or none does': results(said).some(
        ({answer}) => answer.result === said.word('result') && answer.chain.length > 0 === said.has('alias'),
      ),
      'a server has said so': said
        .ever('arrive')
        .some((event) =>
          said
            .dns(event)
            .some(({rcode, answers}) =>
              said.word('result') === 'NXDOMAIN' ? rcodeName(rcode) === 'NXDOMAIN' : answers.length === 0,
            ),
        ),
    }),
  ),
  row(
    '#octets octets of data \\(#bytes of text in (?:one string|#strings strings), (?:each )?behind its length',
    '#octets 字节的数据（#strings 个字符串共 #bytes 字节，各带 1 字节长度）',
    (said) => {
      const sent = said.dnsSent().flatMap(({answers}) => answers.map(({data}) => data));
      const given = results(said).flatMap(({answer}) => answer.records.map(({data}) => data));
      return {
        'as much text': [...sent, ...given].some((data) => {
          if (data.kind !== 'TXT') return false;
          const bytes = data.strings.join('').length / 2;
          const count = data.strings.length;
          const strings = said.has('strings') ? said.number('strings') : 1;
          return (
            bytes === said.number('bytes') && count === strings && bytes + count === said.number('octets')
          );
        }),
      };
    },
  ),
  row(
    'cannot be asked for, as (?:(?<label>one of its labels is longer than 63 octets)|(?<whole>it is longer than 255 octets))',
    '无法查询，因为(?:(?<label>有一个标签超过 63 字节)|(?<whole>它超过 255 字节))',
    (said) => {
      const labels = said
        .now('answer')
        .flatMap(({action}) =>
          action.call === 'resolve' ? [action.name.replace(/\.$/, '').split('.')] : [],
        );
      const most = (of: readonly string[]): number => Math.max(...of.map(({length}) => length));
      return {
        'a label is too long': said.has('label') ? labels.some((each) => most(each) > 63) : undefined,
        'the name is too long': said.has('whole')
          ? labels.some((each) => most(each) <= 63 && each.join('.').length + 2 > 255)
          : undefined,
        'nothing leaves': said.now('send').length === 0,
      };
    },
  ),
  row(
    '<host> answers <peer> with NXDOMAIN(?: for ~name)?, which says: (?:the name is an (?<alias>alias), and what it leads to does not exist|there is no such name)',
    '<host>应答<peer>：(?:对 ?~name ?)?回 NXDOMAIN，意思是(?:这个名字是(?<alias>别名)，它指向的名字不存在|没有这个名字)',
    (said) => ({
      'an alias leads away, or none does': said
        .dnsSent(said.host())
        .some(({rcode, answers}) => rcode === 3 && answers.length > 0 === said.has('alias')),
    }),
  ),
  row(
    '<host> answers <peer> with NODATA for ~name: the name exists, but has no ~type record',
    '<host>应答<peer>：对 ?~name ?回 NODATA，名字有，但没有 ~type 记录',
    (said) => ({
      'it was asked for that, and has none of it (RFC 2308 §2.2)': said
        .dnsSent(said.host())
        .some(
          ({rcode, answers, questions}) =>
            rcode === 0 &&
            answers.length === 0 &&
            questions.some(({name, type}) => isNamed(said, name) && typeName(type) === said.word('type')),
        ),
    }),
  ),
  row(
    '<host> forgets what its DNS cache held \\(#entries (?:entry|entries)\\)',
    '<host>清空 DNS 缓存（#entries 条）',
    (said) => ({
      'it is emptied': said
        .notes(said.host())
        .some(
          (note) => note.kind === 'cache' && note.op === 'flush' && note.entries === said.number('entries'),
        ),
    }),
  ),
];
