// Findings about QUIC connections that continue, or end without a word: silence, gaps, moves, reset streams, other versions, Retry.
import type {CapturedQuic} from '../observe/quic-captured.ts';
import {closeName} from '../wire/quic/error-name.ts';
import {quicVersionName} from '../wire/quic/quic-version.ts';
import {type Finding, finding} from './finding.ts';
import type {MessagesId} from './ids.ts';
import {quicAbout} from './quic-failures.ts';

type Found = readonly Finding<MessagesId>[];

const sideNames = ['client', 'server'] as const;
/**
 * The number of datagrams without an answer from which on a QUIC end counts as silent, and the time in µs that they must span (`leastUs`).
 */
const leastProbes = 4;
const leastUs = 1_000_000;

/**
 * Finds a QUIC end that repeatedly sent datagrams and got no answer until the capture's end, without a CONNECTION_CLOSE (RFC 9000 §10.1).
 */
const gaveUp = (captured: CapturedQuic): Found => {
  const {silence, silentFromUs, closes, lastUs, handshake} = captured.connection;
  if (!silence || closes.first || silence.behind === 0) return [];
  const {by, count, behind} = silence;
  const us = lastUs - silentFromUs;
  if (count < leastProbes || us < leastUs) return [];
  return [
    finding('quic-gave-up', {
      ...{about: quicAbout(captured), costUs: us, frames: [behind]},
      facts: {by: sideNames[by], count, us, behind, idleMs: handshake.idleTimeoutMs ?? 0},
    }),
  ];
};

/** The number of packets after which a gap in a QUIC stream counts as loss; a gap that is filled sooner is put down to reordering. */
const leastGap = 3;

/** Finds QUIC streams with a gap that was filled only later: octets were lost before the capture point and sent again. */
const gaps = (captured: CapturedQuic): Found => {
  const all = captured.connection.streams.all.flatMap(({id, halves}) =>
    halves.flatMap(({gap}) =>
      gap?.to !== undefined && gap.to - gap.from >= leastGap
        ? [{id: String(id), from: gap.from, to: gap.to, us: gap.us}]
        : [],
    ),
  );
  if (all.length === 0) return [];
  const ids = [...new Set(all.map(({id}) => id))];
  return [
    finding('quic-gap', {
      ...{about: quicAbout(captured), frames: all.flatMap(({from, to}) => [from, to])},
      facts: {ids: ids.slice(0, 4), count: ids.length, us: Math.max(...all.map(({us}) => us))},
    }),
  ];
};

const moves = (captured: CapturedQuic): Found =>
  captured.connection.moves.map(({by, from, to, frame}) =>
    finding('quic-moved', {
      ...{about: quicAbout(captured), certainty: 'proved', frames: [frame]},
      facts: {by: sideNames[by], from, to},
    }),
  );

/**
 * Finds QUIC streams that were reset. If an end asked for it with STOP_SENDING (RFC 9000 §3.5), that end is named, because the reset only
 * answers it.
 */
const resets = (captured: CapturedQuic): Found =>
  captured.connection.streams.all.flatMap(({id, reset, stopSending}) => {
    const asked =
      !!stopSending && !(reset && (reset.by === stopSending.by || reset.frame < stopSending.frame));
    const told = asked ? stopSending : reset;
    if (!told) return [];
    const code = closeName({application: true, code: told.code}, captured.http3 !== undefined);
    return [
      finding('quic-stream-reset', {
        ...{about: quicAbout(captured), certainty: 'proved', frames: [told.frame]},
        facts: {by: sideNames[told.by], stream: String(id), code, asked},
      }),
    ];
  });

/** The name of reserved QUIC versions, which only test whether the other end ignores unknown versions (RFC 9000 §15). */
const grease = 'grease';

const openings = (captured: CapturedQuic): Found => {
  const {versionsOfServer = [], versions, retryToken, firstFrame} = captured.connection;
  const given = {about: quicAbout(captured), certainty: 'proved', frames: [firstFrame]} as const;
  const names = versionsOfServer.map(quicVersionName).filter((each) => each !== grease);
  return [
    ...(versionsOfServer.length > 0
      ? [
          finding('quic-version-negotiation', {
            ...given,
            facts: {offered: quicVersionName(versions[0] ?? 0), names, count: names.length},
          }),
        ]
      : []),
    ...(retryToken ? [finding('quic-retry', {...given, facts: {bytes: retryToken.length}})] : []),
  ];
};

export const quicNotes = (quic: readonly CapturedQuic[]): Found =>
  quic.flatMap((captured) => [gaveUp, gaps, moves, resets, openings].flatMap((each) => each(captured)));
