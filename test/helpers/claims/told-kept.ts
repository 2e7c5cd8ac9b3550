// What is told of data that wait and leave, of windows and of acknowledgements that wait, judged by raw events.
import type {Facts} from '../../../source/account/told/facts.ts';
import type {TraceEvent} from '../../../source/sim/trace.ts';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {hasFlag} from '../../../source/wire/tcp.ts';
import {isWith} from './acts.ts';
import type {Passing, Seen} from './seen.ts';
import {cutOf, sentData, sum} from './told-data.ts';
import type {Claims, ToldRows} from './told-rows.ts';

const inFlight = ({snd, state}: Connection): number =>
  state === 'SYN-SENT' || state === 'SYN-RECEIVED' ? 0 : (snd.nxt - snd.una) | 0;

const unsentOf = (each: Connection): number =>
  each.sendBuffer.length + each.sendWaiting.length - inFlight(each);

const byId = (said: Seen, host: string, id: string | undefined, when: 'before' | 'after') =>
  said.connections(host, when).find((each) => each.id === id);

type Keeper = Facts['holds']['why'];

/** Why what is left does not leave, too. */
const keepsRest = (tcb: Connection | undefined, rest: Keeper, cwnd: number): boolean => {
  if (!tcb || unsentOf(tcb) <= 0) return false;
  const isWithout = (room: number): boolean => room < Math.min(tcb.mss, unsentOf(tcb));
  if (rest === 'cwnd') return tcb.cwnd === cwnd && isWithout(tcb.cwnd - inFlight(tcb));
  if (rest === 'window') return isWithout(tcb.snd.wnd - inFlight(tcb));
  return unsentOf(tcb) < tcb.mss || rest === 'little';
};

/** Before the events of one time, and after each of them. */
const upTo = (events: readonly TraceEvent[]): readonly number[] => [
  (events[0]?.n ?? 1) - 1,
  ...events.map(({n}) => n),
];

type Waited = Pick<Facts['released'], 'host' | 'why' | 'sinceUs' | 'fromUs' | 'once'>;

/** Data waited at the end of each instant since then, and none at the one before; for that reason they wait as long, or from then on. */
const waitedSince = (
  said: Seen,
  id: string | undefined,
  {host, why, sinceUs, fromUs, once}: Waited,
): Claims => {
  const at = said.past.filter(({atUs}) => atUs === sinceUs);
  const from = said.past.filter(({atUs}) => atUs === fromUs);
  const waitAfter = (n: number): Connection | undefined => {
    const own = n < 1 ? undefined : said.trace.stateAt(n)?.hosts[host]?.tcp.connections.get(id ?? '');
    return own && unsentOf(own) > 0 ? own : undefined;
  };
  const begin = at.at(-1)?.n ?? 0;
  const ends = said.before.filter(({n, instant}, i, all) => n >= begin && all[i + 1]?.instant !== instant);
  const all = ends.map(({n}) => waitAfter(n));
  const reasons = upTo(at)
    .slice(1)
    .concat(ends.map(({n}) => n))
    .flatMap((n) => waitAfter(n)?.held?.because ?? [])
    .filter((each, place, list) => each !== list[place - 1]);
  return {
    'since then data wait': at.length > 0 && all.every((each) => each !== undefined),
    // At that time, too, what had waited may have left, and more come.
    'none before': upTo(at).some((n) => waitAfter(n) === undefined),
    'from when on': from.length > 0 && sinceUs <= fromUs,
    'since it began to': byId(said, host, id, 'before')?.held?.sinceUs === fromUs,
    'once more': once === reasons.slice(0, -1).some((each) => each === reasons.at(-1)),
    // Of all that a time stands for: it may have opened again by the last of them.
    'for a closed window': why === 'closed' ? from.some(({n}) => waitAfter(n)?.snd.wnd === 0) : undefined,
    'not before that':
      why === 'closed'
        ? // Before the peer has answered, a window of 0 is none that somebody has told.
          upTo(from).some((n) => {
            const own = waitAfter(n);
            return own?.snd.wnd !== 0 || own.state === 'SYN-SENT';
          })
        : undefined,
  };
};

/** What had kept them, as it was before. */
const keptFor = (before: Connection | undefined, why: Facts['released']['why']): boolean | undefined => {
  if (!before) return false;
  const {snd, mss, state} = before;
  const isOpening = state === 'SYN-SENT' || state === 'SYN-RECEIVED';
  if (why === 'opening') return isOpening;
  if (why === 'closed') return snd.wnd === 0 && !isOpening;
  const room = snd.wnd - inFlight(before);
  if (why === 'full') return snd.wnd > 0 && room < mss && !isOpening;
  return snd.una !== snd.nxt && unsentOf(before) < mss && room > 0 && !isOpening;
};

