// Names as Wireshark prints them, which is not as zone files write them.
import {decodeUtf8} from '../utf8.ts';
import {type DnsName, labelOctets, labelsOf, rootName} from './name.ts';

/** Without the final dot and without escapes; the root is `<Root>`. */
export const displayName = (name: DnsName): string =>
  name === rootName
    ? '<Root>'
    : labelsOf(name)
        .map((label) => decodeUtf8(labelOctets(label)))
        .join('.');
