// The values that a key of a lesson file may have when a learner sets it: the unit, the bounds and the words, as the key's schema has them.
import {
  $ZodArray,
  $ZodBoolean,
  $ZodCheckGreaterThan,
  $ZodCheckLessThan,
  $ZodEnum,
  $ZodLiteral,
  $ZodNullable,
  $ZodNumber,
  $ZodOptional,
  $ZodString,
  type $ZodType,
  $ZodUnion,
  safeParse,
} from 'zod/v4/core';
import {formatDuration, parseDuration} from '../sim/fault-text.ts';
import {given} from '../sim/given.ts';
import {encodeUtf8} from '../wire/utf8.ts';
import {address} from './dns/scalars.ts';
import {bitsOf, bytesOf, shareOf} from './quantity.ts';
import {count, duration, durationOrOff, percent, positive, rate, size} from './scalars.ts';
import type {Bounds, Unit} from './value-bounds.ts';

/** Limits of a setting, both included, in microseconds, bytes, bits per second, percent or, for text, bytes in UTF-8. */
export type Limits = {readonly least?: number; readonly most?: number};

export type ValueKind = Limits & {
  readonly unit: Unit;
  /** The words that a setting allows: all its values if it is a switch or a choice; otherwise the words besides values of the unit. */
  readonly choices?: readonly string[];
  /** True if a setting takes several values with commas between them. */
  readonly isList?: true;
  readonly schema: $ZodType;
};

const secondUs = 1_000_000;
const dayUs = 86_400 * secondUs;

/** The limits for a learner's settings by unit, which a lesson file does not have: values beyond them would only make a run long. */
const usual: {readonly [unit in Unit]?: Limits} = {
  time: {least: 0, most: dayUs},
  size: {least: 1, most: 2 ** 30},
  rate: {least: 1000, most: 100_000_000_000},
  percent: {least: 0, most: 100},
  text: {least: 1, most: 1400},
};

export const inner = (schema: $ZodType): $ZodType =>
  schema instanceof $ZodOptional || schema instanceof $ZodNullable
    ? inner(schema._zod.def.innerType)
    : schema;

const bareUnit = (schema: $ZodType): Unit | undefined => {
  if (schema === duration || schema === durationOrOff) return 'time';
  if (schema === size) return 'size';
  if (schema === rate) return 'rate';
  if (schema === percent) return 'percent';
  if (schema instanceof $ZodNumber) return 'number';
  return schema instanceof $ZodString ? 'text' : undefined;
};

const wordsOf = (schema: $ZodType): readonly string[] | undefined => {
  if (schema === durationOrOff) return ['off'];
  if (schema instanceof $ZodBoolean) return ['true', 'false'];
  if (schema instanceof $ZodEnum) return Object.values(schema._zod.def.entries).map(String);
  return schema instanceof $ZodLiteral ? schema._zod.def.values.map(String) : undefined;
};

/** Returns the limits that satisfy both of these limits. */
const narrowed = (one: Limits, other: Limits): Limits => {
  const least = Math.max(one.least ?? Number.NEGATIVE_INFINITY, other.least ?? Number.NEGATIVE_INFINITY);
  const most = Math.min(one.most ?? Number.POSITIVE_INFINITY, other.most ?? Number.POSITIVE_INFINITY);
  return given({
    least: Number.isFinite(least) ? least : undefined,
    most: Number.isFinite(most) ? most : undefined,
  });
};

/** The most that a learner may set for a number whose schema in lesson files is only that of a count. */
const mostNumber = 10_000_000;

const ownLimits = (schema: $ZodType): Limits => {
  if (!(schema instanceof $ZodNumber)) return {};
  if (schema === count || schema === positive) return {least: schema === count ? 0 : 1, most: mostNumber};
  // Only these two classes of zod's checks contain a limit, and both include it in the range (`whole` in scalars.ts).
  const limits = (schema._zod.def.checks ?? []).map((check): Limits => {
    if (check instanceof $ZodCheckGreaterThan) return {least: Number(check._zod.def.value)};
    return check instanceof $ZodCheckLessThan ? {most: Number(check._zod.def.value)} : {};
  });
  return limits.reduce(narrowed, {});
};