/** draft-minshall-nagle-01: the last that was sent and is not full is not acknowledged. */
const isBehindSmall = (said: Seen, host: string, {snd, mss, local, remote}: Connection): boolean =>
  said.sentEver(host).some(({segment}) => {
    const {length} = segment.payload;
    const isOwn = segment.srcPort === local.port && segment.dstPort === remote.port;
    return isOwn && length > 0 && length < mss && ((segment.seq + length - snd.una) | 0) > 0;
  });

/** Which of the connections with something left has so much, for that reason. */
const holdsFor =
  (said: Seen, host: string, why: Keeper) =>
  (each: Connection): boolean => {
    const room = (each.snd.una + each.snd.wnd - each.snd.nxt) | 0;
    const left = unsentOf(each);
    const isLinux = said.trace.header.profile === 'linux';
    if (why === 'window') return room <= 0 || (room < Math.min(each.mss, left) && room <= inFlight(each));
    if (why === 'little') return room > 0 && room < Math.min(each.mss, left);
    if (why === 'cwnd')
      return (
        each.cwnd - inFlight(each) < Math.min(each.mss, left) ||
        (each.retransmissionQueue.length + 1) * each.mss > each.cwnd
      );
    const isSmall = isLinux && isBehindSmall(said, host, each);
    return left < each.mss && inFlight(each) > 0 && isSmall === (why === 'small');
  };

/** What had to be sent again, so that the first window is one segment. */
const beganWith = (said: Seen, host: string, tcb: Connection): 'SYN' | 'SYNACK' | undefined => {
  const own = said
    .sentEver(host)
    .filter(({segment}) => segment.srcPort === tcb.local.port && segment.dstPort === tcb.remote.port)
    .find(({event}) => event.kind === 'send' && event.retransmission);
  if (!own || !hasFlag(own.segment, 'SYN') || tcb.cwnd > tcb.mss) return undefined;
  return hasFlag(own.segment, 'ACK') ? 'SYNACK' : 'SYN';
};

/** Whose rule makes an ACK leave at once, and how much waits. */
const hurryOf = (said: Seen, {pace, rcv, lastAckSent, mss}: Connection): Facts['delaysAck']['hurry'] => {
  if (pace) return 'more';
  if (said.trace.header.profile === 'freebsd') return 'segment';
  return ((rcv.nxt - lastAckSent) | 0) === mss ? 'full' : 'two';
};

const armed = (said: Seen, host: string, wanted: string, us: number) =>
  said.now('timer', host).filter(({name, op, dueUs}) => name === wanted && op === 'arm' && dueUs === us);

const hasSack = ({segment}: Passing): boolean =>
  segment.options.some(
    (option) => option.kind === 'sack' && option.blocks.some(({right}) => ((right - segment.ack) | 0) > 0),
  );

/** How often it has told of a gap with the number that it told last. */
const sacksOfOne = (said: Seen, host: string): number => {
  const told = said.sentEver(host).filter(hasSack);
  return told.filter(({segment}) => segment.ack === told.at(-1)?.segment.ack).length;
};

const firesNow = (said: Seen, host: string, wanted: string): boolean =>
  said.fired(host).some(({name}) => name === wanted);

/** Since something of that connection came last it has asked so often. */
const asked = (said: Seen, host: string): number => {
  const [now] = said.sent(host);
  if (!now) return 0;
  const isBack = (one: Passing): boolean =>
    one.segment.srcPort === now.segment.dstPort && one.segment.dstPort === now.segment.srcPort;
  const last = said.cameEver(host).filter(isBack).at(-1)?.event.n ?? 0;
  return said
    .ever('timer', host)
    .filter(
      ({n, instant, op, name, connection}) =>
        n > last &&
        op === 'fire' &&
        name === 'keep-alive' &&
        connection === now.event.connection &&
        said.ever('send', host).some((send) => send.instant === instant),
    ).length;
};

/** Something has not left, or a FIN has not. */
const hasMore = ({sendBuffer, sendWaiting, snd, closeCalled, finSeq}: Connection): boolean =>
  sendBuffer.length > ((snd.nxt - snd.una) | 0) ||
  sendWaiting.length > 0 ||
  (closeCalled && finSeq === undefined);

