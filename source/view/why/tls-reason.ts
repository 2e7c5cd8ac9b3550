// What TLS had to say when a segment left: whoever asks why a ClientHello is sent does not ask for TCP's window.

import {entryAt, instantOf} from '../../account/entries.ts';
import {mayKnow} from '../../account/eyes.ts';
import {carriesData, packetOf, segmentOf} from '../../account/packet.ts';
import {tlsPartsIn} from '../../account/tls-parts.ts';
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {spokenMessage} from '../../wire/tls/message-name.ts';

export type TlsReason = {
  /** The message that leaves, or all that are told where they go on; absent: data of a program, or an alert. */
  readonly message: string | undefined;
  /** undefined: the segment goes on with what one before it began. */
  readonly because: TraceEvent['because'];
};

const leaves = ({what}: EventOf<'tls'>): boolean =>
  what.kind === 'record' || (what.kind === 'message' && what.op === 'sent');

/** Messages that end in a segment, or go on. */
const messagesOf = (trace: Trace, {packet}: EventOf<'send'>): string | undefined => {
  const segment = segmentOf(packetOf(trace, packet));
  const parts = segment ? tlsPartsIn(trace, packet, segment) : [];
  const names = parts.flatMap((part) =>
    part.says === 'hello' || part.says === 'message' ? [part.name] : [],
  );
  return names.length === 0 ? undefined : names.join(', ');
};

/** Of what the same host's TLS handed to TCP just before event `n`, the first message, else the last record. A bare FIN is TCP's alone. */
export const tlsReasonOf = (trace: Trace, n: number): TlsReason | undefined => {
  const sent = entryAt(trace, n);
  if (sent.kind !== 'send' || !carriesData(trace, sent)) return undefined;
  const own = instantOf(trace, n).filter((event) => event.n < n && event.host === sent.host);
  const last = own.findLast((event) => event.kind === 'send' && carriesData(trace, event))?.n ?? 0;
  const handed = own.flatMap((event) =>
    event.kind === 'tls' && mayKnow(trace, event) && leaves(event) ? [event] : [],
  );
  const now = handed.filter((event) => event.n > last);
  if (handed.length > 0 && now.length === 0) return {message: messagesOf(trace, sent), because: undefined};
  const message = now.find(({what}) => what.kind === 'message');
  const because = (message ?? now.at(-1))?.because;
  if (because === undefined) return undefined;
  const name = message?.what.kind === 'message' ? spokenMessage(message.what.name) : undefined;
  return {message: name, because};
};
