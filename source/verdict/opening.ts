// Findings about how connections open, or do not: silence, refusals, floods and scans.
import {leastTimerUs} from '../observe/bounds.ts';
import type {ObservedConnection} from '../observe/observed-connection.ts';
import {byKey} from '../wire/grouped.ts';
import {crowdsIn} from './crowds.ts';
import type {Evidence} from './evidence.ts';
import {eyeballsIn} from './eyeballs.ts';
import {type Finding, finding, type Rival} from './finding.ts';
import type {OpeningId} from './ids.ts';
import {openingNotes, openingNotesOn} from './opening-notes.ts';
import {clientOf, endpointKey, isAt, isOpened, octetsOn, other, serverOf, sides} from './sides.ts';

/** The time in µs after which a client would have repeated an unanswered SYN (RFC 6298 §2: the first timer is one second). */
const oneSynUs = 3_000_000;
/** The longest time in µs after a connection within which the reuse of its ports is reported; TIME-WAIT lasts 2 MSL (RFC 9293 §3.4.2). */
const reusedUs = 600_000_000;
/** The most octets of a client's first data that fit the MTU of every path, so that their loss has another cause. */
const smallAsked = 500;
/**
 * The time in µs within which the server answers the first data if Linux had kept the connection back until data came (TCP_DEFER_ACCEPT).
 */
const servedAtOnceUs = 200_000;
/** The longest time in µs after which any stack first repeats a SYN,ACK: 3 s, as was the rule before RFC 6298, with a tolerance. */
const mostFirstTimerUs = 3_500_000;

type Found = Finding<OpeningId>;

const open = (id: Rival['id']): Rival => ({id, open: true, by: []});
const shut = (id: Rival['id'], ...by: readonly number[]): Rival => ({id, open: false, by});

const framesOf = (...seen: readonly (readonly {readonly frame: number}[])[]): readonly number[] =>
  seen.flat().map(({frame}) => frame);

type Context = {
  readonly evidence: Evidence;
  /** The connections of the capture, by the server's address and port. */
  readonly atServer: ReadonlyMap<string, readonly ObservedConnection[]>;
  /** True if the capture contains TCP packets other than SYN and SYN,ACK, so that it was not filtered for these. */
  readonly holdsMore: boolean;
};

/** Returns a packet with which the same server served another connection between the two times; empty if there is none. */
const othersServed = (
  connection: ObservedConnection,
  {atServer}: Context,
  [fromUs, untilUs]: readonly [number, number],
): readonly number[] => {
  const all = atServer.get(endpointKey(serverOf(connection))) ?? [];
  for (const each of all) {
    const {served} = each.notes.openingFrames;
    if (each === connection || !served || each.firstUs > untilUs) continue;
    if (each.lastUs >= fromUs && served.atUs <= untilUs) return [served.frame];
  }
  return [];
};

const aboutIt = ({id}: ObservedConnection) => ({connection: id});

const unansweredFindings = (connection: ObservedConnection, context: Context): readonly Found[] => {
  const {counts, firstUs, lastUs, refusal} = connection;
  const about = aboutIt(connection);
  const frames = framesOf(connection.notes.openingFrames.syns.seen);
  if (refusal) {
    const {frame, from} = refusal;
    const byServer = from === serverOf(connection).address;
    return [
      finding('refused-by-icmp', {
        ...{
          about,
          certainty: 'proved',
          where: byServer ? 'server' : 'path',
          frames: [...frames.slice(0, 3), frame],
        },
        facts: {...refusal, from, frame, byServer},
      }),
    ];
  }
  // No timer is as short as that, so the second SYN is the first one, captured twice.
  const sent = lastUs - firstUs < leastTimerUs ? 1 : counts.syn - counts.copiedSyn;
  const waitedUs = context.evidence.inspector.durationUs - firstUs;
  if (sent < 2 && (waitedUs < oneSynUs || !context.holdsMore)) return [];
  const us = lastUs - firstUs;
  return [finding('syn-unanswered', {about, costUs: us, frames, facts: {sent, us}})];
};

/**
 * Finds a full accept queue: the client has completed the handshake, but the server retransmits its SYN,ACK or ignores the client's data.
 */
