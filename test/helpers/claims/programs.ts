// What is said of names that programs ask for and of what is answered, judged by raw events (DNS).
import {rcodeName, typeName} from '../../../source/wire/dns/registry.ts';
import {type Facts, type Row, row, type Said} from './said.ts';
import {isOfType} from './thing.ts';

/** As people write it: without the root's dot, in small letters. */
const nameText = (name: string): string => name.replace(/\.$/, '').toLowerCase();

const asked = (said: Said) => said.dnsSent(said.host()).flatMap(({questions}) => questions);

const first = (said: Said) => said.dnsSent(said.host())[0];

/** Messages of DNS that this host has sent to that server, or got from there. */
const saidBetween = (said: Said, kind: 'send' | 'arrive', end: 'src' | 'dst') =>
  said.ever(kind, said.host()).flatMap((event) => {
    const payload = event.packet > 0 ? said.trace.packet(event.packet).frame?.payload : undefined;
    return payload?.kind === 'ip' && payload.packet[end] === said.word('server') ? said.dns(event) : [];
  });

/** What it asks it has asked before, so long ago, under this id or another. */
const isAskedAgain = (said: Said): Facts => {
  const before = said
    .earlier('send', said.host())
    .flatMap((event) => said.dns(event).map((message) => ({message, event})))
    .filter(({message}) => !message.flags.qr);
  const isSame = /same|仍是/.test(said.word('same'));
  const last = before.filter(({message}) =>
    message.questions.some(({name, type}) =>
      asked(said).some((own) => own.type === type && nameText(own.name) === nameText(name)),
    ),
  );
  return {
    id: first(said)?.id === said.number('id'),
    'what it asks for': asked(said).some(({type}) => typeName(type) === said.word('type')),
    'the same or not': last.some(({message}) => (message.id === said.number('id')) === isSame),
    'how long': last.some(({event}) => said.isTime('wait', said.atUs - event.atUs)),
    'one came damaged': said.has('damaged')
      ? said.earlier('drop', said.host()).some(({reason}) => /check|checksum|malformed/.test(reason))
      : undefined,
  };
};

