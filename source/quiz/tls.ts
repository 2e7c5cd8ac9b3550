// Quiz questions about TLS (RFC 9846 §5, §7; RFC 5246): what an eavesdropper can read, which key protects a record, what a record's header
// says.

import {ipPacketOf, ownerOf, packetOf, segmentOf} from '../account/packet.ts';
import {sameIn, type Text, worded, wordedWithNames} from '../lesson/text.ts';
import type {TlsContent} from '../observe/tls-contents.ts';
import {type TlsSession, tlsSessionsIn} from '../observe/tls-sessions.ts';
import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {splitHandshake} from '../wire/tls/handshake-stream.ts';
import {messageName} from '../wire/tls/message-name.ts';
import {ContentType, contentTypeName, HandshakeType, ProtocolVersion} from '../wire/tls/registry.ts';
import {tlsSentences as said} from '../words/catalogue/questions.ts';
import {fieldEvidence} from './field-evidence.ts';
import {beliefsIn, kindOf} from './kind.ts';
import {replying} from './listed.ts';
import {valuesLine} from './prompt.ts';

export type Version = 'TLS 1.2' | 'TLS 1.3';

export const isNew = ({version}: TlsSession): boolean => version === ProtocolVersion['TLS 1.3'];

export const versionOf = (session: TlsSession): Version => (isNew(session) ? 'TLS 1.3' : 'TLS 1.2');

/**
 * Returns the first line of the client's HTTP request inside TLS; undefined if the run's secrets do not decrypt it, or if it is not HTTP.
 */
const requestLine = ({contents}: TlsSession): string | undefined => {
  const first = contents.find(
    ({type, seen, content}) => type === ContentType.application_data && seen.side === 0 && content,
  );
  const bytes = first?.content?.subarray(0, 60) ?? new Uint8Array();
  const line = String.fromCharCode(...bytes).split('\r\n')[0] ?? '';
  return /^[A-Z]+ \S+ HTTP/.test(line) ? line : undefined;
};

const helloOf = ({contents}: TlsSession): TlsContent | undefined =>
  contents.find(({seen, content}) => seen.side === 0 && content?.[0] === HandshakeType.client_hello);

/**
 * Tells whether the client's TLS connection reached the host that owns the IP address it used, rather than one that answers in its place.
 */
const isMeant = (trace: Trace, {connection}: TlsSession, {seen}: TlsContent): boolean => {
  const {host} = connection.ends[1];
  return (ownerOf(trace, ipPacketOf(packetOf(trace, seen.frame))?.dst ?? '') ?? host) === host;
};

export const sessions = oncePer((trace: Trace): readonly TlsSession[] =>
  tlsSessionsIn(trace).filter((session) => {
    const hello = helloOf(session);
    if (session.version === undefined || session.serverName === undefined || !hello) return false;
    return isMeant(trace, session, hello);
  }),
);

/** Names of facts that one kind of question tells (`tells`) and another one asks for (`secrets`). */
export const orderIn = (version: Version): string => `${version}: the messages in order`;
export const hiddenIn13 = 'TLS 1.3: what is encrypted';

type ReadGivens = {
  readonly host: string;
  readonly version: Version;
  /** True if the TLS session resumes an earlier one, so that no certificate is sent. */
  readonly isResumed: boolean;
  readonly name: string;
  /** The first line of the HTTP request inside the TLS session. */
  readonly line: string;
};

const readable = ({version, isResumed, name}: ReadGivens): readonly string[] => [
  ...[name, 'addresses', 'sizes'],
  ...(version === 'TLS 1.2' && !isResumed ? ['certificate'] : []),
];

const without = (givens: ReadGivens, ...left: readonly string[]): readonly string[] =>
  readable(givens).filter((each) => !left.includes(each));

const mostLine = 50;

