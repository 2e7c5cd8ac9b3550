// The TLS 1.2 client reads the server's messages from Certificate to ServerHelloDone and answers them (RFC 5246 §7.4.2–7.4.9,
// RFC 8422 §5.4, §5.7).
import {err, ok, type Result} from '../../../wire/result.ts';
import type {Handshake12} from '../../../wire/tls/handshake.ts';
import {signedParams} from '../../../wire/tls/handshake-12.ts';
import {joinBytes} from '../../../wire/tls/presentation.ts';
import {trustFault, usageFault} from '../certificate-trust.ts';
import type {CertificateKey} from '../crypto-port.ts';
import {certificateFault, type Fault, fault} from '../fault.ts';
import {agreementGroup} from '../groups.ts';
import {type ClientTurn, enterClient} from '../turn.ts';
import type {ClientProgress, ClientSecured} from './phase.ts';
import {encryptPreMaster, preMasterRandom, preMasterSecret} from './premaster.ts';
import {heard, say, sayFinished, secure} from './secure.ts';
import {verifyParams} from './server-signature.ts';

type Message<N extends Handshake12['type']> = Extract<Handshake12, {readonly type: N}>;

export function onCertificate12(
  turn: ClientTurn,
  progress: ClientProgress,
  {body}: Message<'certificate'>,
  bytes: Uint8Array,
): Fault | undefined {
  const {certificates} = body;
  const {suite, agreement} = progress;
  const [own] = certificates;
  if (!own) return certificateFault('decode_error', '5246:7.4.2/empty', 'no-certificate');
  const key = turn.env.crypto.certificateKey(own)?.key;
  if (!key) return certificateFault('bad_certificate', '5246:7.4.2/unreadable', 'unreadable');
  if (key.kind !== suite.certificateKey) return fault('illegal_parameter', '5246:7.4.2/key');
  const needed = suite.keyExchange === 'rsa' ? 'keyEncipherment' : 'digitalSignature';
  const wrong = usageFault(own, needed, '5246:7.4.2/usage') ?? trustFault(turn, certificates);
  if (wrong) return wrong;
  const next = {...heard(progress, bytes), agreement: {...agreement, certificates}};
  const state = suite.keyExchange === 'ecdhe' ? 'WAIT_SERVER_KEY_EXCHANGE' : 'WAIT_SERVER_HELLO_DONE';
  enterClient(turn, {version: 'TLS 1.2', state, progress: next});
  return undefined;
}

const certificateKeyOf = (turn: ClientTurn, {agreement}: ClientProgress): CertificateKey | undefined => {
  const [own] = agreement.certificates;
  return own && turn.env.crypto.certificateKey(own);
};

export function onServerKeyExchange(
  turn: ClientTurn,
  progress: ClientProgress,
  {body}: Message<'server_key_exchange'>,
  bytes: Uint8Array,
): Fault | undefined {
  const {groups, signatureSchemes} = turn.settings;
  if (body.kind !== 'ecdhe' || !groups.includes(body.group) || !agreementGroup(body.group))
    return fault('illegal_parameter', '8422:5.4/curve');
  const key = certificateKeyOf(turn, progress);
  const {algorithm: scheme, signature, group, publicKey: share} = body;
  if (!key) return certificateFault('bad_certificate', '5246:7.4.2/unreadable', 'unreadable');
  const {clientRandom, serverRandom} = progress;
  const signed = joinBytes([clientRandom, serverRandom, signedParams(body)]);
  const verified = signatureSchemes.includes(scheme)
    ? verifyParams(turn.env.crypto, key, {scheme, signature}, signed)
    : undefined;
  if (verified === undefined) return fault('illegal_parameter', '5246:7.4.3/scheme');
  if (!verified) return certificateFault('decrypt_error', '5246:7.4.3/signature', 'possession');
  const agreement = {...progress.agreement, group, signatureScheme: scheme};
  const next = {...heard(progress, bytes), share, agreement};
  enterClient(turn, {version: 'TLS 1.2', state: 'WAIT_SERVER_HELLO_DONE', progress: next});
  return undefined;
}

