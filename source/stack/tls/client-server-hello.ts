// The TLS client's state WAIT_SH: it reads ServerHello and HelloRetryRequest (RFC 9846 §4.2.3, §4.2.4).

import {sameBytes} from '../../wire/octets.ts';
import {err, ok, type Result} from '../../wire/result.ts';
import {extensionValue} from '../../wire/tls/extension-list.ts';
import type {Handshake13} from '../../wire/tls/handshake.ts';
import {downgradeIn, type HelloRetryRequest, type ServerHello} from '../../wire/tls/hello.ts';
import {ProtocolVersion} from '../../wire/tls/registry.ts';
import {type CipherSuite, cipherSuite} from './cipher-suite.ts';
import {sendHelloAgain} from './client-hello.ts';
import type {ClientHandshake, ClientPhase} from './connection.ts';
import {answerFault} from './extension-check.ts';
import {type Fault, fault} from './fault.ts';
import {agreementGroup} from './groups.ts';
import {kdfOf} from './key-schedule.ts';
import type {Offer} from './offer.ts';
import {handshakeTraffic} from './secrets.ts';
import {onServerHello12} from './tls12/client-server-hello.ts';
import {retriedTranscript} from './transcript.ts';
import {type ClientTurn, change, enterClient, keysFrom, setRead, setWrite} from './turn.ts';

type Waiting = Extract<ClientPhase, {readonly state: 'WAIT_SH'}>;
type Hello = ServerHello | HelloRetryRequest;

const tls13 = ProtocolVersion['TLS 1.3'];
/** The most octets of a ClientHello and a cookie together: the largest block of extensions, less room for a key share and padding. */
const maxHelloBytes = 0xffff - 0x200;

const selectedVersion = ({extensions}: Hello): number | undefined =>
  extensions?.flatMap((one) => (one.name === 'supported_versions' ? [one.value] : []))[0];

/**
 * Returns the fault if a ServerHello or HelloRetryRequest does not choose TLS 1.3; undefined if it does. A downgrade mark in its random
 * shows that the server supports TLS 1.3, but was not offered it (§4.2.3, §4.3.1).
 */
const versionFault = (hello: Hello): Fault | undefined => {
  const version = selectedVersion(hello);
  if (version === undefined) {
    if (downgradeIn(hello.random)) return fault('illegal_parameter', '9846:4.2.3/downgrade');
    return fault('protocol_version', '9846:4.3.1/version');
  }
  if (version !== tls13) return fault('illegal_parameter', '9846:4.3.1/not-offered');
  return hello.legacyVersion === ProtocolVersion['TLS 1.2']
    ? undefined
    : fault('protocol_version', '9846:4.2.3/legacy-version');
};

/** Checks the fields that ServerHello and HelloRetryRequest have in common; returns the chosen cipher suite or the fault. */
const suiteOf = (offer: Offer, hello: Hello, message: 'SH' | 'HRR'): Result<CipherSuite, Fault> => {
  const wrong = versionFault(hello);
  if (wrong) return err(wrong);
  if (!sameBytes(hello.legacySessionIdEcho, offer.hello.legacySessionId))
    return err(fault('illegal_parameter', '9846:4.2.3/session-id-echo'));
  if (hello.legacyCompressionMethod !== 0) return err(fault('illegal_parameter', '9846:4.2.3/compression'));
  const suite = offer.hello.cipherSuites.includes(hello.cipherSuite)
    ? cipherSuite(hello.cipherSuite)
    : undefined;
  if (!suite) return err(fault('illegal_parameter', '9846:4.2.3/suite'));
  const misplaced = answerFault(offer.hello.extensions ?? [], hello.extensions ?? [], message);
  return misplaced ? err(misplaced) : ok(suite);
};

function onRetry(
  turn: ClientTurn,
  {offer}: Waiting,
  retry: HelloRetryRequest,
  bytes: Uint8Array,
): Fault | undefined {
  if (offer.retry) return fault('unexpected_message', '9846:4.2.4/second');
  const chosen = suiteOf(offer, retry, 'HRR');
  if (!chosen.ok) return chosen.error;
  const suite = chosen.value;
  const group = extensionValue(retry.extensions, 'key_share');
  const cookie = extensionValue(retry.extensions, 'cookie');
  const groups = extensionValue(offer.hello.extensions, 'supported_groups') ?? [];
  if (group !== undefined && (!groups.includes(group) || offer.keyPairs.has(group) || !agreementGroup(group)))
    return fault('illegal_parameter', '9846:4.3.8/retry-group');
  if (group === undefined && cookie === undefined) return fault('illegal_parameter', '9846:4.2.4/no-change');
  // The client has to return the cookie in one block of extensions with all others, so it must not be too long.
  const [hello] = offer.transcript;
  if (cookie && (hello?.length ?? 0) + cookie.length > maxHelloBytes)
    return fault('illegal_parameter', '9846:4.3.2/too-long');
  // The second ClientHello is sent in clear, so the keys of early data are no longer used.
  change(turn, {write: undefined});
  const before = retriedTranscript(kdfOf(turn.env.crypto, suite), offer.transcript, bytes);
  sendHelloAgain(turn, offer, {suite: suite.id, group, cookie, before});
  return undefined;
}