const queueFindings = (connection: ObservedConnection, context: Context): readonly Found[] => {
  const {client, notes, counts} = connection;
  const {third, asked, served, synAcks, lateSynAcks, unheeded, lateSyns} = notes.openingFrames;
  if (!third || notes.refusal) return [];
  const isHere = isAt(connection, other(client));
  const about = aboutIt(connection);
  const untilUs = served?.atUs ?? connection.lastUs;
  const last = lateSynAcks.seen.at(-1);
  const timed = lateSynAcks.seen.filter(({atUs}) => atUs - third.atUs >= leastTimerUs);
  const [first] = synAcks.seen;
  const isAsked = asked !== undefined && served !== undefined;
  // A server that defers accept() until data come ignores a third ACK without data, and repeats its SYN,ACK only once it gives up.
  const isDeferred = isAsked
    ? (last === undefined || asked.atUs > last.atUs) && served.atUs - asked.atUs < servedAtOnceUs
    : asked === undefined && first !== undefined && (timed[0]?.atUs ?? 0) - first.atUs > mostFirstTimerUs;
  const common = {
    about,
    level: served ? 'slow' : 'fault',
    where: 'server-program',
    costUs: untilUs - third.atUs,
  } as const;
  const facts = {us: untilUs - third.atUs, served: served !== undefined, third: third.frame};
  if (timed.length >= (isHere ? 1 : 2) && !isDeferred && lateSyns.count === 0)
    return [
      finding('accept-queue-full', {
        ...common,
        frames: [third.frame, ...framesOf(timed.slice(0, 5), served ? [served] : [])],
        rivals: [shut('syn-ack-lost', third.frame), shut('loss', third.frame)],
        facts: {...facts, how: 'syn-ack', again: timed.length},
      }),
    ];
  const isEnough = unheeded.count >= (isHere ? 2 : 3) && (isHere || (asked?.length ?? 0) <= smallAsked);
  const others = isEnough ? othersServed(connection, context, [third.atUs, untilUs]) : [];
  if (others.length === 0 || !asked || counts.rst > 0) return [];
  return [
    finding('accept-queue-full', {
      ...common,
      certainty: isHere ? 'deduced' : served ? 'deduced' : 'one-of',
      frames: [third.frame, asked.frame, ...framesOf(unheeded.seen.slice(0, 4), served ? [served] : [])],
      rivals: [isHere || served ? shut('peer-gone', ...others) : open('peer-gone')],
      facts: {...facts, how: 'data', again: unheeded.count},
    }),
  ];
};

/** Finds a lost SYN,ACK: it passed the capture point, and the SYN was repeated all the same. */
const synAckLost = (connection: ObservedConnection): readonly Found[] => {
  const {client, course, counts, notes, lastUs} = connection;
  const {syns, synAcks, lateSyns} = notes.openingFrames;
  const [first] = synAcks.seen;
  const again = lateSyns.seen.filter(({atUs}) => first && atUs - first.atUs >= leastTimerUs);
  if (!first || again.length === 0) return [];
  const openedUs = course.synAckedUs(other(client));
  const isOpen = isOpened(connection);
  if (!isOpen && counts.rst > 0) return [];
  const us = (isOpen ? openedUs : lastUs) - first.atUs;
  return [
    finding('syn-ack-lost', {
      about: aboutIt(connection),
      level: isOpen ? 'slow' : 'fault',
      where: 'path',
      costUs: us,
      frames: framesOf(syns.seen.slice(0, 4), synAcks.seen.slice(0, 4)),
      rivals: [shut('accept-queue-full'), shut('syn-repeated', first.frame)],
      facts: {us, sent: counts.synAck - counts.copiedSynAck, again: again.length, opened: isOpen},
    }),
  ];
};

/** Finds connections whose first SYNs had no answer, before a repeated SYN was answered. */
const synRepeated = (connection: ObservedConnection, context: Context): readonly Found[] => {
  const {client, flightTimes, notes} = connection;
  const {syns, synAcks, lateSyns} = notes.openingFrames;
  const [first] = syns.seen;
  const [answer] = synAcks.seen;
  if (!first || !answer) return [];
  const early = syns.seen.filter(({atUs}) => atUs <= answer.atUs);
  const last = early.at(-1);
  const again = syns.count - lateSyns.count - 1;
  if (!last || again < 1 || last.atUs - first.atUs < leastTimerUs) return [];
  // On a slow path the answer to the first SYN takes as long, so the repetition does not mean that a SYN was lost.
  const roundUs = flightTimes.surely(other(client));
  if (roundUs !== undefined && answer.atUs - first.atUs <= roundUs * 1.5) return [];
  const us = last.atUs - first.atUs;
  const frames = framesOf(early.slice(0, 6), [answer]);
  const about = aboutIt(connection);
  if (!isAt(connection, other(client)))
    return [
      finding('syn-repeated', {
        ...{about, frames, certainty: 'one-of', costUs: us},
        rivals: [open('loss'), open('syn-ack-lost'), open('accept-queue-full')],
        facts: {us, again, here: false},
      }),
    ];
  const others = othersServed(connection, context, [first.atUs, answer.atUs]);
  if (others.length === 0)
    return [
      finding('syn-repeated', {about, frames, where: 'server', costUs: us, facts: {us, again, here: true}}),
    ];
  return [
    finding('accept-queue-full', {
      ...{about, frames, where: 'server-program', costUs: us},
      rivals: [shut('loss', first.frame), shut('syn-unanswered', ...others)],
      facts: {us, again, served: true, third: 0, how: 'syn'},
    }),
  ];
};

