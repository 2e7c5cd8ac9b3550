// *Why?* of a checksum: over what it is the sum (RFC 791 §3.1, RFC 792, RFC 4443 §2.3, RFC 768, RFC 9293 §3.1).
import {packetOf} from '../../account/packet.ts';
import {theHostFirst} from '../../lesson/host-names.ts';
import {whyChecksum} from '../../words/catalogue/why.ts';
import type {InspectorRow} from '../bytes/inspector-rows.ts';
import type {View} from '../view.ts';
import {isFirstHand} from './passed-on.ts';

const summed: ReadonlySet<string> = new Set(['ip', 'icmp', 'icmpv6', 'udp', 'tcp']);

/** undefined: it is no such checksum, or this one does not agree with the bytes, and nobody can say how it was made. */
export const checksumReason = (
  view: View,
  packet: number,
  {field, layer}: InspectorRow,
): string | undefined => {
  const {language, input} = view;
  if (field?.name !== `${layer.protocol}.checksum` || !summed.has(layer.protocol)) return undefined;
  const status = layer.fields.find(({name}) => name === `${field.name}.status`)?.value;
  if (status !== '1') return undefined;
  const host = theHostFirst(input.trace, packetOf(input.trace, packet).from);
  const routed = layer.protocol === 'ip' && !isFirstHand(input.trace, packet);
  return whyChecksum[language]({host, of: layer.protocol, routed});
};
