// What is told of RSTs and ACKs that answer what fits nothing, and of calls that fail, judged by raw events.
import type {Facts} from '../../../source/account/told/facts.ts';
import type {BadCookie} from '../../../source/account/told/syn-cookies.ts';
import {hasFlag, isBareSyn, segLen, type TcpSegment} from '../../../source/wire/tcp.ts';
import {isBack, sends} from './acts.ts';
import {flagsOf, isOneWay, type Of, type Passing, type Seen} from './seen.ts';
import type {Claims, ToldRows} from './told-rows.ts';
import {comesAs} from './told-thing.ts';

/** The connection of what comes now, as its host has it. */
const ownOf = (said: Seen, host: string, {srcPort, dstPort}: TcpSegment) =>
  said
    .connections(host, 'before')
    .find(({local, remote}) => local.port === dstPort && remote.port === srcPort);

const isOf = (connection: string, {srcPort, dstPort}: TcpSegment): boolean => {
  const [own = '', far = ''] = connection.split(' > ');
  return own.endsWith(`:${dstPort}`) && far.endsWith(`:${srcPort}`);
};

/** When the host had the connection of what comes last; undefined: never, or it has it. */
const goneSince = (said: Seen, host: string): number | undefined => {
  const [came] = said.came(host);
  const last = said
    .earlier('state', host)
    .findLast(({connection = ''}) => came !== undefined && isOf(connection, came.segment));
  return /^(?:CLOSED|LISTEN)$/.test(last?.to ?? '') ? last?.atUs : undefined;
};

/** A pure ACK with that number, on the same way. */
const hasTwin = (said: Seen, host: string): boolean =>
  said
    .came(host)
    .some((now) =>
      said
        .cameEver(host)
        .some(
          ({segment, event}) =>
            event.n < now.event.n &&
            event.packet !== now.event.packet &&
            isOneWay(segment, now.segment) &&
            flagsOf(segment) === 'ACK' &&
            segment.payload.length === 0 &&
            segment.ack === now.segment.ack,
        ),
    );

/** SYN,ACKs of a host that keeps nothing between these ports, the last first (RFC 4987 §3.6). */
const cookiesFor = (said: Seen, host: string, came: TcpSegment): readonly TcpSegment[] => {
  const isKept = said.ever('state', host).some(({connection = ''}) => isOf(connection, came));
  const sent = said
    .sentEver(host)
    .flatMap(({segment}) => (flagsOf(segment) === 'SYN,ACK' && isBack(segment, came) ? [segment] : []));
  return isKept ? [] : sent.toReversed();
};

const badCookie = (said: Seen, host: string): BadCookie | undefined => {
  const [came] = said.came(host).map(({segment}) => segment);
  const cookies = came ? cookiesFor(said, host, came) : [];
  const [last] = cookies;
  if (!came || !last) return undefined;
  const own = cookies.find(({seq}) => ((seq + 1 - came.ack) | 0) === 0);
  const wrong = !own ? 'ack' : own.ack === came.seq ? 'age' : 'seq';
  return {wrong, of: ((own ?? last).ack - 1) >>> 0};
};

/** Its FIN has left before, on the connection that it has still. */
const hasSentFin = (said: Seen, host: string): boolean =>
  said
    .sent(host)
    .some(({segment}) =>
      said
        .connections(host, 'before')
        .some(
          ({local, remote, finSeq}) =>
            local.port === segment.srcPort && remote.port === segment.dstPort && finSeq !== undefined,
        ),
    );

const byWhat = (
  said: Seen,
  {host, port, after}: Pick<Facts['answersRst'], 'host' | 'port' | 'after'>,
): {readonly [why in Facts['answersRst']['why']]: Claims} => {
  const came = said.came(host);
  const isFound = ({segment}: Passing): boolean => ownOf(said, host, segment) !== undefined;
  const listeners = [...(said.trace.stateAt(said.before.length)?.hosts[host]?.tcp.listeners.values() ?? [])];
  const states = came.map(({segment}) => ownOf(said, host, segment)?.state ?? 'CLOSED');
  return {
    'no listener': {
      // A SYN, or a segment that lost its flags on the way: both lack ACK (RFC 9293 §3.10.7.1).
      'who asks': came.some(({segment}) => !hasFlag(segment, 'ACK')),
      'nobody listens there': listeners.every(({local}) => local.port !== port),
    },
    'no connection': {
      'no request comes': came.some(({segment}) => !isBareSyn(segment)),
      'it has none': !came.some(isFound),
    },
    'no reader': {
      'data or FIN come': came.some(({segment}) => segLen(segment) > 0),
      'its program has closed': came.some(({segment}) => ownOf(said, host, segment)?.closeCalled),
    },
    'across fin': {
      'data come': came.some(({segment}) => segment.payload.length > 0),
      'after the peer’s FIN': states.some((state) =>
        /^(?:CLOSE-WAIT|CLOSING|LAST-ACK|TIME-WAIT)$/.test(state),
      ),
    },
    unread: {
      'nothing comes': came.length === 0,
      'no FIN': !sends(said, host, /FIN/),
      'data are unread': said.connections(host, 'before').some(({receiveBuffer}) => receiveBuffer.length > 0),
      'has its FIN gone': hasSentFin(said, host) === after,
    },
    'bad ack': {
      'a handshake': states.some((state) => /^SYN-(?:SENT|RECEIVED)$/.test(state)),
      'never sent': came.every(({segment}) =>
        said
          .sentSinceItBegan(host, segment)
          .every((own) => ((own.seq + segLen(own) - segment.ack) | 0) !== 0),
      ),
    },
  };
};

