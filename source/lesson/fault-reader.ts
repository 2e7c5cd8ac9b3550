// Reads the faults of a lesson file, as text or as a mapping, for the simulator.
import type {Fault, FaultKind, PacketPattern} from '../sim/fault.ts';
import {parseFault, parseNth} from '../sim/fault-text.ts';
import {given} from '../sim/given.ts';
import {faultReaderSentences} from '../words/catalogue/lesson.ts';
import {packetFields} from './packet-field.ts';
import {problem, problemWith, wordRemedy} from './problem.ts';
import type {Path, Problems} from './problems.ts';
import {microseconds} from './quantity.ts';
import type {FaultFile} from './schema-script.ts';
import {worded} from './text.ts';

type FaultObject = Exclude<FaultFile, string>;
type PatternFile = NonNullable<FaultObject['drop']>;

const kinds = ['drop', 'delay', 'dup', 'corrupt', 'reorder', 'edit'] as const;

type FaultNames = {readonly hosts: readonly string[]; readonly links: readonly string[]};

export const readFaults = (
  faults: readonly FaultFile[],
  path: Path,
  names: FaultNames,
  problems: Problems,
): readonly Fault[] =>
  faults.flatMap((data, index) => {
    const place = [...path, index];
    const before = problems.found.length;
    const fault =
      typeof data === 'string' ? fromText(data, place, problems) : fromObject(data, place, problems);
    if (!fault) return [];
    const inner = typeof data === 'string' ? [] : kinds.filter((kind) => data[kind]);
    checkNames(fault.at, [...place, ...inner], names, problems);
    if (fault.kind === 'edit')
      checkField(fault.field, inner.length > 0 ? [...place, ...inner, 'field'] : place, problems);
    return problems.found.length > before ? [] : [fault];
  });

const fromText = (data: string, path: Path, problems: Problems): Fault | undefined => {
  const parsed = parseFault(data);
  if (parsed.ok) return parsed.value;
  const {part, allowed} = parsed.error;
  problems.add(path, problem(worded(faultReaderSentences.from.message, {part}), wordRemedy(part, allowed)), {
    inside: {offset: Math.max(0, data.indexOf(part)), value: data},
  });
  return undefined;
};

const fromObject = (data: FaultObject, path: Path, problems: Problems): Fault | undefined => {
  const [kind, more] = kinds.filter((each) => data[each]);
  const pattern = kind && !more ? data[kind] : undefined;
  if (!pattern) {
    problems.add(path, problemWith(faultReaderSentences.fromObject.aFaultDoes, {kinds}));
    return undefined;
  }
  const at = patternOf(pattern);
  if (Object.keys(at).length === 0) {
    problems.add(path, faultReaderSentences.fromObject.thisFaultNames);
  }
  const what = kindOf(data);
  if (what?.kind === 'delay' && what.byUs === 0)
    problems.add([...path, 'delay', 'by'], faultReaderSentences.fromObject.noDelay);
  return what && {...what, at};
};

const kindOf = ({drop, delay, dup, corrupt, reorder, edit}: FaultObject): FaultKind | undefined => {
  if (drop) return {kind: 'drop'};
  if (delay) return {kind: 'delay', byUs: microseconds(delay.by)};
  if (dup) return {kind: 'dup', afterUs: microseconds(dup.by ?? '0ms')};
  if (corrupt) return {kind: 'corrupt', where: corrupt.where ?? 'link'};
  if (reorder) return {kind: 'reorder', places: reorder.places};
  return edit && {kind: 'edit', field: edit.field, value: edit.value, mend: edit.checksum !== 'broken'};
};

const patternOf = (pattern: PatternFile): PacketPattern => {
  const {packet, from, to, link, flags, data, retransmission, nth} = pattern;
  const range = nth === undefined ? undefined : parseNth(String(nth));
  return given({packet, from, to, link, flags, data, retransmission, nth: range});
};

/** Further header fields that a fault can edit, in addition to those that expressions can read. */
const headerFields = [
  ...['eth.type', 'ip.version', 'ip.hdr_len', 'ip.proto', 'ip.flags', 'ip.frag_offset', 'ip.checksum'],
  ...['tcp.checksum', 'udp.checksum', 'icmp.checksum', 'icmpv6.checksum'],
];

const checkField = (field: string, path: Path, problems: Problems): void => {
  const known = [...packetFields.filter((each) => each.includes('.')), ...headerFields];
  if (known.includes(field)) return;
  problems.knows(path, faultReaderSentences.checkField, field, known);
};

const checkNames = (at: PacketPattern, path: Path, names: FaultNames, problems: Problems): void => {
  if (at.from !== undefined) problems.host([...path, 'from'], at.from, names.hosts);
  if (at.to !== undefined) problems.host([...path, 'to'], at.to, names.hosts);
  if (at.link !== undefined)
    problems.knows([...path, 'link'], faultReaderSentences.checkNames, at.link, names.links);
};
