// Explains captured DNS messages for *Why?*: what the sender of a query wants and from whom, and which query a response answers.
import {messagesIn, type SentMessage} from '../../account/dns/messages.ts';
import {belongs, partnerOf} from '../../account/dns/transaction.ts';
import {dnsParts, spokenName} from '../../account/dns-parts.ts';
import {packetOf} from '../../account/packet.ts';
import {type Text, worded} from '../../lesson/text.ts';
import type {Trace} from '../../sim/trace.ts';
import {isAtOrBelow, rootName, sameName} from '../../wire/dns/name.ts';
import {RecordType, typeName} from '../../wire/dns/registry.ts';
import {ruleReasons as say} from '../../words/catalogue/player.ts';
import {terminal} from '../../words/written.ts';

/** The opcode of a standard DNS query (RFC 1035 §4.1.1). */
const standardQuery = 0;

/** The DNS query types that ask for whole zones (RFC 5936, RFC 1995); *Why?* does not explain such queries as lookups of a name. */
const transfers: ReadonlySet<number> = new Set([RecordType.AXFR, RecordType.IXFR]);

/**
 * The shortest time in µs after which an equal DNS query counts as repeated: two that are closer together are one frame that was captured
 * twice.
 */
const leastWaitUs = 50_000;

const isSame = (own: SentMessage, {message, from, to, ports}: SentMessage): boolean => {
  const [asked] = own.message.questions;
  const [other] = message.questions;
  return (
    !message.flags.qr &&
    message.id === own.message.id &&
    from === own.from &&
    to === own.to &&
    ports.every((port, end) => port === own.ports[end]) &&
    asked?.type === other?.type &&
    sameName(asked?.name ?? '', other?.name ?? '')
  );
};

/**
 * Returns the earlier packet with the same DNS question, if it has no answer yet and is not just the same frame captured twice; otherwise
 * undefined.
 */
const askedBefore = (trace: Trace, own: SentMessage): number | undefined => {
  const all = messagesIn(trace).filter(({packet}) => packet < own.packet);
  const before = all.findLast((each) => isSame(own, each));
  if (!before || all.some((each) => belongs(before, each))) return undefined;
  const [earlierUs, laterUs] = [before, own].map(({packet}) => packetOf(trace, packet).capturedUs ?? 0);
  return (laterUs ?? 0) - (earlierUs ?? 0) < leastWaitUs ? undefined : before.packet;
};

/** The query types that QNAME minimisation uses instead of the real type (RFC 7816 §2: NS, RFC 9156 §2.1: A or AAAA). */
const hiding: ReadonlySet<number> = new Set([RecordType.A, RecordType.AAAA, RecordType.NS]);

/**
 * Returns the unanswered query of a client to this query's sender, a resolver, whose name this query shortens (RFC 9156 §2); undefined if
 * it shortens none.
 */
const minimisedFrom = (trace: Trace, own: SentMessage): SentMessage | undefined => {
  const [asked] = own.message.questions;
  if (!asked || own.message.flags.rd || asked.name === rootName || !hiding.has(asked.type)) return undefined;
  const earlier = messagesIn(trace).filter(({packet}) => packet < own.packet);
  const open = earlier.filter(
    (each) =>
      !each.message.flags.qr &&
      each.message.flags.rd &&
      each.to === own.from &&
      !earlier.some((other) => belongs(each, other)),
  );
  const nameIn = ({message}: SentMessage): string => message.questions[0]?.name ?? rootName;
  if (open.some((each) => sameName(nameIn(each), asked.name))) return undefined;
  return open.findLast((each) => isAtOrBelow(nameIn(each), asked.name));
};

const queryReason = (trace: Trace, own: SentMessage): Text | undefined => {
  const {questions, flags, opcode} = own.message;
  const [question, more] = questions;
  if (!question || more || opcode !== standardQuery || transfers.has(question.type)) return undefined;
  const whole = minimisedFrom(trace, own);
  if (whole)
    return worded(say.dnsMinimised, {
      packet: whole.packet,
      whole: terminal.text(spokenName(whole.message.questions[0]?.name ?? rootName)),
      name: terminal.text(spokenName(question.name)),
      type: typeName(question.type),
      hidden: question.type !== whole.message.questions[0]?.type,
      servers: question.type === RecordType.NS,
    });
  return worded(say.dnsAsks, {
    again: askedBefore(trace, own),
    name: terminal.text(spokenName(question.name)),
    type: typeName(question.type),
    all: question.type === RecordType.ANY,
    recursive: flags.rd,
    root: !flags.rd && question.name === rootName && question.type === RecordType.NS,
  });
};

/** Explains why a captured DNS message was sent; undefined if the packet contains none, or the reason does not show. */
export const dnsReason = (trace: Trace, packet: number): Text | undefined => {
  const own = messagesIn(trace).find((each) => each.packet === packet);
  if (!own) return undefined;
  if (!own.message.flags.qr) return queryReason(trace, own);
  const [part] = dnsParts(own.message);
  const asked = partnerOf(trace, packet, own.event);
  const {tc} = own.message.flags;
  return worded(say.dnsAnswers, {packet: asked?.packet, referral: part.says === 'referral', cut: tc});
};
