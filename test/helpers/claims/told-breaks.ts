// What is told of how connections break, judged by raw events: resets, time-outs, programs that give up.
import {farEndOf} from '../../../source/wire/connection-id.ts';
import {hasFlag, segLen} from '../../../source/wire/tcp.ts';
import {finHasLeft, forgets, gets, isWith, leaves, sends} from './acts.ts';
import {type Of, opening, type Seen, segmentOf} from './seen.ts';
import type {ToldRows} from './told-rows.ts';
import {ipOf} from './told-thing.ts';

const ending = (said: Seen, host: string): Of<'state'> | undefined =>
  said.now('state', host).findLast(({to}) => to === 'CLOSED');

/** Since the last connection of these ends was over. */
const hasClosed = (said: Seen, {host, connection, instant}: Of<'signal'>): boolean => {
  const since =
    said
      .ever('state', host)
      .findLast((each) => each.to === 'CLOSED' && each.connection === connection && each.instant < instant)
      ?.n ?? 0;
  return said
    .ever('call', host)
    .some(
      (each) =>
        each.call === 'close' && each.result === 'ok' && each.connection === connection && each.n > since,
    );
};

/** What a program gets that has not closed. */
const errorNow = (said: Seen, host: string): string | undefined =>
  said.now('signal', host).find((event) => event.signal.startsWith('E') && !hasClosed(said, event))?.signal;

/** When what ends here began. */
const began = (said: Seen, connection: string): number =>
  said.before.findLast(
    (event) =>
      event.kind === 'state' && event.connection === connection && /CLOSED|LISTEN/.test(event.from ?? ''),
  )?.n ?? 0;

/** The other end, which has its connection still and has sent no such RST. */
const unawareOfRst = (said: Seen, host: string): string | undefined => {
  const far = farEndOf(ending(said, host)?.connection ?? '');
  const owner = said.ever('state').find(({connection}) => connection === far)?.host;
  const isIts = said.came(host).some(({segment, event: {packet}}) => {
    const left = segmentOf(said.trace, packet);
    const isReset = left !== undefined && hasFlag(left, 'RST');
    return hasFlag(segment, 'RST') && isReset && said.trace.packet(packet).from === owner;
  });
  if (owner === undefined || isIts) return undefined;
  return said.connections(owner, 'after').some(({id}) => id === far) ? owner : undefined;
};

/** One end at least has sent a FIN, or has been sent one by somebody. */
const hasEnded = (said: Seen, host: string): boolean => {
  const {from = '', connection = ''} = ending(said, host) ?? {};
  const tcb = said.connections(host, 'before').find(({id}) => id === connection);
  return (
    /^(?:FIN-WAIT-[12]|CLOSE-WAIT|CLOSING|LAST-ACK|TIME-WAIT)$/.test(from) ||
    finHasLeft(said, host) ||
    tcb?.peerFinSeq !== undefined
  );
};

/** Of its first number that is not acknowledged, how often it left again, and when first. */
const repetitions = (said: Seen, host: string): readonly Of<'send'>[] => {
  const state = ending(said, host);
  const una = said.connections(host, 'before').find(({id}) => id === state?.connection)?.snd.una;
  const own = said
    .sentEver(host)
    .filter(({event}) => event.kind === 'send' && event.connection === state?.connection);
  const [last] = own.slice(-1);
  const from = last ? opening(said, last) : 0;
  return own.flatMap(({event, segment}) => {
    // An ACK may have come in the middle of a segment: it held that number, too.
    const place = una === undefined ? -1 : (una - segment.seq) | 0;
    const holds = event.packet >= from && place >= 0 && place < segLen(segment);
    return event.kind === 'send' && event.retransmission && holds ? [event] : [];
  });
};

/** What has come since then from the other end of what is over. */
const answersSince = (said: Seen, host: string, since: number): boolean => {
  const far = farEndOf(ending(said, host)?.connection ?? '');
  return said
    .earlier('arrive', host)
    .some(
      ({n, packet}) =>
        n > since && packet > 0 && said.trace.event(said.trace.packet(packet).sendEvent).connection === far,
    );
};

/** Something of the other end that acknowledges that number died at this host, or was thrown away there. */
const isThrownAnswer = (said: Seen, host: string): boolean => {
  const {connection = ''} = ending(said, host) ?? {};
  const una = said.connections(host, 'before').find(({id}) => id === connection)?.snd.una;
  return said.earlier('drop', host).some(({n, packet}) => {
    const segment = packet > 0 ? segmentOf(said.trace, packet) : undefined;
    if (!segment || una === undefined || !hasFlag(segment, 'ACK') || n < began(said, connection))
      return false;
    const isFar = said.trace.event(said.trace.packet(packet).sendEvent).connection === farEndOf(connection);
    return isFar && ((segment.ack - una) | 0) > 0;
  });
};

/** What has come meanwhile: what would have counted and was thrown away, or nothing new. */
const answersBy = (said: Seen, host: string): 'none' | 'thrown' | 'old' => {
  if (isThrownAnswer(said, host)) return 'thrown';
  const [first] = repetitions(said, host);
  return first !== undefined && answersSince(said, host, first.n) ? 'old' : 'none';
};