export const eavesdropperReads = kindOf<ReadGivens, TlsSession>({
  kind: 'eavesdropper-reads',
  form: 'several',
  secrets: ({version, isResumed}) => (version === 'TLS 1.3' && !isResumed ? [hiddenIn13] : []),
  among: ({trace}) => sessions(trace),
  at: (_, index) => index + 1,
  find({trace}, session) {
    const hello = helloOf(session);
    const line = requestLine(session);
    const name = session.serverName;
    if (!hello || line === undefined || name === undefined) return 'hidden';
    if (line.length > mostLine) return 'wide';
    const isResumed = session.certificates[1].length === 0;
    const evidence = fieldEvidence(trace, hello.seen.frame, 'tls.handshake.extensions_server_name');
    const {host} = session.connection.ends[1];
    const givens = {host, isResumed, name, line, version: versionOf(session)};
    const clear = session.messages.some(
      ({name: each, encrypted, side}) => side === 1 && !encrypted && each === 'certificate',
    );
    return {
      givens,
      did: [name, 'addresses', 'sizes', ...(clear ? ['certificate'] : [])],
      ...{n: packetOf(trace, hello.seen.frame).sendEvent + 1},
      evidence: evidence?.value === name ? evidence : undefined,
    };
  },
  ask: ({host, version, isResumed, name, line}, called) => [
    wordedWithNames(said.readDraft.prompt.opens, {
      ...{version, ech: version === 'TLS 1.3'},
      host: called(host).within,
    }),
    isResumed ? said.readDraft.prompt.resumed : said.readDraft.prompt.full,
    valuesLine(`${name}  ${line}`),
    said.readDraft.prompt.asks,
  ],
  solve(givens) {
    const isOld = givens.version === 'TLS 1.2';
    const {readHints, readDraft} = said;
    return {
      answer: readable(givens),
      explain: isOld
        ? wordedWithNames(readDraft.inClear, {open: !givens.isResumed})
        : wordedWithNames(readDraft.explain, {full: !givens.isResumed}),
      hints: [
        readHints.theFirstMessage,
        readHints.tlsProtectsWhat,
        isOld ? readHints.inTLS12 : readHints.inTLS13,
      ],
    };
  },
  beliefs: [
    ...beliefsIn<ReadGivens, keyof typeof said.readDraft.beliefs>(said.readDraft.beliefs, {
      'https-hides-sni': (givens) => without(givens, givens.name),
      hidesAddresses: (givens) => without(givens, 'addresses'),
      hidesSizes: (givens) => without(givens, 'sizes'),
      opensRequest: (givens) => [...readable(givens), 'request'],
      opensCookies: (givens) => [...readable(givens), 'cookies'],
    }),
    replying(
      said.readDraft.replies.certificate,
      ({version, isResumed}: ReadGivens) => ({old: version === 'TLS 1.2', full: !isResumed}),
      (givens) =>
        readable(givens).includes('certificate')
          ? without(givens, 'certificate')
          : [...readable(givens), 'certificate'],
    ),
  ],
  words(value, {name, line}) {
    const {right, wrong, certificate} = said.readDraft;
    if (value === name) return worded(right.text.theSitesName, {name});
    if (value === 'addresses') return right.text.theAddressesAnd;
    if (value === 'sizes') return right.text.howMuchData;
    if (value === 'certificate') return certificate.text;
    return value === 'request' ? worded(wrong.text.theRequest, {line}) : wrong.text.theCookies;
  },
});

type Phase = 'early' | 'handshake' | 'application';
type Keyed = {readonly content: TlsContent; readonly phase: Phase; readonly messages: readonly string[]};

/**
 * Returns the encrypted TLS 1.3 records that the run's secrets decrypt, each with the traffic secret of RFC 9846 §7.1 that protects it:
 * early, handshake or application.
 */