/** Finds connections between the same ports as an earlier connection that had ended shortly before. */
const reusedFindings = (connection: ObservedConnection): readonly Found[] => {
  const {before, firstUs, course, client, firstFrame, older} = connection;
  if (!before?.course.over || older.challengeFrame > 0 || firstUs - before.lastUs > reusedUs) return [];
  const bothOpened =
    before.course.opening(before.client) === 'complete' && course.opening(client) === 'complete';
  if (!bothOpened) return [];
  const us = firstUs - before.lastUs;
  const waiting = sides.find((side) => before.course.states()[side] === 'TIME-WAIT');
  const {address, port} = connection.ends[client];
  const at = waiting === undefined ? undefined : before.ends[waiting];
  const isClient = at?.address === address && at.port === port;
  return [
    finding('port-reused', {
      ...{about: aboutIt(connection), certainty: 'proved', where: isClient || !at ? 'client' : 'server'},
      frames: [before.firstFrame, firstFrame],
      facts: {before: before.id, us, waiting: !at ? 'nobody' : isClient ? 'client' : 'server'},
    }),
  ];
};

const refusedFinding = (connection: ObservedConnection): Found => {
  const {course, notes} = connection;
  const {syns} = notes.openingFrames;
  return finding('refused', {
    ...{about: aboutIt(connection), certainty: 'proved', where: 'server'},
    frames: [...framesOf(syns.seen.slice(0, 4)), course.resetFrame],
    facts: {sent: syns.count},
  });
};

const openingOf = (connection: ObservedConnection, context: Context): readonly Found[] => {
  const {client, course, older} = connection;
  switch (course.opening(client)) {
    case 'refused':
      return [refusedFinding(connection)];
    case 'unanswered':
      return older.challengeFrame > 0 ? [] : unansweredFindings(connection, context);
    case 'half-open':
      return course.closing(client) === 'reset-by-server'
        ? [refusedFinding(connection)]
        : synAckLost(connection);
    case 'complete': {
      // Neither a SYN nor a SYN,ACK was repeated, and no other connection was between the ports.
      if (connection.isQuiet) return [];
      const reused = reusedFindings(connection);
      // If the server still had an older connection, that explains the repeated SYN.
      if (older.challengeFrame > 0) return reused;
      const queue = queueFindings(connection, context);
      if (queue.length > 0) return [...queue, ...reused];
      return [...synRepeated(connection, context), ...synAckLost(connection), ...reused];
    }
    default:
      return [];
  }
};

export const openingFindings = (evidence: Evidence): readonly Finding<OpeningId>[] => {
  const {connections} = evidence;
  const {findings, members} = crowdsIn(evidence);
  const context: Context = {
    evidence,
    atServer: byKey(connections, (each) => endpointKey(serverOf(each))),
    holdsMore: connections.some(({counts}) => counts.packets > counts.syn + counts.synAck),
  };
  const eyeballs = eyeballsIn(evidence, members);
  // The TCP probes of a traceroute get no findings about refused or unanswered connections, because the traced way is reported instead.
  const ways = new Set(
    evidence.inspector.icmp.traces.flatMap(({by, from, to}) => (by === 'tcp' ? [`${from} ${to}`] : [])),
  );
  const isProbe = (each: ObservedConnection): boolean =>
    octetsOn(each) === 0 && ways.has(`${clientOf(each).address} ${serverOf(each).address}`);
  const told = new Set(eyeballs.flatMap(({about}) => ('connection' in about ? [about.connection] : [])));
  return [
    ...findings,
    ...eyeballs,
    ...connections.flatMap((each) =>
      members.has(each) || told.has(each.id) || isProbe(each)
        ? []
        : [...openingOf(each, context), ...openingNotesOn(evidence, each)],
    ),
    ...openingNotes(evidence),
  ];
};
