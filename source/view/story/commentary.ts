// What is told of a run beside its lesson's beats: what the path did to packets, and each sending again.

import {causeOf, instantOf} from '../../account/causes.ts';
import {entriesBetween, entryAt} from '../../account/entries.ts';
import {fateIn} from '../../account/fates.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import {summaryOf} from '../../account/summary.ts';
import {tamperingWith} from '../../account/tampered.ts';
import {aside, type BoundBeat} from '../../lesson/bound-beat.ts';
import {type Text, worded, wordedWithNames} from '../../lesson/text.ts';
import {valueText} from '../../lesson/value.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import type {Frame} from '../../wire/frame.ts';
import {flagNames, hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import {altered, copyArrives, packetLost, sentAgain} from '../../words/catalogue/commentary.ts';
import {lostText} from '../../words/fates.ts';
import {textWidth} from '../../words/width.ts';
import {terminal} from '../../words/written.ts';
import {type AlteredField, fieldsChanged} from '../bytes/altered.ts';
import {theHost, theHostFirst} from '../ladder/scene-hosts.ts';
import {askedAgain} from './asked-again.ts';

/** A run that loses more is no longer read sentence by sentence. */
const most = 30;
/** The fate of one segment, told so often, is known: it is only seen from then on. */
const mostOfOne = 3;

type Drop = Extract<TraceEvent, {kind: 'drop'}>;
type Arrival = Extract<TraceEvent, {kind: 'arrive'}>;
type Send = Extract<TraceEvent, {kind: 'send'}>;

/** Sent without keeping a record: nobody is left to wait, or to want to know (RFC 4987 §2.2, §3.6). */
const unrecorded: ReadonlySet<string | undefined> = new Set([
  '4987:2.2/forged-source',
  '4987:3.6/cookie/send',
]);

const isUnrecorded = (trace: Trace, packet: number): boolean => {
  const sent = entryAt(trace, packetOf(trace, packet).sendEvent);
  return sent.kind === 'send' && unrecorded.has(sent.because);
};

/** Does its sender wait for an answer to it? */
const isWaitedFor = (segment: TcpSegment): boolean =>
  segment.payload.length > 0 || hasFlag(segment, 'SYN') || hasFlag(segment, 'FIN');

/** Whoever throws it away says so in the same instant, by ICMP or by RST. */
const refusalText = (trace: Trace, drop: Drop): Text | undefined => {
  const {n, packet, host, reason} = drop;
  const answers = instantOf(trace, n).some(
    (event) => event.kind === 'send' && event.host === host && event.hop === 0,
  );
  if (!answers) return undefined;
  if (reason === 'firewall') return worded(packetLost.refused, {packet});
  return wordedWithNames(packetLost.told, {
    packet,
    why: lostText(fateIn(drop)),
    host: theHostFirst(host),
    sender: theHost(packetOf(trace, packet).from),
  });
};

const lossText = (trace: Trace, drop: Drop): Text => {
  const {packet, reason} = drop;
  const refusal = refusalText(trace, drop);
  if (refusal) return refusal;
  const record = packetOf(trace, packet);
  const segment = segmentOf(record);
  const lost = {
    packet,
    why: lostText(fateIn(drop)),
    where: reason === 'fault' || reason === 'loss' ? 'path' : reason,
    sender: theHostFirst(record.from),
  };
  if (isUnrecorded(trace, packet)) return wordedWithNames(packetLost.forgotten, lost);
  // Who has filled a queue goes on sending.
  const waits = segment !== undefined && reason !== 'queue' && isWaitedFor(segment);
  return wordedWithNames(packetLost.unknown, {...lost, waits});
};

/** After crossing SYNs the SYN goes out once more, but as an answer (RFC 9293 Fig. 7). */
const isSynAnsweringSyn = (trace: Trace, packet: number, segment: TcpSegment): boolean => {
  if (!hasFlag(segment, 'SYN') || !hasFlag(segment, 'ACK')) return false;
  const {from} = packetOf(trace, packet);
  for (let id = 1; id < packet; id += 1) {
    const earlier = packetOf(trace, id);
    const request = earlier.from === from ? segmentOf(earlier) : undefined;
    if (request?.seq === segment.seq && !hasFlag(request, 'ACK')) return true;
  }
  return false;
};

/** Did its sender send these bytes as one segment before? After ICMP “fragmentation needed” they are cut anew (RFC 1191 §6.4). */
const isWholeAgain = (trace: Trace, packet: number, segment: TcpSegment): boolean => {
  const {from} = packetOf(trace, packet);
  // From the last one back: it is near, as a rule.
  for (let id = packet - 1; id > 0; id -= 1) {
    const earlier = packetOf(trace, id);
    const sent = earlier.from === from ? segmentOf(earlier) : undefined;
    if (sent?.seq === segment.seq && sent.payload.length === segment.payload.length) return true;
  }
  return false;
};

/** The timer that ran out in the instant of event `n`. */
const timeOutOf = (trace: Trace, n: number): TraceEvent | undefined =>
  instantOf(trace, n).find((event) => event.kind === 'timer' && event.op === 'fire');

const againText = (trace: Trace, {n, packet}: Send): Text => {
  const record = packetOf(trace, packet);
  const asked = askedAgain(trace, packet);
  if (asked) return asked;
  const segment = segmentOf(record);
  const data = segment !== undefined && segment.payload.length > 0;
  const timer = timeOutOf(trace, n);
  const armed = timer && causeOf(trace, timer.n);
  const again = {
    first: theHostFirst(record.from),
    sender: theHost(record.from),
    seq: segment?.seq ?? 0,
    wait:
      timer && armed !== undefined
        ? valueText({kind: 'time', us: timer.atUs - entryAt(trace, armed).atUs})
        : undefined,
  };
  if (segment && isSynAnsweringSyn(trace, packet, segment))
    return wordedWithNames(sentAgain.answering, again);
  if (segment && data && !isWholeAgain(trace, packet, segment))
    return wordedWithNames(sentAgain.recut, {...again, bytes: segment.payload.length});
  return wordedWithNames(sentAgain.same, {
    ...again,
    data,
    flags: segment ? flagNames(segment).join(',') : '',
  });
};

const tamperedText = (host: string, packet: number, field: AlteredField | undefined): Text => {
  const what = field === undefined ? '' : terminal.text(`${field.name} ${field.sent} ▸ ${field.arrived}`);
  const mostColumns = 60;
  const shown = what !== '' && textWidth(what) <= mostColumns;
  return wordedWithNames(altered.mended, {host: theHostFirst(host), packet, shown, told: what});
};

/** Of long strings of octets only where they begin to differ: a sentence has three lines. */
const differenceOf = ({sent, arrived}: AlteredField): Pick<AlteredField, 'sent' | 'arrived'> => {
  const shown = 16;
  const isLong = (value: string): boolean => value.length > 2 * shown && /^[\da-f]+$/.test(value);
  if (!isLong(sent) || !isLong(arrived)) return {sent, arrived};
  const differs = [...sent].findIndex((digit, index) => digit !== arrived[index]);
  const from = Math.max(0, differs - (differs % 2));
  const part = (value: string): string =>
    `${from > 0 ? '…' : ''}${value.slice(from, from + shown)}${from + shown < value.length ? '…' : ''}`;
  return {sent: part(sent), arrived: part(arrived)};
};

/** What arrived in place of what was sent; the fields by their names where the summary does not show them. */
const alteredText = (trace: Trace, {packet, hop}: Pick<Arrival, 'packet' | 'hop'>, came: Frame): Text => {
  const record = packetOf(trace, packet);
  const arrived = summaryOf(came);
  const [field] = fieldsChanged(record, came, hop);
  const tampering = tamperingWith(trace, packet);
  if (tampering) return tamperedText(tampering.host, packet, field);
  if (field && record.frame && summaryOf(record.frame) === arrived) {
    const value = differenceOf(field);
    return worded(altered.field, {
      packet,
      name: field.name,
      arrived: value.arrived,
      sent: value.sent,
    });
  }
  return worded(altered.packet, {packet, arrived});
};

/** What arrived is not what was sent, or arrived once before. */
const arrivalText = (trace: Trace, arrival: Arrival, isCopy: boolean): Text | undefined => {
  const {packet, altered: came} = arrival;
  if (isCopy) return worded(copyArrives, {packet});
  return came && alteredText(trace, arrival, came);
};

const sentenceOf = (trace: Trace, event: TraceEvent, arrived: ReadonlySet<number>): Text | undefined => {
  if (event.kind === 'arrive' && event.packet > 0 && (event.hop === 0 || event.altered))
    return arrivalText(trace, event, event.hop === 0 && arrived.has(event.packet));
  if (event.kind === 'drop' && event.packet > 0 && event.reason !== 'discarded')
    return lossText(trace, event);
  return event.kind === 'send' && event.packet > 0 && event.retransmission
    ? againText(trace, event)
    : undefined;
};

/**
 * What befalls which segment, the same for each sending of it and for the SYNs of a flood; that its host sends again at once;
 * and that a queue is full, whichever packet finds it so.
 */
const fatesOf = (trace: Trace, event: TraceEvent): readonly string[] => {
  if (event.kind !== 'drop' && event.kind !== 'send') return [`${event.n}`];
  const record = packetOf(trace, event.packet);
  const segment = segmentOf(record);
  const which = segment && hasFlag(segment, 'SYN') ? flagNames(segment).join(',') : segment?.seq;
  const fate = `${event.kind} ${record.from} ${which ?? event.n}`;
  if (event.kind === 'drop') return event.reason === 'queue' ? [fate, `queue ${event.host}`] : [fate];
  if (timeOutOf(trace, event.n) !== undefined) return [fate];
  return [fate, `at once ${record.from}`];
};

/** The beats of a simulated run with sentences between them, wherever no beat speaks of the same instant. */
export const withCommentary = (trace: Trace, beats: readonly BoundBeat[]): readonly BoundBeat[] => {
  if (trace.header.profile === 'capture') return beats;
  const narrated = new Set(
    beats.flatMap(({kind, event}) =>
      kind === 'narration' && event > 0 ? [entryAt(trace, event).instant] : [],
    ),
  );
  const first = beats.reduce((index, beat) => Math.max(index, beat.index + 1), 0);
  const added: BoundBeat[] = [];
  const arrived = new Set<number>();
  const known = new Map<string, number>();
  for (const event of entriesBetween(trace, 1)) {
    const say = narrated.has(event.instant) ? undefined : sentenceOf(trace, event, arrived);
    if (event.kind === 'arrive' && event.hop === 0) arrived.add(event.packet);
    if (say === undefined) continue;
    const times = fatesOf(trace, event).map((fate) => {
      const count = (known.get(fate) ?? 0) + 1;
      known.set(fate, count);
      return count;
    });
    if (Math.max(...times) > mostOfOne) continue;
    added.push(aside(first + added.length, event.n, say));
    if (added.length > most) return beats;
  }
  return [...beats, ...added].toSorted((a, b) => a.event - b.event);
};
