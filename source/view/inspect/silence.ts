// Names what ended the longest silence of a TCP connection.
import type {Silence} from '../../observe/connection-notes.ts';
import {Flag} from '../../observe/seen-segment.ts';
import {Mark} from '../../observe/tcp-marks.ts';
import type {silenceTexts} from '../../words/catalogue/inspect.ts';

/** The marks of retransmissions that a timer causes; fast retransmissions and segments out of order have marks of their own. */
const timed = Mark.retransmission | Mark.spuriousRetransmission;

export const silenceEnd = ({
  segment,
  marks,
  side,
  lastData,
  windowClosed,
}: Silence): keyof typeof silenceTexts => {
  if (marks & (Mark.keepAlive | Mark.zeroWindowProbe))
    return windowClosed || marks & Mark.zeroWindowProbe ? 'probe' : 'keepAlive';
  if (marks & timed) return 'again';
  if (segment.flags & Flag.rst) return 'reset';
  if (segment.length > 0) return lastData !== undefined && lastData !== side ? 'answered' : 'spoke';
  if (segment.flags & Flag.fin) return 'closed';
  return marks & Mark.windowUpdate ? 'opened' : 'acknowledged';
};
