// The TLS client's state START → WAIT_SH: it sends its ClientHello (RFC 9846 §4.2.2), and a second one after HelloRetryRequest.

import {textOctets} from '../../wire/octets.ts';
import {extensionType} from '../../wire/tls/extension-list.ts';
import {tls13} from '../../wire/tls/handshake.ts';
import type {ClientHello, ClientHelloExtension} from '../../wire/tls/hello.ts';
import {ExtensionType, NameType, ProtocolVersion, PskKeyExchangeMode} from '../../wire/tls/registry.ts';
import {cipherSuite} from './cipher-suite.ts';
import type {KeyPair} from './crypto-port.ts';
import {agreementGroup} from './groups.ts';
import {kdfOf} from './key-schedule.ts';
import type {Offer} from './offer.ts';
import {binderOf, obfuscatedAge, offered} from './psk.ts';
import {earlyTraffic} from './secrets.ts';
import type {TlsClientSettings, TlsSession} from './settings.ts';
import {extensions12, offered12, offersGroups, suitesOffered} from './tls12/offer.ts';
import {offers13} from './tls12/version.ts';
import type {Transcript} from './transcript.ts';
import {
  type ClientTurn,
  change,
  enterClient,
  keysFrom,
  note,
  pack,
  sendChangeCipherSpec,
  sendMessage,
  setWrite,
} from './turn.ts';

const freshKeyPair = (turn: ClientTurn, group: number): KeyPair | undefined => {
  const known = agreementGroup(group);
  return known && turn.env.crypto.keyPair(known, turn.env.bytes(32, 'client', 'key share', known));
};

/** Returns one of the sixteen GREASE values (RFC 8701 §2) for a `place` in the ClientHello; places usually have different ones. */
const grease = (turn: ClientTurn, place: string): number =>
  0x0a0a + 0x1010 * ((turn.env.bytes(1, 'client', 'grease', place)[0] ?? 0) & 0x0f);

type Shares = ReadonlyMap<number, KeyPair>;
type Again = Pick<Retry, 'group' | 'cookie'>;

const earlyPossible = (
  {earlyData, alpn, cipherSuites}: TlsClientSettings,
  session: TlsSession | undefined,
): boolean =>
  earlyData &&
  session !== undefined &&
  cipherSuites.includes(session.suite) &&
  session.maxEarlyData > 0 &&
  (session.alpn === undefined || alpn.includes(session.alpn));

const greaseAround = (
  turn: ClientTurn,
  inner: readonly ClientHelloExtension[],
): readonly ClientHelloExtension[] => {
  if (!turn.settings.grease) return inner;
  const first = grease(turn, 'first extension');
  const last = grease(turn, 'last extension');
  return [
    {name: 'raw', type: first, value: new Uint8Array()},
    ...inner,
    // No extension type may occur twice in a ClientHello.
    {name: 'raw', type: last === first ? last ^ 0x1010 : last, value: Uint8Array.of(0)},
  ];
};

const ordered = (
  extensions: readonly ClientHelloExtension[],
  order: readonly number[],
): readonly ClientHelloExtension[] => {
  const place = (extension: ClientHelloExtension): number => {
    const index = order.indexOf(extensionType(extension));
    return index < 0 ? order.length : index;
  };
  return extensions.toSorted((a, b) => place(a) - place(b));
};

const first = <T>({settings}: ClientTurn, value: T): readonly T[] => (settings.grease ? [value] : []);

/** Returns the extensions of a ClientHello that only TLS 1.3 needs. */
const extensions13 = (
  turn: ClientTurn,
  shares: Shares,
  again: Again | undefined,
): readonly ClientHelloExtension[] => {
  const {settings} = turn;
  const reserved = {group: grease(turn, 'group'), keyExchange: Uint8Array.of(0)};
  return [
    {
      name: 'key_share',
      value: [
        ...(again?.group === undefined ? first(turn, reserved) : []),
        ...[...shares].map(([group, {publicKey}]) => ({group, keyExchange: publicKey})),
      ],
    },
    {name: 'supported_versions', value: [...first(turn, grease(turn, 'version')), ...settings.versions]},
    {name: 'signature_algorithms', value: settings.signatureSchemes},
    {name: 'psk_key_exchange_modes', value: [PskKeyExchangeMode.psk_dhe_ke]},
  ];
};

