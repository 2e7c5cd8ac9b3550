// Findings about a connection that was broken off by RST: who sent it, and why (RFC 9293 §3.10.7.1, RFC 2525 §2.17, RFC 5961 §3).
import type {BreakOff, LastStand, Waiting} from '../observe/last-stand.ts';
import type {ObservedConnection} from '../observe/observed-connection.ts';
import {seqLe, seqLt} from '../wire/seq.ts';
import {type Finding, finding, type Rival} from './finding.ts';
import type {EndingId} from './ids.ts';
import {octetsOn, other, type Role, roleOf} from './sides.ts';
import {isForgotten, isTimer} from './silences.ts';

type Found = Finding<EndingId>;

/** The time in µs without a packet from a host after which it may have restarted. */
const restartUs = 1_000_000;
/**
 * The shortest silence in µs after which a middlebox may have forgotten a connection (RFC 5382 §5 asks for hours; many forget after
 * minutes).
 */
const forgottenUs = 30_000_000;
/** The silence in µs after which a connection counts as idle. */
const idleUs = 1_000_000;
/**
 * The number of octets from which part of the data may be unread, because they came in several segments; a program reads one small segment
 * at once.
 */
const bulk = 2000;
/** The time in µs before an RST within which arriving data were probably not read. */
const justUs = 200_000;

const shut = (id: Rival['id'], ...by: readonly number[]): Rival => ({
  id,
  open: false,
  by: by.filter((each) => each > 0),
});
const open = (id: Rival['id']): Rival => ({id, open: true, by: []});

const programOf = (role: Role): 'client-program' | 'server-program' => `${role}-program`;

type Case = {
  readonly connection: ObservedConnection;
  readonly stand: LastStand;
  readonly broken: BreakOff;
  readonly by: Role;
  readonly about: {readonly connection: number};
  /** Tells whether all that was asked on the connection had been answered. */
  readonly isDone: () => boolean;
};

/**
 * Returns the TTL of an RST and the usual TTL of its sender; undefined if they do not differ or one is unknown. A difference shows that
 * another machine made the RST.
 */
const foreignHops = (
  stand: LastStand,
  {side, hops}: Pick<BreakOff, 'side' | 'hops'>,
): {readonly left: number; readonly usual: number} | undefined => {
  const usual = stand.hops(side);
  if (hops === undefined || usual === undefined || (hops >= usual[0] && hops <= usual[1])) return undefined;
  return {left: hops, usual: hops < usual[0] ? usual[0] : usual[1]};
};

const knownHops = (stand: LastStand, {side, hops}: Pick<BreakOff, 'side' | 'hops'>): boolean =>
  hops !== undefined && stand.hops(side) !== undefined;

/**
 * Returns the finding that an RST is forged. It is a fault if the RST ended the connection: nothing came from that end afterwards, and
 * neither end had closed.
 */
const forged = ({stand, broken, by, about}: Case, wentOn: number): Found => {
  const hops = foreignHops(stand, broken);
  const {frame, asked, closed, farClosed} = broken;
  const ended = wentOn === 0 && !closed && !farClosed;
  return finding('reset-forged', {
    ...{about, where: 'path', level: ended ? 'fault' : 'note'},
    frames: [asked?.frame ?? 0, frame, wentOn].filter((each) => each > 0),
    rivals: [shut('reset-abort', wentOn), shut('reset-half-open', wentOn)],
    facts: {by, frame, wentOn, left: hops?.left ?? 0, usual: hops?.usual ?? 0, ended},
  });
};

/**
 * Returns the finding about an RST whose sender had repeated a segment or a probe without an answer: keep-alive gave up, a middlebox forgot
 * the connection, or the other end is gone.
 */
const gaveUp = ({stand, broken, by, about}: Case, own: Waiting): Found => {
  const {frame, atUs, side} = broken;
  const heard = stand.heardFrame(other(side));
  const frames = [heard, own.frame, own.lastFrame, frame].filter((each) => each > 0);
  const us = atUs - own.atUs;
  if (own.probes > 0 && own.probes >= own.tries)
    return finding('keep-alive-gave-up', {
      ...{about, frames, costUs: us},
      rivals: [shut('reset-abort', own.frame), shut('reset-forged')],
      facts: {by, probes: own.probes, us, frame},
    });
  if (isForgotten(own, stand.survivedUs))
    return finding('idle-forgotten', {
      ...{about, frames, where: 'path', costUs: us},
      rivals: [shut('answer-waits', own.lastFrame), shut('mtu-black-hole')],
      facts: {by, quietUs: own.quietUs, tries: own.tries, us, reset: 0, left: 0, usual: 0},
    });
  return finding('peer-gone', {
    ...{about, frames, costUs: us},
    rivals: [shut('idle-forgotten', heard), shut('answer-waits', own.lastFrame)],
    facts: {by, tries: own.tries, us, heard, reset: frame},
  });
};

