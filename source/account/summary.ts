// Writes one packet in a few words, the same in every language: `SYN,ACK seq=9000 ack=1001`.
import type {Trace} from '../sim/trace.ts';
import type {Frame} from '../wire/frame.ts';
import {frameParts} from './frame-parts.ts';
import {partsText, plainHand} from './notation.ts';
import {type Sending, sentParts} from './packet-parts.ts';

export const sentSummary = (trace: Trace, sending: Sending): string =>
  partsText(sentParts(trace, sending), plainHand);

/** Returns the words for a frame by itself, without knowledge of its Trace. */
export const summaryOf = (frame: Frame): string => partsText(frameParts(frame), plainHand);
