// Fields of packets as tshark prints them, for evidence and for choices that stand for such a value.
import type {Trace} from '../../sim/trace.ts';
import {dissect} from '../../wire/dissect.ts';
import type {Draft} from './draft.ts';

/** All occurrences, as `tshark -T fields -e FIELD` joins them; undefined: the packet has none. */
const printed = (trace: Trace, packet: number, field: string): string | undefined => {
  const {bytes, linkType, originalLength} = trace.packet(packet);
  if (field === 'frame.number') return String(packet);
  if (field === 'frame.len') return String(originalLength);
  const values = dissect(bytes, linkType, originalLength).layers.flatMap(({fields, opened}) =>
    opened ? [] : fields.flatMap(({name, value}) => (name === field ? [value] : [])),
  );
  return values.length === 0 ? undefined : values.join(',');
};

/** Evidence that is a field; the field has to be there. */
export const fieldEvidence = (trace: Trace, packet: number, field: string): Draft['evidence'] | undefined => {
  const value = printed(trace, packet, field);
  return value === undefined ? undefined : {packet, field, value};
};
