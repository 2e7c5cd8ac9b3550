// Quiz questions about TLS handshakes (RFC 9846 §2, RFC 5246 §7.3): which messages are sent in clear, which one is missing, whether a
// session is resumed, how long a record is, what a leaked key opens, which alert reports a fault.

import {entriesOf} from '../account/entries.ts';
import {packetOf} from '../account/packet.ts';
import {worded, wordedWithNames} from '../lesson/text.ts';
import type {TlsSession} from '../observe/tls-sessions.ts';
import type {Trace} from '../sim/trace.ts';
import {spokenMessage} from '../wire/tls/message-name.ts';
import {
  clearMessages,
  leakedKey,
  missingMessage,
  recordBytes,
  tlsAlert,
  tlsResumed,
} from '../words/catalogue/ask-tls.ts';
import {fieldEvidence} from './field-evidence.ts';
import {lastSent} from './instants.ts';
import {beliefsIn, type Found, type Rejection, whatever} from './kind.ts';
import {byClause, listedKind, replying, wordsOf} from './listed.ts';
import {valuesLine} from './prompt.ts';
import {alone, hiddenIn13, isNew, orderIn, sessions, typeText, type Version, versionOf} from './tls.ts';

const sideName = (side: number): string => (side === 0 ? 'C' : 'S');

type Begun = {readonly session: TlsSession; readonly packet: number; readonly n: number};

const begun = (trace: Trace): readonly Begun[] =>
  sessions(trace).flatMap((session) => {
    const packet = session.contents[0]?.seen.frame;
    return packet === undefined ? [] : [{session, packet, n: packetOf(trace, packet).sendEvent}];
  });

type ClearGivens = {readonly version: Version; readonly messages: readonly string[]};

const last = 'Finished';
const hellos = ['ClientHello', 'HelloRetryRequest', 'ServerHello'];

const clearIn = ({version, messages}: ClearGivens): readonly string[] => {
  if (version === 'TLS 1.3') return messages.filter((each) => hellos.includes(each));
  return messages.filter((each) => each !== last);
};

/**
 * A handshake message that TLS 1.2 sends in clear, but with RSA its content is encrypted, so "in clear" would be ambiguous and the question
 * leaves it out.
 */
const doubtful = 'ClientKeyExchange';
const mostBefore = 5;

/**
 * Returns names of a TLS session's handshake messages to choose from, always with Finished, which is never in clear; empty without it.
 * Tickets are left out, because they come after it or in clear before it.
 */
const namesIn = ({messages}: TlsSession): readonly string[] => {
  const names = new Set(messages.map(({name}) => spokenMessage(name)));
  if (!names.delete(last)) return [];
  for (const each of [doubtful, 'NewSessionTicket']) names.delete(each);
  return [...[...names].slice(0, mostBefore), last];
};

export const clearMessagesKind = listedKind<ClearGivens>({
  kind: 'clear-messages',
  isRead: true,
  form: 'several',
  secrets: ({version}) => (version === 'TLS 1.3' ? [hiddenIn13] : []),
  tells: ({version}) => [orderIn(version)],
  all: (trace) =>
    begun(trace).flatMap(({session, packet, n}): readonly (Found<ClearGivens> | Rejection)[] => {
      const names = namesIn(session);
      if (names.length < 4) return [];
      const clear = new Set(
        session.messages.flatMap(({name, encrypted}) => (encrypted ? [] : [spokenMessage(name)])),
      );
      const did = names.filter((name) => clear.has(name));
      return [
        {
          givens: {version: versionOf(session), messages: names},
          ...{did, n, evidence: byClause(packet, '9846 §2', did.join(' '))},
        },
      ];
    }),
  ask: ({version, messages}) => [
    worded(clearMessages.given, {version, ech: version === 'TLS 1.3'}),
    valuesLine(messages.join('  ')),
    clearMessages.asks,
  ],
  solve: (givens) => ({
    answer: clearIn(givens),
    explain: givens.version === 'TLS 1.3' ? clearMessages.explain.fresh : clearMessages.explain.old,
    hints: [clearMessages.hint],
  }),
  beliefs: [
    replying(
      clearMessages.replies.all,
      ({version}: ClearGivens) => ({old: version === 'TLS 1.2'}),
      ({messages}) => messages,
    ),
    ...beliefsIn<ClearGivens, keyof typeof clearMessages.beliefs>(clearMessages.beliefs, {
      'https-hides-sni': (givens) => clearIn(givens).filter((each) => each !== 'ClientHello'),
      certificate: (givens) =>
        [...new Set([...clearIn(givens), 'Certificate'])].filter((each) => givens.messages.includes(each)),
      hellos: ({messages}) => messages.slice(0, 2),
    }),
  ],
});

