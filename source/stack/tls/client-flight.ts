// The TLS 1.3 client's states WAIT_EE to WAIT_FINISHED: it reads the server's messages after ServerHello and answers them (RFC 9846 §4.4,
// §4.5).

import {octetText, sameBytes} from '../../wire/octets.ts';
import {err, ok, type Result} from '../../wire/result.ts';
import {extensionValue} from '../../wire/tls/extension-list.ts';
import {type Handshake13, tls13} from '../../wire/tls/handshake.ts';
import {joinBytes} from '../../wire/tls/presentation.ts';
import {trustFault, usageFault} from './certificate-trust.ts';
import {schemeFits, verifyTranscript} from './certificate-verify.ts';
import type {ClientHandshake, ClientPhase} from './connection.ts';
import {answerFault} from './extension-check.ts';
import {certificateFault, type Fault, fault} from './fault.ts';
import {kdfOf, verifyData} from './key-schedule.ts';
import {applicationTraffic, resumptionSecret} from './secrets.ts';
import {transcriptHash} from './transcript.ts';
import {
  type ClientTurn,
  change,
  enterClient,
  keysFrom,
  note,
  sendChangeCipherSpec,
  sendMessage,
  setRead,
  setWrite,
} from './turn.ts';

type Message<N extends Handshake13['type']> = Extract<Handshake13, {readonly type: N}>;
export type InFlight = Extract<ClientPhase, {readonly handshake: ClientHandshake}>;

const withMessage = (handshake: ClientHandshake, bytes: Uint8Array): ClientHandshake => ({
  ...handshake,
  transcript: [...handshake.transcript, bytes],
});

/**
 * Returns the application protocol (ALPN) that the server has chosen, undefined if it chose none; a fault unless it is exactly one name,
 * and one that the client offered (RFC 7301 §3.1).
 */
export const protocolOf = (
  turn: ClientTurn,
  names: readonly Uint8Array[] | undefined,
): Result<string | undefined, Fault> => {
  if (!names) return ok(undefined);
  const [name] = names.map(octetText);
  return names.length === 1 && name !== undefined && turn.settings.alpn.includes(name)
    ? ok(name)
    : err(fault('illegal_parameter', '7301:3.1/not-offered'));
};

/**
 * Handles early data that the server has refused, and informs the program. The client sends them again only if its settings say so, and
 * never under another protocol (§4.3.10).
 */
const refuseEarly = (
  turn: ClientTurn,
  {offer, suite, clientSecret}: ClientHandshake,
  alpn?: string,
): void => {
  const {early, session} = offer;
  if (!early) return;
  const again = turn.settings.resendEarlyData && session?.alpn === alpn;
  if (again) change(turn, {unsent: [...early.sent, ...turn.channel.unsent]});
  const data = joinBytes(early.sent);
  turn.effects.push({kind: 'earlyRefused', data, again, because: '9846:4.3.10/rejected'});
  if (turn.channel.write?.epoch !== 'early') return;
  setWrite(turn, 'handshake', keysFrom(turn, suite, clientSecret));
};

export function onEncryptedExtensions(
  turn: ClientTurn,
  handshake: ClientHandshake,
  {body}: Message<'encrypted_extensions'>,
  bytes: Uint8Array,
): Fault | undefined {
  const {offer, agreement} = handshake;
  const misplaced = answerFault(offer.hello.extensions ?? [], body.extensions, 'EE');
  if (misplaced) return misplaced;
  const names = extensionValue(body.extensions, 'application_layer_protocol_negotiation');
  const protocol = protocolOf(turn, names);
  if (!protocol.ok) return protocol.error;
  const alpn = protocol.value;
  const accepted = body.extensions.some(({name}) => name === 'early_data');
  const {suite, alpn: earlyAlpn} = offer.session ?? {};
  if (accepted && (!agreement.resumed || suite !== agreement.suite || earlyAlpn !== alpn))
    return fault('illegal_parameter', '9846:4.3.10/accepted');
  if (accepted) note(turn, {kind: 'earlyData', op: 'accepted'}, '9846:4.3.10/accept');
  else refuseEarly(turn, handshake, alpn);
  const next: ClientHandshake = {
    ...withMessage(handshake, bytes),
    agreement: {
      ...agreement,
      ...(alpn !== undefined && {alpn}),
      ...(offer.early && {earlyData: accepted ? 'accepted' : 'rejected'}),
    },
  };
  enterClient(turn, {state: agreement.resumed ? 'WAIT_FINISHED' : 'WAIT_CERT_CR', handshake: next});
  return undefined;
}

export function onCertificateRequest(
  turn: ClientTurn,
  handshake: ClientHandshake,
  {body}: Message<'certificate_request'>,
  bytes: Uint8Array,
): Fault | undefined {
  if (body.certificateRequestContext.length > 0) return fault('illegal_parameter', '9846:4.4.2/context');
  if (!extensionValue(body.extensions, 'signature_algorithms'))
    return fault('missing_extension', '9846:4.4.2/schemes');
  const requestContext = body.certificateRequestContext;
  enterClient(turn, {state: 'WAIT_CERT', handshake: {...withMessage(handshake, bytes), requestContext}});
  return undefined;
}

