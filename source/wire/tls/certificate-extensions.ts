// Reads the extensions of X.509 certificates (RFC 5280 §4.2): alternative names, the purposes of the key, whether it may sign other
// certificates.
import {formatIpv4, formatIpv6} from '../ip-address.ts';
import {hexOf, readUint} from '../octets.ts';
import {decodeUtf8} from '../utf8.ts';
import {addRow, shownBoolean, shownIdentifier, shownOctets} from './certificate-row.ts';
import {contentOf, elements, inside, nextTag, Tag} from './der.ts';
import {failAt, type TlsReader} from './presentation.ts';

const ExtensionId = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extKeyUsage: '2.5.29.37',
} as const;

/** A subject alternative name of a certificate (RFC 5280 §4.2.1.6): a DNS name, or an IP address as text. Other kinds are skipped. */
type AltName =
  | {readonly kind: 'dns'; readonly name: string}
  | {readonly kind: 'ip'; readonly address: string};

/** The names of the key usages of certificates, in the order of their bits (RFC 5280 §4.2.1.3). */
const keyUsages = [
  'digitalSignature',
  'contentCommitment',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

export type KeyUsage = (typeof keyUsages)[number];

export type Extensions = {
  /**
   * The object identifiers of all extensions of the certificate, and whether each is critical; an unknown critical one makes the
   * certificate invalid.
   */
  readonly present: readonly {readonly id: string; readonly critical: boolean}[];
  readonly subjectAltNames?: readonly AltName[];
  readonly basicConstraints?: {readonly ca: boolean; readonly pathLength?: number};
  readonly keyUsage?: readonly KeyUsage[];
  readonly extendedKeyUsage?: readonly string[];
};

const dnsNameTag = 0x82;
const ipAddressTag = 0x87;
const keyIdentifierTag = 0x80;

const addressOf = (octets: Uint8Array): string => {
  if (octets.length === 4) return formatIpv4(octets, 0);
  return octets.length === 16 ? formatIpv6(octets, 0) : hexOf(octets);
};

const readAltNames = (from: TlsReader): readonly AltName[] =>
  inside(from, Tag.sequence, () =>
    elements(from, (): readonly AltName[] => {
      const tag = nextTag(from);
      const octets = contentOf(from);
      if (tag === dnsNameTag) {
        const name = decodeUtf8(octets.bytes);
        addRow(from, 'x509ce.dNSName', octets, name);
        return [{kind: 'dns', name}];
      }
      if (tag !== ipAddressTag) return [];
      const address = addressOf(octets.bytes);
      const isShort = octets.bytes.length === 4;
      addRow(from, isShort ? 'x509ce.IPAddress.ipv4' : 'x509ce.IPAddress.ipv6', octets, address);
      return [{kind: 'ip', address}];
    }),
  ).flat();

export const altNameText = (name: AltName): string => (name.kind === 'dns' ? name.name : name.address);

const readBasicConstraints = (from: TlsReader): {readonly ca: boolean; readonly pathLength?: number} =>
  inside(from, Tag.sequence, () => {
    const ca = nextTag(from) === Tag.boolean && shownBoolean(from, 'x509ce.cA');
    if (nextTag(from) === undefined) return {ca};
    const octets = contentOf(from, Tag.integer);
    if (!from.error && octets.bytes.length !== 1) failAt(from, 'der-value', octets.start);
    const pathLength = octets.bytes[0] ?? 0;
    addRow(from, 'x509ce.pathLenConstraint', octets, String(pathLength));
    return {ca, pathLength};
  });

const readKeyUsage = (from: TlsReader): readonly KeyUsage[] => {
  const octets = contentOf(from, Tag.bitString);
  if (!from.error && (octets.bytes.length < 1 || octets.bytes.length > 3)) {
    failAt(from, 'der-value', octets.start);
  }
  const bits = readUint(octets.bytes, 1, 2);
  addRow(from, 'x509ce.KeyUsage', {start: octets.start + 1, end: octets.end}, hexOf(octets.bytes.slice(1)));
  return keyUsages.filter((_, index) => (bits >> (15 - index)) & 1);
};

const readKeyPurposes = (from: TlsReader): readonly string[] =>
  inside(from, Tag.sequence, () => elements(from, () => shownIdentifier(from, 'x509ce.KeyPurposeId')));

/** Reads the authorityKeyIdentifier extension of a certificate; only the key identifier in it gets an inspector row. */
const readAuthorityKeyIdentifier = (from: TlsReader): void => {
  inside(from, Tag.sequence, () =>
    elements(from, () =>
      nextTag(from) === keyIdentifierTag
        ? shownOctets(from, 'x509ce.keyIdentifier', keyIdentifierTag)
        : contentOf(from),
    ),
  );
};

/**
 * Reads the value of the certificate extension with the object identifier `id`. Returns it as a member of the result; an empty object if
 * the program does not use the value.
 */
const readValue = (from: TlsReader, id: string): Omit<Extensions, 'present'> => {
  switch (id) {
    case ExtensionId.subjectAltName:
      return {subjectAltNames: readAltNames(from)};
    case ExtensionId.basicConstraints:
      return {basicConstraints: readBasicConstraints(from)};
    case ExtensionId.keyUsage:
      return {keyUsage: readKeyUsage(from)};
    case ExtensionId.extKeyUsage:
      return {extendedKeyUsage: readKeyPurposes(from)};
    case ExtensionId.subjectKeyIdentifier:
      shownOctets(from, 'x509ce.SubjectKeyIdentifier', Tag.octetString);
      return {};
    case ExtensionId.authorityKeyIdentifier:
      readAuthorityKeyIdentifier(from);
      return {};
    default:
      from.at = from.end;
      return {};
  }
};

const readExtension = (from: TlsReader) =>
  inside(from, Tag.sequence, () => {
    const id = shownIdentifier(from, 'x509af.extension.id');
    const critical = nextTag(from) === Tag.boolean && shownBoolean(from, 'x509af.critical');
    const value = inside(from, Tag.octetString, () => readValue(from, id));
    return {id, critical, value};
  });

export const noExtensions: Extensions = {present: []};

/** Reads all extensions of a certificate; an extension that occurs twice is an error (RFC 5280 §4.2). */
export const readExtensions = (from: TlsReader): Extensions => {
  const {at} = from;
  const all = inside(from, Tag.sequence, () => elements(from, () => readExtension(from)));
  if (new Set(all.map(({id}) => id)).size < all.length) failAt(from, 'certificate-extension-twice', at);
  const present = all.map(({id, critical}) => ({id, critical}));
  return Object.assign({present}, ...all.map(({value}) => value));
};
