// Domain names (RFC 1034 §3.1, RFC 1035 §2.3, §3.1): text as in zone files, compared without regard to ASCII case.
import {err, ok, type Result} from '../result.ts';

/**
 * Absolute, with its final dot: `www.xyz.com.`; the root is `.`. Octets that a zone file cannot hold are escaped as `\.`, `\\` and
 * `\DDD` (RFC 1035 §5.1), so every name has one text but for case.
 */
export type DnsName = string;

/** Why a text is no name: `label` longer than 63 octets, `name` longer than 255, an `empty` label, a bad `escape`. */
export type NameError = 'label' | 'name' | 'empty' | 'escape';

export const labelOctetsMost = 63;
/** With the length octets and the root's (RFC 1035 §2.3.4). */
export const nameOctetsMost = 255;

export const rootName: DnsName = '.';

const dot = 0x2e;
const backslash = 0x5c;

const octetText = (octet: number): string => {
  if (octet === dot || octet === backslash) return `\\${String.fromCharCode(octet)}`;
  if (octet > 0x20 && octet < 0x7f) return String.fromCharCode(octet);
  return `\\${String(octet).padStart(3, '0')}`;
};

const octetTexts = Array.from({length: 256}, (_, octet) => octetText(octet));

export const labelText = (octets: Iterable<number>): string => {
  let text = '';
  for (const octet of octets) text += octetTexts[octet];
  return text;
};

/** Labels in their text form, from the left, without the root's. */
export const labelsOf = (name: DnsName): readonly string[] =>
  name === rootName ? [] : (name.match(/(?:\\\d{3}|\\.|[^.\\])+/gs) ?? []);

export const nameOf = (labels: readonly string[]): DnsName =>
  labels.length === 0 ? rootName : `${labels.join('.')}.`;

/** One octet of a text: plain, `\DDD` or `\X`; undefined where it is none. `size` in characters. */
const octetAt = (text: string, at: number): {readonly octet: number; readonly size: number} | undefined => {
  const code = text.charCodeAt(at);
  if (code !== backslash) return code > 0 && code < 0x80 ? {octet: code, size: 1} : undefined;
  const digits = /^\d{3}/.exec(text.slice(at + 1, at + 4))?.[0];
  if (digits !== undefined) return Number(digits) > 255 ? undefined : {octet: Number(digits), size: 4};
  const escaped = text.charCodeAt(at + 1);
  const fits = escaped > 0 && escaped < 0x80 && !/\d/.test(text.charAt(at + 1));
  return fits ? {octet: escaped, size: 2} : undefined;
};

/** One label's octets; of a text that is a label. */
export const labelOctets = (label: string): Uint8Array => {
  const octets: number[] = [];
  for (let at = 0; at < label.length; ) {
    const {octet, size} = octetAt(label, at) ?? {octet: 0, size: 1};
    octets.push(octet);
    at += size;
  }
  return Uint8Array.from(octets);
};

/** Octets on the wire, uncompressed, the root's included. */
export const nameOctets = (name: DnsName): number =>
  labelsOf(name).reduce((sum, label) => sum + 1 + labelOctets(label).length, 1);

/** A text, with or without the final dot, as an absolute name. */
export const parseName = (text: string): Result<DnsName, NameError> => {
  if (text === rootName) return ok(rootName);
  const labels: number[][] = [];
  let label: number[] = [];
  for (let at = 0; at < text.length; ) {
    const one = octetAt(text, at);
    if (!one) return err('escape');
    if (text.charCodeAt(at) === dot) {
      if (label.length === 0) return err('empty');
      labels.push(label);
      label = [];
    } else label.push(one.octet);
    at += one.size;
  }
  if (label.length > 0) labels.push(label);
  if (labels.length === 0) return err('empty');
  if (labels.some(({length}) => length > labelOctetsMost)) return err('label');
  const octets = labels.reduce((sum, {length}) => sum + 1 + length, 1);
  return octets > nameOctetsMost ? err('name') : ok(nameOf(labels.map(labelText)));
};

/** What is equal for equal names: ASCII letters in lower case, nothing else changed (RFC 4343 §3). */
export const nameKey = (name: DnsName): string => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

export const sameName = (a: DnsName, b: DnsName): boolean => nameKey(a) === nameKey(b);

/** The name without its leftmost label; undefined of the root. */
export const parentName = (name: DnsName): DnsName | undefined =>
  name === rootName ? undefined : nameOf(labelsOf(name).slice(1));

/** At or below (RFC 1034 §3.1). */
export const isAtOrBelow = (name: DnsName, above: DnsName): boolean => {
  const [low, high] = [labelsOf(nameKey(name)), labelsOf(nameKey(above))];
  return high.every((label, index) => label === low[low.length - high.length + index]);
};