const courses: {readonly [version in Version]: readonly (readonly string[])[]} = {
  'TLS 1.3': [
    [
      ...['C ClientHello', 'S ServerHello', 'S EncryptedExtensions', 'S Certificate'],
      ...['S CertificateVerify', 'S Finished', 'C Finished'],
    ],
    ['C ClientHello', 'S ServerHello', 'S EncryptedExtensions', 'S Finished', 'C Finished'],
  ],
  'TLS 1.2': [
    [
      ...['C ClientHello', 'S ServerHello', 'S Certificate', 'S ServerKeyExchange'],
      ...['S ServerHelloDone', 'C ClientKeyExchange', 'C Finished', 'S Finished'],
    ],
    [
      ...['C ClientHello', 'S ServerHello', 'S Certificate', 'S ServerHelloDone'],
      ...['C ClientKeyExchange', 'C Finished', 'S Finished'],
    ],
    ['C ClientHello', 'S ServerHello', 'S Finished', 'C Finished'],
  ],
};

type MissingGivens = {readonly version: Version; readonly messages: readonly string[]};

const blank = '?';

/**
 * Returns the handshake message that belongs in the blank; undefined if no course of the handshake fits what is shown, or more than one.
 */
const missingIn = ({version, messages}: MissingGivens): string | undefined => {
  const at = messages.indexOf(blank);
  const fitting = courses[version].filter(
    (course) =>
      course.length === messages.length &&
      course.every((each, index) => index === at || each === messages[index]),
  );
  const [course, other] = fitting;
  return other ? undefined : course?.[at];
};

/** Handshake messages that only the other version of TLS has, as wrong choices; none of them is printed in the question. */
const foreign: {readonly [version in Version]: readonly string[]} = {
  'TLS 1.3': ['C ClientKeyExchange', 'S ServerKeyExchange', 'S ServerHelloDone'],
  'TLS 1.2': ['S EncryptedExtensions', 'S CertificateVerify', 'C EndOfEarlyData'],
};

const nameOf = (message: string): string => message.slice(2);

/** Tells whether the name of a handshake message leaves open which side sends it, as Finished does. */
const isOfEither = (message: string): boolean => !/^(Client|Server)/.test(nameOf(message));

const isTold = (name: string): name is keyof typeof missingMessage.does =>
  Object.hasOwn(missingMessage.does, name);

export const missingMessageKind = listedKind<MissingGivens>({
  kind: 'missing-message',
  form: 'choice',
  secrets: ({version}) => [orderIn(version)],
  tells: ({version}) => [orderIn(version)],
  all: (trace) =>
    begun(trace).flatMap(({session, packet, n}) => {
      const all = session.messages
        .filter(({name}) => name !== 'new_session_ticket' && name !== 'end_of_early_data')
        .map(({name, side}) => `${sideName(side)} ${spokenMessage(name)}`);
      return all.slice(1).map((did, index) => ({
        givens: {version: versionOf(session), messages: all.with(index + 1, blank)},
        ...{did, n, evidence: byClause(packet, '9846 §2', did)},
      }));
    }),
  ask: ({version, messages}) => [
    worded(missingMessage.given, {version}),
    valuesLine(messages.join(' · ')),
    missingMessage.asks,
  ],
  solve(givens) {
    const answer = missingIn(givens);
    const name = nameOf(answer ?? '');
    if (answer === undefined || !isTold(name)) return undefined;
    const {explain, does, hint} = missingMessage;
    const told = worded(does[name], {isNew: givens.version === 'TLS 1.3'});
    return {answer, explain: wordedWithNames(explain, {answer, does: told}), hints: [hint]};
  },
  beliefs: [
    ...[0, 1, 2].map((nth) => ({
      says: ({version}: MissingGivens) =>
        worded(missingMessage.beliefs.other, {version, isNew: version === 'TLS 1.3'}),
      answers: ({version}: MissingGivens) => foreign[version][nth],
    })),
    {
      says: missingMessage.beliefs.side,
      answers: (givens) => {
        const right = missingIn(givens) ?? '';
        const other = `${right.startsWith('C') ? 'S' : 'C'} ${nameOf(right)}`;
        return isOfEither(right) && !givens.messages.includes(other) ? other : undefined;
      },
    },
  ],
});

