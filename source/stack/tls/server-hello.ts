// The TLS 1.3 server's state START: it answers a ClientHello with all its messages to Finished, or with HelloRetryRequest (RFC 9846 §4.2.3,
// §4.2.4, §4.4, §4.5).

import {textOctets} from '../../wire/octets.ts';
import {err, ok, type Result} from '../../wire/result.ts';
import {extensionValue} from '../../wire/tls/extension-list.ts';
import {type Handshake13, tls13} from '../../wire/tls/handshake.ts';
import {type ClientHello, helloRetryRandom} from '../../wire/tls/hello.ts';
import {joinBytes} from '../../wire/tls/presentation.ts';
import {ProtocolVersion} from '../../wire/tls/registry.ts';
import {type Signer, signerFor, signTranscript} from './certificate-verify.ts';
import type {Handshake, ServerHandshake, ServerPhase} from './connection.ts';
import type {Agreement} from './effect.ts';
import {type Fault, fault} from './fault.ts';
import {kdfOf, verifyData} from './key-schedule.ts';
import type {TlsRuleId} from './rules.ts';
import {applicationTraffic, earlyTraffic, handshakeTraffic} from './secrets.ts';
import {type Negotiated, negotiate} from './server-negotiation.ts';
import {acceptsEarly, type Resumption, resumptionOf} from './server-psk.ts';
import {onClientHello12} from './tls12/server-hello.ts';
import {answersBy12} from './tls12/version.ts';
import {retriedTranscript, type Transcript, transcriptHash} from './transcript.ts';
import {
  change,
  enterServer,
  keysFrom,
  note,
  type ServerTurn,
  sendChangeCipherSpec,
  sendMessage,
  setRead,
  setWrite,
} from './turn.ts';

type Start = Extract<ServerPhase, {readonly state: 'START'}>;

const offersEarly = ({extensions}: ClientHello): boolean =>
  extensions?.some(({name}) => name === 'early_data') === true;

/**
 * Refuses the early data of a ClientHello and lets the server skip them. It skips up to twice the limit, because records are longer than
 * their content.
 */
const skipEarly = (turn: ServerTurn, hello: ClientHello): void => {
  if (!offersEarly(hello)) return;
  change(turn, {skippable: 2 * Math.max(turn.settings.maxEarlyData, 2 ** 14)});
  note(turn, {kind: 'earlyData', op: 'rejected'}, '9846:4.3.10/refuse');
};

/** Sends change_cipher_spec if the client sent a session id, by which it asks for middlebox compatibility (§E.4). */
const answerCompatibility = (turn: ServerTurn, {legacySessionId}: ClientHello): void => {
  if (legacySessionId.length > 0) sendChangeCipherSpec(turn);
};

/** Returns the cookie for HelloRetryRequest: the hash of the first ClientHello, with an HMAC that only this server can make (§4.3.2). */
const cookieFor = (turn: ServerTurn, hello: Uint8Array): Uint8Array => {
  const {crypto} = turn.env;
  const digest = crypto.hash('sha256', hello);
  const key = crypto.hmac('sha256', turn.settings.ticketKey, Uint8Array.of(0));
  return joinBytes([digest, crypto.hmac('sha256', key, digest)]);
};

const askAgain = (
  turn: ServerTurn,
  hello: ClientHello,
  bytes: Uint8Array,
  {suite, group, share}: Negotiated,
): void => {
  const cookie = turn.settings.cookie === 'never' ? undefined : cookieFor(turn, bytes);
  const asked = share ? undefined : group;
  const message = tls13.encode({
    type: 'hello_retry_request',
    body: {
      legacyVersion: ProtocolVersion['TLS 1.2'],
      random: helloRetryRandom,
      legacySessionIdEcho: hello.legacySessionId,
      cipherSuite: suite.id,
      legacyCompressionMethod: 0,
      extensions: [
        ...(asked === undefined ? [] : [{name: 'key_share', value: asked} as const]),
        {name: 'supported_versions', value: ProtocolVersion['TLS 1.3']},
        ...(cookie ? [{name: 'cookie', value: cookie} as const] : []),
      ],
    },
  });
  const because = share ? '9846:4.3.2/ask-cookie' : '9846:4.2.4/ask-share';
  sendMessage(turn, message, because);
  answerCompatibility(turn, hello);
  skipEarly(turn, hello);
  const transcript = retriedTranscript(kdfOf(turn.env.crypto, suite), [bytes], message);
  enterServer(turn, {state: 'START', retried: {hello, transcript, suite: suite.id, group: asked, cookie}});
};

