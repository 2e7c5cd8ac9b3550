// Reads an X.509 certificate as far as TLS and the inspector need it (RFC 5280 §4.1): values, and inspector rows with their places.

import {microsecondsOf} from '../http/calendar.ts';
import {hexOf} from '../octets.ts';
import {err, type Result} from '../result.ts';
import {decodeUtf8} from '../utf8.ts';
import {type Extensions, noExtensions, readExtensions} from './certificate-extensions.ts';
import {addRow, shownIdentifier, shownOctets} from './certificate-row.ts';
import {contentOf, elements, inside, nextTag, type Octets, Tag} from './der.ts';
import {decodeWhole, failAt, readerOf, type TlsReader} from './presentation.ts';
import type {TlsError} from './tls-error.ts';

/** An attribute of a distinguished name in a certificate: its type, such as `2.5.4.3` (commonName), and its text. */
type NameAttribute = {readonly type: string; readonly text: string};

export type PublicKey = {
  /**
   * The object identifier of the public key's algorithm: 1.2.840.113549.1.1.1 (RSA, with `modulusBits`), 1.2.840.10045.2.1 (elliptic curve,
   * with `curve`).
   */
  readonly algorithm: string;
  readonly curve?: string;
  /** The length of the RSA public key's modulus in bits; absent for other algorithms. */
  readonly modulusBits?: number;
  /** The public key as the content of its BIT STRING in the certificate. */
  readonly key: Uint8Array;
};

export type Certificate = {
  /** The X.509 version of the certificate, 1 … 3. */
  readonly version: number;
  /** The serial number of the certificate in hexadecimal. */
  readonly serialNumber: string;
  readonly signatureAlgorithm: string;
  readonly issuer: readonly NameAttribute[];
  /** The issuer's name in DER, for comparison with the subject of another certificate (RFC 5280 §7.1). */
  readonly issuerOctets: Uint8Array;
  readonly subject: readonly NameAttribute[];
  readonly subjectOctets: Uint8Array;
  /** The first and the last instant at which the certificate is valid, in microseconds since 1970. */
  readonly notBeforeUs: number;
  readonly notAfterUs: number;
  readonly publicKey: PublicKey;
  readonly extensions: Extensions;
  /** tbsCertificate in DER: the part of the certificate that the signature covers. */
  readonly signedOctets: Uint8Array;
  readonly signature: Uint8Array;
};

const stringRows = new Map<number, string>([
  [Tag.utf8String, 'x509sat.uTF8String'],
  [Tag.printableString, 'x509sat.printableString'],
  [Tag.ia5String, 'x509sat.IA5String'],
  [Tag.teletexString, 'x509sat.teletexString'],
]);

/** Reads a distinguished name (RFC 5280 §4.1.2.4). */
export const readName = (from: TlsReader): readonly NameAttribute[] =>
  inside(from, Tag.sequence, () =>
    elements(from, () =>
      inside(from, Tag.set, () =>
        elements(from, () =>
          inside(from, Tag.sequence, () => {
            const type = shownIdentifier(from, 'x509if.oid');
            const row = stringRows.get(nextTag(from) ?? 0);
            const octets = contentOf(from);
            const text = decodeUtf8(octets.bytes);
            if (row !== undefined) addRow(from, row, octets, text);
            return {type, text};
          }),
        ),
      ).flat(),
    ),
  ).flat();

const commonName = '2.5.4.3';
const organisation = '2.5.4.10';

/** Returns a short text for a distinguished name: the common name, or else the organisation, or else the first attribute. */
export const shortName = (name: Certificate['subject']): string =>
  [commonName, organisation].flatMap((type) => name.find((each) => each.type === type)?.text ?? [])[0] ??
  name[0]?.text ??
  '';

const digits = (text: string, at: number): number => Number(text.slice(at, at + 2));

/**
 * Reads a time of a certificate (RFC 5280 §4.1.2.5), which has seconds and is in Greenwich Mean Time; years of two digits mean 1950 … 2049.
 */
const readTime = (from: TlsReader): number => {
  const general = nextTag(from) === Tag.generalizedTime;
  const octets = contentOf(from, general ? Tag.generalizedTime : Tag.utcTime);
  const text = decodeUtf8(octets.bytes);
  const rest = general ? text.slice(2) : text;
  const century = general ? digits(text, 0) : digits(text, 0) >= 50 ? 19 : 20;
  const [year, month, day, hour, minute, second] = [0, 2, 4, 6, 8, 10].map((at) => digits(rest, at));
  const wellFormed = /^\d{12}Z$/.test(rest) && /^\d\d/.test(text);
  const moment = {
    year: 100 * century + (year ?? 0),
    month: month ?? 0,
    day: day ?? 0,
    hour: hour ?? 0,
    minute: minute ?? 0,
    second: second ?? 0,
  };
  const atUs = wellFormed ? microsecondsOf(moment) : undefined;
  if (!from.error && atUs === undefined) failAt(from, 'certificate-time', octets.start);
  const date = `${century}${rest.slice(0, 2)}-${rest.slice(2, 4)}-${rest.slice(4, 6)}`;
  const time = `${rest.slice(6, 8)}:${rest.slice(8, 10)}:${rest.slice(10, 12)}`;
  addRow(from, general ? 'x509af.generalizedTime' : 'x509af.utcTime', octets, `${date} ${time} (UTC)`);
  return atUs ?? 0;
};

