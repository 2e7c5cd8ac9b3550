// The TLS 1.2 server's state START: it answers a ClientHello with all its messages to ServerHelloDone, or by resuming a session
// (RFC 5246 §7.3, figures 1 and 2).

import {textOctets} from '../../../wire/octets.ts';
import {err, ok, type Result} from '../../../wire/result.ts';
import {signedParams} from '../../../wire/tls/handshake-12.ts';
import {type ClientHello, downgradeSentinels, type ServerHello} from '../../../wire/tls/hello.ts';
import {joinBytes} from '../../../wire/tls/presentation.ts';
import {EcPointFormat, ProtocolVersion} from '../../../wire/tls/registry.ts';
import type {Agreement} from '../effect.ts';
import {type Fault, fault} from '../fault.ts';
import {enterServer, type ServerTurn} from '../turn.ts';
import type {Progress, ServerProgress} from './phase.ts';
import {say, sayFinished, withMasterAgain} from './secure.ts';
import {type Choice, choiceOf, type Ecdhe, type Greeting, greetingOf} from './server-negotiation.ts';
import {signParams} from './server-signature.ts';
import {suite12} from './suite.ts';
import {openTicket12, type TicketContent12} from './ticket.ts';
import {offers13} from './version.ts';

const curveOfAName = 3;

/**
 * Returns the random of a TLS 1.2 ServerHello. A server that supports TLS 1.3 puts the downgrade mark in it, which an attacker on the path
 * cannot remove unnoticed (RFC 9846 §4.2.3).
 */
const randomOf = ({env, settings}: ServerTurn): Uint8Array => {
  const random = env.bytes(32, 'server', 'random');
  const sentinel = downgradeSentinels['TLS 1.2'];
  return offers13(settings) ? joinBytes([random.subarray(0, 32 - sentinel.length), sentinel]) : random;
};

/**
 * Returns the session in the client's TLS 1.2 ticket if it may be resumed, otherwise undefined or the fault (RFC 5077 §3.4, RFC 7627 §5.3).
 */
const sessionOf = (
  {env, settings}: ServerTurn,
  hello: ClientHello,
  {ticket, extended, serverName = ''}: Greeting,
): Result<TicketContent12 | undefined, Fault> => {
  const content = ticket && openTicket12(env.crypto, settings.ticketKey, ticket);
  if (!content) return ok(undefined);
  const ageS = env.nowUs / 1e6 - content.issuedS;
  const usable =
    hello.cipherSuites.includes(content.suite) &&
    settings.cipherSuites.includes(content.suite) &&
    content.serverName === serverName &&
    ageS <= content.lifetimeS;
  if (!usable || (extended && !content.extended)) return ok(undefined);
  return content.extended && !extended
    ? err(fault('handshake_failure', '7627:5.3/not-extended'))
    : ok(content);
};

const extensionsOf = (
  hello: ClientHello,
  greeting: Greeting,
  {resumed, ecdhe}: {readonly resumed: boolean; readonly ecdhe: boolean},
): NonNullable<ServerHello['extensions']> => {
  const {serverName, alpn, extended, ticket, knowsRenegotiation} = greeting;
  const formats = hello.extensions?.some(({name}) => name === 'ec_point_formats') === true;
  return [
    ...(knowsRenegotiation ? [{name: 'renegotiation_info', value: new Uint8Array()} as const] : []),
    // The server does not send server_name when it resumes a TLS 1.2 session (RFC 6066 §3).
    ...(serverName === undefined || resumed ? [] : [{name: 'server_name', value: undefined} as const]),
    ...(formats && ecdhe ? [{name: 'ec_point_formats', value: [EcPointFormat.uncompressed]} as const] : []),
    ...(ticket && !resumed ? [{name: 'session_ticket', value: undefined} as const] : []),
    ...(extended ? [{name: 'extended_master_secret', value: undefined} as const] : []),
    ...(alpn === undefined
      ? []
      : [{name: 'application_layer_protocol_negotiation', value: [textOctets(alpn)]} as const]),
  ];
};

type Answer = {
  readonly hello: ClientHello;
  readonly bytes: Uint8Array;
  readonly greeting: Greeting;
  readonly agreement: Agreement;
};

const agreementOf = (
  suite: number,
  {serverName, alpn, extended}: Greeting,
  ecdhe: Ecdhe | undefined,
): Agreement => ({
  version: 'TLS 1.2',
  suite,
  resumed: false,
  certificates: [],
  extendedMasterSecret: extended,
  ...(ecdhe && {group: ecdhe.group, signatureScheme: ecdhe.scheme}),
  ...(serverName !== undefined && {serverName}),
  ...(alpn !== undefined && {alpn}),
});

/**
 * Sends a TLS 1.2 ServerHello. It echoes the session id if the ticket was accepted; otherwise the id is empty, because the server keeps no
 * sessions.
 */
