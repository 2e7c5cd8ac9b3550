// Explains TLS alerts for *Why?*: which alert it is, who sends it, and what follows from it (RFC 9846 §6, RFC 5246 §7.2).

import {citation} from '../../account/citation.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import {type Text, worded} from '../../lesson/text.ts';
import {quicOf} from '../../observe/quic-in-trace.ts';
import type {TlsAlert} from '../../observe/tls-messages.ts';
import {type TlsSession, tlsSessionsIn} from '../../observe/tls-sessions.ts';
import type {Trace} from '../../sim/trace.ts';
import {isCanceled, isFatal} from '../../wire/tls/alert.ts';
import {AlertDescription, alertName, ProtocolVersion} from '../../wire/tls/registry.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {whyAlert as say} from '../../words/catalogue/why.ts';

type Said = {readonly name: string; readonly by: string; readonly end: string; readonly clause: string};

/**
 * Tells whether a TLS session counts as TLS 1.3. Before a version is agreed, the versions in the ClientHello decide; without any it counts
 * as TLS 1.3.
 */
const isModern = ({version, versionsOffered}: TlsSession): boolean => {
  const modern = ProtocolVersion['TLS 1.3'];
  return version === undefined
    ? versionsOffered.length === 0 || versionsOffered.includes(modern)
    : version === modern;
};

/**
 * Returns a key for what a TLS alert does: it closes the session, ends it as an error, or only warns. In TLS 1.3 the name of the alert
 * decides (RFC 9846 §6), in older versions its level.
 */
const endOf = (session: TlsSession, {side, description, level, encrypted, event}: TlsAlert): string => {
  if (description === AlertDescription.close_notify) {
    const isAnswer = session.alerts.some(
      (each) => each.side !== side && each.description === description && each.event < event,
    );
    if (isAnswer) return 'closed';
    return isModern(session) ? 'closes' : 'asks';
  }
  if (isCanceled({description})) return 'canceled';
  if (!isFatal({level, description}, isModern(session) ? ProtocolVersion['TLS 1.3'] : session.version))
    return 'warns';
  const finished = session.messages.filter((each) => each.name === 'finished' && each.event < event);
  return encrypted && new Set(finished.map(({side}) => side)).size === 2 ? 'connection' : 'handshake';
};

const closures: ReadonlySet<string> = new Set(['closes', 'asks', 'closed', 'canceled']);

const clauseOf = (session: TlsSession, end: string): string => {
  const isClosure = closures.has(end);
  if (!isModern(session)) return isClosure ? '5246 §7.2.1' : '5246 §7.2.2';
  return isClosure ? '9846 §6.1' : '9846 §6.2';
};

const saidIn = (trace: Trace, packet: number): Said | undefined => {
  for (const session of tlsSessionsIn(trace)) {
    const alert = session.alerts.find(({frame}) => frame === packet);
    if (!alert) continue;
    const end = endOf(session, alert);
    const by = alert.side === 0 ? 'client' : 'server';
    return {name: alertName(alert.description), by, end, clause: citation(clauseOf(session, end))};
  }
  return undefined;
};

/** The QUIC error code of a TLS failure is 0x100 plus the number of the TLS alert (RFC 9001 §4.8). */
const cryptoError = 0x100;

const quicSaid = (trace: Trace, packet: number): Said | undefined => {
  for (const {packet: opened, frames} of quicOf(trace, packet)?.packets ?? [])
    for (const each of frames) {
      if (each.name !== 'CONNECTION_CLOSE' || each.body.application || each.body.code >> 8 !== 1) continue;
      const by = opened.side === 0 ? 'client' : 'server';
      const end = opened.header.kind === '1-RTT' ? 'connection' : 'handshake';
      return {name: alertName(each.body.code - cryptoError), by, end, clause: citation('9001 §4.8')};
    }
  return undefined;
};

/** Explains for *Why?* the TLS alert in a packet; undefined if the packet contains none that can be read. */
export const alertReason = (
  trace: Trace,
  packet: number,
): {readonly heading: Text; readonly text: Text; readonly clause: string} | undefined => {
  if (packet > 0 && segmentOf(packetOf(trace, packet))?.payload.length === 0) return undefined;
  const said = saidIn(trace, packet) ?? quicSaid(trace, packet);
  if (!said) return undefined;
  const [lead, end] = [worded(say.said, {...said, means: worded(say.means, said)}), worded(say.end, said)];
  return {
    clause: said.clause,
    heading: worded(say.what, {...said, packet}),
    text: inEvery((language) => `${lead[language]}${punctuation.space[language]}${end[language]}`),
  };
};
