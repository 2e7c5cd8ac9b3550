// What is told of how connections begin, judged by raw events: numbers of SYNs, cookies, states, queues.
import {farEndOf} from '../../../source/wire/connection-id.ts';
import {hasFlag, segLen, type TcpSegment} from '../../../source/wire/tcp.ts';
import {enters, gets, isBack, isWith, leaves, sends} from './acts.ts';
import {flagsOf, type Of, type Seen, segmentOf} from './seen.ts';
import type {Claims, ToldRows} from './told-rows.ts';

const isNext = (number: number, before: number): boolean => ((number - before - 1) | 0) === 0;

/** The state that this message is about, of that host. */
const entering = (said: Seen, host: string, state: string): readonly Of<'state'>[] =>
  said.now('state', host).filter(({to}) => to === state);

/** The other host stands in that state at its end of what changes here. */
const isFarIn = (said: Seen, {host, peer}: {host: string; peer: string}, state: string): boolean =>
  said
    .now('state', host)
    .some(({connection = ''}) =>
      said
        .connections(peer, 'after')
        .some((each) => each.state === state && each.id === farEndOf(connection)),
    );

/** Handshakes of that port that are not finished take up all room for them. */
const isQueueFull = (said: Seen, host: string, {port, n}: {port: number; n: number}): boolean =>
  [...(said.trace.stateAt(n)?.hosts[host]?.tcp.listeners.values() ?? [])].some(
    ({local, halfOpen, synLimit}) => local.port === port && halfOpen >= synLimit,
  );

const lastOf = (said: Seen): number => said.instant.at(-1)?.n ?? said.n;

const portNow = (said: Seen, host: string): number => said.came(host)[0]?.segment.dstPort ?? 0;

/** Of the connection between the same ports. */
const isBeyond = (said: Seen, host: string, segment: TcpSegment): boolean =>
  said
    .connections(host, 'before')
    .some(
      ({local, remote, rcv}) =>
        local.port === segment.dstPort &&
        remote.port === segment.srcPort &&
        ((segment.seq - rcv.nxt) | 0) > 0,
    );

/** Whoever sent it had begun its connection when the one before was over for this host. */
const isOfNext = (said: Seen, {host, packet}: Of<'send'> | Of<'arrive'>, connection: string): boolean => {
  const {sendEvent, from} = said.trace.packet(packet);
  const theirs = said.trace.event(sendEvent).connection;
  const over = said
    .earlier('state', host)
    .findLast((each) => each.connection === connection && /CLOSED|LISTEN/.test(each.to));
  const last = said.trace.event(sendEvent).instant;
  const begun = said
    .earlier('state', from)
    .findLast((each) => each.connection === theirs && each.from === 'CLOSED' && each.instant <= last);
  return over !== undefined && begun !== undefined && begun.n > over.n;
};

/** As its record was made: in the step that ends it, it is gone. */
const hadOneOf = (said: Seen, host: string): boolean =>
  said
    .came(host)
    .some(({segment, event}) =>
      said
        .earlier('state', host)
        .some(
          ({n, connection = ''}) =>
            connection.endsWith(`:${segment.srcPort}`) &&
            connection.includes(`:${segment.dstPort} > `) &&
            said.trace.stateAt(n)?.hosts[host]?.tcp.connections.get(connection)?.irs === segment.seq &&
            said.connections(host, 'before').every(({id}) => id !== connection) &&
            !isOfNext(said, event, connection),
        ),
    );

const newerBy = (said: Seen, host: string): 'number' | 'stamp' | undefined => {
  if (!leaves(said, host, 'TIME-WAIT')) return undefined;
  return said.came(host).some(({segment}) => isBeyond(said, host, segment)) ? 'number' : 'stamp';
};

const isFullAt = (said: Seen, host: string, n: number): boolean =>
  [...(said.trace.stateAt(n)?.hosts[host]?.tcp.listeners.values() ?? [])].some(
    ({ready, backlog}) => ready.length > backlog,
  );

/** Those of this time by which a program gets a connection. */
const acceptsNow = (said: Seen, host: string): readonly Of<'call'>[] => {
  const now = [...said.past, ...said.future].filter(
    (event) => event.atUs === said.atUs && event.host === host,
  );
  return now.flatMap((event) =>
    event.kind === 'call' &&
    event.call === 'accept' &&
    now.some(
      (each) => each.kind === 'signal' && each.signal === 'accepted' && each.connection === event.connection,
    )
      ? [event]
      : [],
  );
};