const sayHello = (
  turn: ServerTurn,
  {hello, bytes, greeting, agreement}: Answer,
  suite: Progress['suite'],
): Progress => {
  const {resumed} = agreement;
  const serverRandom = randomOf(turn);
  const begun: Progress = {
    suite,
    transcript: [bytes],
    clientRandom: hello.random,
    serverRandom,
    extended: greeting.extended,
    ticket: greeting.ticket !== undefined && !resumed,
    agreement,
  };
  const body: ServerHello = {
    legacyVersion: ProtocolVersion['TLS 1.2'],
    random: serverRandom,
    legacySessionIdEcho: resumed ? hello.legacySessionId : new Uint8Array(),
    cipherSuite: suite.id,
    legacyCompressionMethod: 0,
    extensions: extensionsOf(hello, greeting, {resumed, ecdhe: suite.keyExchange === 'ecdhe'}),
  };
  const because = resumed ? '5077:3.4/resume' : '5246:7.4.1.3/server-hello';
  return say(turn, begun, {type: 'server_hello', body}, because);
};

const resume = (turn: ServerTurn, answer: Answer, session: TicketContent12): Fault | undefined => {
  const suite = suite12(session.suite);
  if (!suite) return fault('internal_error', '5246:7.4.1.3/suite');
  const agreement = {...answer.agreement, resumed: true};
  const progress = sayHello(turn, {...answer, agreement}, suite);
  const secured = sayFinished(turn, withMasterAgain(turn, progress, session.master));
  enterServer(turn, {version: 'TLS 1.2', state: 'WAIT_CHANGE_CIPHER_SPEC', secured});
  return undefined;
};

/** Sends ServerKeyExchange with a new ECDHE share, signed together with both randoms so that nobody can use it in another handshake. */
const sayShare = (
  turn: ServerTurn,
  progress: ServerProgress,
  ecdhe: Ecdhe,
): Result<ServerProgress, Fault> => {
  const {crypto, bytes} = turn.env;
  const {group, known, scheme, key} = ecdhe;
  const keyPair = crypto.keyPair(known, bytes(32, 'server', 'ecdhe', known));
  const params = {curveType: curveOfAName, group, publicKey: keyPair.publicKey};
  const {clientRandom, serverRandom, credential} = progress;
  const signed = joinBytes([clientRandom, serverRandom, signedParams(params)]);
  const signing = {scheme, key, salt: bytes(32, 'server', 'salt')};
  const signature = signParams(crypto, credential, signing, signed);
  if (!signature) return err(fault('internal_error', '5246:7.4.3/cannot-sign'));
  const body = {kind: 'ecdhe', ...params, algorithm: scheme, signature} as const;
  const because = '8422:5.4/server-key-exchange';
  return ok({...say(turn, progress, {type: 'server_key_exchange', body}, because), keyPair});
};

/**
 * Sends the TLS 1.2 server's messages from ServerHello to ServerHelloDone, with Certificate, and with ServerKeyExchange if the suite uses
 * ECDHE.
 */
const sayFlight = (turn: ServerTurn, answer: Answer, choice: Choice): Fault | undefined => {
  const {suite, credential, ecdhe} = choice;
  const helloVersion = answer.hello.legacyVersion;
  let progress: ServerProgress = {...sayHello(turn, answer, suite), helloVersion, credential};
  const body = {certificates: credential.chain};
  progress = say(turn, progress, {type: 'certificate', body}, '5246:7.4.2/certificate');
  if (ecdhe) {
    const shared = sayShare(turn, progress, ecdhe);
    if (!shared.ok) return shared.error;
    progress = shared.value;
  }
  progress = say(turn, progress, {type: 'server_hello_done', body: undefined}, '5246:7.4.5/done');
  enterServer(turn, {version: 'TLS 1.2', state: 'WAIT_CLIENT_KEY_EXCHANGE', progress});
  return undefined;
};

export function onClientHello12(turn: ServerTurn, hello: ClientHello, bytes: Uint8Array): Fault | undefined {
  const {settings, env} = turn;
  const greeting = greetingOf(settings, hello);
  if (!greeting.ok) return greeting.error;
  const session = sessionOf(turn, hello, greeting.value);
  if (!session.ok) return session.error;
  const answer = {hello, bytes, greeting: greeting.value};
  if (session.value) {
    const agreement = agreementOf(session.value.suite, greeting.value, undefined);
    return resume(turn, {...answer, agreement}, session.value);
  }
  const choice = choiceOf(env.crypto, settings, hello);
  if (!choice) return fault('handshake_failure', '5246:7.4.1.3/no-suite');
  const agreement = agreementOf(choice.suite.id, greeting.value, choice.ecdhe);
  return sayFlight(turn, {...answer, agreement}, choice);
}
