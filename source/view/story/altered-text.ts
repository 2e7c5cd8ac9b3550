// Writes sentences on a packet that arrives altered: which field differs, or what arrived instead of it.

import {tamperingWith} from '../../account/fates.ts';
import {frameParts} from '../../account/frame-parts.ts';
import {partsText} from '../../account/notation.ts';
import {packetOf} from '../../account/packet.ts';
import {summaryOf} from '../../account/summary.ts';
import {theHost, theHostFirst, who} from '../../lesson/host-names.ts';
import {type Text, worded, wordedWithNames} from '../../lesson/text.ts';
import type {EventOf, Trace} from '../../sim/trace.ts';
import {type Frame, segmentIn} from '../../wire/frame.ts';
import {hasFlag} from '../../wire/tcp.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {altered} from '../../words/catalogue/told.ts';
import {eyeHands} from '../../words/hands.ts';
import {textWidth} from '../../words/width.ts';
import {terminal} from '../../words/written.ts';
import {type AlteredField, fieldsChanged, wholeFields} from '../bytes/altered.ts';

type Which = {readonly packet: number; readonly copy: boolean};

const tamperedText = (host: Text, which: Which, fields: readonly AlteredField[]): Text => {
  const [field, ...others] = wholeFields(fields);
  const what = field === undefined ? '' : terminal.text(`${field.name} ${field.sent} ▸ ${field.arrived}`);
  const mostColumns = 60;
  const shown = what !== '' && textWidth(what) <= mostColumns;
  return wordedWithNames(altered.mended, {host, ...which, shown, told: what, more: others.length});
};

/**
 * Returns an altered field's value before and after; of long hexadecimal values only the part from the first difference on, because a
 * sentence has three lines.
 */
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

const shown = (frame: Frame): Text => {
  const parts = frameParts(frame);
  return inEvery((language) => partsText(parts, eyeHands[language]));
};

const asking = ['SYN', 'FIN', 'RST'] as const;

/** Tells whether an alteration has cleared SYN, FIN or RST in a TCP segment, after which nothing shows that the flag had been set. */
const losesFlag = (sent: Frame, came: Frame): boolean => {
  const [left, arrived] = [segmentIn(sent), segmentIn(came)];
  return (
    left !== undefined &&
    arrived !== undefined &&
    asking.some((flag) => hasFlag(left, flag) && !hasFlag(arrived, flag))
  );
};

/** Tells whether a frame no longer contains a TCP segment or UDP datagram that the receiver can read, because its checksum is wrong. */
const isUnreadable = ({payload}: Frame): boolean =>
  payload.kind === 'ip' && payload.packet.transport.kind === 'raw';

type Arrived = Pick<EventOf<'arrive'>, 'packet' | 'hop' | 'host'> & {
  /** True if the unaltered packet has arrived before, and this is a copy. */
  readonly isCopy?: boolean;
  /** True if the altered field has no effect on the receiver. */
  readonly idle?: boolean;
};

/**
 * Returns the sentence on an altered packet: what arrived instead of what was sent, or which field differs if the packet's summary does not
 * show it.
 */
export const alteredText = (
  trace: Trace,
  {packet, hop, host, isCopy: copy = false, idle = false}: Arrived,
  came: Frame,
): Text => {
  const record = packetOf(trace, packet);
  const arrived = summaryOf(came);
  const which = {packet, copy};
  const fields = fieldsChanged(trace, {packet, hop}, came);
  const [field] = fields;
  const tampering = tamperingWith(trace, packet);
  if (tampering) return tamperedText(theHostFirst(trace, tampering.host), which, fields);
  const same = record.frame && summaryOf(record.frame) === arrived;
  if (field && same) {
    const value = differenceOf(field);
    return wordedWithNames(altered.field, {
      ...{...who(trace, host), ...which, idle},
      name: field.name,
      arrived: value.arrived,
      sent: value.sent,
    });
  }
  if (same) return worded(altered.unread, which);
  if (isUnreadable(came)) return worded(altered.damaged, which);
  return wordedWithNames(altered.packet, {
    ...which,
    router: host === record.to ? undefined : theHost(trace, host),
    arrived: shown(came),
    sent: record.frame && losesFlag(record.frame, came) ? shown(record.frame) : undefined,
  });
};
