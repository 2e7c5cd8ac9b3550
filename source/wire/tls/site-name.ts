// Tells whether a certificate names a site (RFC 9525 §6).
import {formatIpAddress, parseIpAddress} from '../ip-address.ts';
import type {Certificate} from './certificate.ts';

/**
 * Tells whether a DNS name in a certificate covers a site's name. Case does not matter; a wildcard is the whole leftmost label and matches
 * exactly one label (RFC 9525 §6.3).
 */
const isNamed = (presented: string, site: string): boolean => {
  const labels = site.toLowerCase().split('.');
  const pattern = presented.toLowerCase().split('.');
  if (labels.length !== pattern.length) return false;
  const wildcard = pattern[0] === '*' && pattern.length > 2;
  return pattern.every((label, index) => (index === 0 && wildcard) || label === labels[index]);
};

/**
 * Tells whether a certificate names a site. Only its subject alternative names count, not the common name (RFC 9525 §2). `site` is a domain
 * name in A-labels or an IP address.
 */
export const isAbout = ({extensions}: Certificate, site: string): boolean => {
  const names = extensions.subjectAltNames ?? [];
  const address = parseIpAddress(site);
  return names.some((each) =>
    address.ok
      ? each.kind === 'ip' && each.address === formatIpAddress(address.value)
      : each.kind === 'dns' && isNamed(each.name, site),
  );
};