export const keptRows = {
  released: ({host, bytes, segments, cut, of, rest, cwnd, joins, ...waited}, said) => {
    const fresh = sentData(said, host);
    const id = fresh[0]?.event.connection;
    const before = byId(said, host, id, 'before');
    const after = byId(said, host, id, 'after');
    const [first] = said.sent(host);
    const isFirst = first !== undefined && first.segment.payload.length > 0;
    return {
      bytes: sum(fresh) === bytes,
      segments: fresh.length === segments,
      'does a card cut': cut === cutOf(said, host, fresh),
      'of how many': before && (of === undefined ? unsentOf(before) <= bytes : unsentOf(before) === of),
      'what keeps the rest': rest === undefined ? undefined : keepsRest(after, rest, cwnd),
      'its cwnd': after?.cwnd === cwnd,
      'the handshake ends': joins === (before?.state === 'SYN-SENT' && isFirst),
      'it waited': before !== undefined && unsentOf(before) > 0,
      'for that': keptFor(before, waited.why),
      ...waitedSince(said, id, {host, ...waited}),
    };
  },
  windowShut: ({host, peer, waits}, said) => ({
    'window 0, for whom': said
      .sent(host)
      .some(({segment, event}) => segment.window === 0 && said.trace.packet(event.packet).to === peer),
    'has it data left': said.connections(peer, 'after').some((each) => hasMore(each) === waits),
  }),
  asksForWindow: ({host, data, atUs}, said) => ({
    'window 0 came': said.cameEver(host).some(({segment}) => segment.window === 0),
    'until when': armed(said, host, 'persist', atUs).length > 0,
    'what waits': armed(said, host, 'persist', atUs).some(({connection}) => {
      const own = byId(said, host, connection, 'after');
      return own !== undefined && own.sendBuffer.length + own.sendWaiting.length > 0 === data;
    }),
  }),
  probes: ({host, dueUs}, said) => ({
    'a timer runs out': firesNow(said, host, 'persist'),
    'it sends': said.sent(host).length > 0,
    'the next time':
      dueUs === undefined
        ? said.running(host).every(({name}) => name !== 'persist')
        : said.running(host).some((each) => each.name === 'persist' && each.dueUs === dueUs),
  }),
  windowOpens: ({host, bytes}, said) => ({
    'a window leaves': said.sent(host).some(({segment}) => segment.window > 0),
    'how large': said.sent(host).some(({segment, event}) => {
      const shift = byId(said, host, event.connection, 'after')?.scale.rcv ?? 0;
      return segment.window * 2 ** shift <= bytes && bytes < (segment.window + 1) * 2 ** shift;
    }),
    'it was 0': said
      .earlier('send', host)
      .some((event) => said.passing(event).some(({segment}) => segment.window === 0)),
  }),
  holds: ({host, why, bytes, untilUs, more, began}, said) => {
    const kept = said.connections(host, 'after').filter((each) => unsentOf(each) === bytes && bytes > 0);
    const held = kept.filter(holdsFor(said, host, why));
    return {
      'how much': kept.length > 0,
      'it happens there': said.instant.some((event) => event.host === host),
      'for that': held.length > 0,
      'until when': held.some(({timers}) => untilUs === (why === 'little' ? timers.persist : undefined)),
      'is more written':
        more ===
        said.future.some(
          (event) =>
            event.kind === 'call' && event.call === 'send' && event.atUs === said.atUs && event.host === host,
        ),
      'what had left again': held.some(
        (each) => began === (why === 'cwnd' ? beganWith(said, host, each) : undefined),
      ),
    };
  },
  delaysAck: ({host, untilUs, hurry}, said) => ({
    'until when': armed(said, host, 'delayed-ACK', untilUs).length > 0,
    'it says nothing': said.sent(host).length === 0,
    'what hurries it': armed(said, host, 'delayed-ACK', untilUs).some(({connection}) => {
      const own = byId(said, host, connection, 'after');
      return own !== undefined && hurryOf(said, own) === hurry;
    }),
  }),
  gathersAcks: ({host, untilUs}, said) => ({
    'until when': armed(said, host, 'delayed-ACK', untilUs).length > 0,
    'three have left': sacksOfOne(said, host) >= 3,
    'it says nothing': said.sent(host).length === 0,
  }),
  delayOver: ({host, ack, gathered}, said) => ({
    'its timer runs out': firesNow(said, host, 'delayed-ACK'),
    'what it says':
      ack === undefined ? said.sent(host).length === 0 : said.sent(host)[0]?.segment.ack === ack,
    'no data': said.sent(host).every(({segment}) => segment.payload.length === 0),
    'gap or none': said.sent(host).length === 0 || said.sent(host).some(hasSack) === gathered,
  }),
  keepAlive: ({host, peer, nth}, said) => ({
    'its timer runs out': firesNow(said, host, 'keep-alive'),
    'whom it asks': isWith(said, {host, peer}),
    'how many probes': asked(said, host) === nth,
  }),
} satisfies ToldRows;
