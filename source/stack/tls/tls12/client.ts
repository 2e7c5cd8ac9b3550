// The TLS 1.2 client's state machine: the message that each state waits for (RFC 5246 §7.3, figures 1 and 2).
import {type Handshake12, tls12} from '../../../wire/tls/handshake.ts';
import {type Fault, fault} from '../fault.ts';
import type {TlsSession12} from '../settings.ts';
import {type ClientTurn, enterClient, sendAlert} from '../turn.ts';
import {
  onCertificate12,
  onCertificateRequest12,
  onServerHelloDone,
  onServerKeyExchange,
} from './client-flight.ts';
import {messageFault, unexpected12} from './fault.ts';
import type {ClientPhase12, ClientSecured} from './phase.ts';
import {finishedFault, hearChange, heard, sayFinished} from './secure.ts';

type Message<N extends Handshake12['type']> = Extract<Handshake12, {readonly type: N}>;

const onTicket12 = (
  turn: ClientTurn,
  secured: ClientSecured,
  {body}: Message<'new_session_ticket'>,
  bytes: Uint8Array,
): undefined => {
  const {ticket, ticketLifetimeHint: lifetimeS} = body;
  const next = {...heard(secured, bytes), ...(ticket.length > 0 && {received: {ticket, lifetimeS}})};
  enterClient(turn, {version: 'TLS 1.2', state: 'WAIT_CHANGE_CIPHER_SPEC', secured: next});
};

const keepSession = (turn: ClientTurn, {received, suite, master, extended, agreement}: ClientSecured) => {
  if (!received) return;
  const {serverName} = agreement;
  const session: TlsSession12 = {
    version: 'TLS 1.2',
    ...received,
    master,
    suite: suite.id,
    receivedUs: turn.env.nowUs,
    extended,
    ...(serverName !== undefined && {serverName}),
  };
  turn.effects.push({kind: 'session', session, because: '5077:3.3/ticket'});
};

const onFinished12 = (
  turn: ClientTurn,
  secured: ClientSecured,
  {body}: Message<'finished'>,
  bytes: Uint8Array,
): Fault | undefined => {
  const wrong = finishedFault(turn, secured, body);
  if (wrong) return wrong;
  const {agreement} = secured;
  // The client in a resumed TLS 1.2 session sends its Finished after the server's (figure 2).
  if (agreement.resumed) sayFinished(turn, heard(secured, bytes));
  enterClient(turn, {version: 'TLS 1.2', state: 'CONNECTED', agreement});
  keepSession(turn, secured);
  turn.effects.push({kind: 'established', agreement, because: '5246:7.3/connected'});
  return undefined;
};

/**
 * Handles HelloRequest: the client ignores it during a handshake, and later answers with the alert no_renegotiation, because renegotiation
 * is not supported (RFC 5246 §7.4.1.1, §7.2.2).
 */
const onHelloRequest = (turn: ClientTurn, {state}: ClientPhase12): undefined => {
  if (state === 'CONNECTED' && !turn.channel.closeSent)
    sendAlert(turn, 'no_renegotiation', '5246:7.4.1.1/no-renegotiation');
};

export const onMessage12 = (turn: ClientTurn, phase: ClientPhase12, bytes: Uint8Array): Fault | undefined => {
  const decoded = tls12.decode(bytes);
  if (!decoded.ok) return messageFault(decoded.error);
  const message = decoded.value;
  if (message.type === 'hello_request') return onHelloRequest(turn, phase);
  switch (phase.state) {
    case 'WAIT_CERTIFICATE':
      return message.type === 'certificate'
        ? onCertificate12(turn, phase.progress, message, bytes)
        : unexpected12;
    case 'WAIT_SERVER_KEY_EXCHANGE':
      return message.type === 'server_key_exchange'
        ? onServerKeyExchange(turn, phase.progress, message, bytes)
        : unexpected12;
    case 'WAIT_SERVER_HELLO_DONE':
      if (message.type === 'certificate_request') return onCertificateRequest12(turn, phase.progress, bytes);
      return message.type === 'server_hello_done'
        ? onServerHelloDone(turn, phase.progress, bytes)
        : unexpected12;
    case 'WAIT_TICKET':
      return message.type === 'new_session_ticket'
        ? onTicket12(turn, phase.secured, message, bytes)
        : unexpected12;
    case 'WAIT_FINISHED':
      return message.type === 'finished' ? onFinished12(turn, phase.secured, message, bytes) : unexpected12;
    case 'WAIT_CHANGE_CIPHER_SPEC':
    case 'CONNECTED':
      return unexpected12;
  }
};

export const onServerChange = (turn: ClientTurn): Fault | undefined => {
  const {phase} = turn;
  if (phase.state !== 'WAIT_CHANGE_CIPHER_SPEC') return fault('unexpected_message', '5246:7.1/too-early');
  hearChange(turn, phase.secured);
  enterClient(turn, {version: 'TLS 1.2', state: 'WAIT_FINISHED', secured: phase.secured});
  return undefined;
};
