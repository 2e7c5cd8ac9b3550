// What is told of how connections end in order, judged by raw events: numbers of FINs, states and whose, timers.
import {farEndOf} from '../../../source/wire/connection-id.ts';
import {hasFlag, segLen} from '../../../source/wire/tcp.ts';
import {enters, forgets, gets, isBack, isWith, leaves, sends} from './acts.ts';
import {isThrown} from './arrived.ts';
import {isOneWay, type Of, type Seen} from './seen.ts';
import {changeOf, farFinLeft, forgedAs, ownFinAs, waitsForAll} from './told-fins.ts';
import type {Claims, ToldRows} from './told-rows.ts';
import {comesAs} from './told-thing.ts';

/** When this time is over its program has not closed, and it is in that state still. */
const stillWaits = (said: Seen, {host, connection = ''}: Of<'state'>): boolean => {
  const last = said.future.findLast(({atUs}) => atUs === said.atUs)?.n ?? said.instant.at(-1)?.n ?? said.n;
  const tcb = said.trace.stateAt(last)?.hosts[host]?.tcp.connections.get(connection);
  return tcb?.state === 'CLOSE-WAIT' && !tcb.closeCalled;
};

const hasFinBothWays = (said: Seen, host: string): boolean =>
  said.sentEver(host).some(({segment}) => hasFlag(segment, 'FIN')) &&
  said.cameEver(host).some(({segment}) => hasFlag(segment, 'FIN'));

/** Where nothing comes or leaves it is said of nobody. */
const isBetween = (said: Seen, ends: {readonly host: string; readonly peer: string}): boolean =>
  ends.peer === '' || isWith(said, ends);

/** How long no request has come; undefined: no such timer of a program runs out. */
const idleUs = (said: Seen, host: string): number | undefined => {
  const state = changeOf(said, host, 'FIN-WAIT-1');
  const fired = said
    .now('app-timer', host)
    .find(({op, timer}) => op === 'fire' && timer === `idle ${state?.connection}`);
  const armed = said
    .earlier('app-timer', host)
    .findLast(({op, timer}) => op === 'arm' && timer === fired?.timer);
  return fired && armed && fired.atUs - armed.atUs;
};

const hasAnswered = (said: Seen, host: string): boolean =>
  said
    .earlier('note', host)
    .some(
      ({note, connection}) =>
        note.kind === 'response' && connection === changeOf(said, host, 'FIN-WAIT-1')?.connection,
    );

/** The ACK of the handshake that a FIN brings: none has been taken before. */
const opensWith = (said: Seen, host: string, ack: number): Claims => ({
  'it comes with that': said.came(host).some(({segment}) => segment.ack === ack && hasFlag(segment, 'FIN')),
  'the order of states': said
    .now('state', host)
    .map(({to}) => to)
    .join(' ')
    .includes('ESTABLISHED CLOSE-WAIT'),
  'none taken before': said
    .came(host)
    .every(({segment: now, event: {n}}) =>
      said
        .cameEver(host)
        .every(
          ({segment, event}) =>
            event.n >= n ||
            isThrown(said, event) ||
            event.n < said.began(host, now) ||
            segment.srcPort !== now.srcPort ||
            segment.ack !== now.ack,
        ),
    ),
});

/** A byte of the other end that it has sent by now. */
const isByteOf = (said: Seen, host: string, byte: number): boolean =>
  said.sentEver(host).some(({segment: {seq, payload}}) => {
    const place = (byte - seq) | 0;
    return place >= 0 && place < payload.length;
  });

/** When the FIN that counts now came, and for what it has waited. */
const lateBy = (said: Seen, host: string): 'gap' | 'handshake' | undefined => {
  if (gets(said, host, /FIN/)) return undefined;
  return said.now('state', host).some(({to}) => to === 'ESTABLISHED') ? 'handshake' : 'gap';
};

/** Whoever is at the other end of what changes here. */
const farHost = (said: Seen, state: Of<'state'> | undefined): string | undefined =>
  said.ever('state').find(({connection}) => connection === farEndOf(state?.connection ?? ''))?.host;

