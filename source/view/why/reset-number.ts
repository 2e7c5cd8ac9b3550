// *Why?* of the number of a RST that answers an ACK: it is taken from there, whatever SND.NXT is (RFC 9293 §3.5.2).
import {entryAt, instantOf} from '../../account/entries.ts';
import {operandsOf} from '../../account/operands.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import {hasFlag} from '../../wire/tcp.ts';
import {whyField} from '../../words/catalogue/why.ts';
import type {View} from '../view.ts';

/** undefined: it is no such RST, or nothing tells what it answers. */
export const resetNumber = ({language, input: {trace}}: View, id: number): string | undefined => {
  const {sendEvent} = packetOf(trace, id);
  const segment = segmentOf(packetOf(trace, id));
  const [come] = instantOf(trace, sendEvent);
  const heard = operandsOf(trace, entryAt(trace, sendEvent)).segment;
  if (segment === undefined || heard === undefined || come?.kind !== 'arrive' || come.packet < 1)
    return undefined;
  const isAnswer = hasFlag(segment, 'RST') && !hasFlag(segment, 'ACK') && hasFlag(heard, 'ACK');
  return isAnswer && heard.ack === segment.seq
    ? whyField.answered[language]({packet: come.packet})
    : undefined;
};
