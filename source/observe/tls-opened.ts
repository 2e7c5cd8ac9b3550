// Finds which secret of a key log decrypted which records of a recorded session (RFC 9850 §2, RFC 9846 §7.1; TLS 1.2: RFC 5246 §8.1).
import {hexOf} from '../wire/octets.ts';
import {type KeyLog, type KeyLogLabel, trafficLabels} from '../wire/tls/key-log.ts';
import {ContentType, ProtocolVersion} from '../wire/tls/registry.ts';
import type {Side} from './connections.ts';
import type {TlsContent} from './tls-contents.ts';
import type {TlsSession} from './tls-sessions.ts';

export type OpenedBy = {
  readonly label: KeyLogLabel;
  /** The secret with this label; undefined if the key log contains none or several for this session's client random. */
  readonly secret: Uint8Array | undefined;
  /** The packets that complete the records that the secret decrypted, in order. */
  readonly frames: readonly number[];
};

/** Returns the event of a side's Finished, after which it encrypts with application traffic keys; infinity if no Finished was seen. */
const finishedAt = ({messages}: TlsSession, side: Side): number =>
  messages.find((each) => each.side === side && each.name === 'finished')?.event ?? Number.POSITIVE_INFINITY;

/** Returns the labels of key-log secrets that may have decrypted a record, the likeliest first. */
const candidates = (session: TlsSession, {seen, type}: TlsContent): readonly KeyLogLabel[] => {
  if (session.version !== ProtocolVersion['TLS 1.3']) return ['CLIENT_RANDOM'];
  const {side} = seen;
  const [handshake, application] = [trafficLabels.handshake[side], trafficLabels.application[side]];
  const done = finishedAt(session, side);
  const isData = type === ContentType.application_data;
  if (seen.event > done || (seen.event === done && isData)) return [application];
  const isEarly = side === 0 && session.earlyDataOffered && isData;
  if (isEarly) return ['CLIENT_EARLY_TRAFFIC_SECRET', application];
  return isData ? [application] : [handshake, application];
};

/** Returns which key-log secrets decrypted the records of a session, in the order of first use; records after event `until` are ignored. */
export const openedBy = (session: TlsSession, log: KeyLog, until: number): readonly OpenedBy[] => {
  const random = session.hellos.client && hexOf(session.hellos.client.random);
  const frames = new Map<KeyLogLabel, number[]>();
  for (const content of session.contents) {
    if (!content.encrypted || content.content === undefined || content.seen.event > until) continue;
    const [likeliest = 'CLIENT_RANDOM', ...others] = candidates(session, content);
    // The likeliest label may be wrong, because an undecrypted Finished hides the change of keys; a label that the log has is right.
    const label = [likeliest, ...others].find((each) => log.secrets.has(`${each} ${random}`)) ?? likeliest;
    const known = frames.get(label);
    if (known) known.push(content.seen.frame);
    else frames.set(label, [content.seen.frame]);
  }
  return [...frames].map(([label, opened]) => {
    const secrets = random === undefined ? [] : (log.secrets.get(`${label} ${random}`) ?? []);
    return {label, secret: secrets.length === 1 ? secrets[0] : undefined, frames: opened};
  });
};