const extensionsOf = (turn: ClientTurn, shares: Shares, again?: Again): readonly ClientHelloExtension[] => {
  const {settings} = turn;
  const {serverName, alpn, groups, signatureSchemes} = settings;
  const found: ClientHelloExtension[] = [];
  if (serverName !== undefined)
    found.push({name: 'server_name', value: [{nameType: NameType.host_name, name: textOctets(serverName)}]});
  found.push(...settings.extensions);
  if (offersGroups(settings))
    found.push({name: 'supported_groups', value: [...first(turn, grease(turn, 'group')), ...groups]});
  found.push(...extensions12(turn));
  if (offers13(settings)) found.push(...extensions13(turn, shares, again));
  else found.push({name: 'signature_algorithms', value: signatureSchemes});
  if (alpn.length > 0)
    found.push({name: 'application_layer_protocol_negotiation', value: alpn.map(textOctets)});
  if (again?.cookie) found.push({name: 'cookie', value: again.cookie});
  return found;
};

/** Adds the pre_shared_key extension to a ClientHello. The binder covers the hello without binders, so the hello is written twice. */
const withPsk = (
  turn: ClientTurn,
  hello: ClientHello,
  session: TlsSession,
  before: Transcript,
): {readonly hello: ClientHello; readonly message: Uint8Array} => {
  const suite = cipherSuite(session.suite);
  const identity = {identity: session.ticket, obfuscatedTicketAge: obfuscatedAge(session, turn.env.nowUs)};
  const bound = (binder: Uint8Array) => {
    const psk: ClientHelloExtension = {
      name: 'pre_shared_key',
      value: {identities: [identity], binders: [binder]},
    };
    const full = {...hello, extensions: [...(hello.extensions ?? []), psk]};
    return {hello: full, message: tls13.encode({type: 'client_hello', body: full})};
  };
  const empty = bound(new Uint8Array(suite?.hashBytes ?? 32));
  return suite ? bound(binderOf(kdfOf(turn.env.crypto, suite), session.psk, before, empty)) : empty;
};

/**
 * Tells whether the ClientHello has a session id: to look like TLS 1.2 (§E.4), or to see whether the server accepts a ticket of TLS 1.2
 * (RFC 5077 §3.4).
 */
const withSessionId = (turn: ClientTurn): boolean =>
  (turn.settings.middleboxCompatibility && offers13(turn.settings)) || offered12(turn) !== undefined;

/** Returns a ClientHello with these extensions in the order of the settings, before a PSK and its binder are added. */
const helloWith = (turn: ClientTurn, extensions: readonly ClientHelloExtension[]): ClientHello => {
  const {settings, env} = turn;
  return {
    legacyVersion: ProtocolVersion['TLS 1.2'],
    random: env.bytes(32, 'client', 'random'),
    legacySessionId: withSessionId(turn) ? env.bytes(32, 'client', 'session id') : new Uint8Array(),
    cipherSuites: [...first(turn, grease(turn, 'suite')), ...suitesOffered(settings)],
    legacyCompressionMethods: [0],
    extensions: ordered(extensions, settings.extensionOrder),
  };
};

const paddedSize = 512;
const headerBytes = 4;

/**
 * Returns the padding extension of a ClientHello of `size` octets (RFC 7685 §4). It has at least one octet, because some servers fail if
 * the last extension is empty.
 */
const paddingFor = (size: number): ClientHelloExtension => {
  const value = new Uint8Array(Math.max(1, paddedSize - size - headerBytes));
  return {name: 'raw', type: ExtensionType.padding, value};
};

type Finished = {readonly hello: ClientHello; readonly message: Uint8Array};

