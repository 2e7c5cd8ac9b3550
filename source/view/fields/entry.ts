// The types of the registry of fields: how the inspector shows a field's value, and how *Why?* explains where the sender has it from.
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
  /** The sender's name as inside a sentence, and as at the beginning of one. */
  readonly host: Text;
  readonly first: Text;
};

/** Returns paragraphs on where a field's value comes from; undefined if that is unknown, or an open question may ask for it. */
export type Source = (asked: Asked) => string | readonly string[] | undefined;

/** The explanation of a field that the sender fills from its TCP variables. */
export type Told = {
  readonly meaning: string;
  readonly clause: string | undefined;
  /** The sender's variable behind the field, with its value; undefined if it is unknown, or a question asks for it. */
  readonly held: string | undefined;
};

/** Returns an explanation of a field that means something else here than its name suggests; otherwise undefined. */
export type Means = (field: Field, layer: Layer, isTls12: boolean) => FieldText | undefined;

export type Entry = {
  /** Returns the field's value as the inspector's row shows it, followed by notes on it. */
  readonly shown?: (field: Field, layer: Layer, wording: Wording) => readonly string[];
  readonly means?: Means;
  /** Tells whether the rule that sent the packet decided this field. */
  readonly decided?: (asked: Asked) => boolean;
  /** Explains where the sender has the value from; this precedes the rule that sent the packet. */
  readonly from?: Source;
  /** Explains what follows the rule that sent the packet. */
  readonly beside?: Source;
  /** Names of formulas: sums of other fields, one of which may give the value. */
  readonly sums?: readonly string[];
  /** Names of formulas: variables of the sender, one of which may give the value; the simplest first. */
  readonly laws?: readonly string[];
  /** Names of formulas that apply instead in a SYN (RFC 9293 §3.10.1). */
  readonly lawsOfSyn?: readonly string[];
  /** Returns the explanation of the field, computed from the sender's variables; undefined if it does not apply. */
  readonly told?: (view: View, packet: number, scope: FormulaScope) => Told | undefined;
  /** Tells whether the field's meaning and `beside` are the whole explanation, without the rule that sent the packet. */
  readonly alone?: (asked: Asked) => boolean;
};

export type Protocol = {
  /** Returns the text of the layer's own row, for a layer with fields. */
  readonly line?: (layer: Layer, wording: Wording, size: string) => string;
  readonly fields: {readonly [name: string]: Entry};
  /** The entry for all fields of the protocol that have no entry of their own. */
  readonly others?: Entry;
};

/** Returns a source that gives the explanation of the first of several sources that has one. */
export const either =
  (...sources: readonly Source[]): Source =>
  (asked) =>
    sources.reduce<ReturnType<Source>>((told, source) => told ?? source(asked), undefined);

/** Returns a source that explains nothing while a question is open, because the question might ask for it. */
export const unasked =
  (source: Source): Source =>
  (asked) =>
    asked.view.hidden.length > 0 ? undefined : source(asked);

export const valueIn = ({fields}: Layer, name: string): string | undefined =>
  fields.find((field) => field.name === name)?.value;

export const bytesText = (count: number | string, language: Language): string =>
  sizeText[language]({count: `${count}`});

/** Returns a value followed by its usual name, which readers of captures know; the value alone if it has none. */
export const namedValue = (name: string, value: string): string => {
  const known = valueNames[name]?.[value];
  return known === undefined ? value : `${value} ${known}`;
};

/** Returns a field's value, and then the names of its bits that are 1. */
export const withFlags = (field: Field, {fields}: Layer): readonly string[] => {
  const set = fields
    .filter(({name, value}) => name.startsWith(`${field.name}.`) && value === '1')
    .map(({name}) => name.slice(field.name.length + 1).toUpperCase());
  return set.length === 0 ? [field.value] : [field.value, set.join(' ')];
};
