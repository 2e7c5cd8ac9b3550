// What is told of the end of a run whose connection is not over, judged by what its hosts hold then and by what had left.
import type {Facts} from '../../../source/account/told/facts.ts';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {farEndOf} from '../../../source/wire/connection-id.ts';
import {flagsOf, type Of, type Seen, segmentOf} from './seen.ts';
import type {Claims, ToldRows} from './told-rows.ts';

type Left = Pick<Facts['stays'], 'host' | 'state' | 'peer' | 'peerState' | 'inPlace'>;

const timersLeft = (said: Seen, host: string): readonly number[] =>
  said.connections(host, 'after').flatMap(({timers}) => Object.values(timers).map(Number));

const left = (said: Seen) =>
  Array.from({length: said.trace.packetCount}, (_, index) => said.trace.packet(index + 1)).filter(
    ({endEvent}) => endEvent === undefined,
  );

const packetsLeft = (said: Seen): number => left(said).length;

/** How many of them belong to a connection of this host, by its ports; behind NAT these may be others. */
const ownLeft = (said: Seen, host: string): number =>
  left(said).filter(({id}) => {
    const segment = segmentOf(said.trace, id);
    return said
      .connections(host, 'after')
      .some(({local, remote}) =>
        [`${segment?.srcPort} ${segment?.dstPort}`, `${segment?.dstPort} ${segment?.srcPort}`].includes(
          `${local.port} ${remote.port}`,
        ),
      );
  }).length;

/** When those that are under way come to the next host. */
const landings = (said: Seen): readonly number[] => {
  const due = new Map(said.ever('send').map(({packet, dueUs}) => [packet, dueUs]));
  return [...due].flatMap(([packet, dueUs]) =>
    packet > 0 && said.trace.packet(packet).endEvent === undefined ? [dueUs] : [],
  );
};

/** Whoever listens under an address that is not his own answers in its owner's name. */
const standsIn = (said: Seen, {host, peer}: Left): string | undefined => {
  const [tcb] = said.connections(host, 'after');
  return said
    .ever('state')
    .find(
      (event) =>
        event.to === 'LISTEN' &&
        event.host !== peer &&
        event.connection === `${tcb?.remote.ip}:${tcb?.remote.port} > *`,
    )?.host;
};

const statesOf = (said: Seen, host: string): readonly string[] =>
  said.connections(host, 'after').map(({state}) => state);

/** Whoever has had the other end, or whose address it is. */
const farOf = (said: Seen, host: string): string | undefined => {
  const [tcb] = said.connections(host, 'after');
  const had = said.ever('state').find(({connection}) => connection === farEndOf(tcb?.id ?? ''))?.host;
  return had ?? said.trace.header.hosts.find(({ip}) => tcb && ip.includes(tcb.remote.ip))?.name;
};

const isLeftSo = (said: Seen, left: Left): Claims => {
  const {host, state, peer, peerState, inPlace} = left;
  return {
    'nothing follows': said.n === said.trace.length,
    'in which state': statesOf(said, host).join() === state,
    'the other’s state': statesOf(said, peer).join() === (peerState ?? ''),
    'they are two': host !== peer,
    'whose end it is': farOf(said, host) === peer,
    'who stands in': inPlace === (peerState === undefined ? standsIn(said, left) : undefined),
    'nor has that one': inPlace === undefined ? undefined : statesOf(said, inPlace).length === 0,
  };
};

/** Its program has ended its direction. */
const hasClosed = (said: Seen, host: string): boolean => {
  const [tcb] = said.connections(host, 'after');
  const began =
    said
      .ever('state', host)
      .findLast(({from, connection}) => connection === tcb?.id && /CLOSED|LISTEN/.test(from ?? ''))?.n ?? 0;
  const isCalled = said
    .ever('state', host)
    .some(
      ({n, to, connection}) => n >= began && connection === tcb?.id && /^(?:FIN-WAIT-1|LAST-ACK)$/.test(to),
    );
  const calls = said
    .ever('call', host)
    .some(
      ({n, call, result, connection}) =>
        n >= began &&
        /^(?:close|shutdown)$/.test(call) &&
        result === 'ok' &&
        (connection === undefined || connection === tcb?.id),
    );
  return tcb !== undefined && (isCalled || calls || tcb.closeCalled);
};