type Answer = {
  readonly hello: ClientHello;
  readonly negotiated: Negotiated;
  /** The client's key share for the chosen group. */
  readonly share: Uint8Array;
  readonly transcript: Transcript;
  readonly resumption: Resumption | undefined;
  readonly signer: Signer | undefined;
  readonly early: boolean;
};

/** Sends a TLS 1.3 ServerHello, and sets the handshake keys that follow from it. */
const sayHello = (turn: ServerTurn, answer: Answer): Result<Handshake, Fault> => {
  const {hello, negotiated, share, resumption} = answer;
  const {suite, group, agreement: known} = negotiated;
  const {env} = turn;
  const pair = env.crypto.keyPair(known, env.bytes(32, 'server', 'key share', known));
  const shared = env.crypto.agree(known, pair.privateKey, share);
  if (!shared) return err(fault('illegal_parameter', '9846:4.3.8.2/point'));
  const bytes = tls13.encode({
    type: 'server_hello',
    body: {
      legacyVersion: ProtocolVersion['TLS 1.2'],
      random: env.bytes(32, 'server', 'random'),
      legacySessionIdEcho: hello.legacySessionId,
      cipherSuite: suite.id,
      legacyCompressionMethod: 0,
      extensions: [
        ...(resumption ? [{name: 'pre_shared_key', value: resumption.index} as const] : []),
        {name: 'key_share', value: {group, keyExchange: pair.publicKey}},
        {name: 'supported_versions', value: ProtocolVersion['TLS 1.3']},
      ],
    },
  });
  sendMessage(turn, bytes, '9846:4.2.3/server-hello');
  answerCompatibility(turn, hello);
  const transcript = [...answer.transcript, bytes];
  const walk = {suite, transcript, clientRandom: hello.random};
  const secrets = handshakeTraffic(turn, walk, {shared, psk: resumption?.ticket.psk});
  setWrite(turn, 'handshake', keysFrom(turn, suite, secrets.serverSecret));
  const agreement: Agreement = {
    version: 'TLS 1.3',
    suite: suite.id,
    group,
    resumed: resumption !== undefined,
    certificates: [],
    ...(negotiated.serverName !== undefined && {serverName: negotiated.serverName}),
    ...(negotiated.alpn !== undefined && {alpn: negotiated.alpn}),
    ...(offersEarly(hello) && {earlyData: answer.early ? 'accepted' : 'rejected'}),
    ...(answer.signer && {signatureScheme: answer.signer.scheme}),
  };
  return ok({...walk, ...secrets, agreement});
};

/**
 * Sends the server's messages after ServerHello: EncryptedExtensions, Certificate and CertificateVerify if there is no PSK, and Finished.
 */
