// What is said of data that waited and leave: how much of it, and what keeps the rest; judged by raw events.
import type {TraceEvent} from '../../../source/sim/trace.ts';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {type Facts, type Row, row, type Said} from './said.ts';
import {thingEn, thingZh} from './thing.ts';
import {setAnew} from './timer-set.ts';

const inFlight = ({snd, state}: Connection): number =>
  state === 'SYN-SENT' || state === 'SYN-RECEIVED' ? 0 : (snd.nxt - snd.una) | 0;

const unsentOf = (each: Connection): number =>
  each.sendBuffer.length + each.sendWaiting.length - inFlight(each);

/** Why what is left does not leave, too. */
const keptBack = (said: Said): Facts => {
  const after = said.connections(said.host(), 'after').filter((each) => unsentOf(each) > 0);
  const isWithout = (roomOf: (each: Connection) => number): boolean =>
    after.some((each) => roomOf(each) < Math.min(each.mss, unsentOf(each)));
  const rest = said.word('rest');
  return {
    'cwnd has no room': said.has('cwnd')
      ? after.some(({cwnd}) => cwnd === said.number('cwnd')) &&
        isWithout((each) => each.cwnd - inFlight(each))
      : undefined,
    'the window has no room': /window|窗口/.test(rest)
      ? isWithout((each) => each.snd.wnd - inFlight(each))
      : undefined,
    'no full segment is left': /the rest|剩下/.test(rest)
      ? after.some((each) => unsentOf(each) < each.mss)
      : undefined,
  };
};

/** Before the events of one time, and after each of them. */
const upTo = (events: readonly TraceEvent[] = []): readonly number[] => [
  (events[0]?.n ?? 1) - 1,
  ...events.map(({n}) => n),
];

/** Data waited at the end of each instant since then, and none at the one before; for that reason they wait as long, or from then on. */
const waitedSince = (said: Said): Facts => {
  const reason = said.has('from') ? 'from' : 'at';
  const [at, from] = ['at', reason].map((name) => said.past.filter(({atUs}) => said.isTime(name, atUs)));
  const waitAfter = (n: number): readonly Connection[] => {
    const own = n < 1 ? undefined : said.trace.stateAt(n)?.hosts[said.host()];
    return [...(own?.tcp.connections.values() ?? [])].filter((each) => unsentOf(each) > 0);
  };
  const begin = at?.at(-1)?.n ?? 0;
  const ends = said.before.filter(({n, instant}, i, all) => n >= begin && all[i + 1]?.instant !== instant);
  const ids = waitAfter(begin).map(({id}) => id);
  const isClosed = /told|得知/.test(said.word('why'));
  const all = ends.map(({n}) => waitAfter(n));
  return {
    'since then data wait': ids.some((id) => all.every((each) => each.some((own) => own.id === id))),
    // At that time, too, what had waited may have left, and more come.
    'none before': ids.some((id) => upTo(at).some((n) => waitAfter(n).every((own) => own.id !== id))),
    'for another reason before': said.has('from') ? (at?.[0]?.n ?? 0) < (from?.[0]?.n ?? 0) : undefined,
    // Of all that a cut time stands for: it may have opened again by the last of them.
    'for a closed window': isClosed
      ? from?.some(({n}) => waitAfter(n).some(({snd}) => snd.wnd === 0))
      : undefined,
    'not for a closed window before': isClosed
      ? // Before the peer has answered, a window of 0 is none that somebody has told.
        upTo(from).some((n) => !waitAfter(n).some(({snd, state}) => snd.wnd === 0 && state !== 'SYN-SENT'))
      : undefined,
  };
};