/** Holds what a question prints about a TLS client that offered to resume a session; without an offer there is nothing to ask. */
type ResumedGivens = {
  readonly version: Version;
  /** The names of the server's handshake messages, in order, up to its Finished. */
  readonly answers: readonly string[];
};

export const tlsResumedKind = listedKind<ResumedGivens>({
  kind: 'tls-resumed',
  form: 'choice',
  tells: ({version}) => [orderIn(version)],
  all: (trace) =>
    begun(trace).flatMap(({session, packet, n}) => {
      const answers = session.messages.flatMap(({name, side}) => (side === 1 ? [spokenMessage(name)] : []));
      const ticket = fieldEvidence(trace, packet, 'tls.handshake.session_ticket_length')?.value;
      const offered = session.pskOffered || (ticket !== undefined && ticket !== '0');
      const end = answers.indexOf(last) + 1;
      if (!offered || session.resumed === undefined || end === 0) return [];
      const did = session.resumed ? 'resumed' : 'refused';
      return [
        {
          givens: {version: versionOf(session), answers: answers.slice(0, end)},
          ...{did, n, evidence: byClause(packet, '9846 §2.2', did)},
        },
      ];
    }),
  ask: ({version, answers}) => [
    worded(tlsResumed.given, {version}),
    valuesLine(answers.join('  ')),
    tlsResumed.asks,
  ],
  solve({version, answers}) {
    const answer = answers.includes('Certificate') ? 'refused' : 'resumed';
    const clause = version === 'TLS 1.3' ? 'RFC 9846 §2.2' : 'RFC 5077 §3.1';
    return {answer, explain: worded(tlsResumed.explain[answer], {clause}), hints: [tlsResumed.hint]};
  },
  beliefs: [
    ...whatever(tlsResumed.beliefs),
    replying(
      tlsResumed.replies.broken,
      ({answers}: ResumedGivens) => ({resumed: !answers.includes('Certificate')}),
      () => 'broken',
    ),
  ],
  words: wordsOf(tlsResumed.choices),
});

type SizeGivens = {readonly inside: number; readonly type: number};

const around = {type: 1, tag: 16, header: 5} as const;

export const recordBytesKind = listedKind<SizeGivens>({
  kind: 'record-bytes',
  form: 'numeral',
  all: (trace) =>
    alone(trace).flatMap(({content, session}) => {
      const {seen, encrypted, content: inside} = content;
      if (!encrypted || !inside || !isNew(session)) return [];
      const evidence = fieldEvidence(trace, seen.frame, 'tls.record.length');
      const did = String(seen.record.fragment.length);
      const n = packetOf(trace, seen.frame).sendEvent;
      return [{givens: {inside: inside.length, type: content.type}, did, n, evidence}];
    }),
  ask: ({inside, type}) => [
    wordedWithNames(recordBytes.given, {inside, what: typeText(type)}),
    recordBytes.asks,
  ],
  solve({inside}) {
    const right = inside + around.type + around.tag;
    return {
      answer: String(right),
      explain: worded(recordBytes.explain, {inside, right}),
      hints: [recordBytes.hint],
    };
  },
  beliefs: beliefsIn(recordBytes.beliefs, {
    plain: ({inside}) => inside,
    tag: ({inside}) => inside + around.type,
    type: ({inside}) => inside + around.tag,
    header: ({inside}) => inside + around.type + around.tag + around.header,
  }),
});

type LeakGivens = {readonly host: string; readonly version: Version; readonly hasExchange: boolean};

/**
 * Returns what the server's leaked private key decrypts. In TLS 1.2 without ServerKeyExchange the client sends the premaster secret
 * encrypted with that key, so all; otherwise nothing.
 */
const opened = ({version, hasExchange}: LeakGivens): 'all' | 'none' =>
  version === 'TLS 1.2' && !hasExchange ? 'all' : 'none';