/** What it sent last is lost, and the ACK that came has stopped its timer: then that of the other end goes on. */
const leftTo = (said: Seen, host: string, peer: string): number | undefined => {
  const [state] = entering(said, host, 'ESTABLISHED');
  const last = said.earlier('send', host).findLast(({connection}) => connection === state?.connection);
  const end = last && said.trace.packet(last.packet).endEvent;
  const isDead = end !== undefined && end < said.n && said.trace.event(end).kind === 'drop';
  const isStopped = said
    .now('timer', host)
    .some(({op, connection}) => op === 'cancel' && connection === state?.connection);
  const far = said.connections(peer, 'after').find(({id}) => id === farEndOf(state?.connection ?? ''));
  return isDead && isStopped && far?.state !== 'ESTABLISHED' ? far?.timers.RTO : undefined;
};

export const handshakeRows = {
  opens: ({host, peer, seq, anew}, said) => {
    const begun = entering(said, host, 'SYN-SENT');
    return {
      'SYN-SENT': enters(said, host, 'SYN-SENT'),
      'seq of the SYN': sends(said, host, /^SYN$/, {seq}),
      'to whom': said.sent(host).some(({event}) => said.trace.packet(event.packet).to === peer),
      'was there one before': begun.some(
        ({connection}) => anew === said.earlier('state', host).some((each) => each.connection === connection),
      ),
    };
  },
  answersSyn: ({host, peer, seq, ack, endsWait, renewed, fills}, said) => ({
    'SYN-RECEIVED': enters(said, host, 'SYN-RECEIVED'),
    'its numbers': sends(said, host, /^SYN,ACK/, {seq, ack}),
    'whose SYN': isWith(said, {host, peer}),
    'ack is one more': said
      .came(host)
      .some(
        ({segment}) =>
          hasFlag(segment, 'SYN') &&
          (((ack - segment.seq) | 0) === segLen(segment) || isNext(ack, segment.seq)),
      ),
    'how it is new': newerBy(said, host) === endsWait,
    'that SYN had come': renewed ? said.came(host).some((now) => said.hadCome(host, now)) : undefined,
    'whether it had one': endsWait ? undefined : hadOneOf(said, host) === renewed,
    'does that fill it':
      fills ===
      (!isQueueFull(said, host, {port: portNow(said, host), n: said.before.length}) &&
        isQueueFull(said, host, {port: portNow(said, host), n: lastOf(said)})),
  }),
  synsCross: ({host, peer}, said) => ({
    'a SYN comes': gets(said, host, /^SYN$/),
    'it was in SYN-SENT': leaves(said, host, 'SYN-SENT'),
    'it answers SYN,ACK': sends(said, host, /SYN.*ACK/),
    'with whom': isWith(said, {host, peer}),
  }),
  sendsCookie: ({host, peer, seq, full}, said) => ({
    'SYN,ACK with that number': sends(said, host, /^SYN,ACK/, {seq}),
    'a SYN comes': gets(said, host, /^SYN/),
    'from whom': isWith(said, {host, peer}),
    'no record': said.connections(host, 'after').every(({iss}) => iss !== seq),
    'is its queue full': isQueueFull(said, host, {port: portNow(said, host), n: lastOf(said)}) === full,
  }),
  takesCookie: ({host, peer, ack}, said) => ({
    ESTABLISHED: enters(said, host, 'ESTABLISHED'),
    'it comes': said.came(host).some(({segment}) => segment.ack === ack),
    'from whom': isWith(said, {host, peer}),
    'its SYN,ACK had that': said
      .sentEver(host)
      .some(({segment}) => hasFlag(segment, 'SYN') && isNext(ack, segment.seq)),
    'there was no record': said.connections(host, 'before').every(({iss}) => !isNext(ack, iss)),
  }),
  opened: ({host, peer, first, ack, altered}, said) => ({
    ESTABLISHED: enters(said, host, 'ESTABLISHED'),
    'from SYN-SENT': leaves(said, host, 'SYN-SENT'),
    // Somebody may have set FIN beside them.
    'SYN,ACK comes': gets(said, host, /SYN.*ACK/),
    'from whom': isWith(said, {host, peer}),
    'what it says': ack === undefined ? undefined : said.sent(host).some(({segment}) => segment.ack === ack),
    'to whom':
      ack === undefined || altered
        ? undefined
        : said
            .sent(host)
            .some(
              ({event}) =>
                said.trace.packet(event.packet).to === peer || isFarIn(said, {host, peer}, 'SYN-RECEIVED'),
            ),
    'the other in SYN-RECEIVED': isFarIn(said, {host, peer}, 'SYN-RECEIVED') === first,
    'it counts what came':
      ack === undefined || !altered
        ? undefined
        : said.came(host).some(({segment}) => isNext(ack, segment.seq)),
    'was it renumbered': said
      .came(host)
      .some(({segment, event}) => (segmentOf(said.trace, event.packet)?.seq !== segment.seq) === altered),
  }),
  accepts: ({host, peer, peerOpen, together, acknowledged, leftUs}, said) => ({
    ESTABLISHED: enters(said, host, 'ESTABLISHED'),
    'with whom': isWith(said, {host, peer}),
    'is its SYN acknowledged':
      acknowledged ===
      said
        .came(host)
        .some(({segment}) =>
          said
            .sentEver(host)
            .some(
              (each) =>
                isBack(each.segment, segment) &&
                hasFlag(segment, 'ACK') &&
                flagsOf(each.segment).startsWith('SYN') &&
                ((segment.ack - each.segment.seq) | 0) > 0,
            ),
        ),
    'the other, too': isFarIn(said, {host, peer}, 'ESTABLISHED') === peerOpen,
    'neither first': peerOpen ? together === said.opensNow(peer) : !together,
    'the other’s timer': leftTo(said, host, peer) === leftUs,
  }),
  takesConnections: ({host, taken, frees}, said) => {
    const calls = acceptsNow(said, host);
    return {
      'so many': calls.length === taken,
      'whether it makes room':
        frees === (isFullAt(said, host, (calls[0]?.n ?? 1) - 1) && !isFullAt(said, host, said.n)),
    };
  },
  takesSynAlone: ({host, bytes, fin, ack}, said) => ({
    'the SYN that comes': said
      .came(host)
      .some(
        ({segment}) =>
          hasFlag(segment, 'SYN') &&
          isNext(ack, segment.seq) &&
          segment.payload.length === bytes &&
          hasFlag(segment, 'FIN') === fin,
      ),
    'something was behind it': bytes > 0 || fin,
    'nothing behind it counts': said
      .connections(host, 'after')
      .some(
        ({rcv, reassembly, peerFinSeq}) =>
          rcv.nxt === ack && reassembly.length === 0 && peerFinSeq === undefined,
      ),
  }),
} satisfies ToldRows;

