// What a packet said when it left and what it said when it arrived, where the path has changed it.
import {dissect} from '../wire/dissect.ts';
import {encodeFrame} from '../wire/frame.ts';
import {packetOf} from './packets.ts';
import {hiddenFieldsOf, type View} from './view.ts';

export type AlteredField = {readonly name: string; readonly sent: string; readonly arrived: string};

/** Follows from other fields. */
const derived = /checksum|\.str$|\.status$/;

/** Once it has arrived; empty if it arrived as it left, or a question asks about it. */
export const alteredFields = (view: View, id: number): readonly AlteredField[] => {
  const {trace} = view.input;
  if (id < 1 || hiddenFieldsOf(view, id).length > 0) return [];
  const {bytes, linkType, originalLength, endEvent} = packetOf(trace, id);
  const end = endEvent === undefined || endEvent > view.cursor ? undefined : trace.event(endEvent);
  if (end?.kind !== 'arrive' || end.altered === undefined) return [];
  const arrived = encodeFrame(end.altered);
  const before = dissect(bytes, linkType, originalLength).layers.flatMap(({fields}) => fields);
  const after = dissect(arrived, linkType, arrived.length).layers.flatMap(({fields}) => fields);
  const values = new Map(after.map(({name, value}) => [name, value]));
  return before
    .filter(({name, value}) => !derived.test(name) && values.get(name) !== value)
    .map(({name, value}) => ({name, sent: value, arrived: values.get(name) ?? '—'}));
};

/** `tcp.ack_raw 1001 ▸ 5000`, without the parts of a field that is told as a whole. */
export const alteredText = (fields: readonly AlteredField[]): string =>
  fields
    .filter(({name}) => !fields.some((whole) => name.startsWith(`${whole.name}.`)))
    .map(({name, sent, arrived}) => `${name} ${sent} ▸ ${arrived}`)
    .join(' · ');
