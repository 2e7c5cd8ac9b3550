// Findings about how TCP connections end, or are forgotten by an end or a middlebox.
import type {ObservedConnection} from '../observe/observed-connection.ts';
import {breakFindings} from './breaks.ts';
import {crowdsIn} from './crowds.ts';
import {endingNotesOn} from './ending-notes.ts';
import {type Evidence, tlsOn} from './evidence.ts';
import {connectionOf, type Finding, finding} from './finding.ts';
import type {EndingId} from './ids.ts';
import {movedFindings} from './moved.ts';
import {outcomeOf, statusIn} from './outcome.ts';
import {isOpened, octetsOn, roleOf} from './sides.ts';
import {silenceFindings} from './silences.ts';

/**
 * Finds a connection whose SYN revealed an older one between the same ports that only the other end still had, and that was then reset (RFC
 * 9293 §3.5.1).
 */
const olderFindings = ({
  older,
  client,
  before,
  id,
  firstFrame,
  ends,
}: ObservedConnection): readonly Finding<EndingId>[] => {
  if (older.challengeFrame === 0 || older.resetFrame === 0) return [];
  const {address, port} = ends[client];
  const at = before?.ends.findIndex((each) => each.address === address && each.port === port) === 1 ? 1 : 0;
  const by = before ? roleOf(at, before) : 'client';
  return [
    finding('reset-half-open', {
      ...{about: {connection: before?.id ?? id}, where: by},
      frames: [firstFrame, older.challengeFrame, older.resetFrame],
      rivals: [{id: 'reset-forged', open: false, by: [older.challengeFrame]}],
      facts: {by, frame: older.resetFrame, asked: older.challengeFrame, quietUs: 0, known: true, older: id},
    }),
  ];
};

/**
 * Finds packets of no known connection that a host answered by RST (RFC 9293 §3.10.7.1): an ACK or FIN without a handshake before it, as
 * scanners and health checks send.
 */
const probeFindings = (connection: ObservedConnection): readonly Finding<'ack-probe'>[] => {
  const {id, counts, firstFrame} = connection;
  if (counts.rst === 0 || counts.syn + counts.synAck > 0 || octetsOn(connection) > 0) return [];
  const {breakOff} = connection.ending.lastStand;
  if (breakOff?.side !== 1 || connection.half(1).segments > counts.rst) return [];
  const facts = {asked: firstFrame, frame: breakOff.frame};
  return [finding('ack-probe', {about: {connection: id}, frames: [firstFrame, breakOff.frame], facts})];
};

/** The number of octets of an upload that is certainly more than a request of a few lines. */
const upload = 2000;

/** Finds servers that ended the connection while their client was still sending a request, with or without an answer. */
const refusedRequests = (
  connection: ObservedConnection,
  evidence: Evidence,
): readonly Finding<'request-refused'>[] => {
  const {client, counts, course, id, streams} = connection;
  // Without an RST, only a response that was read shows that the server ended the request.
  if (counts.rst === 0 && (streams?.http.length ?? 0) === 0 && !tlsOn(evidence, connection)) return [];
  const {id: outcome, by, frame, undone} = outcomeOf(evidence, connection);
  const isByAnswer = outcome === 'refused' && undone === 'request';
  if (!isByAnswer && counts.rst === 0) return [];
  const {lastStand} = connection.ending;
  const {breakOff} = lastStand;
  const {octets = 0} = breakOff?.turn ?? {};
  const {left = 0} = lastStand.closed(client === 0 ? 1 : 0) ?? {};
  const isCutShort =
    outcome === 'broken-off' && by === 'server' && undone !== 'response' && breakOff?.side !== client;
  const isUpload = octets >= upload && breakOff?.lastData === client && Math.max(breakOff.unread, left) > 1;
  if (!isByAnswer && !(isCutShort && isUpload)) return [];
  const status = isByAnswer ? statusIn(evidence, connection, frame) : 0;
  const ends = [course.finFrame(client === 0 ? 1 : 0), course.resetFrame];
  const facts = {frame, status, octets: connection.half(client).payloadBytes};
  return [
    finding('request-refused', {
      about: {connection: id},
      where: 'server-program',
      frames: [frame, ...ends].filter((each) => each > 0),
      rivals: [{id: 'reset-abort', open: false, by: [frame]}],
      facts,
    }),
  ];
};

export const endingFindings = (evidence: Evidence): readonly Finding<EndingId>[] => {
  const {connections} = evidence;
  const {members} = crowdsIn(evidence);
  const moved = movedFindings(evidence);
  const told = new Set(moved.map(connectionOf));
  return [
    ...moved,
    ...connections.flatMap((each) => {
      const older = olderFindings(each);
      if (members.has(each) || told.has(each.id) || !isOpened(each)) return older;
      return [
        ...older,
        ...endingNotesOn(each),
        ...probeFindings(each),
        ...refusedRequests(each, evidence),
        ...breakFindings(each, () => outcomeOf(evidence, each).id === 'complete'),
        ...(each.counts.rst > 0 && each.ending.lastStand.breakOff ? [] : silenceFindings(each, evidence)),
      ];
    }),
  ];
};