/** test/fixtures/kernel-calls.json; FreeBSD’s in_pcbconnect; RFC 9293 §3.10.1. */
const inUse = new Map([
  ['linux', 'EADDRNOTAVAIL'],
  ['freebsd', 'EADDRINUSE'],
  ['rfc', 'EISCONN'],
]);

/** Of a call that fails: test/fixtures/kernel-calls.json, RFC 9293 §3.10. */
const whenOver = (profile: string, call: string): string =>
  profile !== 'rfc' && (call === 'send' || call === 'heartbeat') ? 'EPIPE' : 'ENOTCONN';

const earlierCalls = (said: Seen, call: Of<'call'>, which: RegExp): readonly Of<'call'>[] =>
  said
    .earlier('call', call.host)
    .filter((each) => which.test(each.call) && each.result === 'ok' && each.connection === call.connection);

const whyFails = (said: Seen, call: Of<'call'>): {readonly [why in Facts['callFails']['why']]: Claims} => {
  const {host, connection, result: error} = call;
  const {profile} = said.trace.header;
  const isThere = said.connections(host, 'before').some(({id}) => id === connection);
  const last = said.earlier('state', host).findLast((each) => each.connection === connection);
  const isOver = {
    'it is over': last?.to === 'CLOSED' && connection !== undefined,
    'its error': error === whenOver(profile, call.call) || error === 'EPIPE',
  };
  const isHalfOpen = said.states(host).includes('SYN-RECEIVED');
  const byItself = said
    .earlier('call', host)
    .some(
      (each) =>
        each.instant === last?.instant &&
        each.connection === connection &&
        /^(?:close|shutdown|abort)$/.test(each.call),
    );
  return {
    exists: {
      'there is one': isThere || connection === undefined,
      'its system’s name': error === inUse.get(profile),
    },
    listener: {
      'somebody listens':
        [...(said.trace.stateAt(said.before.length)?.hosts[host]?.tcp.listeners.keys() ?? [])].length > 0,
      'what that comes to': error === 'EADDRINUSE',
    },
    ended: {
      'it is there': isThere,
      'it has said so': earlierCalls(said, call, /^(?:close|shutdown)$/).length > 0,
    },
    over: {...isOver, 'it was open once': last?.from !== 'SYN-SENT'},
    never: {...isOver, 'it was never open': last?.from === 'SYN-SENT' && !byItself},
    gaveUp: {...isOver, 'it was never open, by its own will': last?.from === 'SYN-SENT' && byItself},
    closed: {
      'it has': earlierCalls(said, call, /^(?:close|abort)$/).length > 0,
      'what that comes to': error === 'EBADF',
    },
    none: {
      'none is half-open': connection !== undefined || !isHalfOpen,
      'it never had that': connection === undefined ? call.call !== 'connect' : last === undefined,
    },
    halfOpen: {'one is half-open': connection === undefined && isHalfOpen},
  };
};

/** Numbers or flags that somebody may have guessed (RFC 5961 §3 to §5). */
const isDoubtful = (said: Seen, host: string, {segment}: Passing): boolean => {
  const tcb = ownOf(said, host, segment);
  if (!tcb) return false;
  if (hasFlag(segment, 'SYN')) return true;
  if (hasFlag(segment, 'RST')) return segment.seq !== tcb.rcv.nxt;
  return ((segment.ack - tcb.snd.una) | 0) < 0 || ((segment.ack - tcb.snd.nxt) | 0) > 0;
};

export const answersRows = {
  answersRst: ({host, why, after, port, thing, twin, goneUs, cookie}, said) => {
    const isNone = why === 'no connection';
    const bad = isNone && goneUs === undefined ? badCookie(said, host) : undefined;
    return {
      'RST leaves': sends(said, host, /RST/),
      'what it answers': thing ? comesAs(said, host, thing).length > 0 : said.came(host).length === 0,
      'to which port': (said.came(host)[0]?.segment.dstPort ?? 0) === port,
      'has its FIN gone': hasSentFin(said, host) === after,
      'is there a twin': hasTwin(said, host) === twin,
      'since when': goneUs === (isNone ? goneSince(said, host) : undefined),
      'what does not fit': bad?.wrong === cookie?.wrong,
      'of which SYN': bad?.of === cookie?.of,
      ...byWhat(said, {host, port, after})[why],
    };
  },
  challenges: ({host, thing}, said) => ({
    'ACK leaves': sends(said, host, /^ACK$/),
    'what it answers': comesAs(said, host, thing).length > 0,
    'nothing changes': said.now('state', host).length === 0,
    'it is doubtful': said.came(host).some((each) => isDoubtful(said, host, each)),
  }),
  callFails: ({host, call, error, why, sinceUs}, said) => {
    const [failed] = said.now('call', host).filter((each) => each.call === call && each.result === error);
    const last = said.earlier('state', host).findLast(({connection}) => connection === failed?.connection);
    return {
      'the call’s result': failed !== undefined,
      'since when': sinceUs === (why === 'over' ? last?.atUs : undefined),
      ...(failed ? whyFails(said, failed)[why] : {}),
    };
  },
} satisfies ToldRows;
