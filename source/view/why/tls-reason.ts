// What TLS had to say when a segment left: whoever asks why a ClientHello is sent does not ask for TCP's window.

import {instantOf} from '../../account/causes.ts';
import {entryAt} from '../../account/entries.ts';
import {mayKnow} from '../../account/eyes.ts';
import {carriesData} from '../../account/packet.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import {spokenMessage} from '../../wire/tls/message-name.ts';

type TlsEvent = Extract<TraceEvent, {kind: 'tls'}>;

export type TlsReason = {
  /** The message that leaves; absent: data of a program, or an alert. */
  readonly message: string | undefined;
  readonly because: NonNullable<TraceEvent['because']>;
};

const leaves = ({what}: TlsEvent): boolean =>
  what.kind === 'record' || (what.kind === 'message' && what.op === 'sent');

/** Of what the same host's TLS handed to TCP just before event `n`, the first message, else the last record. A bare FIN is TCP's alone. */
export const tlsReasonOf = (trace: Trace, n: number): TlsReason | undefined => {
  const sent = entryAt(trace, n);
  if (sent.kind !== 'send' || !carriesData(trace, sent)) return undefined;
  const handed = instantOf(trace, n).flatMap((event) =>
    event.kind === 'tls' && mayKnow(trace, event) && event.n < n && event.host === sent.host && leaves(event)
      ? [event]
      : [],
  );
  const message = handed.find(({what}) => what.kind === 'message');
  const because = (message ?? handed.at(-1))?.because;
  if (because === undefined) return undefined;
  const name = message?.what.kind === 'message' ? spokenMessage(message.what.name) : undefined;
  return {message: name, because};
};
