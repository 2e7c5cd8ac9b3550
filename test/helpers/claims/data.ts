// What is said of how data flow, judged by raw events: bytes and numbers, gaps, windows, acknowledgements that wait.
import {hasFlag, segLen, type TcpSegment} from '../../../source/wire/tcp.ts';
import {hasArrived, isThrown, isUnheard} from './arrived.ts';
import {dsackRows} from './dsack.ts';
import {keptRows} from './kept.ts';
import {lateAckRows} from './late-acks.ts';
import {isRenumbered} from './renumbered.ts';
import {type Row, row, type Said} from './said.ts';
import {type Passing, repairTimers, segmentOf, textSeq} from './seen.ts';

const sentData = (said: Said) =>
  said
    .sent(said.host())
    .filter(
      ({segment, event}) => segment.payload.length > 0 && !(event.kind === 'send' && event.retransmission),
    );

/** New data of the same connection, in an instant of the same time. */
const sendsBesides = (said: Said): boolean => {
  const told = sentData(said).map(({event}) => event);
  return said
    .sentInAll(said.host())
    .some(
      ({segment, event}) =>
        event.atUs === said.atUs &&
        segment.payload.length > 0 &&
        !(event.kind === 'send' && event.retransmission) &&
        told.every(({n, connection}) => n !== event.n && connection === event.connection),
    );
};

const mssOf = (said: Said): readonly number[] => said.connections(said.host(), 'before').map(({mss}) => mss);

const says = (said: Said, ack: number): boolean =>
  said.sent(said.host()).some(({segment}) => segment.ack === ack);

/** A timer runs by now after which something of that connection is sent again. */
const repairs = (said: Said, {srcPort, dstPort}: TcpSegment): boolean =>
  said
    .connections(said.host(), 'after')
    .filter(({local, remote}) => local.port === dstPort && remote.port === srcPort)
    .some(({timers}) =>
      Object.entries(timers).some(([name, us]) => us !== undefined && repairTimers.has(name)),
    );

/** The byte that is asked for was sent and has not come, but something behind it has. */
const isMissingStill = (said: Said): boolean => {
  const ack = said.number('ack');
  const [come] = said.came(said.host());
  const isIts = ({segment}: Passing): boolean =>
    segment.srcPort === come?.segment.srcPort && segment.dstPort === come.segment.dstPort;
  const offset = ({segment}: Passing): number => (ack - segment.seq) | 0;
  return (
    !hasArrived(said, ack) &&
    said
      .sentEver()
      .some((each) => isIts(each) && offset(each) >= 0 && offset(each) < each.segment.payload.length) &&
    said
      .cameEver(said.host())
      .some(
        (each) =>
          isIts(each) && each.segment.payload.length > 0 && offset(each) < 0 && !isThrown(said, each.event),
      )
  );
};

/** Of what came in earlier instants something lies between what was expected before and what is expected now. */
const goesAlong = (said: Said): boolean => {
  const [come] = said.came(said.host());
  const own = said
    .connections(said.host(), 'before')
    .find(({local, remote}) => local.port === come?.segment.dstPort && remote.port === come.segment.srcPort);
  return said.cameEver(said.host()).some(({segment, event}) => {
    if (!own || event.instant === come?.event.instant || isThrown(said, event)) return false;
    if (segment.srcPort !== own.remote.port || segment.dstPort !== own.local.port) return false;
    const isNew = ((textSeq(segment) + segment.payload.length - own.rcv.nxt) | 0) > 0;
    return isNew && segment.payload.length > 0 && ((textSeq(segment) - said.number('ack')) | 0) < 0;
  });
};

/** From there up to the first byte that has come, on the connection of this segment. */
const firstGap = (said: Said, {segment: come}: Passing, ack: number): number =>
  Math.min(
    ...said
      .cameEver(said.host())
      .filter(({segment}) => segment.srcPort === come.srcPort && segment.dstPort === come.dstPort)
      .filter(({segment, event}) => segLen(segment) > 0 && !isThrown(said, event))
      .map(({segment}) => (segment.seq - ack) | 0)
      .filter((bytes) => bytes > 0),
  );