/** A call is about the connection that is left, or about none that there is. */
const isAbout = (tcbs: readonly Connection[], connection: string | undefined): boolean =>
  connection === undefined || tcbs.some(({id}) => id === connection);

/** The last one by which a program wanted to close, and was told that it could not (POSIX close()). */
const lastVain = (said: Seen, hosts: readonly string[]): Of<'call'> | undefined =>
  said
    .ever('call')
    .findLast(
      ({host, call, result, connection}) =>
        hosts.includes(host) &&
        !hasClosed(said, host) &&
        /^(?:close|shutdown)$/.test(call) &&
        result !== 'ok' &&
        isAbout(said.connections(host, 'after'), connection),
    );

const openOf = (said: Seen, {host, peer, peerState, vain}: Facts['stays']): Facts['stays']['open'] => {
  const isOpen = (name: string): boolean => !hasClosed(said, name) && vain?.host !== name;
  const own = isOpen(host);
  const far = peerState !== undefined && isOpen(peer);
  if (own && far) return 'both';
  return own ? 'host' : far ? 'peer' : 'none';
};

const isVainSo = (said: Seen, {host, peer, peerState, vain}: Facts['stays']): Claims => {
  const last = lastVain(said, peerState === undefined ? [host] : [host, peer]);
  return {
    'who closes in vain': last?.host === vain?.host,
    'by which call': last?.call === vain?.call && last?.result === vain?.error,
    'when he called': last?.atUs === vain?.atUs,
  };
};

/** The last six packets are ACKs that say nothing new, each an answer to one: from each end always the same. */
const isLoop = (said: Seen): boolean => {
  const texts = Array.from({length: Math.min(6, said.trace.packetCount)}, (_, back) => {
    const {id, from, sendEvent} = said.trace.packet(said.trace.packetCount - back);
    const segment = segmentOf(said.trace, id);
    const {instant} = said.trace.event(sendEvent);
    const isAnswer = said.ever('arrive').some((event) => event.instant === instant);
    const isAck = segment !== undefined && flagsOf(segment) === 'ACK' && segment.payload.length === 0;
    return isAnswer && isAck ? `${from} ${segment.seq} ${segment.ack}` : '';
  });
  return texts.length === 6 && !texts.includes('') && new Set(texts).size === 2;
};

export const endRows = {
  stays: (facts, said) => ({
    ...isLeftSo(said, facts),
    'nothing is under way': packetsLeft(said) === 0,
    'no timer runs': said.trace.header.hosts.every(({name}) => timersLeft(said, name).every(Number.isNaN)),
    'who has not closed': openOf(said, facts) === facts.open,
    ...isVainSo(said, facts),
  }),
  cut: (facts, said) => {
    const {timer, underWay, loop} = facts;
    const atUs = timer?.atUs ?? 0;
    return {
      ...isLeftSo(said, facts),
      'it is not quiet': said.trace.endReason !== 'quiet',
      'how many fly': ownLeft(said, facts.host) <= underWay && underWay <= packetsLeft(said),
      'is it a loop': isLoop(said) === loop,
      'whose timer is next': timer && said.running(timer.owner).some(({dueUs}) => dueUs === atUs),
      'no other before it':
        timer &&
        said.trace.header.hosts.every(({name}) => said.running(name).every(({dueUs}) => dueUs >= atUs)),
      'no packet before it': timer && landings(said).every((landsUs) => landsUs >= atUs),
    };
  },
} satisfies ToldRows;