const leftNow = (said: Said): Facts => {
  const fresh = said
    .sent(said.host())
    .filter(
      ({segment, event}) => segment.payload.length > 0 && !(event.kind === 'send' && event.retransmission),
    );
  const [first] = said.sent(said.host());
  const isFirst = first !== undefined && first.segment.payload.length > 0;
  const before = said.connections(said.host(), 'before');
  const why = said.word('why');
  const leave = fresh.reduce((sum, {segment}) => sum + segment.payload.length, 0);
  return {
    bytes: leave === said.number('bytes'),
    segments: fresh.length === (said.has('segments') ? said.number('segments') : 1),
    'of how many': before.some((each) =>
      said.has('of') ? unsentOf(each) === said.number('of') : unsentOf(each) <= leave,
    ),
    ...keptBack(said),
    'the handshake ends with them (RFC 9293 §3.5)':
      said.has('joins') === (before.some(({state}) => state === 'SYN-SENT') && isFirst),
    'it waited': before.some(({snd, sendBuffer}) => sendBuffer.length > ((snd.nxt - snd.una) | 0)),
    'for an ACK': /Nagle/.test(why) ? before.some(({snd}) => snd.una !== snd.nxt) : undefined,
    'for the window': /told|得知/.test(why) ? before.some(({snd}) => snd.wnd === 0) : undefined,
    'for room': /full|用完/.test(why)
      ? before.some(({snd, mss}) => snd.wnd - ((snd.nxt - snd.una) | 0) < mss)
      : undefined,
    'for the connection': /not open|没建立/.test(why)
      ? before.some(({state}) => state === 'SYN-SENT' || state === 'SYN-RECEIVED')
      : undefined,
    ...waitedSince(said),
  };
};

const halfOpen = (said: Said, when: 'before' | 'after'): number =>
  said.connections(said.host(), when).filter(({state}) => state === 'SYN-RECEIVED').length;

const leavesEn =
  'Now #bytes (?:of the #of )?(?:bytes )?(?:byte )?leaves?(?: in #segments segments)?(?:, (?<joins>in one segment with|the first with) the ACK of the handshake)?(?:: (?<rest>its cwnd, #cwnd bytes,|the window|the rest))?';
const leavesZh =
  '现在(?:只发出 #of 字节中的|发出) #bytes 字节(?:，分成 #segments 个报文段)?(?:，(?<joins>与握手的 ACK 在同一个报文段里|第一个就是握手的 ACK))?(?:：(?<rest>cwnd 只有 #cwnd 字节|对方的窗口|剩下的))?';

export const keptRows: readonly Row[] = [
  row(
    `<host>’s timer, set at @anew, is due already, as @wait have passed without an ACK: it sends ${thingEn} again`,
    `<host>的定时器在 @anew 设定时已经到期（等确认已等了 @wait），重发 ?${thingZh}`,
    (said) => ({
      'its retransmission timer runs out': said.fired(said.host()).some(({name}) => name === 'RTO'),
      'when it was set': setAnew(said, 'RTO'),
      'it could not have run out sooner': said.fired(said.host()).some(({ranUs}) => ranUs <= 1),
    }),
  ),
  row(
    `<host> had kept data back since @at, (?:(?<once>once more )?from @from on )?(?<why>by Nagle’s rule|as the (?:last window that it had been told was 0|window was full|connection was not open))\\. ${leavesEn}`,
    `<host>从 @at 起留着数据没发，(?:@from 起(?<once>又)?是|是)? ?(?<why>Nagle 规则扣着|因为(?:最近得知的窗口为 0|窗口用完|连接还没建立))；${leavesZh}`,
    leftNow,
  ),
  row('There is room in the SYN queue of <host> again', '<host>的半连接队列又有空位了', (said) => ({
    'a handshake is over that was not finished': halfOpen(said, 'after') < halfOpen(said, 'before'),
  })),
  row('With this handshake the SYN queue of <host> is full', '<host>的半连接队列这就满了', (said) => ({
    'one more waits for its ACK': halfOpen(said, 'after') > halfOpen(said, 'before'),
  })),
  row(
    'ack=#ack[^.]*after 4294967295 the numbers go on from 0',
    'ack=#ack[^。]*序号过了 4294967295 又从 0 数起',
    (said) => ({
      'it acknowledges what begins before 2^32 (RFC 9293 §3.4)': said
        .sentEver()
        .some(({segment: {seq}}) => seq > said.number('ack') && ((said.number('ack') - seq) | 0) > 0),
    }),
  ),
];
