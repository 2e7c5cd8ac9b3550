// *Why?* of bits that are not set, and of what a response repeats: no rule that made the packet leave speaks of them (RFC 9293 §3.1, RFC 3168
// §6.1, RFC 791 §3.1, RFC 1035 §4.1.1).
import {partnerOf} from '../../account/dns/transaction.ts';
import {entriesOf, entryAt, worldAt} from '../../account/entries.ts';
import {operandsOf} from '../../account/operands.ts';
import {dnsMessagesOf, packetOf, segmentOf} from '../../account/packet.ts';
import {theHost, theHostFirst} from '../../lesson/host-names.ts';
import {packetLayers} from '../../observe/packet-layers.ts';
import type {Trace} from '../../sim/trace.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import {sameName} from '../../wire/dns/name.ts';
import {hasFlag, isBareSyn, type TcpSegment} from '../../wire/tcp.ts';
import {whyBit} from '../../words/catalogue/why.ts';
import type {InspectorRow} from '../bytes/inspector-rows.ts';
import {hiddenFieldsOf, type View} from '../view.ts';

const ofSegment = /^tcp\.flags\.(\w+)$/;

type Seen = {readonly id: number; readonly segment: TcpSegment; readonly isOwn: boolean};

/** SYNs are among so many packets of a captured connection, repeated or not; further back than that nobody looks for a FIN. */
const opening = 16;
const searched = 400;

const idsBefore = (trace: Trace, id: number): readonly number[] => {
  const connection = trace.connectionPackets?.of(id);
  if (connection === undefined) return Array.from({length: id - 1}, (_, back) => id - 1 - back);
  const ids = (trace.connectionPackets?.packetsOf(connection) ?? []).filter((each) => each < id);
  return [...new Set([...ids.slice(-searched).reverse(), ...ids.slice(0, opening).reverse()])];
};

const asksForEcn = (segment: TcpSegment): boolean => hasFlag(segment, 'ECE') && hasFlag(segment, 'CWR');

/** What either end has sent of the same connection, the newest first, back to a SYN of each and one that opens. */
const before = (trace: Trace, id: number, {srcPort, dstPort}: TcpSegment): readonly Seen[] => {
  const {from, to} = packetOf(trace, id);
  const seen: Seen[] = [];
  for (const each of idsBefore(trace, id)) {
    const packet = packetOf(trace, each);
    const segment = segmentOf(packet);
    const isOwn = packet.from === from && segment?.srcPort === srcPort && segment.dstPort === dstPort;
    const isBack = packet.from === to && segment?.srcPort === dstPort && segment.dstPort === srcPort;
    if (!segment || !(isOwn || isBack)) continue;
    seen.push({id: each, segment, isOwn});
    const syns = seen.filter(({segment: own}) => hasFlag(own, 'SYN'));
    const isWhole = new Set(syns.map((own) => own.isOwn)).size === 2;
    if (isWhole && syns.some((own) => isBareSyn(own.segment))) return seen;
  }
  return seen;
};

/** What the SYNs have said of ECN (RFC 3168 §6.1.1); undefined: they were not captured, or speak of Accurate ECN. */
const ecnIn = (all: readonly Seen[]): 'off' | 'on' | undefined => {
  const syns = all.map(({segment}) => segment).filter((segment) => hasFlag(segment, 'SYN'));
  const first = syns.find(isBareSyn);
  const answer = syns.find((segment) => hasFlag(segment, 'ACK'));
  if (first && !asksForEcn(first)) return 'off';
  if (!first || !answer) return undefined;
  if (hasFlag(answer, 'CWR')) return undefined;
  return hasFlag(answer, 'ECE') ? 'on' : 'off';
};

type Bit = {
  readonly name: string;
  readonly segment: TcpSegment;
  readonly all: readonly Seen[];
  /** In a sentence, and at its beginning. */
  readonly host: string;
  readonly first: string;
  /** Of the sender, once it has left; undefined: of a capture, or it has none. */
  readonly tcb: Connection | undefined;
};

/** The bit is none of those that a segment is read for. */
const asksForAccurate = (trace: Trace, id: number): boolean =>
  packetLayers(trace, id)
    .layers.filter(({quoted}) => !quoted)
    .some(({fields}) => fields.some(({name, value}) => name === 'tcp.flags.ae' && value === '1'));

const ecnText = (
  {language, input: {trace}}: View,
  {name, segment, all, host, first}: Bit,
): string | undefined => {
  const isSyn = hasFlag(segment, 'SYN');
  if (name === 'ae') {
    if (isSyn) return whyBit.accurate[language]({first});
    const [syn] = all.filter(({segment: own}) => isBareSyn(own));
    return syn && !asksForAccurate(trace, syn.id) ? whyBit.ecn[language]({which: 'aeOff'}) : undefined;
  }
  const whole = ecnIn(isSyn ? [...all, {id: 0, segment, isOwn: true}] : all);
  if (!isSyn) return whole && whyBit.ecn[language]({which: whole === 'on' ? `${name}On` : 'off'});
  if (!hasFlag(segment, 'ACK')) return asksForEcn(segment) ? undefined : whyBit.unasked[language]({first});
  const asked = all.find(({segment: own}) => isBareSyn(own));
  if (!asked) return undefined;
  const answer = whole === 'on' ? 'yes' : asksForEcn(asked.segment) ? 'no' : 'none';
  return whyBit.answered[language]({answer, host});
};

