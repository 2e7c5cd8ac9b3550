// Which secret of a key log opened which records of a recorded session (RFC 9850 §2, RFC 9846 §7.1; TLS 1.2: RFC 5246 §8.1).
import {hexOf} from '../wire/octets.ts';
import {type KeyLog, type KeyLogLabel, trafficLabels} from '../wire/tls/key-log.ts';
import {ContentType, ProtocolVersion} from '../wire/tls/registry.ts';
import type {Side} from './connections.ts';
import type {TlsContent} from './tls-contents.ts';
import type {TlsSession} from './tls-sessions.ts';

export type OpenedBy = {
  readonly label: KeyLogLabel;
  /** undefined: the log has several for this ClientHello, which was answered more than once. */
  readonly secret: Uint8Array | undefined;
  /** Of each record the packet that completes it, in their order. */
  readonly frames: readonly number[];
};

/** When each side had said Finished: from then on it writes with the keys of the application. */
const finishedAt = ({messages}: TlsSession, side: Side): number =>
  messages.find((each) => each.side === side && each.name === 'finished')?.event ?? Number.POSITIVE_INFINITY;

/** The likeliest first. */
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

/** In the order in which the secrets were first needed; `until`: the last event that counts. */
export const openedBy = (session: TlsSession, log: KeyLog, until: number): readonly OpenedBy[] => {
  const random = session.hellos.client && hexOf(session.hellos.client.random);
  const frames = new Map<KeyLogLabel, number[]>();
  for (const content of session.contents) {
    if (!content.encrypted || content.content === undefined || content.seen.event > until) continue;
    const [likeliest = 'CLIENT_RANDOM', ...others] = candidates(session, content);
    // Where Finished stays closed nobody sees the change of keys: what the log lacks has opened nothing.
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