export function onCertificate(
  turn: ClientTurn,
  handshake: ClientHandshake,
  {body}: Message<'certificate'>,
  bytes: Uint8Array,
): Fault | undefined {
  if (body.certificateRequestContext.length > 0) return fault('illegal_parameter', '9846:4.5.1/context');
  const certificates = body.certificateList.map(({certData}) => certData);
  const [own] = certificates;
  if (!own) return certificateFault('decode_error', '9846:4.5.1.3/empty', 'no-certificate');
  const asked = handshake.offer.hello.extensions ?? [];
  const misplaced = answerFault(
    asked,
    body.certificateList.flatMap(({extensions}) => extensions),
    'CT',
  );
  if (misplaced) return misplaced;
  const wrong = usageFault(own, 'digitalSignature', '9846:4.5.1.2/usage') ?? trustFault(turn, certificates);
  if (wrong) return wrong;
  const agreement = {...handshake.agreement, certificates};
  enterClient(turn, {state: 'WAIT_CV', handshake: {...withMessage(handshake, bytes), agreement}});
  return undefined;
}

export function onCertificateVerify(
  turn: ClientTurn,
  handshake: ClientHandshake,
  {body}: Message<'certificate_verify'>,
  bytes: Uint8Array,
): Fault | undefined {
  const {crypto} = turn.env;
  const {suite, transcript, agreement} = handshake;
  const [own] = agreement.certificates;
  const key = own && crypto.certificateKey(own);
  if (!key) return certificateFault('bad_certificate', '9846:4.5.1.3/unreadable', 'unreadable');
  const {algorithm: scheme, signature} = body;
  if (!turn.settings.signatureSchemes.includes(scheme) || !schemeFits(key, scheme))
    return fault('illegal_parameter', '9846:4.5.2/scheme');
  const hash = transcriptHash(kdfOf(crypto, suite), transcript);
  if (!verifyTranscript(crypto, key, {scheme, signature}, hash))
    return certificateFault('decrypt_error', '9846:4.5.2/signature', 'possession');
  const verified = {...agreement, signatureScheme: scheme};
  enterClient(turn, {
    state: 'WAIT_FINISHED',
    handshake: {...withMessage(handshake, bytes), agreement: verified},
  });
  return undefined;
}

/**
 * Sends the client's last messages of a TLS 1.3 handshake: EndOfEarlyData, an empty Certificate if one was requested, and Finished (§4.5,
 * §4.6).
 */
const answer = (turn: ClientTurn, handshake: ClientHandshake): ClientHandshake => {
  const {suite, clientSecret, agreement, requestContext} = handshake;
  let latest = handshake;
  const say = (
    message: Handshake13,
    because: '9846:4.6/end-of-early-data' | '9846:4.5.1/empty' | '9846:4.5.3/finished',
  ) => {
    const bytes = tls13.encode(message);
    sendMessage(turn, bytes, because);
    latest = withMessage(latest, bytes);
  };
  if (turn.settings.middleboxCompatibility) sendChangeCipherSpec(turn);
  if (agreement.earlyData === 'accepted') {
    say({type: 'end_of_early_data', body: undefined}, '9846:4.6/end-of-early-data');
    setWrite(turn, 'handshake', keysFrom(turn, suite, clientSecret));
  }
  if (requestContext) {
    const body = {certificateRequestContext: requestContext, certificateList: []};
    say({type: 'certificate', body}, '9846:4.5.1/empty');
  }
  const kdf = kdfOf(turn.env.crypto, suite);
  const body = verifyData(kdf, clientSecret, transcriptHash(kdf, latest.transcript));
  say({type: 'finished', body}, '9846:4.5.3/finished');
  return latest;
};

export function onServerFinished(
  turn: ClientTurn,
  handshake: ClientHandshake,
  {body}: Message<'finished'>,
  bytes: Uint8Array,
): Fault | undefined {
  const {suite, transcript, serverSecret, agreement} = handshake;
  const kdf = kdfOf(turn.env.crypto, suite);
  if (body.length !== kdf.hashBytes) return fault('decode_error', '9846:4.5.3/size');
  if (!sameBytes(body, verifyData(kdf, serverSecret, transcriptHash(kdf, transcript))))
    return fault('decrypt_error', '9846:4.5.3/wrong');
  const whole = withMessage(handshake, bytes);
  const secrets = applicationTraffic(turn, whole);
  const finished = answer(turn, whole);
  setWrite(turn, 'application', keysFrom(turn, suite, secrets.client));
  setRead(turn, 'application', keysFrom(turn, suite, secrets.server));
  change(turn, {dropsChangeCipherSpec: false});
  const resumption = resumptionSecret(turn, finished, secrets.main);
  enterClient(turn, {
    state: 'CONNECTED',
    connected: {suite, agreement, resumptionSecret: resumption},
  });
  turn.effects.push({kind: 'established', agreement, because: '9846:A.1/connected'});
  return undefined;
}