/** From this number up to where what comes now begins. */
const isAllHere = (said: Said, {segment}: Passing, from: number): boolean =>
  Array.from({length: Math.max(0, (segment.seq - from) | 0)}, (_, nth) => from + nth).every((each) =>
    hasArrived(said, each),
  );

/** All of what comes now lies in one block that had come before. */
const isKept = (said: Said, {segment: {seq, payload, srcPort, dstPort}}: Passing): boolean =>
  said
    .connections(said.host(), 'before')
    .filter(({local, remote}) => local.port === dstPort && remote.port === srcPort)
    .some(({reassembly}) =>
      reassembly.some(
        (block) =>
          ((seq - block.seq) | 0) >= 0 && ((seq + payload.length - block.seq - block.data.length) | 0) <= 0,
      ),
    );

export const dataRows: readonly Row[] = [
  row(
    '<host> sends #bytes bytes?(?: in #segments segments)?(?: in (?:one|#packets) packets?, (?<cut>which the network card cuts|of which the network card cuts (?<some>what is longer than one segment)))?, from seq=#seq(?<probe>, to ask what has arrived, as no segment has been acknowledged for some time \\(a tail loss probe, TLP\\): if an ACK answers it, that tells, with SACK if something is missing)?(?<besides>, and more at this same time)?(?:: ack=#end means that all of it has come)?',
    '<host>发送 #bytes 字节(?:，分成 #segments 个报文段)?(?:，以 #packets 个分组交给网卡，(?<cut>(?<some>其中超过一个报文段的)?由网卡切开))?，从 seq=#seq 起(?<probe>，因为有一阵没有报文段得到确认，借此探测哪些已到达（尾部丢失探测，TLP）：若有 ACK 应答，就会说明，有缺的还带 SACK)?(?<besides>，同一时刻还发了别的数据)?(?:：ack=#end 就表示全部收到)?',
    (said) => {
      const segments = sentData(said).map(({segment}) => segment);
      const bytes = segments.reduce((sum, {payload}) => sum + payload.length, 0);
      const last = segments.at(-1);
      return {
        bytes: bytes === said.number('bytes'),
        probe: said.has('probe') === said.fired(said.host()).some(({name}) => name === 'TLP'),
        'what lies before a probe may be lost: its end is promised to nobody (RFC 8985 §7.4)':
          !said.has('probe') || !said.has('end'),
        'nor is it where nobody has that connection (RFC 9293 §3.10.7.1)':
          said.has('probe') || said.has('besides')
            ? undefined
            : sentData(said).every(({event: {packet}, segment: {srcPort, dstPort}}) => {
                const there = said
                  .connections(said.trace.packet(packet).to, 'after')
                  .filter(({local}) => local.port === dstPort);
                return said.has('end')
                  ? there.length > 0
                  : there.every(({remote}) => remote.port !== srcPort);
              }),
        'nothing was acknowledged meanwhile': said.has('probe') ? isUnheard(said, sentData(said)) : undefined,
        'more leaves in that moment': said.has('probe') || said.has('besides') === sendsBesides(said),
        segments: segments.length === Number(said.word('segments') || said.word('packets') || 1),
        'whether a card cuts them':
          said.has('cut') === mssOf(said).some((mss) => segments.some(({payload}) => payload.length > mss)),
        'or some of them alone':
          !said.has('cut') ||
          said.has('some') !== mssOf(said).some((mss) => segments.every(({payload}) => payload.length > mss)),
        seq: segments[0]?.seq === said.number('seq'),
        end:
          last && said.has('end')
            ? (last.seq + last.payload.length + (hasFlag(last, 'FIN') ? 1 : 0)) >>> 0 === said.number('end')
            : undefined,
      };
    },
  ),
  row(
    'Packet #packet lies behind (?:a|(?<another>another)) gap: #missing bytes? from seq=#seq (?:is|are) missing(?:, too)?\\. <host> (?:keeps it|(?<had>has its bytes already)) and (?:(?<again>repeats)|answers) ack=#ack',
    '第 #packet 个分组前面(?:有空缺：缺|(?<another>又有一处空缺：还缺)) seq=#seq 起的 #missing 字节。<host>(?:先缓存|(?<had>早已缓存它的数据))，(?:(?<again>再)?回一?次?) ack=#ack',
    (said) => {
      const [come] = said.came(said.host());
      return {
        'which one': said.has('packet') ? come?.event.packet === said.number('packet') : undefined,
        'how much': come && firstGap(said, come, said.number('seq')) === said.number('missing'),
        'from where': said.has('another')
          ? ((said.number('seq') - said.number('ack')) | 0) > 0 && hasArrived(said, said.number('seq') - 1)
          : said.number('seq') === said.number('ack'),
        'what comes lies behind it':
          come && ((come.segment.seq - said.number('seq') - said.number('missing')) | 0) >= 0,
        'it is missing': !hasArrived(said, said.number('seq')),
        'what it says': says(said, said.number('ack')),
        again:
          said.has('again') ===
          said
            .sentEver(said.host())
            .some(
              ({segment, event}) =>
                event.instant !== said.instant[0]?.instant && segment.ack === said.number('ack'),
            ),
        'what it brings is kept already': come && said.has('had') === isKept(said, come),
        'nothing goes to the program': said.handedOver(said.host()) === 0,
        'its number is its own': come && !isRenumbered(said, come),
      };
    },
  ),
  row(
    'The FIN of <peer> is here, but #missing bytes? before it, from seq=#seq, (?:is|are) missing(?<others>, and \\d+ (?:from seq=#next|in \\d+ gaps behind them))?\\. <host> (?:answers|repeats) ack=#ack',
    '<peer>的 FIN 到了，但它前面还缺 seq=#seq 起的 #missing 字节(?<others>，以及 seq=#next 起的 \\d+ 字节|，后面 \\d+ 处空缺还缺 \\d+ 字节)?。<host>(?:再回一次|回) ack=#ack',
    (said) => ({
      'a FIN comes': said.came(said.host()).some(({segment}) => hasFlag(segment, 'FIN')),
      'it is its own': said.came(said.host()).some(({event: {packet}}) => {
        const left = segmentOf(said.trace, packet);
        return left !== undefined && hasFlag(left, 'FIN');
      }),
      'how much': said
        .came(said.host())
        .some((come) => firstGap(said, come, said.number('ack')) === said.number('missing')),
      'it is missing': !hasArrived(said, said.number('seq')),
      'so is what is behind it': said.has('next') ? !hasArrived(said, said.number('next')) : undefined,
      'that is all, or not': said
        .came(said.host())
        .some(
          (come) => isAllHere(said, come, said.number('seq') + said.number('missing')) !== said.has('others'),
        ),
      'what it says': says(said, said.number('ack')) && said.number('seq') === said.number('ack'),
      'the state is as before': said.now('state', said.host()).length === 0,
    }),
  ),
  row(
    '<host> takes that for the FIN of <peer>(?:, which has sent none)?; before it #missing bytes? from seq=#seq (?:is|are) missing',
    '<host>把它当成<peer>的 FIN(?:，其实[^，]+没有发过)?，而它前面还缺 seq=#seq 起的 #missing 字节',
    (said) => ({
      'how much': said
        .came(said.host())
        .some((come) => firstGap(said, come, said.number('seq')) === said.number('missing')),
      'the state is as before': said.now('state', said.host()).length === 0,
    }),
  ),
  ...dsackRows,
  row('SACK tells what it has', '并用 SACK 说明已有哪些', (said) => ({
    'SACK leaves': said.sent().some(({segment}) => segment.options.some(({kind}) => kind === 'sack')),
  })),
  row(
    `(?:(?<all>The gap is filled)|(?<behind>The lowest gap is filled)|(?<part>Part of the missing data has come)): <host> answers ack=#ack(?: \\(after 4294967295 the numbers go on from 0\\))?(?: and hands #bytes bytes? to its program(?: in order)?)?`,
    `(?:(?<all>空缺补齐了)|(?<behind>最前面的空缺补齐了)|(?<part>缺的数据到了一部分))：<host>回 ack=#ack(?:（序号过了 4294967295 又从 0 数起）)?(?:，#bytes 字节按序交给程序)?`,
    (said) => ({
      'what it says': says(said, said.number('ack')),
      'what it hands over': said.has('bytes')
        ? said.handedOver(said.host()) === said.number('bytes')
        : said.handedOver(said.host()) === 0,
      'all before has come':
        hasArrived(said, said.number('ack') - 1) ||
        said.cameEver(said.host()).some(({segment}) => hasFlag(segment, 'FIN')),
      'nothing that was sent is missing': said.has('all') ? !isMissingStill(said) : undefined,
      'what had waited behind the gap goes along': said.has('all')
        ? undefined
        : goesAlong(said) === said.has('behind'),
    }),
  ),
  row(
    '<host> answers ack=#ack[^.]*\\. From there on something is still missing',
    '<host>回 ack=#ack[^。]*。从那里起仍有空缺',
    (said) => ({'it was sent and is missing, and something behind it is there': isMissingStill(said)}),
  ),
  row(
    '<host> hands (?:the )?#bytes bytes to its program(?<earlier>, some of which it had kept)?',
    '<host>把(?:这|(?<earlier>刚到的和先前缓存的共)) #bytes 字节交给程序',
    (said) => ({
      bytes: said.handedOver(said.host()) === said.number('bytes'),
      'whether some had come before': said
        .came(said.host())
        .every(({segment}) => segment.payload.length < said.number('bytes') === said.has('earlier')),
    }),
  ),
  row(
    '<host> hands (?:the )?(?:\\d+ bytes|byte) to its program(?:, some of which it had kept)?; ack=#ack is the next number it expects',
    '<host>把(?:这|刚到的和先前缓存的共) \\d+ 字节交给程序；ack=#ack 是它期望的下一个序号',
    (said) => ({ack: says(said, said.number('ack'))}),
  ),
  row(
    'ack=#ack acknowledges all that <host> had sent: its timer (?:stops|(?<anew>starts anew for what leaves now))',
    'ack=#ack 确认了<host>已发出的全部内容，定时器(?:停止|(?<anew>为接着发出的内容重新计时))',
    (said) => ({
      'ack comes': said.came(said.host()).some(({segment}) => segment.ack === said.number('ack')),
      // Of that connection: the one whose acknowledgment came.
      all: said.came(said.host()).some(({segment}) =>
        said
          .sentEver(said.host())
          .filter(
            (each) => each.segment.srcPort === segment.dstPort && each.segment.dstPort === segment.srcPort,
          )
          .filter((each) => !hasFlag(each.segment, 'RST'))
          .filter((each) => each.event.instant !== said.instant[0]?.instant)
          .every((each) => ((each.segment.seq + each.segment.payload.length - said.number('ack')) | 0) <= 0),
      ),
      'a timer is stopped': said.stopsRepair(said.host()),
      'whether one runs for more': said
        .came(said.host())
        .some(({segment}) => repairs(said, segment) === said.has('anew')),
    }),
  ),
  ...keptRows,
  row(
    'The receive buffer of <host> is full, and its program (?:does not|has not) read: the window is 0(?:, and <peer> has to stop|; <idle> has nothing more to send now)',
    '<host>的接收缓冲区满了，程序还没来读：窗口为 0，(?:<peer>只好停下|而<idle>眼下也没有数据要发)',
    (said) => ({
      'has it something to send': said
        .connections(said.host('peer') || said.host('idle'), 'after')
        .some(
          ({sendBuffer, sendWaiting, snd, closeCalled, finSeq}) =>
            (sendBuffer.length > ((snd.nxt - snd.una) | 0) ||
              sendWaiting.length > 0 ||
              (closeCalled && finSeq === undefined)) === said.has('peer'),
        ),
      'window 0 leaves': said.sent(said.host()).some(({segment}) => segment.window === 0),
      'for whom': said
        .sent(said.host())
        .some(({event}) => said.trace.packet(event.packet).to === (said.host('peer') || said.host('idle'))),
    }),
  ),
  row(
    '<host> has (?:(?<data>data)|its FIN) to send, but the last window that it was told is 0\\. If nothing comes by @at it asks',
    '<host>有(?:(?<data>数据)| FIN )要发，但最近得知的窗口为 0。到 @at 若还没有消息',
    (said) => ({
      'window 0 came': said.cameEver().some(({segment}) => segment.window === 0),
      'what waits': said
        .connections(said.host(), 'after')
        .some(({sendBuffer, sendWaiting}) => sendBuffer.length + sendWaiting.length > 0 === said.has('data')),
      'until when': said
        .now('timer')
        .some(({name, op, dueUs}) => name === 'persist' && op === 'arm' && said.isTime('at', dueUs)),
    }),
  ),
  row(
    '<host> asks whether the window is still closed(?:; its timer is due at @at)?',
    '<host>探询窗口是否仍然关着(?:；定时器设在 @at 超时)?',
    (said) => ({
      'a timer runs out': said.fired(said.host()).some(({name}) => name === 'persist'),
      'it sends': said.sent(said.host()).length > 0,
      'the next time': said.has('at')
        ? said.running(said.host()).some(({dueUs}) => said.isTime('at', dueUs))
        : undefined,
    }),
  ),
  row(
    'There is room again: <host> opens its window to #bytes bytes',
    '又有空间了：<host>把窗口开到 #bytes 字节',
    (said) => ({
      'a window leaves': said.sent(said.host()).some(({segment}) => segment.window > 0),
      'how large': said.sent(said.host()).some(({segment}) => {
        const times = said.number('bytes') / segment.window;
        return Number.isInteger(Math.log2(times));
      }),
      'it was 0': said
        .earlier('send', said.host())
        .some((event) => said.passing(event).some(({segment}) => segment.window === 0)),
    }),
  ),
  row(
    '<host> keeps #bytes bytes? back(?<more>, and what is written at this same time)?: (?<why>(?:it does|they do) not fill a segment, and (?:(?<small>an earlier one that is not full)|earlier data)|the window of the other end(?= is full)|its congestion window)',
    '<host>扣着 #bytes 字节(?<more>（还有同一时刻随后写入的）)?不发：(?<why>凑不满一个报文段，要等前面(?:(?<small>那个不满的报文段)|发出的)|对方的窗口|拥塞窗口)',
    (said) => {
      const kept = said
        .connections(said.host(), 'after')
        .map(({sendBuffer, snd}) => sendBuffer.length - ((snd.nxt - snd.una) | 0));
      // draft-minshall-nagle-01: the last that was sent and is not full is not acknowledged.
      const isSmall = said.connections(said.host(), 'after').some(({snd, mss, local, remote}) =>
        [...said.earlier('send', said.host()), ...said.now('send', said.host())]
          .flatMap((event) => said.passing(event))
          .some(({segment}) => {
            const {length} = segment.payload;
            const isOwn = segment.srcPort === local.port && segment.dstPort === remote.port;
            return isOwn && length > 0 && length < mss && ((segment.seq + length - snd.una) | 0) > 0;
          }),
      );
      return {
        'whether its program writes more': said.has('more')
          ? said.future.some(
              (event) =>
                event.kind === 'call' &&
                event.call === 'send' &&
                event.atUs === said.atUs &&
                event.host === said.host(),
            )
          : true,
        'how much': kept.includes(said.number('bytes')),
        'behind a small one': said.has('small') ? isSmall : undefined,
      };
    },
  ),
  ...lateAckRows,
];
