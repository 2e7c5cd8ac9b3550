// The TLS 1.2 server's state machine: the message that each state waits for (RFC 5246 §7.3, figures 1 and 2).
import {err, ok, type Result} from '../../../wire/result.ts';
import {type Handshake12, tls12} from '../../../wire/tls/handshake.ts';
import {type Fault, fault} from '../fault.ts';
import {agreementGroup} from '../groups.ts';
import {enterServer, type ServerTurn, sendAlert} from '../turn.ts';
import {messageFault, unexpected12} from './fault.ts';
import type {Secured, ServerPhase12, ServerProgress} from './phase.ts';
import {decryptPreMaster, preMasterRandom, receivedPreMaster} from './premaster.ts';
import {finishedFault, hearChange, heard, say, sayFinished, secure} from './secure.ts';
import {sealTicket12} from './ticket.ts';

type Message<N extends Handshake12['type']> = Extract<Handshake12, {readonly type: N}>;
type KeyExchange = Message<'client_key_exchange'>['body'];

/** Decrypts the premaster secret in ClientKeyExchange, without showing whether the block was valid (§7.4.7.1). */
const decrypted = (
  {env}: ServerTurn,
  {credential, helloVersion}: ServerProgress,
  body: KeyExchange,
): Result<Uint8Array, Fault> => {
  if (body.kind !== 'rsa') return err(fault('decode_error', '5246:7.2.2/decode'));
  const random = env.bytes(preMasterRandom, 'server', 'premaster secret');
  const secret = decryptPreMaster(env.crypto, credential.privateKey, body.encryptedPreMasterSecret);
  return ok(receivedPreMaster(secret, helloVersion, random));
};

const agreed = (
  {env}: ServerTurn,
  {keyPair, agreement}: ServerProgress,
  body: KeyExchange,
): Result<Uint8Array, Fault> => {
  if (body.kind !== 'ecdhe') return err(fault('decode_error', '5246:7.2.2/decode'));
  const group = agreementGroup(agreement.group ?? 0);
  const shared = group && keyPair && env.crypto.agree(group, keyPair.privateKey, body.publicKey);
  return shared ? ok(shared) : err(fault('illegal_parameter', '8422:5.11/point'));
};

const onKeyExchange = (
  turn: ServerTurn,
  progress: ServerProgress,
  {body}: Message<'client_key_exchange'>,
  bytes: Uint8Array,
): Fault | undefined => {
  const transports = progress.suite.keyExchange === 'rsa';
  const preMaster = transports ? decrypted(turn, progress, body) : agreed(turn, progress, body);
  if (!preMaster.ok) return preMaster.error;
  const secured = secure(turn, heard(progress, bytes), preMaster.value);
  enterServer(turn, {version: 'TLS 1.2', state: 'WAIT_CHANGE_CIPHER_SPEC', secured});
  return undefined;
};

/** Sends NewSessionTicket of TLS 1.2 before change_cipher_spec, so that Finished covers it (RFC 5077 §3.3). */
const sayTicket = (turn: ServerTurn, secured: Secured): Secured => {
  const {settings, env} = turn;
  const {suite, master, extended, agreement} = secured;
  const nonce = env.bytes(12, 'server', 'ticket nonce');
  const ticket = sealTicket12(
    env.crypto,
    {key: settings.ticketKey, nonce},
    {
      suite: suite.id,
      master,
      extended,
      issuedS: Math.floor(env.nowUs / 1e6),
      lifetimeS: settings.ticketLifetimeS,
      serverName: agreement.serverName ?? '',
    },
  );
  const body = {ticketLifetimeHint: settings.ticketLifetimeS, ticket};
  return say(turn, secured, {type: 'new_session_ticket', body}, '5077:3.3/new-session-ticket');
};

const onFinished12 = (
  turn: ServerTurn,
  secured: Secured,
  {body}: Message<'finished'>,
  bytes: Uint8Array,
): Fault | undefined => {
  const wrong = finishedFault(turn, secured, body);
  if (wrong) return wrong;
  const {agreement, ticket} = secured;
  const whole = heard(secured, bytes);
  if (!agreement.resumed) sayFinished(turn, ticket ? sayTicket(turn, whole) : whole);
  enterServer(turn, {version: 'TLS 1.2', state: 'CONNECTED', agreement});
  turn.effects.push({kind: 'established', agreement, because: '5246:7.3/connected'});
  return undefined;
};

/**
 * Answers a ClientHello after the handshake, which asks for renegotiation, with the alert no_renegotiation (RFC 5246 §7.2.2); the
 * connection continues.
 */
const onClientHelloAgain = (turn: ServerTurn): undefined => {
  if (!turn.channel.closeSent) sendAlert(turn, 'no_renegotiation', '5246:7.2.2/no-renegotiation');
};

export const onMessage12 = (turn: ServerTurn, phase: ServerPhase12, bytes: Uint8Array): Fault | undefined => {
  const decoded = tls12.decode(bytes);
  if (!decoded.ok) return messageFault(decoded.error);
  const message = decoded.value;
  switch (phase.state) {
    case 'WAIT_CLIENT_KEY_EXCHANGE':
      return message.type === 'client_key_exchange'
        ? onKeyExchange(turn, phase.progress, message, bytes)
        : unexpected12;
    case 'WAIT_FINISHED':
      return message.type === 'finished' ? onFinished12(turn, phase.secured, message, bytes) : unexpected12;
    case 'CONNECTED':
      return message.type === 'client_hello' ? onClientHelloAgain(turn) : unexpected12;
    case 'WAIT_CHANGE_CIPHER_SPEC':
      return unexpected12;
  }
};

export const onClientChange = (turn: ServerTurn): Fault | undefined => {
  const {phase} = turn;
  if (phase.state !== 'WAIT_CHANGE_CIPHER_SPEC') return fault('unexpected_message', '5246:7.1/too-early');
  hearChange(turn, phase.secured);
  enterServer(turn, {version: 'TLS 1.2', state: 'WAIT_FINISHED', secured: phase.secured});
  return undefined;
};
