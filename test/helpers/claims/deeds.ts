// What prose says that somebody does, near enough to call it false where they do not: who closes, forgets, answers or waits for what,
// and what is due.
import {hasFlag} from '../../../source/wire/tcp.ts';
import {hosts, type Row, row, type Said} from './said.ts';
import {flagsOf, isKind, Seen} from './seen.ts';

/** What passes now left its sender as something came to it: of what kinds that was. */
const answered = (said: Said): readonly {readonly reply: string; readonly to: string}[] =>
  [...said.sent(), ...said.came()].flatMap(({event, segment}) => {
    const {sendEvent, from} = said.trace.packet(event.packet);
    return new Seen(said.trace, sendEvent)
      .came(from)
      .map((came) => ({reply: flagsOf(segment), to: flagsOf(came.segment)}));
  });

/** What was under way when the first ECE of a connection came, in that instant before it or after it. */
const inFlightAtEce = (said: Said): readonly number[] => {
  const first = said.cameEver().find(({segment}) => hasFlag(segment, 'ECE') && !hasFlag(segment, 'SYN'));
  if (!first) return [];
  const there = new Seen(said.trace, first.event.n);
  return (['before', 'after'] as const).flatMap((when) =>
    there.connections(first.event.host, when).map(({snd}) => (snd.nxt - snd.una) | 0),
  );
};

/** By the window it could go; what is under way keeps it back. */
const waitsForAck = (said: Said): boolean =>
  hosts(said)
    .flatMap((host) => said.connections(host, 'after'))
    .some(({snd, sendBuffer, sendWaiting}) => {
      const flight = (snd.nxt - snd.una) | 0;
      const all = sendBuffer.length + sendWaiting.length;
      return flight > 0 && all > flight && snd.wnd >= all;
    });

const requestsSent = (said: Said): readonly string[] =>
  said
    .ever('note')
    .flatMap(({note, host}) =>
      note.kind === 'request' && note.op === 'sent' ? [`${host} ${note.method} ${note.target}`] : [],
    );

const requestsHad = (said: Said): readonly string[] =>
  said
    .ever('note')
    .flatMap(({note}) =>
      note.kind === 'request' && note.op === 'received' ? [`${note.method} ${note.target}`] : [],
    );

const namesAsked = (said: Said, host: string): readonly string[] =>
  said
    .ever('send', host)
    .flatMap((event) => (event.hop === 0 ? said.dns(event) : []))
    .flatMap(({flags, questions}) => (flags.qr ? [] : questions.map(({name}) => name.toLowerCase())));

const counts: {readonly [word: string]: number} = {two: 2, three: 3, four: 4, 两: 2, 三: 3, 四: 4};

export const deedRows: readonly Row[] = [
  row('\\bforgets (?:the|its|this) (?:handshake|connection)\\b', '忘(?:掉|记)|删除(?:这条)?连接', (said) => ({
    'a connection goes now': said.now('state').some(({to}) => to === 'CLOSED' || to === 'LISTEN'),
  })),
  row('\\bthe program closes\\b', '程序关闭', (said) => ({
    'a program calls close()': said.now('call').some(({call}) => call === 'close'),
  })),
  row(
    '\\banswers the (?<to>SYN,ACK|SYN|FIN|ACK) with (?:an? )?(?<reply>SYN,ACK|RST|ACK)\\b',
    '用 ?(?<reply>SYN,ACK|RST|ACK) ?回应(?:这个)? ?(?<to>SYN,ACK|SYN|FIN|ACK)',
    (said) => ({
      'what answers it leaves as it comes': answered(said).some(
        ({reply, to}) => isKind(reply, said.word('reply')) && isKind(to, said.word('to')),
      ),
    }),
  ),
  row(
    '(?:#bytes bytes were in flight when )?the first ECE came\\b',
    '第一个 ECE 到达时(?:，在途 #bytes 字节)?',
    (said) => ({
      'one has come': inFlightAtEce(said).length > 0,
      'so much was under way': said.has('bytes')
        ? inFlightAtEce(said).includes(said.number('bytes'))
        : undefined,
    }),
  ),
  row('\\ba lost repetition\\b', '重传又丢', (said) => ({
    'one that was sent again has died': said
      .ever('drop')
      .some(
        ({reason, packet}) =>
          reason !== 'discarded' && packet > 0 && said.trace.packet(packet).retransmission,
      ),
  })),
  row('\\bis due at @at', '(?:应在|要在) ?@at', (said) => ({
    'something leaves then, or a timer runs out': said.future.some(
      (event) =>
        said.isTime('at', event.atUs) &&
        ((event.kind === 'send' && event.packet > 0) || (event.kind === 'timer' && event.op === 'fire')),
    ),
  })),
  row('\\b[Tt]ail loss probe:', '尾部丢失探测：', (said) => ({
    'its timer runs out': said.now('timer').some(({name, op}) => name === 'TLP' && op === 'fire'),
  })),
  row('@at after the last (?:probe|try)\\b', '上一次(?:探测|尝试)之后 ?@at', (said) => ({
    'a timer ran out so long ago': said
      .ever('timer')
      .some(({op, atUs}) => op === 'fire' && said.isTime('at', said.atUs - atUs)),
  })),
  row('\\bgets (?<status>[1-5]\\d\\d)\\b', '得到 ?(?<status>[1-5]\\d\\d)', (said) => ({
    'a program reads it at that time': [...said.instant, ...said.future].some(
      (event) =>
        event.kind === 'note' &&
        event.atUs === said.atUs &&
        event.note.kind === 'response' &&
        event.note.status === said.number('status'),
    ),
  })),
  row('\\bfor an ACK\\b', '在?等 ?ACK', (said) => ({'only an ACK is missing': waitsForAck(said)})),
  row('\\bcarried out again\\b', '又执行', (said) => {
    const had = requestsHad(said);
    return {'a program has a request that one had before': new Set(had).size < had.length};
  }),
  row('\\b(?<count>two|three|four) requests\\b', '(?<count>两|三|四)个请求', (said) => ({
    'so many things are asked for': new Set(requestsSent(said)).size === counts[said.word('count')],
  })),
  row('<host> asks once more\\b', '<host>重新去问', (said) => {
    const asked = namesAsked(said, said.host());
    return {'it has asked for that name before': new Set(asked).size < asked.length};
  }),
];