const finished = (
  turn: ClientTurn,
  extensions: readonly ClientHelloExtension[],
  session: TlsSession | undefined,
  before: Transcript,
): Finished => {
  const make = (all: readonly ClientHelloExtension[]): Finished => {
    const hello = helloWith(turn, all);
    if (session) return withPsk(turn, hello, session, before);
    return {hello, message: tls13.encode({type: 'client_hello', body: hello})};
  };
  const around = greaseAround(turn, extensions);
  const first = make(around);
  const size = first.message.length;
  const pads = turn.settings.helloPadding && size >= paddedSize / 2 && size < paddedSize;
  return pads ? make([...around, paddingFor(size)]) : first;
};

const startEarly = (turn: ClientTurn, {transcript, hello}: Offer, session: TlsSession): void => {
  const suite = cipherSuite(session.suite);
  if (!suite) return;
  if (turn.settings.middleboxCompatibility) sendChangeCipherSpec(turn);
  const secret = earlyTraffic(turn, {suite, transcript, clientRandom: hello.random}, session.psk);
  setWrite(turn, 'early', keysFrom(turn, suite, secret));
  note(turn, {kind: 'earlyData', op: 'offered'}, '9846:4.3.10/offer');
};

export function sendClientHello(turn: ClientTurn): void {
  const {settings, env} = turn;
  const keyPairs = new Map<number, KeyPair>();
  for (const group of offers13(settings) ? settings.keyShares : []) {
    const pair = freshKeyPair(turn, group);
    if (pair) keyPairs.set(group, pair);
  }
  const session = offers13(settings) ? offered(settings, env.nowUs) : undefined;
  const session12 = offered12(turn);
  const early = earlyPossible(settings, session);
  const extensions = [
    ...extensionsOf(turn, keyPairs),
    ...(early ? [{name: 'early_data', value: undefined} as const] : []),
  ];
  const {hello, message} = finished(turn, extensions, session, []);
  const offer: Offer = {
    hello,
    transcript: [message],
    keyPairs,
    ...(session && {session}),
    ...(session12 && {session12}),
    ...(session && early && {early: {sent: [], left: session.maxEarlyData}}),
  };
  const because = offers13(settings) ? '9846:4.2.2/client-hello' : '5246:7.4.1.2/client-hello';
  sendMessage(turn, message, because);
  change(turn, {dropsChangeCipherSpec: offers13(settings)});
  // The ClientHello has a record of its own, whose version field is TLS 1.0 in this state.
  pack(turn);
  if (session && early) startEarly(turn, offer, session);
  enterClient(turn, {state: 'WAIT_SH', offer});
}

export type Retry = {
  readonly suite: number;
  readonly group: number | undefined;
  readonly cookie: Uint8Array | undefined;
  /** The transcript before the second ClientHello: message_hash (for the first one) and HelloRetryRequest. */
  readonly before: Transcript;
};

/** Sends the second ClientHello: the first one with the group and cookie of HelloRetryRequest, without early data (RFC 9846 §4.2.2). */
export function sendHelloAgain(turn: ClientTurn, offer: Offer, {suite, group, cookie, before}: Retry): void {
  const pair = group === undefined ? undefined : freshKeyPair(turn, group);
  const keyPairs = group !== undefined && pair ? new Map([[group, pair]]) : offer.keyPairs;
  const session = offer.session && offered(turn.settings, turn.env.nowUs, suite);
  const extensions = extensionsOf(turn, keyPairs, {group, cookie});
  const {hello, message} = finished(turn, extensions, session, before);
  if (turn.settings.middleboxCompatibility) sendChangeCipherSpec(turn);
  sendMessage(turn, message, '9846:4.2.4/client-hello-again');
  enterClient(turn, {
    state: 'WAIT_SH',
    offer: {
      hello,
      transcript: [...before, message],
      keyPairs,
      ...(session && {session}),
      ...(offer.early && {early: offer.early}),
      retry: {suite},
    },
  });
}
