// Which of several connections of a capture a packet belongs to: the numbers that `inspect` and the picker have for them.
import type {TraceHeader} from '../../sim/trace.ts';

/** `#2` of TCP, `u3` of UDP; undefined: it is of neither, or there is only one of its kind. */
export const conversationSign = (
  {conversations}: TraceHeader,
  conversation: number | undefined,
): string | undefined => {
  if (conversations === undefined || conversation === undefined) return undefined;
  if (conversation > 0) return conversations.tcp > 1 ? `#${conversation}` : undefined;
  return conversations.udp > 1 ? `u${-conversation}` : undefined;
};

/** Of a state that an event tells. */
export const connectionSign = (header: TraceHeader, connection: string | undefined): string | undefined =>
  connection === undefined || header.conversations === undefined
    ? undefined
    : conversationSign(header, Number(connection));