const keyed = oncePer((trace: Trace): readonly Keyed[] =>
  sessions(trace)
    .filter(isNew)
    .flatMap((session) => {
      const finished = [false, false];
      const answered = session.contents.find(({seen}) => seen.side === 1)?.seen.event ?? 0;
      return session.contents.flatMap((content): readonly Keyed[] => {
        const {encrypted, seen, type, content: inside} = content;
        if (!encrypted || !inside) return [];
        const messages = type === ContentType.handshake ? wholeMessages(inside) : [];
        const last = messages.at(-1)?.[0];
        const isEarly = seen.event < answered || last === HandshakeType.end_of_early_data;
        const phase: Phase =
          seen.side === 0 && isEarly ? 'early' : finished[seen.side] ? 'application' : 'handshake';
        if (last === HandshakeType.finished) finished[seen.side] = true;
        return [{content, phase, messages: messages.map(messageName)}];
      });
    }),
);

/** Returns the handshake messages in the content of a TLS record; none if one of them continues in another record. */
const wholeMessages = (bytes: Uint8Array): readonly Uint8Array[] => {
  const split = splitHandshake(new Uint8Array(), bytes);
  return split.ok && split.value.rest.length === 0 ? split.value.messages : [];
};

const sides = ['client', 'server'] as const;

type Side = (typeof sides)[number];

type KeyGivens = {
  readonly side: Side;
  /** The names of the handshake messages in the TLS record; empty if it carries application data. */
  readonly messages: readonly string[];
  /** True if the TLS record carries application data of the client before anything from the server has arrived (early data). */
  readonly isFirst: boolean;
};

/** Handshake messages that come after their sender's Finished, and so under the application traffic secret. */
const late: readonly string[] = ['NewSessionTicket', 'KeyUpdate'];

const phaseOf = ({messages, isFirst}: KeyGivens): Phase => {
  if (isFirst || messages.includes('EndOfEarlyData')) return 'early';
  return messages.length === 0 || messages.some((each) => late.includes(each)) ? 'application' : 'handshake';
};

const key = (side: Side, phase: Phase): string => `${side} ${phase}`;

const otherSide = ({side}: KeyGivens): Side => (side === 'client' ? 'server' : 'client');

const otherPhase = (givens: KeyGivens): Phase =>
  phaseOf(givens) === 'handshake' ? 'application' : 'handshake';

const certificateKey = 'certificate';

const phaseText = (phase: string): Text =>
  said.phase[phase === 'early' || phase === 'handshake' ? phase : 'application'];

export const keyOfRecord = kindOf<KeyGivens, Keyed>({
  kind: 'key-of-record',
  form: 'choice',
  tells: ({messages}) => [
    ...(messages.length > 0 ? [hiddenIn13] : []),
    ...(messages.length > 1 ? [orderIn('TLS 1.3')] : []),
  ],
  among: ({trace}) => keyed(trace),
  at: (_, index) => index + 1,
  find({trace}, {content: {seen, type}, phase, messages}) {
    if (type !== ContentType.handshake && type !== ContentType.application_data) return 'hidden';
    const side = sides[seen.side];
    const isData = type === ContentType.application_data;
    if (!isData && messages.length === 0) return 'hidden';
    // Application data under the application traffic secret: the key has the same name as what the record carries, so the answer is
    // trivial.
    if (isData && phase === 'application') return 'trivial';
    const n = packetOf(trace, seen.frame).sendEvent + 1;
    return {
      givens: {side, messages, isFirst: isData && phase === 'early'},
      ...{did: key(side, phase), n},
      evidence: {packet: seen.frame, field: 'clause:RFC 9846 §7.1', value: key(side, phase)},
    };
  },
  ask: ({side, messages, isFirst}) => [
    wordedWithNames(said.keyDraft.prompt, {
      ...{side, isFirst},
      inside: messages.length === 0 ? said.keyDraft.data : sameIn(messages.join(', ')),
      // A client that authenticates itself after the handshake sends another Finished.
      late: side === 'client' && messages.includes('Finished'),
    }),
  ],
  solve(givens) {
    const phase = phaseOf(givens);
    const {hints, explain} = said.keyDraft;
    return {
      answer: key(givens.side, phase),
      explain: wordedWithNames(explain, {
        phase: phaseText(phase),
        ...{early: phase === 'early', handshake: phase === 'handshake'},
      }),
      hints: [hints.eachDirectionHas, hints.finishedIsThe, hints.theCertificatesKey],
    };
  },
  beliefs: beliefsIn(said.keyDraft.beliefs, {
    'cert-key-encrypts': () => certificateKey,
    otherSide: (givens) => key(otherSide(givens), phaseOf(givens)),
    otherPhase: (givens) => key(givens.side, otherPhase(givens)),
  }),
  words(value) {
    if (value === certificateKey) return said.keyDraft.wrong.text;
    const [side = '', phase = ''] = value.split(' ');
    return wordedWithNames(said.secret, {side, phase: phaseText(phase)});
  },
});