/** Tells whether two words mean the same: YAML reads `1` and `1.0` as one number. */
const isSameWord = (one: string, other: string): boolean => one === other || Number(one) === Number(other);

const distinct = (words: readonly string[]): readonly string[] =>
  words.filter(
    (word, place) =>
      words.indexOf(word) === place &&
      !words.some((other) => other.length > word.length && isSameWord(word, other)),
  );

/** Joins the kinds of values that the members of a union allow: the unit is that of the first that has one, the words are those of all. */
const joined = (schema: $ZodType, kinds: readonly ValueKind[], limits: Limits): ValueKind | undefined => {
  const main = kinds.find(({unit}) => unit !== 'choice' && unit !== 'switch') ?? kinds[0];
  const choices = distinct(kinds.flatMap((kind) => kind.choices ?? []));
  if (!main) return undefined;
  return {
    ...main,
    ...narrowed(main, limits),
    schema,
    ...(choices.length > 0 ? {choices} : {}),
    ...(kinds.some(({isList}) => isList) ? {isList: true as const} : {}),
  };
};

/** Returns the kind of values that the schema of a lesson file's key allows; undefined for mappings and whatever else is no plain value. */
export const kindOf = (schema: $ZodType, limits: Limits = {}): ValueKind | undefined => {
  const bare = inner(schema);
  const unit = bareUnit(bare);
  const choices = wordsOf(bare);
  if (unit !== undefined) {
    const within = narrowed(narrowed(usual[unit] ?? {}, ownLimits(bare)), limits);
    return {unit, ...within, schema: bare, ...given({choices})};
  }
  if (choices !== undefined)
    return {unit: bare instanceof $ZodBoolean ? 'switch' : 'choice', choices, schema: bare};
  if (bare instanceof $ZodArray) {
    const element = kindOf(bare._zod.def.element, limits);
    return element && !element.isList ? {...element, isList: true, schema: bare} : undefined;
  }
  if (!(bare instanceof $ZodUnion)) return undefined;
  const kinds = bare._zod.def.options.flatMap((each) => kindOf(each, limits) ?? []);
  return joined(bare, kinds, limits);
};

/** Returns the size of a setting's value in the unit of its limits: µs, bytes, bits per second, percent, or bytes of text. */
export const measured = (unit: Unit, text: string): number | undefined => {
  if (unit === 'time') return parseDuration(text);
  if (unit === 'size') return bytesOf(/^\d+$/.test(text) ? Number(text) : text);
  if (unit === 'rate') return bitsOf(text);
  if (unit === 'percent') return shareOf(text) * 100;
  return unit === 'text' ? encodeUtf8(text).length : Number(text);
};

/** Tells whether one value of a setting, not a list, is one of its words or within its limits. */
const isWithin = ({unit, choices, least, most}: ValueKind, text: string): boolean => {
  if (choices?.some((word) => isSameWord(word, text))) return true;
  if (unit === 'switch' || unit === 'choice') return false;
  const size = measured(unit, text);
  return size !== undefined && !(size < (least ?? size)) && !(size > (most ?? size));
};

/** Returns the values that a typed text may stand for: itself, a number, a truth value. */
const readings = (text: string): readonly (string | number | boolean)[] => [
  text,
  ...(/^\d{1,10}(\.\d{1,6})?$/.test(text) ? [Number(text)] : []),
  ...(text === 'true' ? [true] : text === 'false' ? [false] : []),
];

type Plain = string | number | boolean;

/** The value of a setting as a lesson file has it: a plain value or a list. */
export type PlainValue = Plain | readonly Plain[];

const accepts = (schema: $ZodType, value: unknown): boolean => safeParse(schema, value).success;

