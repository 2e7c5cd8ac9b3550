// Writes domain names as Wireshark prints them, which differs from the form in zone files.
import {decodeUtf8} from '../utf8.ts';
import {type DnsName, labelOctets, labelsOf, rootName} from './name.ts';

/** Returns a domain name without its final dot and without escapes; the root is empty. */
export const unescapedName = (name: DnsName): string =>
  // Most names have no escapes, so their labels need not be taken apart.
  name.endsWith('.') && !name.includes('\\')
    ? name.slice(0, -1)
    : labelsOf(name)
        .map((label) => decodeUtf8(labelOctets(label)))
        .join('.');

/** Returns a domain name without its final dot and without escapes; the root is `<Root>`. */
export const displayName = (name: DnsName): string => (name === rootName ? '<Root>' : unescapedName(name));
