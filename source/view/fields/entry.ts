// The types of the registry of packet fields. An entry says how the inspector shows a field's value, and how the answer to *Why?* explains
// where the sender has it from.
import type {Language, Text} from '../../lesson/text.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import type {Field, Layer} from '../../wire/layer.ts';
import {sizeText} from '../../words/catalogue/inspector.ts';
import type {FieldText} from '../../words/field-texts.ts';
import {valueNames} from '../../words/inspector.ts';
import type {InspectorRow} from '../bytes/inspector-rows.ts';
import type {PacketView} from '../bytes/inspector-view.ts';
import type {Glyphs} from '../glyphs.ts';
import type {View} from '../view.ts';
import type {FormulaScope} from '../why/formula.ts';

export type Wording = {readonly language: Language; readonly glyphs: Glyphs; readonly relative: boolean};

/** A field of a packet about which the reader asks *Why?*, with its context. */
export type Asked = {
  readonly view: View;
  readonly trace: Trace;
  readonly language: Language;
  readonly packet: PacketView;
  readonly record: PacketRecord;
  readonly row: InspectorRow;
  readonly field: Field;
  readonly layer: Layer;
  /** The sender's name for the middle of a sentence (`host`) and for its beginning (`first`). */
  readonly host: Text;
  readonly first: Text;
};

/**
 * A function that returns paragraphs on where a packet field's value comes from; undefined if that is unknown, or if an open question may
 * ask for it.
 */
export type Source = (asked: Asked) => string | readonly string[] | undefined;

/** The explanation of a packet field that the sender fills from its TCP variables. */
export type Told = {
  readonly meaning: string;
  readonly clause: string | undefined;
  /**
   * The sender's TCP variable from which the field is filled, with its value; undefined if it is unknown, or if an open question asks for
   * it.
   */
  readonly held: string | undefined;
};

/**
 * A function that explains a packet field if it means something else in this packet than its name suggests; otherwise it returns undefined.
 */
export type Means = (field: Field, layer: Layer, isTls12: boolean) => FieldText | undefined;

export type Entry = {
  /** Returns a packet field's value as the inspector's row shows it, followed by notes on it. */
  readonly shown?: (field: Field, layer: Layer, wording: Wording) => readonly string[];
  readonly means?: Means;
  /** Tells whether the rule that sent the packet also decided the value of this field. */
  readonly decided?: (asked: Asked) => boolean;
  /** Explains from where the sender has the field's value. The answer to *Why?* shows this before the rule that sent the packet. */
  readonly from?: Source;
  /** Explains more about the field's value. The answer to *Why?* shows this after the rule that sent the packet. */
  readonly beside?: Source;
  /** The names of formulas that sum other fields; one of them may give the value of this field. */
  readonly sums?: readonly string[];
  /** The names of formulas that use variables of the sender; one of them may give the value of this field. The simplest comes first. */
  readonly laws?: readonly string[];
  /** The names of the formulas that replace `laws` in a SYN (RFC 9293 §3.10.1). */
  readonly lawsOfSyn?: readonly string[];
  /** Returns an explanation of the packet field, computed from the sender's variables; undefined if it does not apply. */
  readonly told?: (view: View, packet: number, scope: FormulaScope) => Told | undefined;
  /**
   * Tells whether the answer to *Why?* leaves out the rule that sent the packet, because the field's meaning and `beside` explain
   * everything.
   */
  readonly alone?: (asked: Asked) => boolean;
};

export type Protocol = {
  /** Returns the text of the inspector's row for a whole layer, if the layer has fields. */
  readonly line?: (layer: Layer, wording: Wording, size: string) => string;
  readonly fields: {readonly [name: string]: Entry};
  /** The registry entry for all fields of the protocol that have no entry of their own. */
  readonly others?: Entry;
};

/** Combines several functions that explain where a field's value comes from: the first that returns an explanation is used. */
export const either =
  (...sources: readonly Source[]): Source =>
  (asked) =>
    sources.reduce<ReturnType<Source>>((told, source) => told ?? source(asked), undefined);

/**
 * Wraps a function that explains where a field's value comes from: it explains nothing while a question is open, because the question might
 * ask for it.
 */
export const unasked =
  (source: Source): Source =>
  (asked) =>
    asked.view.hidden.length > 0 ? undefined : source(asked);

export const valueIn = ({fields}: Layer, name: string): string | undefined =>
  fields.find((field) => field.name === name)?.value;

export const bytesText = (count: number | string, language: Language): string =>
  sizeText[language]({count: `${count}`});

/** Returns a field's value followed by its usual name, which readers of captures know; the value alone if it has no such name. */
export const namedValue = (name: string, value: string): string => {
  const known = valueNames[name]?.[value];
  return known === undefined ? value : `${value} ${known}`;
};

/** Returns a flags field's value, and then the names of its bits that are 1. */
export const withFlags = (field: Field, {fields}: Layer): readonly string[] => {
  const set = fields
    .filter(({name, value}) => name.startsWith(`${field.name}.`) && value === '1')
    .map(({name}) => name.slice(field.name.length + 1).toUpperCase());
  return set.length === 0 ? [field.value] : [field.value, set.join(' ')];
};
