// Questions about TLS (RFC 9846 §5, §7; RFC 5246): what an eavesdropper reads, which key protects a record, what a record's header says.

import {packetOf, segmentOf} from '../account/packet.ts';
import {sameIn, type Text, worded, wordedWithNames} from '../lesson/text.ts';
import type {TlsContent} from '../observe/tls-contents.ts';
import {type TlsSession, tlsSessionsIn} from '../observe/tls-sessions.ts';
import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {splitHandshake} from '../wire/tls/handshake-stream.ts';
import {ContentType, HandshakeType, ProtocolVersion} from '../wire/tls/registry.ts';
import {tlsSentences} from '../words/catalogue/questions.ts';
import {packetLines} from './context.ts';
import type {Draft, Generator, Option} from './draft.ts';
import {fieldEvidence} from './fields.ts';
import {hostText} from './words.ts';

const isNew = ({version}: TlsSession): boolean => version === ProtocolVersion['TLS 1.3'];

/** The first line of what the client asks for inside, as far as the run's secrets open it. */
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

const sessions = oncePer((trace: Trace): readonly TlsSession[] =>
  tlsSessionsIn(trace).filter(
    (session) =>
      session.version !== undefined && session.serverName !== undefined && helloOf(session) !== undefined,
  ),
);

const readHints = (session: TlsSession): Draft['hints'] => [
  tlsSentences.readHints.theFirstMessage,
  tlsSentences.readHints.tlsProtectsWhat,
  isNew(session) ? tlsSentences.readHints.inTLS13 : tlsSentences.readHints.inTLS12,
];

const readDraft = (trace: Trace, session: TlsSession): Draft | undefined => {
  const hello = helloOf(session);
  const evidence = hello && fieldEvidence(trace, hello.seen.frame, 'tls.handshake.extensions_server_name');
  const line = requestLine(session);
  const server = session.connection.ends[1];
  const name = session.serverName;
  if (!hello || !evidence || evidence.value !== name || line === undefined || line.length > 50)
    return undefined;
  const open = !isNew(session) && session.certificates[1].length > 0;
  const certificate: Option = {
    text: tlsSentences.readDraft.certificate.text,
    value: 'certificate',
  };
  const version = isNew(session) ? 'TLS 1.3' : 'TLS 1.2';
  return {
    form: 'several',
    right: [
      {
        text: worded(tlsSentences.readDraft.right.text.theSitesName, {name}),
        value: name,
        misconception: 'https-hides-sni',
      },
      {
        text: tlsSentences.readDraft.right.text.theAddressesAnd,
        value: 'addresses',
        misconception: 'https-hides-sni',
      },
      {text: tlsSentences.readDraft.right.text.howMuchData, value: 'sizes'},
      ...(open ? [certificate] : []),
    ],
    wrong: [
      {text: worded(tlsSentences.readDraft.wrong.text.theRequest, {line}), value: 'request'},
      {text: tlsSentences.readDraft.wrong.text.theCookies, value: 'cookies'},
      ...(isNew(session) ? [certificate] : []),
    ],
    prompt: [
      wordedWithNames(tlsSentences.readDraft.prompt, {
        frame: hello.seen.frame,
        version,
        host: hostText(server.host),
      }),
    ],
    hints: readHints(session),
    explain: isNew(session)
      ? tlsSentences.readDraft.explain
      : wordedWithNames(tlsSentences.readDraft.inClear, {open}),
    n: eventAfter(trace, hello),
    evidence,
  };
};

const eventAfter = (trace: Trace, {seen}: TlsContent): number => packetOf(trace, seen.frame).sendEvent + 1;

export const eavesdropperReads: Generator = {
  kind: 'eavesdropper-reads',
  places: ({trace}) => sessions(trace).map((_, index) => index + 1),
  ask: ({trace}, place) => {
    const session = sessions(trace)[place - 1];
    return session && readDraft(trace, session);
  },
};

type Phase = 'early' | 'handshake' | 'application';
type Keyed = {readonly content: TlsContent; readonly phase: Phase; readonly session: TlsSession};

/** Encrypted records of TLS 1.3 that the run's secrets open, each with the traffic secret of RFC 9846 §7.1 that protects it. */
const keyed = oncePer((trace: Trace): readonly Keyed[] =>
  sessions(trace)
    .filter(isNew)
    .flatMap((session) => {
      const finished = [false, false];
      const answered = session.contents.find(({seen}) => seen.side === 1)?.seen.event ?? 0;
      return session.contents.flatMap((content): readonly Keyed[] => {
        const {encrypted, seen, type, content: inside} = content;
        if (!encrypted || !inside) return [];
        const phase: Phase =
          seen.side === 0 && seen.event < answered
            ? 'early'
            : finished[seen.side]
              ? 'application'
              : 'handshake';
        if (type === ContentType.handshake && inside.length > 0 && endsFinished(inside))
          finished[seen.side] = true;
        return [{content, phase, session}];
      });
    }),
);

/** Does the last handshake message in it say Finished? */
const endsFinished = (bytes: Uint8Array): boolean => {
  const split = splitHandshake(new Uint8Array(), bytes);
  return split.ok && split.value.messages.at(-1)?.[0] === HandshakeType.finished;
};

const phaseTexts: {readonly [phase in Phase]: Text} = {
  early: tlsSentences.phase.early,
  handshake: tlsSentences.phase.handshake,
  application: tlsSentences.phase.application,
};

