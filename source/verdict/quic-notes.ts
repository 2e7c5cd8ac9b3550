// Findings about QUIC connections that continue, or end without a word: silence, gaps, moves, reset streams, other versions, Retry.
import type {CapturedQuic} from '../observe/quic-captured.ts';
import {closeName} from '../wire/quic/error-name.ts';
import {quicVersionName} from '../wire/quic/quic-version.ts';
import {type Finding, finding} from './finding.ts';
import type {MessagesId} from './ids.ts';
import {quicAbout} from './quic-failures.ts';

type Found = readonly Finding<MessagesId>[];

const sideNames = ['client', 'server'] as const;
/** The number of probes without an answer, and the time in µs, from which on silence is no chance. */
const leastProbes = 4;
const leastUs = 1_000_000;

/** Finds an end that went on asking and heard nothing (RFC 9000 §10.1). */
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

/** The number of packets for which a gap must be open; a shorter one came from reordering. */
const leastGap = 3;

/** Finds streams that waited for octets which never reached the capture point and were sent again. */
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

/** Finds reset streams. An end that is asked to stop answers with a reset (RFC 9000 §3.5), so the other end wanted it. */
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

/** The name of made-up versions, which every end has to ignore (RFC 9000 §15). */
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