/** Returns a value that was typed in the notation of lesson files: `1 s` becomes `1s`, and a bare `0` for a time becomes `0s`. */
const tidied = ({unit}: ValueKind, text: string): string => {
  if (unit === 'text' || unit === 'switch' || unit === 'choice') return text;
  const close = text.trim().replace(/^([\d.]+)\s+(?=[A-Za-z%]+$)/, '$1');
  return unit === 'time' && close === '0' ? '0s' : close;
};

/** The most entries that a learner may write in a list, more than any lesson has. */
const mostEntries = 32;

/** Returns the value of a lesson file that the typed text means; undefined if the key cannot have it. */
export const readValue = (kind: ValueKind, typed: string): PlainValue | undefined => {
  const text = kind.isList ? typed : tidied(kind, typed);
  const parts = kind.isList ? text.split(',').map((part) => part.trim()) : [text];
  if (parts.length > mostEntries || !parts.every((part) => isWithin(kind, part))) return undefined;
  const single = kind.isList && parts.length > 1 ? [] : readings(parts[0] ?? text);
  const value = single.find((each) => accepts(kind.schema, each));
  if (value !== undefined || !kind.isList) return value;
  const all = [parts, parts.map(Number)];
  return all.find((each) => accepts(kind.schema, each));
};

/** Returns a value of a lesson file as text, with commas between the entries of a list; empty if there is no value. */
export const valueText = ({choices = []}: ValueKind, value: unknown): string => {
  const all = Array.isArray(value) ? value : value === undefined || typeof value === 'object' ? [] : [value];
  return all
    .map(String)
    .map((text) => choices.find((word) => isSameWord(word, text)) ?? text)
    .join(',');
};

const scaled = (value: number, units: readonly (readonly [string, number])[]): string => {
  const [unit, count] = units.find(([, each]) => value >= each && value % each === 0) ?? ['', 1];
  return `${value / count}${unit}`;
};

const timeText = (us: number): string =>
  us >= 60 * secondUs && us % (60 * secondUs) === 0
    ? scaled(us / secondUs, [
        ['h', 3600],
        ['m', 60],
      ])
    : formatDuration(us);

/** Returns a limit of a setting in the notation of its values: `10m`, `64KiB`, `1Mbit`. */
const limitText = (unit: Unit, limit: number): string => {
  if (unit === 'time') return timeText(limit);
  if (unit === 'percent') return `${limit}%`;
  const sizes = [
    ['MiB', 2 ** 20],
    ['KiB', 1024],
    ['B', 1],
  ] as const;
  const rates = [
    ['Gbit', 1e9],
    ['Mbit', 1e6],
    ['kbit', 1000],
    ['bit', 1],
  ] as const;
  if (unit === 'size') return scaled(limit, sizes);
  return unit === 'rate' ? scaled(limit, rates) : String(limit);
};

const entriesOf = (schema: $ZodType): Bounds['entries'] => {
  const bare = inner(schema);
  return bare instanceof $ZodArray && bare._zod.def.element === address ? 'addresses' : 'values';
};

/** Returns the bounds of a setting's values as text. */
export const boundsOf = ({unit, least, most, choices, isList, schema}: ValueKind): Bounds =>
  isList
    ? given({least: '1', most: `${mostEntries}`, choices, entries: entriesOf(schema)})
    : given({
        least: least === undefined ? undefined : limitText(unit, least),
        most: most === undefined ? undefined : limitText(unit, most),
        choices,
      });

/** Returns a size in the one notation in which all sizes are shown: `4MiB`, `64240B`; any other value stays as it is. */
export const inOneNotation = ({unit, choices = []}: ValueKind, value: string): string => {
  const bytes = unit === 'size' && !choices.includes(value) ? measured(unit, value) : undefined;
  return bytes === undefined || Number.isNaN(bytes) ? value : limitText(unit, bytes);
};
