// Claims that a repair is over (RFC 6582 §3.2 step 3, RFC 6675 §5), that cwnd is back, and that bytes came twice; judged by raw events.
import type {Facts} from '../../../source/account/told/facts.ts';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {hasFlag, type TcpSegment} from '../../../source/wire/tcp.ts';
import {isBack} from './acts.ts';
import {type Passing, type Seen, segmentOf} from './seen.ts';
import {flowRows} from './told-data.ts';
import type {Claims, ToldRows} from './told-rows.ts';

/** The connection whose acknowledgement comes. */
const ownOf = (said: Seen, host: string, n: number): Connection | undefined => {
  const [come] = said.came(host);
  return [...(said.trace.stateAt(n)?.hosts[host]?.tcp.connections.values() ?? [])].find(
    ({local, remote}) => local.port === come?.segment.dstPort && remote.port === come.segment.srcPort,
  );
};

/** A time-out begins another one than a loss that was found otherwise. */
const repairOf = (tcb: Connection | undefined): 'timer' | 'other' | undefined => {
  if (tcb?.episode.state === 'loss' || tcb?.loss.phase === 'timeout') return 'timer';
  return tcb?.episode.state === 'recovery' || tcb?.loss.phase === 'fast' ? 'other' : undefined;
};

const isRepairing = (tcb: Connection | undefined): boolean => repairOf(tcb) !== undefined;

/** The repair that lasts by now began so long ago. */
const beganAt = (said: Seen, host: string, us: number): boolean => {
  const then = said.past.filter(({atUs}) => atUs === said.atUs - us);
  const now = repairOf(ownOf(said, host, then.at(-1)?.n ?? 0));
  const before = [(then[0]?.n ?? 1) - 1, ...then.map(({n}) => n)];
  return now !== undefined && before.some((n) => n > 0 && repairOf(ownOf(said, host, n)) !== now);
};

/** What left before it began, on the connection whose acknowledgment comes, lies below that. */
const isOver = (said: Seen, {host, ack, tookUs, sinceUs, timer, cwnd}: Facts['repaired']): Claims => {
  const isThen = ({atUs}: {readonly atUs: number}): boolean => said.atUs - atUs === sinceUs;
  const own = ownOf(said, host, said.n);
  const repeated = said
    .sentEver(host)
    .filter(({event}) => event.kind === 'send' && event.retransmission && isThen(event));
  const fired = said
    .ever('timer', host)
    .filter(({op, name, connection}) => op === 'fire' && name === 'RTO' && connection === own?.id);
  return {
    'ack comes': said.came(host).some(({segment}) => segment.ack === ack),
    'by the timer': timer ? fired.slice(-1).some(isThen) : !fired.some(isThen),
    'something went again then': repeated.length > 0,
    'all that is acknowledged': said.came(host).some(({segment}) =>
      said
        .sentEver(host)
        .filter((each) => isBack(each.segment, segment) && !hasFlag(each.segment, 'RST'))
        .filter(({event}) => repeated.some((first) => event.atUs < first.event.atUs))
        .every((each) => ((each.segment.seq + each.segment.payload.length - segment.ack) | 0) <= 0),
    ),
    'when it began': beganAt(said, host, tookUs) && (timer || tookUs === sinceUs),
    'it is over': own !== undefined && !isRepairing(own),
    cwnd: own?.cwnd === cwnd,
  };
};

const isRenumbered = (said: Seen, {segment, event}: Passing): boolean =>
  segmentOf(said.trace, event.packet)?.seq !== segment.seq;

const carries = ({seq, payload}: TcpSegment, byte: number): boolean => {
  const place = (byte - seq) | 0;
  return place >= 0 && place < payload.length;
};

/** ssthresh rises by nothing else. */
const undone = (said: Seen, host: string): number | undefined => {
  const before = ownOf(said, host, said.before.length);
  const after = ownOf(said, host, said.instant.at(-1)?.n ?? said.n);
  return before && after && after.ssthresh > before.ssthresh && after.cwnd > before.cwnd
    ? after.cwnd
    : undefined;
};

const cameTwice = ({host, peer, seq, bytes, often, by, cwnd}: Facts['cameTwice'], said: Seen): Claims => {
  const reports = said.came(host).filter(({event}) => said.trace.packet(event.packet).from === peer);
  // Of that connection: others may have the same numbers.
  const isOfIt = ({segment}: Passing): boolean => reports.some((report) => isBack(segment, report.segment));
  const sent = said.sentEver(host).filter((each) => isOfIt(each) && carries(each.segment, seq));
  const [told = 0] = reports.map(({event}) => said.trace.packet(event.packet).sendEvent);
  const came = said
    .cameEver(peer)
    .filter((each) => isOfIt(each) && carries(each.segment, seq) && !isRenumbered(said, each))
    .filter(({event}) => event.n < told);
  const [first] = came;
  const last = came.at(-1);
  const isLate =
    first !== undefined &&
    last !== undefined &&
    first.event.packet > last.event.packet &&
    carries(first.segment, (seq + bytes - 1) >>> 0);
  return {
    'the first block': reports.some(({segment}) =>
      segment.options.some(
        (option) =>
          option.kind === 'sack' &&
          option.blocks[0]?.left === seq &&
          ((option.blocks[0].right - seq) | 0) === bytes,
      ),
    ),
    'whether it left again': (by !== undefined) === sent.length > 1,
    'how often it came': often ? came.length > 2 : came.length === 2,
    'which came last': by && last?.event.packet === by.second,
    'which came before it': by && (isLate ? first.event.packet : undefined) === by.behind,
    'what is undone': undone(said, host) === cwnd,
  };
};

const grows = ({host, how, cwnd, size, agoUs}: Facts['grows'], said: Seen): Claims => {
  const before = ownOf(said, host, said.before.length);
  const after = ownOf(said, host, said.instant.at(-1)?.n ?? said.n);
  const has = before !== undefined && after !== undefined && before.cwnd < size && size <= after.cwnd;
  const found = said
    .ever('send', host)
    .find(({retransmission, atUs}) => retransmission && said.atUs - atUs === agoUs);
  const instant = found && said.past.find((each) => each.instant === found.instant);
  return {
    'it passes that': has && before.ssthresh === after.ssthresh,
    'it is so large': after?.cwnd === cwnd,
    'that is ssthresh': how === 'threshold' ? after?.ssthresh === size && agoUs === 0 : undefined,
    'when it was lost': how === 'regained' ? found !== undefined : undefined,
    'it was so large':
      how === 'regained'
        ? instant !== undefined && ownOf(said, host, instant.n - 1)?.cwnd === size
        : undefined,
  };
};

export const repairRows = {
  ...flowRows,
  allAcknowledged: (facts, said) => ({
    ...flowRows.allAcknowledged(facts, said),
    ...(facts.over ? isOver(said, facts.over) : {}),
  }),
  repaired: (facts, said) => isOver(said, facts),
  cameTwice,
  grows,
} satisfies ToldRows;
