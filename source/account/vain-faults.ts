// Finds the requested faults that did nothing: no packet matched, or the matching packets lack the field to edit, or they already have the
// value.
import type {Fault} from '../sim/fault.ts';
import {formatFault} from '../sim/fault-text.ts';
import type {EventOf, Trace} from '../sim/trace.ts';
import {editableFields, fieldEdit} from '../wire/field-edit.ts';
import {encodeFrame, linkTypeEthernet} from '../wire/frame.ts';
import type {WireError} from '../wire/wire-error.ts';
import {entriesOf} from './entries.ts';

type Edit = Fault & {readonly kind: 'edit'};

export type VainFault =
  /** The fault did nothing, because no packet matches it. */
  | {readonly kind: 'unmet'; readonly fault: Fault}
  /** The edit did nothing, because the field already has its value; `packet` is the first packet that the edit matches. */
  | {readonly kind: 'same'; readonly fault: Edit; readonly packet: number}
  /**
   * The edit did nothing, because no packet allows it. `packet` is the first packet that it matches, undefined if it matches none; `fields`
   * are the names of fields that can be edited.
   */
  | {
      readonly kind: 'impossible';
      readonly fault: Edit;
      readonly packet: number | undefined;
      readonly error: WireError;
      readonly fields: readonly string[];
    };

type Sent = {readonly packet: number; readonly bytes: Uint8Array};

const sentIn = ({packet, frame}: EventOf<'send'>): readonly Sent[] =>
  frame && packet > 0 ? [{packet, bytes: encodeFrame(frame)}] : [];

const edited = ({bytes}: Sent, {field, value, mend}: Edit) =>
  fieldEdit(bytes, linkTypeEthernet, field, value, {fixChecksums: mend});

/**
 * Returns why a fault that edits a field did nothing; undefined if no packet matches it. An edit that at least one packet allows is not
 * called impossible.
 */
const vainEdit = (fault: Edit, sent: readonly Sent[], isMet: boolean): VainFault | undefined => {
  const [first] = sent;
  if (!first) return undefined;
  const fits = sent.find((each) => edited(each, fault).ok);
  if (fits) return isMet ? {kind: 'same', fault, packet: fits.packet} : undefined;
  const inRange = sent
    .map((each) => edited(each, fault))
    .find((result) => !result.ok && result.error.code === 'field-range');
  const result = inRange ?? edited(first, fault);
  if (result.ok) return undefined;
  const fields = new Set(
    sent.flatMap(({bytes}) => editableFields(bytes, linkTypeEthernet).map(({name}) => name)),
  );
  return {
    ...{kind: 'impossible', fault, packet: isMet ? first.packet : undefined},
    ...{error: result.error, fields: [...fields]},
  };
};

/** Returns those of `faults` that did nothing in this run, in the order given. */
export const vainFaults = (trace: Trace, faults: readonly Fault[]): readonly VainFault[] => {
  const acting = new Set<string>();
  const met = new Map<string, Sent[]>();
  for (const send of entriesOf(trace, 'send')) {
    for (const text of send.faults) acting.add(text);
    for (const text of send.vain ?? []) met.set(text, [...(met.get(text) ?? []), ...sentIn(send)]);
  }
  return faults.flatMap((fault): readonly VainFault[] => {
    const text = formatFault(fault);
    if (acting.has(text)) return [];
    const unmet: VainFault = {kind: 'unmet', fault};
    if (fault.kind !== 'edit') return [unmet];
    const sent = met.get(text);
    return [
      vainEdit(fault, sent ?? [...entriesOf(trace, 'send')].flatMap(sentIn), sent !== undefined) ?? unmet,
    ];
  });
};