const sayRest = (
  turn: ServerTurn,
  {negotiated, signer, early}: Answer,
  handshake: Handshake,
): Result<Transcript, Fault> => {
  const {settings, env} = turn;
  const kdf = kdfOf(env.crypto, handshake.suite);
  let transcript = handshake.transcript;
  const say = (message: Handshake13, because: TlsRuleId): void => {
    const bytes = tls13.encode(message);
    sendMessage(turn, bytes, because);
    transcript = [...transcript, bytes];
  };
  const {serverName, alpn} = negotiated;
  const extensions = [
    ...settings.extensions,
    ...(serverName === undefined ? [] : [{name: 'server_name', value: undefined} as const]),
    ...(alpn === undefined
      ? []
      : [{name: 'application_layer_protocol_negotiation', value: [textOctets(alpn)]} as const]),
    ...(early ? [{name: 'early_data', value: undefined} as const] : []),
  ];
  say({type: 'encrypted_extensions', body: {extensions}}, '9846:4.4.1/encrypted-extensions');
  if (signer) {
    const certificateList = signer.credential.chain.map((certData) => ({certData, extensions: []}));
    const body = {certificateRequestContext: new Uint8Array(), certificateList};
    say({type: 'certificate', body}, '9846:4.5.1/certificate');
    const salt = env.bytes(32, 'server', 'salt');
    const signature = signTranscript(env.crypto, signer, transcriptHash(kdf, transcript), salt);
    if (!signature) return err(fault('internal_error', '9846:4.5.2/cannot-sign'));
    say({type: 'certificate_verify', body: {algorithm: signer.scheme, signature}}, '9846:4.5.2/verify');
  }
  const body = verifyData(kdf, handshake.serverSecret, transcriptHash(kdf, transcript));
  say({type: 'finished', body}, '9846:4.5.3/finished');
  return ok(transcript);
};

const reply = (turn: ServerTurn, answer: Answer): Fault | undefined => {
  const {hello, negotiated, early, resumption} = answer;
  const hellos = sayHello(turn, answer);
  if (!hellos.ok) return hellos.error;
  const begun = hellos.value;
  const flight = sayRest(turn, answer, begun);
  if (!flight.ok) return flight.error;
  const transcript = flight.value;
  const {suite} = negotiated;
  const {main, server, client} = applicationTraffic(turn, {...begun, transcript});
  setWrite(turn, 'application', keysFrom(turn, suite, server));
  const handshake: ServerHandshake = {
    ...begun,
    transcript,
    mainSecret: main,
    applicationSecret: client,
    ...(early && {early: turn.settings.maxEarlyData}),
  };
  if (early && resumption) {
    const walk = {suite, transcript: answer.transcript, clientRandom: hello.random};
    const secret = earlyTraffic(turn, walk, resumption.ticket.psk);
    setRead(turn, 'early', keysFrom(turn, suite, secret));
    note(turn, {kind: 'earlyData', op: 'accepted'}, '9846:4.3.10/take');
    enterServer(turn, {state: 'WAIT_EOED', handshake});
  } else {
    setRead(turn, 'handshake', keysFrom(turn, suite, begun.clientSecret));
    skipEarly(turn, hello);
    enterServer(turn, {state: 'WAIT_FINISHED', handshake});
  }
  return undefined;
};

export function onClientHello(
  turn: ServerTurn,
  {retried}: Start,
  hello: ClientHello,
  bytes: Uint8Array,
): Fault | undefined {
  const {settings, env} = turn;
  if (!retried && answersBy12(settings, hello)) return onClientHello12(turn, hello, bytes);
  change(turn, {dropsChangeCipherSpec: true, skippable: undefined});
  const outcome = negotiate(hello, settings, retried);
  if (!outcome.ok) return outcome.error;
  const negotiated = outcome.value;
  const {share} = negotiated;
  if (!retried && (!share || settings.cookie === 'always')) {
    askAgain(turn, hello, bytes, negotiated);
    return undefined;
  }
  if (!share) return fault('illegal_parameter', '9846:4.3.8/other-share');
  const before: Transcript = retried?.transcript ?? [];
  const offered = resumptionOf(turn, negotiated, {hello, message: bytes, before});
  if (!offered.ok) return offered.error;
  const resumption = offered.value;
  const schemes = extensionValue(hello.extensions, 'signature_algorithms') ?? [];
  const signer = resumption ? undefined : signerFor(env.crypto, settings.credentials, schemes);
  if (!resumption && !extensionValue(hello.extensions, 'signature_algorithms'))
    return fault('missing_extension', '9846:9.2/signature-algorithms');
  if (!resumption && !signer) return fault('handshake_failure', '9846:4.5.1.2/signature');
  const early = !retried && acceptsEarly(turn, hello, negotiated, resumption);
  const transcript = [...before, bytes];
  return reply(turn, {hello, negotiated, share, transcript, resumption, signer, early});
}