/** Reads an AlgorithmIdentifier of a certificate: the algorithm, and the curve of an elliptic-curve key; other parameters are skipped. */
const readAlgorithm = (from: TlsReader): {readonly algorithm: string; readonly curve?: string} =>
  inside(from, Tag.sequence, () => {
    const algorithm = shownIdentifier(from, 'x509af.algorithm.id');
    if (nextTag(from) === Tag.objectIdentifier) {
      return {algorithm, curve: shownIdentifier(from, 'pkixalgs.namedCurve')};
    }
    if (nextTag(from) !== undefined) contentOf(from);
    return {algorithm};
  });

/**
 * Reads a BIT STRING (X.690 §8.6) of a certificate. Its first octet, the number of unused bits at the end, must be 0 for keys and
 * signatures.
 */
const readBits = (from: TlsReader, row: string): Octets => {
  const octets = contentOf(from, Tag.bitString);
  if (!from.error && octets.bytes[0] !== 0) failAt(from, 'der-value', octets.start);
  const bits = {bytes: octets.bytes.slice(1), start: octets.start + 1, end: octets.end};
  addRow(from, row, bits, hexOf(bits.bytes));
  return bits;
};

const rsaEncryption = '1.2.840.113549.1.1.1';

/**
 * Returns the length of an RSA key's modulus in bits (RFC 8017 A.1.1), and adds the key's inspector rows at their places in the
 * certificate.
 */
const readModulusBits = (from: TlsReader, key: Octets): number => {
  const inner: TlsReader = {...from, at: key.start, end: key.end};
  const modulus = inside(inner, Tag.sequence, () => {
    const octets = shownOctets(inner, 'pkcs1.modulus', Tag.integer);
    const exponent = contentOf(inner, Tag.integer);
    addRow(inner, 'pkcs1.publicExponent', exponent, String(BigInt(`0x0${hexOf(exponent.bytes)}`)));
    return octets.bytes;
  });
  from.error ??= inner.error;
  const first = modulus.findIndex((octet) => octet !== 0);
  const top = modulus[first] ?? 0;
  return first < 0 ? 0 : 8 * (modulus.length - first) - Math.clz32(top << 24);
};

const readPublicKey = (from: TlsReader): PublicKey =>
  inside(from, Tag.sequence, () => {
    const algorithm = readAlgorithm(from);
    const key = readBits(from, 'x509af.subjectPublicKey');
    const rsa = !from.error && algorithm.algorithm === rsaEncryption;
    return {...algorithm, key: key.bytes, ...(rsa && {modulusBits: readModulusBits(from, key)})};
  });

const versionTag = 0xa0;
const extensionsTag = 0xa3;

/** Reads the version of a certificate; 1 if the field is absent. */
const readVersion = (from: TlsReader): number => {
  if (nextTag(from) !== versionTag) return 1;
  return inside(from, versionTag, () => {
    const octets = contentOf(from, Tag.integer);
    const value = octets.bytes[0] ?? 0;
    if (!from.error && (octets.bytes.length !== 1 || value > 2)) failAt(from, 'der-value', octets.start);
    addRow(from, 'x509af.version', octets, String(value));
    return value + 1;
  });
};

/** Skips issuerUniqueID and subjectUniqueID of a certificate, which nobody uses (RFC 5280 §4.1.2.8). */
const skipUniqueIds = (from: TlsReader): void => {
  for (const tag of [0x81, 0x82]) if (nextTag(from) === tag) contentOf(from);
};

const readSigned = (from: TlsReader) =>
  inside(from, Tag.sequence, () => {
    const version = readVersion(from);
    const serialNumber = hexOf(shownOctets(from, 'x509af.serialNumber', Tag.integer).bytes);
    readAlgorithm(from);
    const named = (): {readonly octets: Uint8Array; readonly name: readonly NameAttribute[]} => {
      const start = from.at;
      const name = readName(from);
      return {octets: from.bytes.slice(start, from.at), name};
    };
    const issuer = named();
    const [notBeforeUs, notAfterUs] = inside(
      from,
      Tag.sequence,
      () => [readTime(from), readTime(from)] as const,
    );
    const subject = named();
    const publicKey = readPublicKey(from);
    skipUniqueIds(from);
    const extensions =
      nextTag(from) === extensionsTag
        ? inside(from, extensionsTag, () => readExtensions(from))
        : noExtensions;
    return {
      version,
      serialNumber,
      issuer: issuer.name,
      issuerOctets: issuer.octets,
      notBeforeUs,
      notAfterUs,
      subject: subject.name,
      subjectOctets: subject.octets,
      publicKey,
      extensions,
    };
  });

export const readCertificate = (from: TlsReader): Certificate =>
  inside(from, Tag.sequence, () => {
    const {at} = from;
    const signed = readSigned(from);
    const signedOctets = from.bytes.slice(at, from.at);
    const {algorithm} = readAlgorithm(from);
    const signature = readBits(from, 'x509af.encrypted').bytes;
    return {...signed, signatureAlgorithm: algorithm, signedOctets, signature};
  });

/** Decodes an X.509 certificate. Any error has the alert bad_certificate, because the certificate is corrupt (RFC 9846 §6.2). */
export const decodeCertificate = (der: Uint8Array): Result<Certificate, TlsError> => {
  const read = decodeWhole({read: readCertificate, write: () => der}, readerOf(der));
  return read.ok ? read : err({...read.error, alert: 'bad_certificate'});
};