/** Returns the finding that an end sent an RST instead of a FIN when both ends had sent everything. */
const abortedAtEnd = ({broken, by, about}: Case): Found => {
  const {frame, dataUs, lastDataFrame} = broken;
  return finding('reset-abort', {
    ...{about, level: 'note', where: programOf(by)},
    frames: [lastDataFrame, frame].filter((each) => each > 0),
    rivals: [shut('reset-unread', lastDataFrame)],
    facts: {by, frame, us: dataUs ?? 0, data: true, sure: true, last: true},
  });
};

/**
 * Returns the finding that the program behind an RST had unread data, certainly or perhaps. It is a fault if a server had got a request and
 * sent no data at all, or if the other end was still sending.
 */
const unreadFinding = ({connection, broken, by, about}: Case, certain: boolean): Found => {
  const {frame, turn, lastData, side, lastDataFrame, unread} = broken;
  const unanswered = by === 'server' && lastData === other(side) && connection.half(side).payloadBytes === 0;
  return finding('reset-unread', {
    about,
    level: unanswered || unread >= bulk ? 'fault' : 'note',
    where: programOf(by),
    certainty: certain ? 'deduced' : 'one-of',
    frames: [turn?.frame ?? 0, lastDataFrame, frame].filter((each) => each > 0),
    rivals: [certain ? shut('reset-abort', frame) : open('reset-abort'), shut('reset-half-open')],
    facts: {by, frame, octets: turn?.octets ?? 0, certain},
  });
};

/** Returns the findings about an RST from an end whose program had closed before, because data arrived or were still unread. */
const afterClosing = (given: Case): readonly Found[] => {
  const {stand, broken, by, about} = given;
  const {side, asked, frame, unread, farClosed, turn, bare, narrow} = broken;
  const fin = stand.closed(side);
  const hasData = unread > (farClosed ? 1 : 0) || asked?.what === 'data';
  // After the end's FIN nothing came that an RST had to answer, so the program closed with unread data, which kept the window narrow.
  const isOwn = asked === undefined && !bare && narrow;
  if (!fin || !turn) return [];
  if (!hasData) return isOwn ? [unreadFinding(given, true)] : [];
  const quietUs = Math.max(fin.quietUs, turn.quietUs);
  const isCrossed = seqLt(turn.ack, fin.end);
  if (!isCrossed || quietUs < idleUs || by !== 'server') return [unreadFinding(given, true)];
  return [
    finding('keep-alive-race', {
      ...{about, frames: [turn.frame, fin.frame, frame]},
      rivals: [shut('reset-half-open', fin.frame), shut('reset-unread', turn.frame)],
      facts: {frame, closed: fin.frame, request: turn.frame, quietUs},
    }),
  ];
};

/**
 * Returns the finding that a host answered by RST because it did not know the connection. If the RST's TTL cannot be compared, a forger or
 * a middlebox is possible, too.
 */
const halfOpen = ({stand, broken, by, about}: Case, asked: Waiting): Found => {
  const {frame, side} = broken;
  const isKnown = knownHops(stand, broken);
  return finding('reset-half-open', {
    ...{about, frames: [stand.heardFrame(side), asked.frame, frame].filter((each) => each > 0)},
    where: isKnown ? by : 'unknown',
    certainty: isKnown ? 'deduced' : 'one-of',
    rivals: isKnown
      ? [shut('reset-forged', stand.heardFrame(side)), shut('idle-forgotten', frame)]
      : [open('reset-forged'), open('idle-forgotten')],
    facts: {by, frame, asked: asked.frame, quietUs: asked.quietUs, known: isKnown, older: 0},
  });
};

/** Returns the findings about an end that broke off the connection without being asked: an idle timeout, unread data, or another reason. */
const active = (given: Case): readonly Found[] => {
  const {connection, broken, by, about} = given;
  const {frame, atUs, side, asked, unread, turn, dataUs, lastData, lastDataFrame, narrow, bare, ack} = broken;
  const far = other(side);
  if (octetsOn(connection) === 0) {
    // Without the handshake nobody knows what passed before.
    if (connection.course.synFrom === undefined && connection.counts.synAck === 0) return [];
    const facts = {by, frame, us: 0, data: false, sure: true, last: false};
    // Health checks open a connection and break it off; a server that accepts and breaks off serves nobody.
    const level = by === 'client' || connection.course.synFrom === undefined ? 'note' : 'fault';
    return [finding('reset-abort', {about, level, where: programOf(by), frames: [frame], facts})];
  }
  // The server's RST on an idle connection and the client's next request passed each other on the way.
  const request = asked?.what === 'data' && by === 'server' ? asked : undefined;
  const roundUs = connection.flightTimes.round(side) ?? 0;
  const isCrossed =
    request && !bare && seqLe(ack, request.seq) && atUs - request.atUs < Math.max(roundUs, 1000);
  if (request && isCrossed && request.quietUs >= idleUs)
    return [
      finding('keep-alive-race', {
        ...{about, frames: [request.frame, frame]},
        rivals: [shut('reset-half-open', frame), shut('reset-unread', request.frame)],
        facts: {frame, closed: frame, request: request.frame, quietUs: request.quietUs},
      }),
    ];
  const isIdle = lastData === side && unread === 0;
  if (by === 'server' && isIdle && dataUs !== undefined && isTimer(dataUs, by))
    return [
      finding('idle-closed', {
        ...{about, where: programOf(by), frames: [lastDataFrame, frame]},
        rivals: [shut('reset-abort', lastDataFrame)],
        facts: {by, frame, us: dataUs, reset: true},
      }),
    ];
  const {octets = 0, segments = 0} = turn ?? {};
  const isBulk = octets >= bulk && segments > 1;
  const isLate = dataUs !== undefined && dataUs < justUs;
  const waits = isBulk && (lastData === far ? by === 'server' || isLate : isLate);
  if (unread > 0 || narrow || waits) return [unreadFinding(given, unread > 0 || narrow)];
  const us = dataUs ?? 0;
  const isSure = lastData === side && !isLate;
  // An RST on an idle connection on which everything was answered only closes the connection, as a FIN would.
  const level = us >= idleUs && given.isDone() ? 'note' : 'fault';
  return [
    finding('reset-abort', {
      ...{about, level, where: programOf(by), frames: [lastDataFrame, frame].filter((each) => each > 0)},
      certainty: isSure ? 'deduced' : 'one-of',
      rivals: [isSure ? shut('reset-unread', lastDataFrame) : open('reset-unread'), shut('reset-forged')],
      facts: {by, frame, us, data: true, sure: isSure, last: false},
    }),
  ];
};

