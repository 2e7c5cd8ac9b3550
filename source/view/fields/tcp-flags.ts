// Explains the bits of the TCP header that are 0, about which the rule that sent the segment says nothing (RFC 9293 §3.1, RFC 3168 §6.1).
import {entryAt} from '../../account/entries.ts';
import {operandsOf} from '../../account/operands.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import {packetLayers} from '../../observe/packet-layers.ts';
import type {Trace} from '../../sim/trace.ts';
import {hasFlag, isBareSyn, type TcpSegment} from '../../wire/tcp.ts';
import {whyBit} from '../../words/catalogue/why.ts';
import {isAscii} from '../glyphs.ts';
import {hiddenFieldsOf} from '../view.ts';
import type {Asked, Entry} from './entry.ts';

type Seen = {readonly id: number; readonly segment: TcpSegment; readonly isOwn: boolean};

/**
 * The number of packets at a captured connection's beginning that are searched for its SYNs, which may be retransmitted; and the number of
 * packets that are searched backwards for a FIN.
 */
const opening = 16;
const searched = 400;

const idsBefore = (trace: Trace, id: number): readonly number[] => {
  const connection = trace.connectionPackets?.of(id);
  if (connection === undefined) return Array.from({length: id - 1}, (_, back) => id - 1 - back);
  const ids = (trace.connectionPackets?.packetsOf(connection) ?? []).filter((each) => each < id);
  return [...new Set([...ids.slice(-searched).reverse(), ...ids.slice(0, opening).reverse()])];
};

const asksForEcn = (segment: TcpSegment): boolean => hasFlag(segment, 'ECE') && hasFlag(segment, 'CWR');

/** Returns the segments of both ends of a TCP connection before a packet, the newest first, back to both SYNs. */
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

/**
 * Returns whether the SYNs of a connection agreed on using ECN (RFC 3168 §6.1.1); undefined if they were not captured, or ask for Accurate
 * ECN.
 */
const ecnIn = (all: readonly Seen[]): 'off' | 'on' | undefined => {
  const syns = all.map(({segment}) => segment).filter((segment) => hasFlag(segment, 'SYN'));
  const first = syns.find(isBareSyn);
  const answer = syns.find((segment) => hasFlag(segment, 'ACK'));
  if (first && !asksForEcn(first)) return 'off';
  if (!first || !answer) return undefined;
  if (hasFlag(answer, 'CWR')) return undefined;
  return hasFlag(answer, 'ECE') ? 'on' : 'off';
};

type Bit = {readonly name: string; readonly segment: TcpSegment; readonly all: readonly Seen[]};

/**
 * Tells whether a SYN asks for Accurate ECN. The AE bit is read from the inspector's field, because the flags of a parsed segment do not
 * include it.
 */
const asksForAccurate = (trace: Trace, id: number): boolean =>
  packetLayers(trace, id)
    .layers.filter(({quoted}) => !quoted)
    .some(({fields}) => fields.some(({name, value}) => name === 'tcp.flags.ae' && value === '1'));

const ecnText = ({trace, language, host, first}: Asked, {name, segment, all}: Bit): string | undefined => {
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

const finText = ({trace, language, first, host, record}: Asked, all: readonly Seen[]): string => {
  // The sender's TCB after it has sent the segment; undefined in captures, or if the sender has no connection.
  const tcb = operandsOf(trace, entryAt(trace, record.sendEvent)).after;
  const before = all.find(({segment, isOwn}) => isOwn && hasFlag(segment, 'FIN'));
  const unsent = tcb?.closeCalled ? 'waits' : tcb ? 'open' : 'other';
  return whyBit.fin[language]({host, first, how: before ? 'before' : unsent, packet: before?.id ?? 0});
};

type Flag = (asked: Asked, bit: Bit) => string | undefined;

/** The functions that explain for each TCP flag why it is 0. */
const unset: {readonly [name: string]: Flag} = {
  res: ({language}) => whyBit.reserved[language],
  ae: ecnText,
  cwr: ecnText,
  ece: ecnText,
  urg: ({language, host}) => whyBit.urgent[language]({host}),
  ack: ({language, host}, {segment}) => whyBit.ack[language]({host, reset: hasFlag(segment, 'RST')}),
  push: ({language}, {segment}) => whyBit.push[language]({data: segment.payload.length > 0}),
  reset: ({language, first}) => whyBit.reset[language]({first}),
  syn({language, first}, {all}) {
    const own = all.find((each) => each.isOwn && hasFlag(each.segment, 'SYN'));
    return whyBit.syn[language]({first, packet: own?.id});
  },
  fin: (asked, {all}) => finText(asked, all),
};

/**
 * Tells whether an open question may ask for a TCP flag. Any open question may ask for FIN, which depends on what a program does next; for
 * the other flags only one that asks about this packet counts.
 */
const isOpen = ({view, record}: Asked, name: string): boolean =>
  view.hidden.length > 0 && (name === 'fin' || hiddenFieldsOf(view, record.id).length > 0);

const flag = (name: string, text: Flag): Entry => ({
  decided: ({field}) => field.value !== '0',
  from(asked) {
    const segment = asked.field.value === '0' ? segmentOf(asked.record) : undefined;
    if (!segment || isOpen(asked, name)) return undefined;
    return text(asked, {name, segment, all: before(asked.trace, asked.record.id, segment)});
  },
});

export const flagsNumber = (value = ''): string => `0x${Number(value).toString(16).padStart(3, '0')}`;

/** The names of the TCP flags from the highest bit down: three reserved ones, then AE to FIN. */
const flagWords = ['', '', '', 'AE', 'CWR', 'ECE', 'URG', 'ACK', 'PSH', 'RST', 'SYN', 'FIN'];

export const tcpFlags: {readonly [field: string]: Entry} = {
  'tcp.flags': {
    decided: () => true,
    // The flags are shown as `0x012  ·······ACK··SYN·`.
    shown({value}, _, {glyphs}) {
      const dot = isAscii(glyphs) ? '.' : '·';
      const words = flagWords.map((word, index) => ((Number(value) >> (11 - index)) & 1 ? word || '1' : dot));
      return [flagsNumber(value), words.join('')];
    },
  },
  ...Object.fromEntries(Object.entries(unset).map(([name, text]) => [`tcp.flags.${name}`, flag(name, text)])),
};
