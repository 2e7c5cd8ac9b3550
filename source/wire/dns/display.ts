// Writes domain names as Wireshark prints them, which differs from the form in zone files.
import {decodeUtf8} from '../utf8.ts';
import {type DnsName, labelOctets, labelsOf, rootName} from './name.ts';

/** Returns a domain name without its final dot and without escapes; the root is `<Root>`. */
export const displayName = (name: DnsName): string =>
  name === rootName
    ? '<Root>'
    : labelsOf(name)
        .map((label) => decodeUtf8(labelOctets(label)))
        .join('.');
