// What the registry of a protocol says of a field beside its name and its meaning: how its value is shown, and from where its sender has it.
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

/** A field of a packet about which somebody asks. */
export type Asked = {
  readonly view: View;
  readonly trace: Trace;
  readonly language: Language;
  readonly packet: PacketView;
  readonly record: PacketRecord;
  readonly row: InspectorRow;
  readonly field: Field;
  readonly layer: Layer;
  /** The sender in a sentence, and at its beginning. */
  readonly host: Text;
  readonly first: Text;
};

/** Paragraphs; undefined: nothing tells it, or an open question may ask for it. */
export type Source = (asked: Asked) => string | readonly string[] | undefined;

/** Of a field that the sender fills from its end of a connection. */
export type Told = {
  readonly meaning: string;
  readonly clause: string | undefined;
  /** undefined: nothing tells it, or a question asks for it. */
  readonly held: string | undefined;
};

/** What a field means where that is something else than its name tells. */
export type Means = (field: Field, layer: Layer, isTls12: boolean) => FieldText | undefined;

export type Entry = {
  /** How the value stands in a row of the inspector, and in a second part what else is said there of it. */
  readonly shown?: (field: Field, layer: Layer, wording: Wording) => readonly string[];
  readonly means?: Means;
  /** Whether the rule by which its packet leaves decides it. */
  readonly decided?: (asked: Asked) => boolean;
  /** From where its sender has it, which goes before that rule. */
  readonly from?: Source;
  /** What there is to tell beside that rule. */
  readonly beside?: Source;
  /** The sums of other fields that it may be. */
  readonly sums?: readonly string[];
  /** The variables of its sender that it may be, the plainest first. */
  readonly laws?: readonly string[];
  /** The same of a SYN (RFC 9293 §3.10.1). */
  readonly lawsOfSyn?: readonly string[];
  /** What those variables make of it. */
  readonly told?: (view: View, packet: number, scope: FormulaScope) => Told | undefined;
  /** What it means is all that is to tell, with what stands beside it. */
  readonly alone?: (asked: Asked) => boolean;
};

export type Protocol = {
  /** What a layer's own row says, where the layer has fields. */
  readonly line?: (layer: Layer, wording: Wording, size: string) => string;
  readonly fields: {readonly [name: string]: Entry};
  /** Of all fields that have no entry. */
  readonly others?: Entry;
};

/** The first source that tells something. */
export const either =
  (...sources: readonly Source[]): Source =>
  (asked) =>
    sources.reduce<ReturnType<Source>>((told, source) => told ?? source(asked), undefined);

/** Only while no question is open, which might ask for what it tells. */
export const unasked =
  (source: Source): Source =>
  (asked) =>
    asked.view.hidden.length > 0 ? undefined : source(asked);

export const valueIn = ({fields}: Layer, name: string): string | undefined =>
  fields.find((field) => field.name === name)?.value;

export const bytesText = (count: number | string, language: Language): string =>
  sizeText[language]({count: `${count}`});

/** With the name that every reader of captures knows. */
export const namedValue = (name: string, value: string): string => {
  const known = valueNames[name]?.[value];
  return known === undefined ? value : `${value} ${known}`;
};

/** The value, then its bits that are 1. */
export const withFlags = (field: Field, {fields}: Layer): readonly string[] => {
  const set = fields
    .filter(({name, value}) => name.startsWith(`${field.name}.`) && value === '1')
    .map(({name}) => name.slice(field.name.length + 1).toUpperCase());
  return set.length === 0 ? [field.value] : [field.value, set.join(' ')];
};