/** A passive open keeps its listener through all handshakes: what goes is the record of this one alone (RFC 9293 §3.10.7.4). */
const listensOn = (said: Seen, host: string): Claims => {
  const [gone] = entering(said, host, 'LISTEN');
  const tcp = said.trace.stateAt(said.n)?.hosts[host]?.tcp;
  return {
    'its listener stands': [...(tcp?.listeners.values() ?? [])].some(({local}) =>
      gone?.connection?.includes(`:${local.port} > `),
    ),
    'no such connection': said.connections(host, 'after').every(({id}) => id !== gone?.connection),
    'from SYN-RECEIVED': leaves(said, host, 'SYN-RECEIVED'),
  };
};

/** ACKs have come to a half-open connection of this host that its full accept queue turned away. */
const hadNoRoom = (said: Seen, host: string): boolean => {
  const ended = said.now('state', host).map(({connection}) => connection);
  return said
    .earlier('drop', host)
    .some(({connection, because}) => ended.includes(connection) && because === 'linux:accept-queue/full');
};

type By = 'rst' | 'syn' | 'refused' | 'timer' | 'noRoom' | 'room' | 'full';

const byWhat = (said: Seen, host: string): {readonly [by in By]: Claims} => ({
  rst: {
    'RST comes': gets(said, host, /RST/),
    'its program hears nothing': said.now('signal', host).length === 0,
  },
  syn: {'a SYN comes': gets(said, host, /SYN/), 'it answers nothing': said.sent(host).length === 0},
  refused: {'a SYN comes': gets(said, host, /SYN/), 'it answers with RST': sends(said, host, /RST/)},
  timer: {
    'a timer runs out': said.fired(host).length > 0,
    'nothing comes': said.came(host).length === 0,
    'no ACK found none': !hadNoRoom(said, host),
  },
  noRoom: {
    'a timer runs out': said.fired(host).length > 0,
    'ACKs found no room': hadNoRoom(said, host),
  },
  room: {
    'a SYN comes': gets(said, host, /^SYN$/),
    'it is answered': sends(said, host, /^SYN,ACK$/),
    'another is half-open now': said.states(host).includes('SYN-RECEIVED'),
  },
  full: {
    'a handshake ends': gets(said, host, /ACK/) && !gets(said, host, /SYN|RST/),
    'RST leaves': sends(said, host, /RST/),
    'full accept queue': isFullAt(said, host, said.before.length),
  },
});

export const listeningRows = {
  listensAgain: ({host, by, frees}, said) => {
    const [gone] = entering(said, host, 'LISTEN');
    const port = Number(/:(\d+) > /.exec(gone?.connection ?? '')?.[1] ?? 0);
    return {
      ...listensOn(said, host),
      ...byWhat(said, host)[by],
      'is there room again':
        frees ===
        (isQueueFull(said, host, {port, n: said.before.length}) &&
          !isQueueFull(said, host, {port, n: lastOf(said)})),
    };
  },
} satisfies ToldRows;
