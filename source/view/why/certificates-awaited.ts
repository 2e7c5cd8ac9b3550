// Explains, for *Why?*, why a client has not read the certificates that the server has sent: they are under way, a packet is missing, or
// the client has given up.
import {entriesOf, instantOf} from '../../account/entries.ts';
import {fateAt} from '../../account/fates.ts';
import {carriesData, connectionFor, packetOf, segmentOf} from '../../account/packet.ts';
import {seqLe} from '../../wire/seq.ts';
import {segEnd} from '../../wire/tcp.ts';
import {AlertDescription, alertName} from '../../wire/tls/registry.ts';
import {whyCertificates} from '../../words/catalogue/why.ts';
import {lastSeen} from '../seen.ts';
import {isOnPath} from '../tls/certificates.ts';
import {type TlsConnectionSeen, tlsAtHand} from '../tls/connections.ts';
import {sessionAtHand} from '../tls/records.ts';
import type {View} from '../view.ts';

type TlsEvent = TlsConnectionSeen['events'][number];

const isCertificate = ({what}: TlsEvent, op: 'sent' | 'received'): boolean =>
  what.kind === 'message' && what.name === 'certificate' && what.op === op;

/**
 * Returns the first lost packet with data among those with the server's certificates or after them, because TLS reads nothing beyond a gap;
 * undefined if none was lost.
 */
const lostWith = (
  {input: {trace}}: View,
  {n, host, connection}: TlsEvent,
  seen: number,
): number | undefined => {
  const [first] = instantOf(trace, n);
  for (const event of entriesOf(trace, 'send')) {
    if (event.n > seen) return undefined;
    if (event.n < (first?.n ?? n) || event.host !== host || event.connection !== connection) continue;
    if (carriesData(trace, event) && fateAt(trace, packetOf(trace, event.packet), seen)?.what === 'lost')
      return event.packet;
  }
  return undefined;
};

/** Tells whether the TLS client has received all bytes of a packet up to event `seen`, perhaps by a retransmission. */
const hasCome = ({input: {trace}}: View, packet: number | undefined, seen: number): boolean => {
  const record = packet === undefined ? undefined : packetOf(trace, packet);
  const segment = record && segmentOf(record);
  if (!record || !segment) return false;
  const tcb = connectionFor(trace, {n: seen, host: record.to}, segment);
  return tcb !== undefined && seqLe(segEnd(segment), tcb.rcv.nxt);
};

type End = {readonly by: string; readonly alert: string};

/**
 * Returns what ended TLS for the client of a simulated run, who reads nothing more: an alert, or the end of the connection; undefined if
 * TLS goes on.
 */
const endIn = ({events, roles}: TlsConnectionSeen): End | undefined => {
  const end = events.find(
    ({what, host}) =>
      roles.get(host) === 'client' &&
      ((what.kind === 'alert' && what.name !== 'close_notify') || what.kind === 'closed'),
  )?.what;
  if (end?.kind === 'alert') return {by: end.op === 'sent' ? 'client' : 'server', alert: end.name};
  return end && {by: 'end', alert: ''};
};

/** Returns the alert that ended TLS in a capture; undefined if there was none. */
const endShown = (view: View): End | undefined => {
  const alert = sessionAtHand(view)?.alerts.find(
    ({event, description}) => event <= lastSeen(view) && description !== AlertDescription.close_notify,
  );
  return alert && {by: alert.side === 0 ? 'client' : 'server', alert: alertName(alert.description)};
};

/** Returns a text that the client will read no more certificates because TLS has ended; undefined if TLS goes on. */
export const endedText = (view: View): string | undefined => {
  const tls = isOnPath(view) ? undefined : tlsAtHand(view);
  const end = tls ? endIn(tls) : endShown(view);
  return end && whyCertificates.unread[view.language]({...end, sent: false});
};

/**
 * Returns a text on what the client still has to receive before it can read the certificates; undefined if it has read them, or if the
 * chosen observer cannot know.
 */
export const awaitedText = (view: View): string | undefined => {
  const tls = isOnPath(view) ? undefined : tlsAtHand(view);
  const isOf = (event: TlsEvent, role: string): boolean => tls?.roles.get(event.host) === role;
  const sent = tls?.events.find((each) => isOf(each, 'server') && isCertificate(each, 'sent'));
  const isRead = tls?.events.some((each) => isOf(each, 'client') && isCertificate(each, 'received'));
  if (!tls || !sent || isRead) return undefined;
  const end = endIn(tls);
  if (end) return whyCertificates.unread[view.language]({...end, sent: true});
  const seen = lastSeen(view);
  const lost = lostWith(view, sent, seen);
  return whyCertificates.awaited[view.language]({lost, again: hasCome(view, lost, seen)});
};
