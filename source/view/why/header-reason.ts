// *Why?* of fields of the headers of IP and Ethernet that say what the packet is: whose it is, what follows, which number it bears, whether it
// may be cut (RFC 791 §2.3, §3.1, RFC 6864 §4.1, RFC 1122 §3.3.4, RFC 4291 §2.5.2).
import {ipPacketOf, ownerOf, packetOf} from '../../account/packet.ts';
import {theHost, theHostFirst} from '../../lesson/host-names.ts';
import type {Language} from '../../lesson/text.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {whyBit, whyFilled, whyHeader} from '../../words/catalogue/why.ts';
import {protocolNames} from '../../words/inspector.ts';
import {type InspectorRow, rowTree} from '../bytes/inspector-rows.ts';
import {rowValue} from '../bytes/inspector-value.ts';
import type {PacketView} from '../bytes/inspector-view.ts';
import {unicodeGlyphs} from '../glyphs.ts';
import type {View} from '../view.ts';
import {spokenFor} from './in-anothers-name.ts';

/** Of what stands behind the header. */
const isNext = /^(eth\.type|ip\.proto|ipv6(\.\w+)?\.nxt)$/;

/** Its number, then its name. */
const named = /^\S+ +(.+)$/;

const nextText = ({language}: View, packet: PacketView, row: InspectorRow): string | undefined => {
  const [, what] =
    named.exec(rowValue(row, packet, {language, glyphs: unicodeGlyphs, relative: false})) ?? [];
  return what === undefined ? undefined : whyHeader.next[language]({what});
};

/** They stand for no host: whoever writes them has no address yet. */
const noAddress: ReadonlySet<string> = new Set(['::', '0.0.0.0']);

/** `asked`: the packet that this one answers, or with which the other end began. */
const sourceText = (
  {language, input: {trace}}: View,
  id: number,
  asked: number | undefined,
): string | undefined => {
  const packet = packetOf(trace, id);
  const src = ipPacketOf(packet)?.src;
  if (src === undefined) return undefined;
  if (noAddress.has(src)) return whyHeader.unset[language];
  const host = theHost(trace, packet.from);
  const isRun = !trace.connectionPackets;
  if (isRun && ownerOf(trace, src) !== packet.from)
    return whyHeader.foreign[language]({host, passed: spokenFor(trace, id) !== undefined});
  if (asked !== undefined) return whyHeader.answered[language]({packet: asked});
  return isRun
    ? whyHeader.ownSource[language]({host: theHostFirst(trace, packet.from)})
    : whyHeader.said[language];
};

/** Of IPv4, where packets may be cut. */
const cutText = ({language, input: {trace}}: View, id: number, field: string): string | undefined => {
  const ip = ipPacketOf(packetOf(trace, id));
  if (ip?.version !== 4) return undefined;
  const {fragment, dontFragment} = ip;
  if (field === 'ip.id') return whyHeader.number[language]({atomic: dontFragment && fragment === undefined});
  const whole =
    fragment === undefined
      ? whyFilled.whole[language]
      : whyFilled.fragment[language]({bytes: fragment.offset});
  return [whyBit.cut[language]({whole: dontFragment}), whole].join(punctuation.space[language]);
};

/** The parts that a length of IPv6 counts; undefined: they are not all here. */
const behindText = (packet: PacketView, {layer}: InspectorRow, language: Language): string | undefined => {
  const parts = rowTree(packet)
    .map((row) => row.layer)
    .filter(({start, quoted}) => start >= layer.end && !quoted);
  const names = parts.map(
    ({protocol, start, end}) => `${protocolNames[protocol] ?? protocol} ${end - start}`,
  );
  const whole = Number(layer.fields.find(({name}) => name === 'ipv6.plen')?.value);
  const isWhole = parts.every(({start}, at) => start === (parts[at - 1] ?? layer).end);
  return isWhole && (parts.at(-1)?.end ?? 0) - layer.end === whole
    ? whyFilled.behind[language]({parts: names.join(' + ')})
    : undefined;
};

/** Looks for the packet that this one answers, or with which the other end began. */
type Asked = () => number | undefined;

/** undefined: it is another field, or nothing more is known of it. */
export const headerReason = (
  view: View,
  packet: PacketView,
  row: InspectorRow,
  asked: Asked,
): string | undefined => {
  const field = row.field?.name ?? '';
  if (isNext.test(field)) return nextText(view, packet, row);
  if (field === 'ipv6.plen') return behindText(packet, row, view.language);
  // An open question may ask who is meant.
  if ((field === 'ip.src' || field === 'ipv6.src') && view.hidden.length === 0)
    return sourceText(view, packet.id, asked());
  return field === 'ip.id' || field === 'ip.flags' ? cutText(view, packet.id, field) : undefined;
};