/**
 * Returns the fault if ServerHello chooses another cipher suite than HelloRetryRequest (§4.2.4). It cannot choose another group, because
 * the second hello has no share for one.
 */
const retryFault = ({retry}: Offer, {cipherSuite: suite}: ServerHello): Fault | undefined =>
  retry && retry.suite !== suite ? fault('illegal_parameter', '9846:4.2.4/suite') : undefined;

/**
 * Returns the fault if ServerHello selects a PSK that was not offered, or a suite whose hash is not the PSK's; undefined if it does not.
 */
const pskFault = ({session}: Offer, selected: number | undefined, suite: CipherSuite): Fault | undefined => {
  if (selected === undefined) return undefined;
  if (!session || selected !== 0) return fault('illegal_parameter', '9846:4.3.11/selected');
  return cipherSuite(session.suite)?.hash === suite.hash
    ? undefined
    : fault('illegal_parameter', '9846:4.3.11/hash');
};

function onHello(
  turn: ClientTurn,
  {offer}: Waiting,
  hello: ServerHello,
  bytes: Uint8Array,
): Fault | undefined {
  const chosen = suiteOf(offer, hello, 'SH');
  if (!chosen.ok) return chosen.error;
  const suite = chosen.value;
  const share = extensionValue(hello.extensions, 'key_share');
  const selected = extensionValue(hello.extensions, 'pre_shared_key');
  // If ServerHello selects a PSK but has no key share, that contradicts the PSK mode that the client offered (§4.3.11).
  if (!share)
    return fault(selected === undefined ? 'missing_extension' : 'illegal_parameter', '9846:4.3.8/missing');
  const pair = offer.keyPairs.get(share.group);
  const group = agreementGroup(share.group);
  if (!pair || !group) return fault('illegal_parameter', '9846:4.3.8/group');
  const inner = retryFault(offer, hello) ?? pskFault(offer, selected, suite);
  if (inner) return inner;
  const shared = turn.env.crypto.agree(group, pair.privateKey, share.keyExchange);
  if (!shared) return fault('illegal_parameter', '9846:4.3.8.2/point');
  const transcript = [...offer.transcript, bytes];
  const clientRandom = offer.hello.random;
  const psk = selected === undefined ? undefined : offer.session?.psk;
  const secrets = handshakeTraffic(turn, {suite, transcript, clientRandom}, {shared, psk});
  setRead(turn, 'handshake', keysFrom(turn, suite, secrets.serverSecret));
  // Early data continue under their own key until the server has accepted or refused them.
  if (turn.channel.write?.epoch !== 'early')
    setWrite(turn, 'handshake', keysFrom(turn, suite, secrets.clientSecret));
  const {serverName} = turn.settings;
  const handshake: ClientHandshake = {
    suite,
    transcript,
    clientRandom,
    ...secrets,
    offer,
    agreement: {
      version: 'TLS 1.3',
      suite: suite.id,
      group: share.group,
      resumed: psk !== undefined,
      certificates: [],
      ...(serverName !== undefined && {serverName}),
    },
  };
  enterClient(turn, {state: 'WAIT_EE', handshake});
  return undefined;
}

/**
 * Tells whether a ServerHello chooses TLS 1.2, and the client may: without supported_versions it can choose no more (§4.3.1), but not after
 * HelloRetryRequest or an offer of early data, which need TLS 1.3.
 */
const answers12 = ({settings}: ClientTurn, {offer}: Waiting, hello: ServerHello): boolean =>
  settings.versions.includes(ProtocolVersion['TLS 1.2']) &&
  !offer.retry &&
  !offer.early &&
  (selectedVersion(hello) === undefined || !settings.versions.includes(tls13));

export const onServerHello = (
  turn: ClientTurn,
  phase: Waiting,
  message: Handshake13,
  bytes: Uint8Array,
): Fault | undefined => {
  if (message.type === 'server_hello' && answers12(turn, phase, message.body))
    return onServerHello12(turn, phase.offer, message.body, bytes);
  if (message.type === 'hello_retry_request') return onRetry(turn, phase, message.body, bytes);
  if (message.type === 'server_hello') return onHello(turn, phase, message.body, bytes);
  return fault('unexpected_message', '9846:4/unexpected');
};
