// The entries of the registry of fields: how the value of a field is shown, and where its sender has it from.
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

/** The field of a packet that *Why?* is asked about, with its context. */
export type Asked = {
  readonly view: View;
  readonly trace: Trace;
  readonly language: Language;
  readonly packet: PacketView;
  readonly record: PacketRecord;
  readonly row: InspectorRow;
  readonly field: Field;
  readonly layer: Layer;
  /** The sender's name inside a sentence, and at its beginning. */
  readonly host: Text;
  readonly first: Text;
};

/** Returns paragraphs on the origin of a field; undefined if nothing is known of it, or an open question may ask for it. */
export type Source = (asked: Asked) => string | readonly string[] | undefined;

/** The meaning of a field that the sender fills from its state of the connection. */
export type Told = {
  readonly meaning: string;
  readonly clause: string | undefined;
  /** The sender's value behind the field; undefined if it is unknown, or a question asks for it. */
  readonly held: string | undefined;
};

/** Returns the meaning of a field where it differs from what its name suggests. */
export type Means = (field: Field, layer: Layer, isTls12: boolean) => FieldText | undefined;

export type Entry = {
  /** Returns the value as the inspector shows it in a row; further parts are notes on it. */
  readonly shown?: (field: Field, layer: Layer, wording: Wording) => readonly string[];
  readonly means?: Means;
  /** Tells whether the rule that sent the packet decided this field. */
  readonly decided?: (asked: Asked) => boolean;
  /** Tells where the sender has the value from; told before that rule. */
  readonly from?: Source;
  /** Tells what there is to add to that rule. */
  readonly beside?: Source;
  /** The sums of other fields that the value may be. */
  readonly sums?: readonly string[];
  /** The variables of the sender that the value may be, the simplest first. */
  readonly laws?: readonly string[];
  /** The variables of the sender that the value may be in a SYN (RFC 9293 §3.10.1). */
  readonly lawsOfSyn?: readonly string[];
  /** Tells the meaning of the field, computed from those variables. */
  readonly told?: (view: View, packet: number, scope: FormulaScope) => Told | undefined;
  /** Tells whether the meaning of the field and `beside` are everything that is told. */
  readonly alone?: (asked: Asked) => boolean;
};

export type Protocol = {
  /** Returns the text of the layer's own row, if the layer has fields. */
  readonly line?: (layer: Layer, wording: Wording, size: string) => string;
  readonly fields: {readonly [name: string]: Entry};
  /** The entry for all fields that have none. */
  readonly others?: Entry;
};

/** Returns a source that gives what the first of several sources tells. */
export const either =
  (...sources: readonly Source[]): Source =>
  (asked) =>
    sources.reduce<ReturnType<Source>>((told, source) => told ?? source(asked), undefined);

/** Returns a source that tells nothing while a question is open, because it might ask for what is told. */
export const unasked =
  (source: Source): Source =>
  (asked) =>
    asked.view.hidden.length > 0 ? undefined : source(asked);

export const valueIn = ({fields}: Layer, name: string): string | undefined =>
  fields.find((field) => field.name === name)?.value;

export const bytesText = (count: number | string, language: Language): string =>
  sizeText[language]({count: `${count}`});

/** Adds the usual name of a value, as captures' readers know it. */
export const namedValue = (name: string, value: string): string => {
  const known = valueNames[name]?.[value];
  return known === undefined ? value : `${value} ${known}`;
};

/** Returns the value, then the names of its bits that are 1. */
export const withFlags = (field: Field, {fields}: Layer): readonly string[] => {
  const set = fields
    .filter(({name, value}) => name.startsWith(`${field.name}.`) && value === '1')
    .map(({name}) => name.slice(field.name.length + 1).toUpperCase());
  return set.length === 0 ? [field.value] : [field.value, set.join(' ')];
};