const finText = ({language}: View, {all, host, first, tcb}: Bit): string => {
  const before = all.find(({segment, isOwn}) => isOwn && hasFlag(segment, 'FIN'));
  const unsent = tcb?.closeCalled ? 'waits' : tcb ? 'open' : 'other';
  return whyBit.fin[language]({host, first, how: before ? 'before' : unsent, packet: before?.id ?? 0});
};

const controlText = (view: View, bit: Bit): string | undefined => {
  const {language} = view;
  const {name, segment, all, host, first} = bit;
  switch (name) {
    case 'res':
      return whyBit.reserved[language];
    case 'ae':
    case 'ece':
    case 'cwr':
      return ecnText(view, bit);
    case 'syn': {
      const own = all.find((each) => each.isOwn && hasFlag(each.segment, 'SYN'));
      return whyBit.syn[language]({first, packet: own?.id});
    }
    case 'fin':
      return finText(view, bit);
    case 'ack':
      return whyBit.ack[language]({host, reset: hasFlag(segment, 'RST')});
    case 'push':
      return whyBit.push[language]({data: segment.payload.length > 0});
    case 'urg':
      return whyBit.urgent[language]({host});
    case 'reset':
      return whyBit.reset[language]({first});
    default:
      return undefined;
  }
};

/** What only a response says. */
const ofResponse = /^dns\.flags\.(authoritative|truncated|recavail|rcode)$/;
const repeated = /^dns\.(id|flags\.(opcode|recdesired)|qry\.(name|type|class))$/;
const unused: ReadonlySet<string> = new Set(['ip.flags.rb', 'dns.flags.z']);

/** The query of a client with the same question: it is passed on whole (RFC 1034 §5.3.3). */
const askedFor = (
  trace: Trace,
  {from, sendEvent, frame}: ReturnType<typeof packetOf>,
): number | undefined => {
  const [own] = dnsMessagesOf({frame})[0]?.questions ?? [];
  const come = [...entriesOf(trace, 'arrive')].findLast(({n, host, packet}) => {
    const [message] =
      n < sendEvent && host === from && packet > 0 ? dnsMessagesOf(packetOf(trace, packet)) : [];
    const [question] = message?.flags.qr ? [] : (message?.questions ?? []);
    return own && question?.type === own.type && sameName(question.name, own.name);
  });
  return come?.packet;
};

const dnsText = ({language, input: {trace}}: View, id: number, field: string): string | undefined => {
  const packet = packetOf(trace, id);
  const [message] = dnsMessagesOf(packet);
  if (message && !message.flags.qr && field === 'dns.qry.name') {
    const asks = worldAt(trace, 0) ? askedFor(trace, packet) : undefined;
    return asks === undefined
      ? undefined
      : whyBit.wanted[language]({packet: asks, host: theHost(trace, packet.from)});
  }
  if (!message?.flags.qr) return message && ofResponse.test(field) ? whyBit.ofResponse[language] : undefined;
  if (field === 'dns.flags.truncated' && !message.flags.tc) return whyBit.fitted[language];
  if (!repeated.test(field)) return undefined;
  const asked = partnerOf(trace, id, packet.sendEvent)?.packet;
  return asked === undefined
    ? undefined
    : whyBit.repeated[language]({packet: asked, question: field.startsWith('dns.qry.')});
};

/** A bit of TCP that is 0, in a header that is no quote. */
export const isUnsetFlag = ({field, layer}: InspectorRow): boolean =>
  field !== undefined && !layer.quoted && ofSegment.test(field.name) && field.value === '0';

/** Most are told by the segment and the SYNs before it; FIN by what a program is about to do. */
const isAsked = (view: View, id: number, field: string): boolean =>
  view.hidden.length > 0 &&
  (!ofSegment.test(field) || field === 'tcp.flags.fin' || hiddenFieldsOf(view, id).length > 0);

/** undefined: it is another field, one that is set, or a question may ask for it. */
export const bitReason = (view: View, id: number, row: InspectorRow): string | undefined => {
  const {input, language} = view;
  const {field, layer} = row;
  if (!field || layer.quoted || isAsked(view, id, field.name)) return undefined;
  if (unused.has(field.name)) return whyBit.reserved[language];
  if (field.name === 'ip.flags.df') return whyBit.cut[language]({whole: field.value === '1'});
  const [, name] = ofSegment.exec(field.name) ?? [];
  const segment = name === undefined ? undefined : segmentOf(packetOf(input.trace, id));
  if (name === undefined || !segment) return dnsText(view, id, field.name);
  if (!isUnsetFlag(row)) return undefined;
  const {from, sendEvent} = packetOf(input.trace, id);
  const all = before(input.trace, id, segment);
  const tcb = operandsOf(input.trace, entryAt(input.trace, sendEvent)).after;
  const [host, first] = [theHost, theHostFirst].map((named) => named(input.trace, from)[language]);
  return controlText(view, {name, segment, all, host: host ?? '', first: first ?? '', tcb});
};