const sides = ['client', 'server'] as const;

const secret = (side: 0 | 1, phase: Phase): Option => ({
  text: wordedWithNames(tlsSentences.secret, {side: sides[side], phase: phaseTexts[phase]}),
  value: `${sides[side]} ${phase}`,
});

const keyDraft = (trace: Trace, {content, phase, session}: Keyed): Draft | undefined => {
  const {seen, type} = content;
  const late = phase === 'application';
  const messages = late
    ? tlsSentences.keyDraft.messages.handshakeMessagesThat
    : tlsSentences.keyDraft.messages.handshakeMessages;
  const inside = type === ContentType.handshake ? messages : tlsSentences.keyDraft.inside;
  if (type !== ContentType.handshake && type !== ContentType.application_data) return undefined;
  const {side} = seen;
  const other = side === 0 ? 1 : 0;
  const {host} = session.connection.ends[side];
  return {
    form: 'choice',
    right: secret(side, phase),
    wrong: [
      {
        text: tlsSentences.keyDraft.wrong.text,
        value: 'certificate',
        misconception: 'cert-key-encrypts',
      },
      ...(['handshake', 'application'] as const).flatMap((each) => [secret(side, each), secret(other, each)]),
    ],
    prompt: [
      ...packetLines(trace, packetOf(trace, seen.frame).sendEvent + 1, 3),
      wordedWithNames(tlsSentences.keyDraft.prompt, {frame: seen.frame, host: hostText(host), inside}),
    ],
    hints: [
      tlsSentences.keyDraft.hints.eachDirectionHas,
      tlsSentences.keyDraft.hints.finishedIsThe,
      tlsSentences.keyDraft.hints.theCertificatesKey,
    ],
    explain: wordedWithNames(tlsSentences.keyDraft.explain, {phaseTexts: phaseTexts[phase]}),
    n: packetOf(trace, seen.frame).sendEvent + 1,
    evidence: {packet: seen.frame, field: 'clause:RFC 9846 §7.1', value: `${sides[side]} ${phase}`},
  };
};

export const keyOfRecord: Generator = {
  kind: 'key-of-record',
  places: ({trace}) => keyed(trace).map((_, index) => index + 1),
  ask: ({trace}, place) => {
    const found = keyed(trace)[place - 1];
    return found && keyDraft(trace, found);
  },
};

/** Records that fill the data of one segment, so that its fields are those of this record alone. */
const alone = oncePer(
  (trace: Trace): readonly {readonly content: TlsContent; readonly session: TlsSession}[] =>
    sessions(trace).flatMap((session) =>
      session.contents.flatMap((content) => {
        const data = segmentOf(packetOf(trace, content.seen.frame))?.payload.length;
        const whole = data === content.seen.record.fragment.length + 5;
        return whole && (isNew(session) || !content.encrypted) ? [{content, session}] : [];
      }),
    ),
);

const typeNames: readonly (readonly [type: number, name: string])[] = [
  [ContentType.handshake, 'handshake'],
  [ContentType.application_data, 'application_data'],
  [ContentType.change_cipher_spec, 'change_cipher_spec'],
  [ContentType.alert, 'alert'],
];

const typeDraft = (
  trace: Trace,
  {content, session}: {readonly content: TlsContent; readonly session: TlsSession},
): Draft | undefined => {
  const {seen, encrypted, type} = content;
  // Whoever has the secrets, as an exported capture, sees the type inside under the first name, and that on the wire under the second.
  const field = encrypted ? 'tls.record.opaque_type' : 'tls.record.content_type';
  const printed = fieldEvidence(trace, seen.frame, 'tls.record.content_type');
  const inside = typeNames.find(([number]) => number === type)?.[1];
  const {host} = session.connection.ends[seen.side];
  if (!printed || inside === undefined || printed.value !== String(seen.record.type)) return undefined;
  const option = ([number, name]: readonly [number, string]): Option => ({
    text: sameIn(`${number} (${name})`),
    value: String(number),
  });
  const right = typeNames.find(([number]) => number === seen.record.type);
  if (!right) return undefined;
  const what = typeTexts[inside] ?? sameIn(inside);
  return {
    form: 'choice',
    right: option(right),
    wrong: typeNames.filter((each) => each !== right).map(option),
    prompt: [
      wordedWithNames(tlsSentences.typeDraft.prompt, {
        frame: seen.frame,
        host: hostText(host),
        what,
        encrypted,
      }),
    ],
    hints: [tlsSentences.typeDraft.hints.theHeaderOf, tlsSentences.typeDraft.hints.tls13HidesThe],
    explain: encrypted
      ? tlsSentences.typeDraft.explain.everyEncryptedRecord
      : wordedWithNames(tlsSentences.typeDraft.explain.nothingIsEncrypted, {right: right[0]}),
    n: packetOf(trace, seen.frame).sendEvent,
    evidence: {packet: seen.frame, field, value: printed.value},
  };
};

const typeTexts: {readonly [name: string]: Text} = {
  handshake: tlsSentences.type.handshake,
  application_data: tlsSentences.type.application_data,
  change_cipher_spec: tlsSentences.type.change_cipher_spec,
  alert: tlsSentences.type.alert,
};

export const recordType: Generator = {
  kind: 'record-type',
  places: ({trace}) => alone(trace).map((_, index) => index + 1),
  ask: ({trace}, place) => {
    const found = alone(trace)[place - 1];
    return found && typeDraft(trace, found);
  },
};