export const leakedKeyKind = listedKind<LeakGivens>({
  kind: 'leaked-key',
  form: 'choice',
  all: (trace) =>
    [...entriesOf(trace, 'tls')].flatMap(({what, host, n}): readonly Found<LeakGivens>[] => {
      if (what.kind !== 'recovered' && what.kind !== 'unrecovered') return [];
      const session = sessions(trace).find(({connection}) => connection.ends[1].host === host);
      if (!session || (what.kind === 'unrecovered' && what.why !== 'no-key-transport')) return [];
      const hasExchange = session.messages.some(({name}) => name === 'server_key_exchange');
      const did = what.kind === 'recovered' ? 'all' : 'none';
      return [
        {
          givens: {host, version: versionOf(session), hasExchange},
          ...{did, n, evidence: byClause(lastSent(trace, n) ?? 1, '9846 §F.1', did)},
        },
      ];
    }),
  ask({host, version, hasExchange}, called) {
    const exchange = version === 'TLS 1.3' ? '' : hasExchange ? 'yes' : 'no';
    return [wordedWithNames(leakedKey.given, {host: called(host).within, version, exchange}), leakedKey.asks];
  },
  solve(givens) {
    const answer = opened(givens);
    return {answer, explain: leakedKey.explain[answer], hints: [leakedKey.hint]};
  },
  beliefs: [
    {
      misconception: 'cert-key-encrypts',
      answers: (givens) => (opened(givens) === 'none' ? 'all' : undefined),
    },
    ...whatever(leakedKey.beliefs),
  ],
  words: wordsOf(leakedKey.choices),
});

/**
 * The faults that an end finds during a TLS handshake, by rule, and the alert that reports each (RFC 9846 §6.2); faults whose name repeats
 * that of the alert are left out.
 */
const alerts = {
  'other-name': {alert: 'certificate_unknown', takenFor: 'unknown_ca'},
  'unknown-issuer': {alert: 'unknown_ca', takenFor: 'certificate_unknown'},
  'no-suite': {alert: 'handshake_failure', takenFor: 'protocol_version'},
  downgrade: {alert: 'illegal_parameter', takenFor: 'protocol_version'},
} as const;

type Finding = keyof typeof alerts;
type AlertGivens = {readonly finding: Finding};

/** Returns the end of a TLS handshake that finds the fault: the server chooses the suite, the client checks what the server sends. */
const finder = ({finding}: AlertGivens): 'client' | 'server' =>
  finding === 'no-suite' ? 'server' : 'client';

const isFinding = (name: string): name is Finding => Object.hasOwn(alerts, name);

export const tlsAlertKind = listedKind<AlertGivens>({
  kind: 'tls-alert',
  form: 'choice',
  all: (trace) =>
    [...entriesOf(trace, 'tls')].flatMap(({what, n, because}): readonly Found<AlertGivens>[] => {
      if (what.kind !== 'alert' || what.op !== 'sent' || !what.fatal) return [];
      const finding = because?.split('/').at(-1) ?? '';
      if (!isFinding(finding)) return [];
      const did = what.name;
      return [{givens: {finding}, did, n, evidence: byClause(lastSent(trace, n) ?? 1, '9846 §6.2', did)}];
    }),
  ask: (givens) => [tlsAlert.findings[givens.finding], worded(tlsAlert.asks, {side: finder(givens)})],
  solve: ({finding}) => ({
    answer: alerts[finding].alert,
    explain: wordedWithNames(tlsAlert.explain, {
      alert: alerts[finding].alert,
      means: tlsAlert.means[alerts[finding].alert],
    }),
    hints: [tlsAlert.hint],
  }),
  beliefs: [
    {says: tlsAlert.beliefs.decrypt, answers: () => 'decrypt_error'},
    {
      says({finding}) {
        const {takenFor: alert} = alerts[finding];
        return wordedWithNames(tlsAlert.beliefs.takenFor, {alert, means: tlsAlert.means[alert]});
      },
      answers: ({finding}) => alerts[finding].takenFor,
    },
    {
      says: tlsAlert.beliefs.handshake,
      answers: ({finding}) => (finding === 'no-suite' ? undefined : 'handshake_failure'),
    },
  ],
});
