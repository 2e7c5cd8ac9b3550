// Why a program opens a connection that nobody has asked for by a call: what it has come upon a step before.
import {entryAt, instantOf} from '../../account/entries.ts';
import {mayKnow} from '../../account/eyes.ts';
import {dnsMessagesOf, ipPacketOf, packetOf} from '../../account/packet.ts';
import {type Text, worded} from '../../lesson/text.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import type {ConnectionId} from '../../stack/tcp/effect.ts';
import {farEndOf, isListener, localSocket} from '../../wire/connection-id.ts';
import {whyTexts} from '../../words/catalogue/player.ts';

const opens = '9293:3.10.1/open/active';

/** By a rule, or in words of its own. */
type Reason = {readonly by: string} & (
  | {readonly because: NonNullable<TraceEvent['because']>}
  | {readonly text: Text}
);

const byHttp: ReadonlySet<string> = new Set(['9110:9.2.2/retry', '9110:15.4/redirect', '8305:5/next']);

/** The response that has come is cut short, and its server is asked again (RFC 7766 §5). */
const isTruncated = (trace: Trace, {packet}: {readonly packet: number}, server: string): boolean => {
  const record = packet > 0 ? packetOf(trace, packet) : undefined;
  return (
    record !== undefined &&
    ipPacketOf(record)?.src === server &&
    dnsMessagesOf(record).some(({flags}) => flags.qr && flags.tc)
  );
};

/** Where the attempt went that has failed: to another address, at the same port. */
const failedAt = (event: TraceEvent, opened: ConnectionId): string | undefined => {
  if (event.kind !== 'signal' || !event.signal.startsWith('E') || event.connection === undefined)
    return undefined;
  if (isListener(event.connection)) return undefined;
  const [failed, next] = [event.connection, opened].map((id) => localSocket(farEndOf(id)));
  return failed?.port === next?.port && failed?.ip !== next?.ip ? failed?.ip : undefined;
};

/** Further back nothing of this has made the program act. */
const isBeginning = ({kind}: TraceEvent): boolean => kind === 'call' || kind === 'arrive';

/** undefined: a call of the program is behind it, or an answer to a question of its own. */
export const openingReason = (trace: Trace, event: TraceEvent): Reason | undefined => {
  const opened = instantOf(trace, event.n).find(
    ({kind, because, connection, host}) =>
      kind === 'state' && because === opens && host === event.host && connection === event.connection,
  );
  if (event.because !== opens || opened?.connection === undefined) return undefined;
  const server = localSocket(farEndOf(opened.connection)).ip;
  for (let n = opened.n - 1; n > 0; n -= 1) {
    const earlier = entryAt(trace, n);
    if (earlier.atUs !== event.atUs) return undefined;
    if (earlier.host !== event.host || !mayKnow(trace, earlier)) continue;
    const {because} = earlier;
    if (earlier.kind === 'note' && because !== undefined && byHttp.has(because)) return {by: 'HTTP', because};
    if (earlier.kind === 'arrive' && isTruncated(trace, earlier, server))
      return {by: 'DNS', because: '7766:5/tcp'};
    const ip = failedAt(earlier, opened.connection);
    if (ip !== undefined) return {by: 'HTTP', text: worded(whyTexts.nextAddress, {ip})};
    if (isBeginning(earlier)) return undefined;
  }
  return undefined;
};