type Alone = {readonly content: TlsContent; readonly session: TlsSession};

/**
 * Returns the TLS records that fill the data of one segment alone, so that the segment's TLS fields are those of this record; in TLS 1.2
 * only unencrypted ones.
 */
export const alone = oncePer((trace: Trace): readonly Alone[] =>
  sessions(trace).flatMap((session) =>
    session.contents.flatMap((content) => {
      const data = segmentOf(packetOf(trace, content.seen.frame))?.payload.length;
      const whole = data === content.seen.record.fragment.length + 5;
      return whole && (isNew(session) || !content.encrypted) ? [{content, session}] : [];
    }),
  ),
);

type TypeGivens = {
  readonly host: string;
  /** The number of the content type inside; TLS 1.3 encrypts the record. */
  readonly inside: number;
};

const typeTexts = new Map<number, Text>([
  [ContentType.handshake, said.type.handshake],
  [ContentType.application_data, said.type.application_data],
  [ContentType.change_cipher_spec, said.type.change_cipher_spec],
  [ContentType.alert, said.type.alert],
]);

export const typeText = (type: number): Text => typeTexts.get(type) ?? sameIn(String(type));

export const recordType = kindOf<TypeGivens, Alone>({
  kind: 'record-type',
  form: 'choice',
  among: ({trace}) => alone(trace),
  at: (_, index) => index + 1,
  find({trace}, {content: {seen, encrypted, type}, session}) {
    if (!typeTexts.has(type)) return 'hidden';
    // The type has the same name as what the record carries.
    if (!encrypted || type === ContentType.application_data) return 'trivial';
    const printed = fieldEvidence(trace, seen.frame, 'tls.record.content_type');
    const {host} = session.connection.ends[seen.side];
    return {
      givens: {host, inside: type},
      ...{did: String(seen.record.type), n: packetOf(trace, seen.frame).sendEvent},
      // A reader with the secrets, as in an exported capture, sees the type on the wire under this name.
      evidence: printed && {packet: seen.frame, field: 'tls.record.opaque_type', value: printed.value},
    };
  },
  ask: ({host, inside}, called) => [
    wordedWithNames(said.typeDraft.prompt, {host: called(host).first, what: typeText(inside)}),
  ],
  solve({inside}) {
    const {hints, explain} = said.typeDraft;
    return {
      answer: String(ContentType.application_data),
      explain: wordedWithNames(explain, {right: inside, name: contentTypeName(inside)}),
      hints: [hints.theHeaderOf, hints.tls13HidesThe],
    };
  },
  words: (value) => sameIn(`${value} (${contentTypeName(Number(value))})`),
  beliefs: [
    replying(
      said.typeDraft.replies.trueType,
      ({inside}: TypeGivens) => ({right: inside}),
      ({inside}) => String(inside),
    ),
    replying(
      said.typeDraft.replies.handshake,
      ({inside}: TypeGivens) => ({what: typeText(inside)}),
      ({inside}) => (inside === ContentType.handshake ? undefined : String(ContentType.handshake)),
    ),
    ...beliefsIn(said.typeDraft.beliefs, {change: () => String(ContentType.change_cipher_spec)}),
  ],
});