/** Returns the findings about the RST that broke off a connection, or was sent to do so. */
const brokenFindings = (given: Case): readonly Found[] => {
  const {stand, broken} = given;
  const {asked, own, closed, farClosed, bare, fits, heardUs, unsaid, unread} = broken;
  // One octet may be unread only because the FIN occupies a sequence number.
  if (closed && farClosed) return unread > 1 && stand.wentOn === 0 ? [unreadFinding(given, true)] : [];
  if (stand.wentOn > 0) return [forged(given, stand.wentOn)];
  if (own && own.tries > 0 && (own.probes > 0 || own.tries > 1)) return [gaveUp(given, own)];
  const hops = foreignHops(stand, broken);
  if (hops && asked && asked.quietUs >= forgottenUs) return [forgotten(given, asked, hops)];
  if (hops && !closed) return [forged(given, 0)];
  if (closed) return afterClosing(given);
  // The other end had closed and everything from this end had arrived, so the RST lost nothing.
  if (farClosed && unsaid === 0) return octetsOn(given.connection) > 0 ? [abortedAtEnd(given)] : [];
  const isStranger = bare && asked !== undefined;
  if (asked && isStranger && (fits || heardUs === undefined || heardUs >= restartUs))
    return [halfOpen(given, asked)];
  return active(given);
};

/** Returns the finding that a middlebox had forgotten a connection after a long silence, and sent an RST in the name of an end. */
const forgotten = (
  {stand, broken, by, about}: Case,
  asked: Waiting,
  {left, usual}: {readonly left: number; readonly usual: number},
): Found =>
  finding('idle-forgotten', {
    ...{about, where: 'path', frames: [stand.heardFrame(broken.side), asked.frame, broken.frame]},
    rivals: [shut('reset-half-open', broken.frame), shut('reset-abort', broken.frame)],
    facts: {
      ...{by: by === 'client' ? 'server' : 'client', quietUs: asked.quietUs, tries: asked.tries},
      ...{us: broken.atUs - asked.atUs, reset: broken.frame, left, usual},
    },
  });

/** Returns the findings about a forged RST that its receiver had to ignore, because it did not fit the window. */
const strayFindings = (connection: ObservedConnection): readonly Found[] => {
  const {ending, id} = connection;
  const {lastStand: stand, resets} = ending;
  const {stray} = stand;
  if (!stray || resets.strayed?.answers) return [];
  const hops = foreignHops(stand, stray);
  if (!hops && stand.wentOn === 0) return [];
  const facts = {by: roleOf(stray.side, connection), frame: stray.frame, wentOn: stand.wentOn, ended: false};
  return [
    finding('reset-forged', {
      ...{
        about: {connection: id},
        where: 'path',
        frames: [stray.frame, stand.wentOn].filter((each) => each > 0),
      },
      rivals: [shut('reset-abort', stand.wentOn), shut('reset-half-open', stand.wentOn)],
      facts: {...facts, left: hops?.left ?? 0, usual: hops?.usual ?? 0},
    }),
  ];
};

/** Returns the findings about the RSTs on a connection, whether one ended it or its receiver ignored it. */
export const breakFindings = (connection: ObservedConnection, isDone: () => boolean): readonly Found[] => {
  if (connection.counts.rst === 0) return [];
  const {ending, id} = connection;
  const {lastStand: stand} = ending;
  const broken = stand.breakOff;
  if (!broken) return strayFindings(connection);
  const by = roleOf(broken.side, connection);
  return brokenFindings({connection, stand, broken, by, about: {connection: id}, isDone});
};
