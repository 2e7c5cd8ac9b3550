// The messages after a TLS 1.3 handshake: tickets and KeyUpdate (RFC 9846 §4.7).
import {extensionValue} from '../../wire/tls/extension-list.ts';
import {type Handshake13, tls13} from '../../wire/tls/handshake.ts';
import {KeyUpdateRequest} from '../../wire/tls/registry.ts';
import type {Connected} from './connection.ts';
import type {Fault} from './fault.ts';
import {kdfOf, ticketPsk} from './key-schedule.ts';
import {updatedProtection} from './record-protection.ts';
import type {TlsRuleId} from './rules.ts';
import type {TlsSession} from './settings.ts';
import {sealTicket} from './ticket.ts';
import {type ClientTurn, change, type ServerTurn, sendMessage, setRead, setWrite, type Turn} from './turn.ts';

type Ticket = Extract<Handshake13, {readonly type: 'new_session_ticket'}>['body'];

/** The longest lifetime of a TLS 1.3 ticket in seconds: seven days (§4.7.1). */
const maxLifetimeS = 604_800;
const maxTicketBytes = 0x4000;
const usPerMs = 1000;

export function onTicket(turn: ClientTurn, connected: Connected, body: Ticket): Fault | undefined {
  // A ticket with lifetime 0 must be dropped at once. A huge one would leave no room for the rest of a ClientHello.
  if (body.ticketLifetime === 0 || body.ticket.length > maxTicketBytes) return undefined;
  const {suite, agreement, resumptionSecret} = connected;
  const session: TlsSession = {
    version: 'TLS 1.3',
    ticket: body.ticket,
    psk: ticketPsk(kdfOf(turn.env.crypto, suite), resumptionSecret, body.ticketNonce),
    suite: suite.id,
    lifetimeS: Math.min(body.ticketLifetime, maxLifetimeS),
    ageAdd: body.ticketAgeAdd,
    receivedUs: turn.env.nowUs,
    maxEarlyData: extensionValue(body.extensions, 'early_data') ?? 0,
    ...(agreement.serverName !== undefined && {serverName: agreement.serverName}),
    ...(agreement.alpn !== undefined && {alpn: agreement.alpn}),
  };
  turn.effects.push({kind: 'session', session, because: '9846:4.7.1/ticket'});
  return undefined;
}

const uint32 = (bytes: Uint8Array): number => new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);

export function sendTickets(turn: ServerTurn, {suite, agreement, resumptionSecret}: Connected): void {
  const {settings, env} = turn;
  for (let n = 0; n < settings.tickets; n++) {
    const ticketNonce = Uint8Array.of(n >> 8, n & 0xff);
    const ticketAgeAdd = uint32(env.bytes(4, 'server', 'ticket age', n));
    const content = {
      suite: suite.id,
      psk: ticketPsk(kdfOf(env.crypto, suite), resumptionSecret, ticketNonce),
      issuedMs: Math.floor(env.nowUs / usPerMs),
      lifetimeS: settings.ticketLifetimeS,
      ageAdd: ticketAgeAdd,
      serverName: agreement.serverName ?? '',
      alpn: agreement.alpn ?? '',
    };
    const nonce = env.bytes(12, 'server', 'ticket nonce', n);
    const body: Ticket = {
      ticketLifetime: settings.ticketLifetimeS,
      ticketAgeAdd,
      ticketNonce,
      ticket: sealTicket(env.crypto, settings.ticketKey, nonce, content),
      extensions: settings.maxEarlyData > 0 ? [{name: 'early_data', value: settings.maxEarlyData}] : [],
    };
    sendMessage(turn, tls13.encode({type: 'new_session_ticket', body}), '9846:4.7.1/new-session-ticket');
  }
}

/** Sends KeyUpdate under the old key, after which everything is under the new one (§4.7.3). */
export function updateWriteKeys(turn: Turn, request: boolean, because: TlsRuleId): void {
  const {write} = turn.channel;
  if (write?.epoch !== 'application' || write.protection.version !== 'TLS 1.3') return;
  // Only one KeyUpdate request is open at a time; another is not sent before the peer's KeyUpdate has arrived.
  const asks = request && !turn.channel.updateAsked;
  const requestUpdate = KeyUpdateRequest[asks ? 'update_requested' : 'update_not_requested'];
  if (asks) change(turn, {updateAsked: true});
  sendMessage(turn, tls13.encode({type: 'key_update', body: {requestUpdate}}), because);
  setWrite(turn, 'application', updatedProtection(turn.env.crypto, write.protection));
}

export function onKeyUpdate(turn: Turn, requestUpdate: number): Fault | undefined {
  const {read, closeSent} = turn.channel;
  if (read?.protection.version !== 'TLS 1.3') return undefined;
  change(turn, {updateAsked: false});
  setRead(turn, 'application', updatedProtection(turn.env.crypto, read.protection));
  if (requestUpdate === KeyUpdateRequest.update_requested && !closeSent)
    updateWriteKeys(turn, false, '9846:4.7.3/answer');
  return undefined;
}
