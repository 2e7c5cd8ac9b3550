// *Why?* of sequence numbers that are not SND.NXT of their sender: a RST that answers an ACK has it from there (RFC 9293 §3.5.2), a forged
// SYN from nowhere (RFC 4987 §2.2).
import {entryAt, instantOf} from '../../account/entries.ts';
import {operandsOf} from '../../account/operands.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import {theHost} from '../../lesson/host-names.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {hasFlag} from '../../wire/tcp.ts';
import {whyField} from '../../words/catalogue/why.ts';
import type {View} from '../view.ts';

/** No TCB stands behind its numbers. */
export const isForged = (trace: Trace, {sendEvent}: PacketRecord): boolean =>
  entryAt(trace, sendEvent).because === '4987:2.2/forged-source';

/** undefined: it is no such RST, or nothing tells what it answers. */
const resetNumber = ({language, input: {trace}}: View, id: number): string | undefined => {
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

/** undefined: nothing but its sender's own state decides it. */
export const seqReason = (view: View, id: number): string | undefined => {
  const {language, input} = view;
  const packet = packetOf(input.trace, id);
  return isForged(input.trace, packet)
    ? whyField.forged[language]({host: theHost(input.trace, packet.from)})
    : resetNumber(view, id);
};