/** The longest that something is unacknowledged, and when its timer is due; undefined: none runs. */
const unheard = (
  said: Seen,
  host: string,
): {readonly waitedUs: number; readonly dueUs: number} | undefined => {
  const id = ending(said, host)?.connection;
  const tcb = said.connections(host, 'before').find((each) => each.id === id);
  const [first] = said
    .sentEver(host)
    .filter(
      ({segment, event}) =>
        event.connection === id && segment.seq === tcb?.snd.una && segment.payload.length > 0,
    );
  const dueUs = tcb?.timers.RTO;
  return first === undefined || dueUs === undefined
    ? undefined
    : {waitedUs: said.atUs - first.event.atUs, dueUs};
};

/** Of what its program had given to this connection no segment has carried it. */
const waited = (said: Seen, host: string): number => {
  const state = ending(said, host);
  const tcb = said.connections(host, 'before').find(({id}) => id === state?.connection);
  if (!tcb) return 0;
  const {sendBuffer, sendWaiting, snd, iss} = tcb;
  return sendBuffer.length + sendWaiting.length - Math.max(0, (snd.nxt - iss - 1) | 0);
};

/** Whom it has asked, where no SYN of it ever comes, and none is under way. */
const neverAsked = (said: Seen, host: string): string | undefined => {
  const {connection = '', n = 0} = ending(said, host) ?? {};
  const syns = said
    .sentEver(host)
    .filter(
      ({event, segment}) =>
        event.connection === connection && hasFlag(segment, 'SYN') && event.n >= began(said, connection),
    );
  const packets = new Set(syns.map(({event}) => event.packet));
  const isDead = [...packets].every((packet) => (said.trace.packet(packet).endEvent ?? Infinity) <= n);
  const [to] = [...packets].map((packet) => said.trace.packet(packet).to);
  const comes = [...said.past, ...said.future].some(
    (event) => event.kind === 'arrive' && packets.has(event.packet) && event.host === to,
  );
  return isDead && !comes ? to : undefined;
};

/** To its port, since it began; or by ICMP. */
const isAnswered = (said: Seen, host: string): boolean => {
  const {connection = ''} = ending(said, host) ?? {};
  return said.ever('arrive', host).some((event) => {
    const {atUs = 0} = said.trace.event(Math.max(1, began(said, connection)));
    if (event.atUs < atUs) return false;
    const [segment] = said.passing(event).map((each) => each.segment);
    return segment
      ? connection.includes(`:${segment.dstPort} >`)
      : /^icmp$/.test(ipOf(said, event.packet)?.transport.kind ?? '');
  });
};

const givenUpBy = (said: Seen, host: string): 'abort' | 'shutdown' | 'close' => {
  const state = ending(said, host);
  if (state?.because?.includes('/abort/')) return 'abort';
  const isHalf = said
    .now('call', host)
    .some((each) => each.call === 'shutdown' && each.connection === state?.connection);
  return isHalf ? 'shutdown' : 'close';
};

export const breaksRows = {
  givesUp: ({host, error, from, repeated, answers}, said) => ({
    ...forgets(said, host),
    'from which state': leaves(said, host, from),
    'a timer runs out': said.fired(host).length > 0,
    'nothing comes': said.came(host).length === 0,
    'what its program gets': errorNow(said, host) === error,
    'so often': repetitions(said, host).length === repeated,
    'what has come meanwhile': answersBy(said, host) === answers,
  }),
  refusedOpen: ({host, peer, error, unaware}, said) => ({
    ...forgets(said, host),
    'RST comes': gets(said, host, /RST/),
    'from SYN-SENT': leaves(said, host, 'SYN-SENT'),
    'from whom': isWith(said, {host, peer}),
    'what its program gets': errorNow(said, host) === error,
    'who has sent none': unawareOfRst(said, host) === unaware,
  }),
  reset: ({host, from, ended, error, unaware}, said) => ({
    ...forgets(said, host),
    'RST comes': gets(said, host, /RST/),
    'from which state': leaves(said, host, from),
    'had a FIN gone': hasEnded(said, host) === ended,
    'what its program gets': errorNow(said, host) === error,
    'who has sent none': unawareOfRst(said, host) === unaware,
  }),
  aborts: ({host, rst, unheard: told}, said) => {
    const own = unheard(said, host);
    return {
      ...forgets(said, host),
      'whether RST leaves': sends(said, host, /RST/) === rst,
      'nothing comes': said.came(host).length === 0,
      'how long unheard': own?.waitedUs === told?.waitedUs,
      'when it was due': own?.dueUs === told?.dueUs,
    };
  },
  closesEarly: ({host, bytes, by, answered, unaware}, said) => {
    const state = ending(said, host);
    return {
      ...forgets(said, host),
      'what waited': waited(said, host) === bytes,
      'SYN-SENT ends in silence': state?.from === 'SYN-SENT' && said.sendsOn(state).length === 0,
      'by which call': givenUpBy(said, host) === by,
      'has something come': isAnswered(said, host) === answered,
      'who never hears': neverAsked(said, host) === unaware,
    };
  },
} satisfies ToldRows;