/**
 * Handles a TLS 1.2 CertificateRequest: notes it, so that the client later sends an empty Certificate (it has none); returns the fault of a
 * second one.
 */
export function onCertificateRequest12(
  turn: ClientTurn,
  progress: ClientProgress,
  bytes: Uint8Array,
): Fault | undefined {
  if (progress.asked) return fault('unexpected_message', '5246:7.3/unexpected');
  const next = {...heard(progress, bytes), asked: true} as const;
  enterClient(turn, {version: 'TLS 1.2', state: 'WAIT_SERVER_HELLO_DONE', progress: next});
  return undefined;
}

type Exchange = {readonly preMaster: Uint8Array; readonly body: Message<'client_key_exchange'>['body']};

/** Makes the TLS 1.2 premaster secret by RSA key transport: the client chooses it and encrypts it for the certificate's key (§7.4.7.1). */
const transport = (turn: ClientTurn, progress: ClientProgress): Result<Exchange, Fault> => {
  const {env} = turn;
  const key = certificateKeyOf(turn, progress);
  if (key?.key.kind !== 'rsa') return err(fault('illegal_parameter', '5246:7.4.2/key'));
  const random = env.bytes(preMasterRandom, 'client', 'premaster secret');
  const preMaster = preMasterSecret(progress.offer.hello.legacyVersion, random);
  const {bits} = key.key;
  const padding = env.bytes(Math.ceil(bits / 8), 'client', 'premaster padding');
  const encrypted = encryptPreMaster(env.crypto, {publicKey: key.publicKey, bits}, preMaster, padding);
  if (!encrypted) return err(certificateFault('bad_certificate', '5246:7.4.2/unreadable', 'unreadable'));
  return ok({preMaster, body: {kind: 'rsa', encryptedPreMasterSecret: encrypted}});
};

/** Makes the TLS 1.2 premaster secret by ECDHE, from the key shares of both ends (RFC 8422 §5.10). */
const agree = (turn: ClientTurn, {agreement, share}: ClientProgress): Result<Exchange, Fault> => {
  const {crypto, bytes} = turn.env;
  const group = agreementGroup(agreement.group ?? 0);
  const pair = group && crypto.keyPair(group, bytes(32, 'client', 'ecdhe', group));
  const preMaster = pair && share && crypto.agree(group, pair.privateKey, share);
  if (!preMaster) return err(fault('illegal_parameter', '8422:5.11/point'));
  return ok({preMaster, body: {kind: 'ecdhe', publicKey: pair.publicKey}});
};

/**
 * Handles ServerHelloDone: sends an empty Certificate if one was requested, ClientKeyExchange, change_cipher_spec and Finished (figure 1).
 */
export function onServerHelloDone(
  turn: ClientTurn,
  before: ClientProgress,
  bytes: Uint8Array,
): Fault | undefined {
  const transports = before.suite.keyExchange === 'rsa';
  const exchange = transports ? transport(turn, before) : agree(turn, before);
  if (!exchange.ok) return exchange.error;
  const {preMaster, body} = exchange.value;
  let progress = heard(before, bytes);
  if (progress.asked)
    progress = say(turn, progress, {type: 'certificate', body: {certificates: []}}, '5246:7.4.6/empty');
  const because = transports ? '5246:7.4.7.1/client-key-exchange' : '8422:5.7/client-key-exchange';
  progress = say(turn, progress, {type: 'client_key_exchange', body}, because);
  const secured: ClientSecured = sayFinished(turn, secure(turn, progress, preMaster));
  const state = secured.ticket ? 'WAIT_TICKET' : 'WAIT_CHANGE_CIPHER_SPEC';
  enterClient(turn, {version: 'TLS 1.2', state, secured});
  return undefined;
}