/** A FIN has come that this end had not taken, as something before it is missing. */
const keepsFin = (said: Seen, host: string): boolean =>
  said.cameEver(host).some(
    ({segment, event}) =>
      hasFlag(segment, 'FIN') &&
      // With SYN it does not count in SYN-SENT, where Linux does not look at it.
      !hasFlag(segment, 'SYN') &&
      !isThrown(said, event) &&
      said.came(host).some((own) => isOneWay(own.segment, segment)),
  );

const restarts = (said: Seen, host: string, us: number): boolean =>
  said.now('timer', host).some(({name, op, dueUs}) => name === '2MSL' && op === 'arm' && dueUs === us);

/** Of how many connections a host has had by now. */
const portAmong = (said: Seen, host: string): number | undefined => {
  const ids = said
    .ever('state', host)
    .flatMap(({connection}) => (connection?.endsWith('> *') === false ? [connection] : []));
  const ports = said
    .now('state', host)
    .filter(({to}) => to === 'CLOSED')
    .map(({connection = ''}) =>
      Math.max(...[...connection.matchAll(/:(\d+)(?!\S)/g)].map(([, port]) => Number(port))),
    );
  return new Set(ids).size > 1 ? ports[0] : undefined;
};

export const closingRows = {
  closes: ({host, peer, idle, ...fin}, said) => ({
    'FIN-WAIT-1': enters(said, host, 'FIN-WAIT-1'),
    'to whom': isBetween(said, {host, peer}),
    ...ownFinAs(said, host, 'FIN-WAIT-1', fin),
    'how long it idled': idleUs(said, host) === idle?.us,
    'has it answered': idle && hasAnswered(said, host) === idle.answered,
  }),
  peerCloses: ({host, peer, ack, late, closes, forged, tells, byte, opens}, said) => {
    const state = changeOf(said, host, 'CLOSE-WAIT');
    return {
      'CLOSE-WAIT': enters(said, host, 'CLOSE-WAIT'),
      'the FIN has come': said
        .cameEver(host)
        .some(({segment, event}) => hasFlag(segment, 'FIN') && said.trace.packet(event.packet).from === peer),
      'for what it waited': late === lateBy(said, host),
      ...forgedAs(said, state, {host, peer, forged}),
      ...(opens === undefined ? {} : opensWith(said, host, opens)),
      'it was open before':
        opens === undefined && late === undefined ? !leaves(said, host, 'SYN-RECEIVED') : undefined,
      'what it says':
        ack === undefined
          ? said.sent(host).every(({segment}) => !hasFlag(segment, 'ACK'))
          : said.sent(host).some(({segment}) => segment.ack === ack),
      'it counts the FIN':
        ack === undefined
          ? undefined
          : said
              .cameEver(host)
              .some(
                ({segment}) => hasFlag(segment, 'FIN') && ((segment.seq + segLen(segment) - ack) | 0) === 0,
              ),
      'does its program hear': said.now('signal', host).some(({signal}) => signal === 'eof') === tells,
      'the number before': byte === undefined || ack === undefined ? undefined : ((byte + 1 - ack) | 0) === 0,
      'is it a byte':
        forged && ack !== undefined
          ? isByteOf(said, peer, ack - 1) === (byte !== undefined)
          : byte === undefined,
      'has its program closed': state && stillWaits(said, state) !== closes,
    };
  },
  closesToo: ({host, peer, ack, taken, ...fin}, said) => {
    const state = changeOf(said, host, 'LAST-ACK');
    return {
      'LAST-ACK': enters(said, host, 'LAST-ACK'),
      'to whom': isBetween(said, {host, peer}),
      'had their FIN left': state && farFinLeft(said, state) === (taken === undefined),
      'whose direction': taken === undefined ? undefined : farHost(said, state) === taken,
      ...ownFinAs(said, host, 'LAST-ACK', fin),
      ...(fin.seq === undefined ? {} : waitsForAll(said, host, ack)),
    };
  },
  finAcknowledged: ({host, kept}, said) => ({
    'FIN-WAIT-2': enters(said, host, 'FIN-WAIT-2'),
    'its FIN is acknowledged': said
      .sentEver(host)
      .some(
        ({segment}) =>
          hasFlag(segment, 'FIN') &&
          said
            .came(host)
            .some(
              (each) =>
                isBack(each.segment, segment) &&
                ((each.segment.ack - segment.seq - segment.payload.length - 1) | 0) >= 0,
            ),
      ),
    'has theirs come': kept === keepsFin(said, host),
  }),
  closing: ({host, peer, forged}, said) => ({
    CLOSING: enters(said, host, 'CLOSING'),
    'from FIN-WAIT-1': leaves(said, host, 'FIN-WAIT-1'),
    'with whom': isWith(said, {host, peer}),
    ...forgedAs(said, changeOf(said, host, 'CLOSING'), {host, peer, forged}),
  }),
  waits: ({host, peer, by, untilUs, forged}, said) => {
    const state = changeOf(said, host, 'TIME-WAIT');
    const ends = said.running(host).flatMap(({name, dueUs}) => (name === '2MSL' ? [dueUs] : []));
    const isNow = gets(said, host, /FIN/);
    return {
      'TIME-WAIT': enters(said, host, 'TIME-WAIT'),
      'with whom': isWith(said, {host, peer}),
      'by what': by === (leaves(said, host, 'CLOSING') ? 'ack' : isNow ? 'fin' : 'late'),
      'it answers': by === 'ack' ? undefined : sends(said, host, /ACK/),
      'the FIN had come': said
        .cameEver(host)
        .some(({segment, event}) => hasFlag(segment, 'FIN') && said.trace.packet(event.packet).from === peer),
      ...forgedAs(said, state, {host, peer, forged}),
      'until when': untilUs === undefined ? ends.length === 0 : ends.includes(untilUs),
    };
  },
  waitsAnew: ({host, untilUs}, said) => ({
    'it comes, and counts':
      said.came(host).length > 0 && said.sent(host).length === 0 && said.now('drop').length === 0,
    'it was in TIME-WAIT': said.connections(host, 'before').some(({state}) => state === 'TIME-WAIT'),
    'no FIN': said.came(host).every(({segment}) => !hasFlag(segment, 'FIN')),
    'it is set again': restarts(said, host, untilUs),
    'it ran already': said.earlier('timer', host).some(({name, op}) => name === '2MSL' && op === 'arm'),
    'that is Linux’s rule': said.trace.header.profile === 'linux',
  }),
  finished: ({host, taken}, said) => {
    const state = said.now('state', host).find(({from, to}) => from === 'LAST-ACK' && to === 'CLOSED');
    return {
      'from LAST-ACK': state !== undefined,
      'an ACK comes': said.came(host).some(({segment}) => hasFlag(segment, 'ACK')),
      // Thrown away or not: the one that was taken for it had its number.
      'had their FIN left':
        state && (taken === undefined ? farFinLeft(said, state, 'now') : !farFinLeft(said, state)),
      'whose direction': taken === undefined ? undefined : farHost(said, state) === taken,
    };
  },
  waitOver: ({host, from, kept, port}, said) => ({
    ...forgets(said, host),
    'from which state': leaves(said, host, from),
    'its timer runs out': said
      .fired(host)
      .some(({name}) => (from === 'TIME-WAIT' ? name === '2MSL' : name !== '2MSL')),
    'is a FIN kept':
      kept ===
      said
        .connections(host, 'before')
        .some(
          ({id, state, peerFinSeq}) =>
            state === 'FIN-WAIT-2' &&
            from === state &&
            peerFinSeq !== undefined &&
            changeOf(said, host, 'CLOSED')?.connection === id,
        ),
    'which port': portAmong(said, host) === port,
  }),
  skipsWait: ({host}, said) => ({
    ...forgets(said, host),
    'both FINs have gone': hasFinBothWays(said, host),
    'no TIME-WAIT': said.now('state', host).every(({to}) => to !== 'TIME-WAIT'),
  }),
  ignoresText: ({host, peer, thing}, said) => {
    const came = comesAs(said, host, thing);
    return {
      'it comes': came.length > 0 && thing.bytes > 0,
      'from whom': came.some(({packet}) => said.trace.packet(packet).from === peer),
      'nothing comes of it': said.sent(host).length + said.now('deliver', host).length === 0,
      'beyond a FIN': said
        .came(host)
        .some(({segment: now, event: {n}}) =>
          said
            .cameEver(host)
            .some(
              ({segment, event}) =>
                event.n < n &&
                said.trace.packet(event.packet).from === peer &&
                hasFlag(segment, 'FIN') &&
                ((now.seq + now.payload.length - segment.seq - segment.payload.length) | 0) > 0,
            ),
        ),
    };
  },
} satisfies ToldRows;
