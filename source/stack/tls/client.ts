// The TLS 1.3 client's state machine (RFC 9846, figure A.1): the message that each state waits for. TLS 1.2 is in tls12/client.ts.
import {tls13} from '../../wire/tls/handshake.ts';
import {dataTooEarly, deliver} from './application.ts';
import {
  type InFlight,
  onCertificate,
  onCertificateRequest,
  onCertificateVerify,
  onEncryptedExtensions,
  onServerFinished,
} from './client-flight.ts';
import {onServerHello} from './client-server-hello.ts';
import {type Fault, fault, wireFault} from './fault.ts';
import {onKeyUpdate, onTicket} from './post-handshake.ts';
import type {Upper} from './record-layer.ts';
import {onMessage12, onServerChange} from './tls12/client.ts';
import type {ClientTurn} from './turn.ts';

const unexpected = fault('unexpected_message', '9846:4/unexpected');

/** Handles a handshake message of the TLS server after ServerHello, according to the client's state. */
const onFlight = (turn: ClientTurn, {state, handshake}: InFlight, bytes: Uint8Array): Fault | undefined => {
  const decoded = tls13.decode(bytes);
  if (!decoded.ok) return wireFault(decoded.error);
  const message = decoded.value;
  switch (state) {
    case 'WAIT_EE':
      return message.type === 'encrypted_extensions'
        ? onEncryptedExtensions(turn, handshake, message, bytes)
        : unexpected;
    case 'WAIT_CERT_CR':
      if (message.type === 'certificate_request')
        return onCertificateRequest(turn, handshake, message, bytes);
      return message.type === 'certificate' ? onCertificate(turn, handshake, message, bytes) : unexpected;
    case 'WAIT_CERT':
      return message.type === 'certificate' ? onCertificate(turn, handshake, message, bytes) : unexpected;
    case 'WAIT_CV':
      return message.type === 'certificate_verify'
        ? onCertificateVerify(turn, handshake, message, bytes)
        : unexpected;
    case 'WAIT_FINISHED':
      return message.type === 'finished' ? onServerFinished(turn, handshake, message, bytes) : unexpected;
  }
};

const onMessage = (turn: ClientTurn, bytes: Uint8Array): Fault | undefined => {
  const {phase} = turn;
  if ('version' in phase) return onMessage12(turn, phase, bytes);
  switch (phase.state) {
    case 'START':
    case 'CLOSED':
      return unexpected;
    case 'WAIT_SH': {
      const message = tls13.decode(bytes);
      return message.ok ? onServerHello(turn, phase, message.value, bytes) : wireFault(message.error);
    }
    case 'CONNECTED': {
      const message = tls13.decode(bytes);
      if (!message.ok) return wireFault(message.error);
      if (message.value.type === 'new_session_ticket')
        return onTicket(turn, phase.connected, message.value.body);
      return message.value.type === 'key_update'
        ? onKeyUpdate(turn, message.value.body.requestUpdate)
        : unexpected;
    }
    default:
      return onFlight(turn, phase, bytes);
  }
};

export const clientUpper: Upper<ClientTurn> = {
  message: onMessage,
  data: (turn, data) => (turn.phase.state === 'CONNECTED' ? deliver(turn, data) : dataTooEarly(turn)),
  changeCipherSpec: onServerChange,
};
