// Finds the differences between two events or two frames; fields have the names of `show --json`, and those of packets the names of
// Wireshark.
import {dissect} from '../wire/dissect.ts';
import {encodeFrame, type Frame, linkTypeEthernet} from '../wire/frame.ts';
import type {Layer} from '../wire/layer.ts';
import {sameBytes} from '../wire/octets.ts';
import type {TraceEvent} from './trace.ts';

export type Difference = {
  readonly field: string;
  /** The field's value in the left event; undefined if that event has no such field. */
  readonly left: string | undefined;
  readonly right: string | undefined;
};

/** Fields of an event that are not compared: its place in the run, its cause, and the case of its rule say nothing about what happened. */
const places: readonly string[] = ['n', 'instant', 'case', 'cause'];

const shortNames: {readonly [key: string]: string} = {atUs: 'at', dueUs: 'due', frame: 'bytes'};

const isFrame = (value: unknown): value is Frame =>
  typeof value === 'object' && value !== null && 'payload' in value && 'src' in value;

/** Tells whether two frames have the same bytes on the wire; also true if both are undefined. */
export const sameFrame = (left: Frame | undefined, right: Frame | undefined): boolean =>
  left === right || (!!left && !!right && sameBytes(encodeFrame(left), encodeFrame(right)));

const sameValue = (left: unknown, right: unknown): boolean => {
  if (left === right) return true;
  if (isFrame(left) && isFrame(right)) return sameFrame(left, right);
  return (
    typeof left === 'object' && typeof right === 'object' && JSON.stringify(left) === JSON.stringify(right)
  );
};

const textOf = (value: unknown): string | undefined => {
  if (value === undefined || typeof value === 'string') return value;
  return Array.isArray(value) ? value.join(' ') : JSON.stringify(value);
};

/** Matches fields that follow from other fields or repeat them. */
const derived =
  /checksum|\.str$|^data\.|payload$|^ip\.len$|^tcp\.flags$|^tcp\.options$|option_kind$|option_len$/;

const fieldsOf = (layers: readonly Layer[]): ReadonlyMap<string, string> => {
  const fields = new Map<string, string>();
  for (const {name, value} of layers.flatMap((layer) => layer.fields))
    fields.set(name, fields.has(name) ? `${fields.get(name)} ${value}` : value);
  return fields;
};

/** Returns the packet fields in which two frames differ; a derived field, such as a checksum, is listed only if no other differs. */
const frameDifferences = (left: Frame, right: Frame): readonly Difference[] => {
  const [a, b] = [left, right].map((frame) => fieldsOf(dissect(encodeFrame(frame), linkTypeEthernet).layers));
  if (!a || !b) return [];
  const all = [...new Set([...a.keys(), ...b.keys()])]
    .filter((name) => a.get(name) !== b.get(name))
    .map((field) => ({field, left: a.get(field), right: b.get(field)}));
  const own = all.filter(({field}) => !derived.test(field));
  return own.length > 0 ? own : all;
};

const differenceIn = (key: string, left: unknown, right: unknown): readonly Difference[] => {
  if (isFrame(left) && isFrame(right)) return frameDifferences(left, right);
  const field = shortNames[key] ?? key;
  return [{field, left: isFrame(left) ? field : textOf(left), right: isFrame(right) ? field : textOf(right)}];
};

/** Returns the fields in which two events of different runs differ; empty if the same thing happened at the same time. */
export const eventDifferences = (left: TraceEvent, right: TraceEvent): readonly Difference[] => {
  const a: {readonly [key: string]: unknown} = left;
  const b: {readonly [key: string]: unknown} = right;
  const keys = Object.keys(a);
  for (const key of Object.keys(b)) if (!(key in a)) keys.push(key);
  return keys
    .filter((key) => !places.includes(key) && !sameValue(a[key], b[key]))
    .flatMap((key) => differenceIn(key, a[key], b[key]));
};
