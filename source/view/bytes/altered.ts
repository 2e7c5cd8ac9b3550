// Compares a packet as it was sent with the packet as it arrived, if a device on the path has altered it.

import {entriesOf} from '../../account/entries.ts';
import {fateAt} from '../../account/fates.ts';
import {packetOf} from '../../account/packet.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {dissect} from '../../wire/dissect.ts';
import type {Frame} from '../../wire/frame.ts';
import {encodeFrame} from '../../wire/frame.ts';
import {hiddenFieldsOf, type View} from '../view.ts';

export type AlteredField = {readonly name: string; readonly sent: string; readonly arrived: string};

/** Matches the names of fields whose values follow from other fields, such as checksums. */
const derived = /checksum|\.str$|\.status$/;

/** Matches the names of fields that repeat the value of another field in words, or that say whether a checksum is correct. */
const shadow = /\.str$|\.status$/;

/** Matches the names of fields that every router changes (RFC 1812 §5.2.1). */
const perHop = /^(eth\.|ip\.ttl$|ipv6\.hlim$)/;

/** Matches the names of fields that contain a whole payload, which other fields show in parts. */
const whole = /^(udp|tcp)\.payload$|^data\.data$/;

type Sent = Pick<PacketRecord, 'bytes' | 'linkType' | 'originalLength'>;

const differences = ({bytes, linkType, originalLength}: Sent, came: Frame): readonly AlteredField[] => {
  const arrived = encodeFrame(came);
  const before = dissect(bytes, linkType, originalLength).layers.flatMap(({fields}) => fields);
  const after = dissect(arrived, linkType, arrived.length).layers.flatMap(({fields}) => fields);
  // Options repeat the same field names, so fields of one name are compared in their order.
  const values = new Map<string, string[]>();
  for (const {name, value} of after) values.set(name, [...(values.get(name) ?? []), value]);
  return before
    .map(({name, value}) => ({name, sent: value, arrived: values.get(name)?.shift() ?? '—'}))
    .filter(({sent, arrived}) => arrived !== sent);
};

type Crossing = {readonly packet: number; readonly hop: number};

/** Returns a packet as it was sent on the link on which it was altered; link 0 is the link of the sender. */
const leftThere = (trace: Trace, {packet, hop}: Crossing): Sent => {
  const record = packetOf(trace, packet);
  if (hop === 0) return record;
  for (const send of entriesOf(trace, 'send'))
    if (send.packet === packet && send.hop === hop && send.frame) {
      const bytes = encodeFrame(send.frame);
      return {bytes, linkType: record.linkType, originalLength: bytes.length};
    }
  return record;
};

export const fieldsChanged = (trace: Trace, crossing: Crossing, came: Frame): readonly AlteredField[] => {
  const {packet, hop} = crossing;
  const changed = differences(packetOf(trace, packet), came).filter(
    ({name}) => !derived.test(name) && (hop === 0 || !perHop.test(name)),
  );
  // A changed checksum, or a field that every router changes, is reported only if nothing else was changed.
  if (changed.length === 0)
    return differences(leftThere(trace, crossing), came).filter(({name}) => !shadow.test(name));
  const inside = changed.filter(({name}) => !whole.test(name));
  // If fields within the payload were changed, the changed payload as a whole is not listed as well.
  return inside.length > 0 ? inside : changed;
};

/**
 * Returns the fields of a packet that a device on the path has altered. Empty until the packet has arrived, if it arrived unchanged, or if
 * an open question hides it.
 */
export const alteredFields = (view: View, id: number): readonly AlteredField[] => {
  const {trace} = view.input;
  if (id < 1 || hiddenFieldsOf(view, id).length > 0) return [];
  const packet = packetOf(trace, id);
  const altered = fateAt(trace, packet, view.cursor)?.altered;
  return altered ? fieldsChanged(trace, {packet: id, hop: altered.hop}, altered.frame) : [];
};

/** Returns the altered fields without those that are parts of another altered field. */
export const wholeFields = (fields: readonly AlteredField[]): readonly AlteredField[] =>
  fields.filter(({name}) => !fields.some((whole) => name.startsWith(`${whole.name}.`)));

/** Returns the altered fields as text, such as `tcp.ack_raw 1001 ▸ 5000`. */
export const alteredText = (fields: readonly AlteredField[]): string =>
  wholeFields(fields)
    .map(({name, sent, arrived}) => `${name} ${sent} ▸ ${arrived}`)
    .join(' · ');
