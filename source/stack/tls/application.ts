// Sends and delivers a program's data in TLS records, and ends the connection with close_notify (RFC 9846 §5.1, §6.1).
import {fragmentsOf} from '../../wire/tls/record.ts';
import {ContentType} from '../../wire/tls/registry.ts';
import {type Fault, fault} from './fault.ts';
import type {EarlyWriting} from './offer.ts';
import {updateWriteKeys} from './post-handshake.ts';
import type {TlsRuleId} from './rules.ts';
import {change, enterClient, enterServer, ruleOf, send, sendAlert, speaks12, type Turn} from './turn.ts';

export const deliver = (turn: Turn, data: Uint8Array, early = false): undefined => {
  // The peer sends empty TLS records to hide when it sends nothing (§5.1); the program gets no data from them.
  if (data.length === 0) return;
  const because = early ? '9846:4.3.10/deliver' : ruleOf(turn, '9846:5.2/deliver', '5246:6.2.3/deliver');
  turn.effects.push({kind: 'deliver', data, early, because});
};

const sendData = (turn: Turn, data: Uint8Array): void => {
  for (const fragment of fragmentsOf(data)) {
    const sequence = turn.channel.write?.protection.sequence ?? 0;
    if (sequence >= turn.settings.recordsPerKey) updateWriteKeys(turn, false, '9846:5.5/limit');
    send(turn, ContentType.application_data, fragment, ruleOf(turn, '9846:5.2/write', '5246:6.2.3/write'));
  }
};

/** Returns the TLS early data that this client has sent, and how many octets it may still send; undefined if it may send none now. */
const earlyOf = (turn: Turn): EarlyWriting | undefined => {
  if (turn.role === 'server' || turn.channel.write?.epoch !== 'early') return undefined;
  if ('offer' in turn.phase) return turn.phase.offer.early;
  return 'handshake' in turn.phase ? turn.phase.handshake.offer.early : undefined;
};

const countEarly = (turn: Turn, early: EarlyWriting): void => {
  if (turn.role === 'server') return;
  if ('offer' in turn.phase) turn.phase = {...turn.phase, offer: {...turn.phase.offer, early}};
  else if ('handshake' in turn.phase) {
    const {handshake} = turn.phase;
    turn.phase = {...turn.phase, handshake: {...handshake, offer: {...handshake.offer, early}}};
  }
};

/** Sends early data at once as far as the ticket allows; the rest waits for the TLS handshake. */
const sendEarly = (turn: Turn, early: EarlyWriting, data: Uint8Array): void => {
  const now = data.slice(0, early.left);
  const later = data.slice(now.length);
  if (now.length > 0) {
    for (const fragment of fragmentsOf(now))
      send(turn, ContentType.application_data, fragment, '9846:4.3.10/write');
    countEarly(turn, {sent: [...early.sent, now], left: early.left - now.length});
  }
  if (later.length > 0) change(turn, {unsent: [...turn.channel.unsent, later]});
};

export const sendClose = (
  turn: Turn,
  because: TlsRuleId = ruleOf(turn, '9846:6.1/close', '5246:7.2.1/close'),
): void => {
  sendAlert(turn, 'close_notify', because);
  change(turn, {closeSent: true});
  turn.effects.push({kind: 'finish', because});
};

/**
 * Tells whether the program's data may be sent under the application keys. In TLS 1.2 the handshake must be complete, too (RFC 5246 §7.3).
 */
const mayWrite = (turn: Turn): boolean =>
  turn.channel.write?.epoch === 'application' && (!speaks12(turn) || turn.phase.state === 'CONNECTED');

/** Sends the program's data that waited for TLS keys, and then close_notify if the program has closed. */
export const sendWaiting = (turn: Turn): void => {
  const {unsent, closeCalled, closeSent} = turn.channel;
  if (!mayWrite(turn)) return;
  change(turn, {unsent: []});
  for (const data of unsent) sendData(turn, data);
  if (closeCalled && !closeSent) sendClose(turn);
};

export const onWrite = (turn: Turn, data: Uint8Array): void => {
  const {unsent, closeCalled, closeSent} = turn.channel;
  if (closeCalled || closeSent || turn.phase.state === 'CLOSED' || data.length === 0) return;
  const early = earlyOf(turn);
  if (mayWrite(turn)) sendData(turn, data);
  else if (early && unsent.length === 0) sendEarly(turn, early, data);
  else change(turn, {unsent: [...unsent, data]});
};

export const onClose = (turn: Turn): void => {
  if (turn.channel.closeCalled || turn.phase.state === 'CLOSED') return;
  change(turn, {closeCalled: true});
  sendWaiting(turn);
};

/**
 * Handles the end of the byte stream below TLS, which is never a fault. Without close_notify the data may have been cut off by an attacker,
 * so the connection counts as `truncated` (§6.1).
 */
export const onEof = (turn: Turn): Fault | undefined => {
  if (turn.phase.state === 'CLOSED' || turn.channel.closeReceived) return undefined;
  const because = ruleOf(turn, '9846:6.1/truncated', '5246:7.2.1/truncated');
  const phase = {state: 'CLOSED', how: 'truncated'} as const;
  if (turn.role === 'client') enterClient(turn, phase);
  else enterServer(turn, phase);
  turn.effects.push({kind: 'closed', how: 'truncated', because});
  return undefined;
};

/** Closes the TLS connection if both ends have sent close_notify. */
export const settle = (turn: Turn): void => {
  const {closeSent, closeReceived} = turn.channel;
  if (!closeSent || !closeReceived || turn.phase.state === 'CLOSED') return;
  const phase = {state: 'CLOSED', how: 'closeNotify'} as const;
  if (turn.role === 'client') enterClient(turn, phase);
  else enterServer(turn, phase);
};

export const dataTooEarly = (turn: Turn): Fault =>
  fault('unexpected_message', ruleOf(turn, '9846:4/data-too-early', '5246:7.3/data-too-early'));