export const programRows: readonly Row[] = [
  row(
    '<host> asks <peer> for the ~type record of ~name\\. RD=#rd',
    '<host>向 ?<peer>查询 ~name 的 ~type 记录。RD=#rd',
    (said) => ({
      name: asked(said).some(({name}) => said.isNamed('name', name)),
      type: asked(said).some(({type}) => typeName(type) === said.word('type')),
      RD: first(said)?.flags.rd === (said.number('rd') === 1),
      'whom it asks': said
        .now('send', said.host())
        .some(({packet}) => packet > 0 && said.trace.packet(packet).to === said.host('peer')),
      'it asks': first(said)?.flags.qr === false,
    }),
  ),
  row(
    '<host> does not have the (?:answer|~type record), but names the (?:server|(?<more>servers)) of ~zone,',
    '<host>没有(?:答案| ~type 记录的答案)，但给出了 ~zone 的服务器',
    (said) => ({
      'no answer': first(said)?.answers.length === 0,
      'of which type': isOfType(said, said.now('send', said.host())),
      zone: first(said)?.authorities.some(({name}) => said.isNamed('zone', name)),
      // Chinese has no plural.
      more: /names/.test(said.words)
        ? (first(said)?.authorities.filter(({data}) => data.kind === 'NS').length ?? 0) > 1 ===
          said.has('more')
        : undefined,
    }),
  ),
  row(
    '<host> answers: the ~type record of ~name is (?<data>.+?), with a TTL of #ttl s(?:; (?:(?<more>one|\\d+) more records? goe?s? with it|the name has (?<alike>\\d+) more)|; another one is (?<other>(?:\\d+ )*[^ ;]*[^ ;.])|; with it goes the ~type2 record of ~name2, (?<second>.+?), with a TTL of #ttl2 s)?',
    '<host>应答：~name 的 ~type 记录是 (?<data>.+?)，TTL #ttl s(?:，另附 (?<more>\\d+) 条记录|，这样的记录另有 (?<alike>\\d+) 条|，另一条是 (?<other>(?:\\d+ )*[^ 。]+)|，并附上 ~name2 的 ~type2 记录 (?<second>.+?)，TTL #ttl2 s)?',
    (said) => ({
      name: first(said)?.answers.some(({name}) => said.isNamed('name', name)),
      TTL: first(said)?.answers[0]?.ttl === said.number('ttl'),
      more:
        (first(said)?.answers.length ?? 0) - 1 ===
        (said.word('more') === 'one' || said.has('second') || said.has('other')
          ? 1
          : Number(said.word('more') || said.word('alike') || 0)),
      'of one name and type':
        said.has('other') || said.has('alike')
          ? first(said)?.answers.every(
              ({name, data, ttl}) =>
                said.isNamed('name', name) &&
                data.kind === said.word('type') &&
                (ttl === said.number('ttl') || said.has('alike')),
            )
          : undefined,
      'the other one': said.has('other')
        ? first(said)?.answers.some(({data}) => !('address' in data) || data.address === said.word('other'))
        : undefined,
      'the other record': said.has('second')
        ? first(said)?.answers.some(
            ({name, ttl, data}) =>
              said.isNamed('name2', name) && ttl === said.number('ttl2') && data.kind === said.word('type2'),
          )
        : undefined,
      type: first(said)?.answers.some(({data}) => data.kind === said.word('type')),
    }),
  ),
  row(
    'In the zone of <host> the ~type record of ~name is now (?<data>.+?), with a TTL of #ttl s',
    '在 ?<host>的区里，~name 的 ~type 记录现在是 (?<data>.+?)，TTL #ttl s',
    (said) => {
      const records = said.notes(said.host()).flatMap((note) => (note.kind === 'edit' ? note.records : []));
      return {
        name: records.some(({name}) => said.isNamed('name', name)),
        type: records.some(({type}) => typeName(type) === said.word('type')),
        TTL: records.some(({ttl}) => ttl === said.number('ttl')),
        'nothing leaves': said.sent(said.host()).length === 0,
      };
    },
  ),
  row(
    '<host> gets nothing useful from (?<server>[0-9a-f.:]+\\w): (?:(?<silent>no answer comes in time)|(?<cut>over UDP its response was cut short \\(TC=1\\), and over TCP none comes)|it refers to the servers of ~zone without an address|it answers (?<code>[A-Z]+))?',
    '<host>从 (?<server>[0-9a-f.:]+\\w) 得不到可用的应答：(?:(?<silent>到时没有等到答案)|(?<cut>它在 UDP 上的响应被截断（TC=1），改用 TCP 又没有等到)|它转介给 ~zone 的服务器却没附地址|它回 (?<code>[A-Z]+))?',
    (said) => {
      const asked = saidBetween(said, 'send', 'dst');
      const answers = saidBetween(said, 'arrive', 'src');
      const last = answers.at(-1);
      return {
        'it has asked that server': asked.length > 0,
        'no answer of it has come': said.has('silent')
          ? asked.some(({id}) => answers.every((answer) => answer.id !== id))
          : undefined,
        'only truncated ones have come': said.has('cut')
          ? asked.some(({id}) => {
              const own = answers.filter((answer) => answer.id === id);
              return own.length > 0 && own.every(({flags}) => flags.tc);
            })
          : undefined,
        'its answer is that error': said.has('code')
          ? last !== undefined && rcodeName(last.rcode) === said.word('code')
          : undefined,
        'a referral without addresses': said.has('zone')
          ? last?.rcode === 0 &&
            last.authorities.some(({name, data}) => data.kind === 'NS' && said.isNamed('zone', name)) &&
            last.additionals.every(({data}) => data.kind !== 'A' && data.kind !== 'AAAA')
          : undefined,
      };
    },
  ),
  row('AA=1: that is from its own zone', 'AA=1：出自它自己的区', (said) => ({
    AA: said.dnsSent().some(({flags}) => flags.aa),
  })),
  row('AA=0: that is not from its own zone', 'AA=0：并非出自它自己的区', (said) => ({
    'no AA': said.dnsSent().some(({flags}) => !flags.aa),
  })),
  row(
    'After @wait <host> asks <peer> for the ~type record again, with (?<same>the same id|a new id), #id',
    '@wait 后，<host>向<peer>再问一次 ~type 记录，id (?<same>仍是|换成) #id',
    isAskedAgain,
  ),
  row(
    'For @wait no answer about the ~type record has come(?<damaged>, as the damaged one was thrown away before it could be read)?: <host> asks <peer> again, with (?<same>the same id|a new id), #id',
    '~type 记录的查询 @wait 没有应答(?<damaged>（来过一个，但已损坏，没读就丢弃了）)?，<host>再问一次<peer>，id (?<same>仍是|换成) #id',
    isAskedAgain,
  ),
  row(
    '<host> answers <peer> with (?<code>[A-Z]+)(?: for the ~type record of)?',
    '<host>应答<peer>：(?:对 ?[^ ]+ ?(?:的 ~type 记录)?)?回 (?<code>[A-Z]+)',
    (said) => ({
      'of which type': said.has('type')
        ? first(said)?.questions.some(({type}) => typeName(type) === said.word('type'))
        : undefined,
      'it answers': said.dnsSent(said.host()).some(({flags}) => flags.qr),
      'with no data': first(said)?.answers.length === 0 || said.word('code') === 'NODATA' || undefined,
      code:
        said.word('code') === 'NXDOMAIN'
          ? first(said)?.rcode === 3
          : said.word('code') === 'NODATA'
            ? first(said)?.rcode === 0
            : undefined,
    }),
  ),
  row(
    '<host> still has the [A-Z]+ record of ~name in its cache, with a TTL of #ttl s:',
    '<host>的缓存里还有 ~name 的 [A-Z]+ 记录，TTL #ttl s，',
    (said) => ({
      'a hit': said
        .notes(said.host())
        .some(
          (note) =>
            note.kind === 'cache' &&
            note.op === 'hit' &&
            note.ttl === said.number('ttl') &&
            said.isNamed('name', note.name),
        ),
      'nobody is asked': said.dnsSent(said.host()).every(({flags}) => flags.qr),
    }),
  ),
  row(
    '<host> still has the answer in its cache: it asks nobody',
    '<host>的缓存里还有答案，不必问别人',
    (said) => ({
      'a hit': said.notes(said.host()).some((note) => note.kind === 'cache' && note.op === 'hit'),
      'it answers, and asks nobody':
        said.dnsSent(said.host()).length > 0 && said.dnsSent(said.host()).every(({flags}) => flags.qr),
    }),
  ),
  row(
    '<host> still has in its cache, with a TTL of #ttl s, that (?:~name has no ~type|there is no ~none):',
    '<host>的缓存里还记着 (?:~name 没有 [A-Z]+ 记录|~none 不存在)，TTL 还剩 #ttl s',
    (said) => ({
      'it is none': said
        .notes(said.host())
        .some(
          (note) =>
            note.kind === 'cache' &&
            note.op === 'hit' &&
            note.ttl === said.number('ttl') &&
            note.negative === (said.has('none') ? 'NXDOMAIN' : 'NODATA'),
        ),
      'nobody is asked': said.dnsSent(said.host()).every(({flags}) => flags.qr),
    }),
  ),
  row('The program of <host> has its answer for ~name:', '<host>的程序得到了 ~name 的结果', (said) => ({
    'it is told': said
      .now('answer', said.host())
      .some(({answer}) => 'result' in answer && answer.result === 'ok'),
  })),
  row(
    '(?:No ~type record is found for|cannot be asked for)[^:]*: the program of <host> gets (?<result>[A-Z]+)',
    '(?:的 ~type 记录没有查到|无法查询[^：]*)：<host>的程序得到 (?<result>[A-Z]+)',
    (said) => ({
      type: said.has('type')
        ? said
            .now('answer', said.host())
            .some(({action}) => action.call === 'resolve' && typeName(action.type) === said.word('type'))
        : undefined,
      'it is told': said
        .now('answer', said.host())
        .some(({answer}) => 'result' in answer && String(answer.result) === said.word('result')),
    }),
  ),
];
