// Findings about QUIC and HTTP/3: a server that never answered, and connections that were closed, or streams reset, with an error.

import type {Side} from '../observe/connections.ts';
import {Verdict} from '../observe/fate-columns.ts';
import {type CapturedQuic, speaksHttp3} from '../observe/quic-captured.ts';
import {closeName, isNoError} from '../wire/quic/error-name.ts';
import type {Evidence} from './evidence.ts';
import {type About, type Finding, finding, type Where} from './finding.ts';
import type {MessagesId} from './ids.ts';

export const quicAbout = ({conversation}: CapturedQuic): About =>
  conversation === undefined ? {capture: true} : {conversation: `u${conversation}`};

const sideNames = ['client', 'server'] as const;
const programs = ['client-program', 'server-program'] as const;
const otherSide = (side: Side): Side => (side === 0 ? 1 : 0);

/** The length in octets that a UDP datagram with a client's first QUIC Initial must have at least (RFC 9000 §14.1). */
const leastInitial = 1200;
const patienceUs = 1_000_000;

/** Finds a QUIC client whose Initial packets got no answer, not even an ICMP message. */
const unanswered = (captured: CapturedQuic, {inspector}: Evidence): readonly Finding<MessagesId>[] => {
  const {connection} = captured;
  const {silence, counts, firstBytes = 0, firstFrame, firstUs, lastUs, ends, datagrams} = connection;
  const isAlone = silence?.by === 0 && silence.behind === 0 && silence.count === datagrams;
  if (!isAlone || counts.Initial === 0 || firstBytes < leastInitial) return [];
  const isTold = inspector.fates.verdict(firstFrame) !== Verdict.unknown;
  if (isTold || inspector.durationUs - firstUs < patienceUs) return [];
  return [
    finding('quic-unanswered', {
      about: quicAbout(captured),
      costUs: lastUs - firstUs,
      frames: [firstFrame],
      facts: {count: datagrams, server: ends[1], us: lastUs - firstUs},
    }),
  ];
};

/** The errors of HTTP/3 and QPACK that blame the other end (RFC 9114 §8.1, RFC 9204 §6). */
const ofPeer: ReadonlySet<number> = new Set([
  ...[0x101, 0x103, 0x104, 0x105, 0x106, 0x108, 0x109, 0x10a, 0x10e, 0x200, 0x201, 0x202],
]);

/**
 * The HTTP/3 error codes that report no fault, H3_REQUEST_REJECTED and H3_REQUEST_CANCELLED: the server did not begin the request, or the
 * answer is no longer wanted.
 */
const harmless: ReadonlySet<number> = new Set([0x10b, 0x10c]);

type Told = {readonly by: Side; readonly code: number; readonly frame: number; readonly reason: string};

const http3Finding = (captured: CapturedQuic, {by, code, frame, reason}: Told, stream: number | undefined) =>
  finding('http3-fault', {
    about: quicAbout(captured),
    where: programs[otherSide(by)],
    frames: [frame],
    facts: {
      ...{
        by: sideNames[by],
        other: sideNames[otherSide(by)],
        code: closeName({application: true, code}, true),
      },
      ...{reason: reason === '' ? undefined : reason, stream},
    },
  });

/**
 * The QUIC transport error codes that report trouble of the end that sends them: INTERNAL_ERROR and CONNECTION_REFUSED (RFC 9000 §20.1).
 */
const ownErrors: ReadonlySet<number> = new Set([0x01, 0x02]);

const closed = (captured: CapturedQuic): readonly Finding<MessagesId>[] => {
  const {connection, http3} = captured;
  const {told: close} = connection.closes;
  if (!close || isNoError(close)) return [];
  const is3 = http3 !== undefined || speaksHttp3(connection);
  if (close.application && is3 && harmless.has(close.code)) return [];
  if (close.application && is3 && ofPeer.has(close.code)) return [http3Finding(captured, close, undefined)];
  const isOwn = close.application || ownErrors.has(close.code);
  const where: Where = isOwn ? programs[close.by] : 'unknown';
  return [
    finding('quic-closed', {
      ...{about: quicAbout(captured), where, certainty: 'proved', frames: [close.frame]},
      facts: {
        ...{by: sideNames[close.by], code: closeName(close, is3), application: close.application},
        reason: close.reason === '' ? undefined : close.reason,
      },
    }),
  ];
};

/** Finds the first HTTP/3 stream that was reset, or that an end asked to stop, with an error code that blames the other end. */
const broken = (captured: CapturedQuic): readonly Finding<MessagesId>[] => {
  if (!captured.http3) return [];
  for (const {id, reset, stopSending} of captured.connection.streams.all) {
    const told = [reset, stopSending].find((each) => each && ofPeer.has(each.code));
    if (told) return [http3Finding(captured, {...told, reason: ''}, id)];
  }
  return [];
};

export const quicFailures = (evidence: Evidence): readonly Finding<MessagesId>[] =>
  evidence.quic.flatMap((each) => {
    const ends = closed(each);
    return [...unanswered(each, evidence), ...(ends.length > 0 ? ends : broken(each))];
  });
