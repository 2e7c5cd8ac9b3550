// The TLS 1.3 server's state machine (RFC 9846, figure A.2): the message that each state waits for. TLS 1.2 is in tls12/server.ts.

import {sameBytes} from '../../wire/octets.ts';
import {tls13} from '../../wire/tls/handshake.ts';
import {dataTooEarly, deliver} from './application.ts';
import type {Connected, ServerHandshake, ServerPhase} from './connection.ts';
import {type Fault, fault, wireFault} from './fault.ts';
import {kdfOf, verifyData} from './key-schedule.ts';
import {onKeyUpdate, sendTickets} from './post-handshake.ts';
import type {Upper} from './record-layer.ts';
import {resumptionSecret} from './secrets.ts';
import {onClientHello} from './server-hello.ts';
import {onClientChange, onMessage12} from './tls12/server.ts';
import {transcriptHash} from './transcript.ts';
import {change, enterServer, keysFrom, type ServerTurn, setRead} from './turn.ts';

const unexpected = fault('unexpected_message', '9846:4/unexpected');

type Waiting = Extract<ServerPhase, {readonly handshake: ServerHandshake}>;

const onEndOfEarlyData = (turn: ServerTurn, {handshake}: Waiting, bytes: Uint8Array): undefined => {
  const {early: _, ...rest} = handshake;
  setRead(turn, 'handshake', keysFrom(turn, handshake.suite, handshake.clientSecret));
  const transcript = [...handshake.transcript, bytes];
  enterServer(turn, {state: 'WAIT_FINISHED', handshake: {...rest, transcript}});
};

const onFinished = (
  turn: ServerTurn,
  handshake: ServerHandshake,
  body: Uint8Array,
  bytes: Uint8Array,
): Fault | undefined => {
  const {suite, clientSecret, transcript, agreement, clientRandom} = handshake;
  const kdf = kdfOf(turn.env.crypto, suite);
  if (body.length !== kdf.hashBytes) return fault('decode_error', '9846:4.5.3/size');
  if (!sameBytes(body, verifyData(kdf, clientSecret, transcriptHash(kdf, transcript))))
    return fault('decrypt_error', '9846:4.5.3/wrong');
  setRead(turn, 'application', keysFrom(turn, suite, handshake.applicationSecret));
  change(turn, {dropsChangeCipherSpec: false, skippable: undefined});
  const whole = {suite, transcript: [...transcript, bytes], clientRandom};
  const connected: Connected = {
    suite,
    agreement,
    resumptionSecret: resumptionSecret(turn, whole, handshake.mainSecret),
  };
  enterServer(turn, {state: 'CONNECTED', connected});
  turn.effects.push({kind: 'established', agreement, because: '9846:A.2/connected'});
  if (!turn.channel.closeSent) sendTickets(turn, connected);
  return undefined;
};

const onMessage = (turn: ServerTurn, bytes: Uint8Array): Fault | undefined => {
  const {phase} = turn;
  if ('version' in phase) return onMessage12(turn, phase, bytes);
  const decoded = tls13.decode(bytes);
  if (!decoded.ok) return wireFault(decoded.error);
  const message = decoded.value;
  switch (phase.state) {
    case 'START':
      return message.type === 'client_hello' ? onClientHello(turn, phase, message.body, bytes) : unexpected;
    case 'WAIT_EOED':
      return message.type === 'end_of_early_data' ? onEndOfEarlyData(turn, phase, bytes) : unexpected;
    case 'WAIT_FINISHED':
      return message.type === 'finished'
        ? onFinished(turn, phase.handshake, message.body, bytes)
        : unexpected;
    case 'CONNECTED':
      return message.type === 'key_update' ? onKeyUpdate(turn, message.body.requestUpdate) : unexpected;
    case 'CLOSED':
      return unexpected;
  }
};

/** Delivers TLS early data to the program; returns the fault if they are more than the ticket allows (§4.3.10). */
const onEarlyData = (turn: ServerTurn, {state, handshake}: Waiting, data: Uint8Array): Fault | undefined => {
  const {early = 0} = handshake;
  if (data.length > early) return fault('unexpected_message', '9846:4.3.10/too-much');
  turn.phase = {state, handshake: {...handshake, early: early - data.length}};
  return deliver(turn, data, true);
};

const onData = (turn: ServerTurn, data: Uint8Array): Fault | undefined => {
  if (turn.phase.state === 'WAIT_EOED') return onEarlyData(turn, turn.phase, data);
  return turn.phase.state === 'CONNECTED' ? deliver(turn, data) : dataTooEarly(turn);
};

export const serverUpper: Upper<ServerTurn> = {
  message: onMessage,
  data: onData,
  changeCipherSpec: onClientChange,
};
