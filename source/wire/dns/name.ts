// Domain names (RFC 1034 §3.1, RFC 1035 §2.3, §3.1) as text in the form of zone files, compared without regard to ASCII case.
import {err, ok, type Result} from '../result.ts';

/**
 * An absolute domain name with its final dot: `www.xyz.com.`; the root is `.`. Octets that a zone file cannot contain are escaped as `\.`,
 * `\\` and `\DDD` (RFC 1035 §5.1), so every name has one text except for case.
 */
export type DnsName = string;

/** Why a text is no domain name: a `label` longer than 63 octets, a `name` longer than 255, an `empty` label, or an invalid `escape`. */
export type NameError = 'label' | 'name' | 'empty' | 'escape';

export const labelOctetsMost = 63;
/** The most octets of a domain name on the wire, including the length octets and the root's (RFC 1035 §2.3.4). */
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

/** Returns the octets `start … end` of a domain name's label as text, by default all of them. */
export const labelText = (octets: ArrayLike<number>, start = 0, end = octets.length): string => {
  let text = '';
  for (let at = start; at < end; at++) text += octetTexts[octets[at] ?? 0];
  return text;
};

/** Returns the labels of a domain name as text, leftmost first, without the root's empty one. */
export const labelsOf = (name: DnsName): readonly string[] =>
  name === rootName ? [] : (name.match(/(?:\\\d{3}|\\.|[^.\\])+/gs) ?? []);

export const nameOf = (labels: readonly string[]): DnsName =>
  labels.length === 0 ? rootName : `${labels.join('.')}.`;

/**
 * Returns one octet of a domain name's text, written plainly, as `\DDD` or as `\X`, and its size in characters; undefined if it is invalid.
 */
const octetAt = (text: string, at: number): {readonly octet: number; readonly size: number} | undefined => {
  const code = text.charCodeAt(at);
  if (code !== backslash) return code > 0 && code < 0x80 ? {octet: code, size: 1} : undefined;
  const digits = /^\d{3}/.exec(text.slice(at + 1, at + 4))?.[0];
  if (digits !== undefined) return Number(digits) > 255 ? undefined : {octet: Number(digits), size: 4};
  const escaped = text.charCodeAt(at + 1);
  const fits = escaped > 0 && escaped < 0x80 && !/\d/.test(text.charAt(at + 1));
  return fits ? {octet: escaped, size: 2} : undefined;
};

/** Returns the octets of a domain name's label, with escapes resolved; the label must be valid. */
export const labelOctets = (label: string): Uint8Array => {
  const octets: number[] = [];
  for (let at = 0; at < label.length; ) {
    const {octet, size} = octetAt(label, at) ?? {octet: 0, size: 1};
    octets.push(octet);
    at += size;
  }
  return Uint8Array.from(octets);
};

/** Returns the number of octets that a domain name takes on the wire, uncompressed and including the root's. */
export const nameOctets = (name: DnsName): number =>
  labelsOf(name).reduce((sum, label) => sum + 1 + labelOctets(label).length, 1);

/** Parses a text, with or without its final dot, as an absolute domain name. */
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
  return octets > nameOctetsMost ? err('name') : ok(nameOf(labels.map((each) => labelText(each))));
};

/** Returns a key that is equal for equal domain names: ASCII letters in lower case, nothing else changed (RFC 4343 §3). */
export const nameKey = (name: DnsName): string => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

export const sameName = (a: DnsName, b: DnsName): boolean => nameKey(a) === nameKey(b);

/** Returns the domain name without its leftmost label; undefined for the root. */
export const parentName = (name: DnsName): DnsName | undefined =>
  name === rootName ? undefined : nameOf(labelsOf(name).slice(1));

/** Tells whether a domain name equals `above` or is a subdomain of it (RFC 1034 §3.1). */
export const isAtOrBelow = (name: DnsName, above: DnsName): boolean => {
  const [low, high] = [labelsOf(nameKey(name)), labelsOf(nameKey(above))];
  return high.every((label, index) => label === low[low.length - high.length + index]);
};
