// Finds the packets of a Trace that match a display filter.
import {packetOf} from '../account/packet.ts';
import type {PacketRecord, Trace} from '../sim/trace.ts';
import type {FieldValue} from './field-value.ts';
import type {Comparison, Filter, FilterValue} from './filter.ts';
import {fieldValues} from './packet-field.ts';

export const matchingPackets = (filter: Filter, trace: Trace): readonly PacketRecord[] => {
  const found: PacketRecord[] = [];
  for (let id = 1; id <= trace.packetCount; id += 1) {
    const record = packetOf(trace, id);
    if (letsThrough(filter, trace, record)) found.push(record);
  }
  return found;
};

export const letsThrough = (filter: Filter, trace: Trace, record: PacketRecord): boolean => {
  switch (filter.kind) {
    case 'and':
      return letsThrough(filter.left, trace, record) && letsThrough(filter.right, trace, record);
    case 'or':
      return letsThrough(filter.left, trace, record) || letsThrough(filter.right, trace, record);
    case 'not':
      return !letsThrough(filter.of, trace, record);
    case 'present':
      return fieldValues(trace, record, filter.field).length > 0;
    case 'compare': {
      const values = fieldValues(trace, record, filter.field);
      const wanted = valuesOf(filter.value, trace);
      if (values.length === 0) return false;
      // A `!=` on a field with several values holds only if all of them differ, as in Wireshark 4.
      if (filter.comparison === '!=') return !values.some((value) => wanted.includes(value.value));
      return values.some((value) => wanted.some((each) => compares(value, filter.comparison, each)));
    }
  }
};

const valuesOf = (value: FilterValue, trace: Trace): readonly (string | number)[] =>
  value.kind === 'host'
    ? (trace.header.hosts.find((host) => host.name === value.name)?.ip ?? [])
    : [value.value];

const compares = ({value}: FieldValue, comparison: Comparison, wanted: string | number): boolean => {
  if (comparison === '==') return value === wanted;
  if (typeof value === 'string' || typeof wanted === 'string') return false;
  switch (comparison) {
    case '<':
      return value < wanted;
    case '<=':
      return value <= wanted;
    case '>':
      return value > wanted;
    case '>=':
      return value >= wanted;
    default:
      return value !== wanted;
  }
};
