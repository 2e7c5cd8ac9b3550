// Finds a path from a site's certificate to an authority that the client trusts: RFC 5280 §6.1 as far as TLS on the web needs it, without
// policies, name constraints and revocation.
import {sameBytes} from '../../wire/octets.ts';
import {err, ok, type Result} from '../../wire/result.ts';
import {type Certificate, decodeCertificate} from '../../wire/tls/certificate.ts';
import type {AlertName} from '../../wire/tls/registry.ts';
import {isAbout} from '../../wire/tls/site-name.ts';
import type {CryptoPort, SigningScheme} from './crypto-port.ts';

/** The reasons to refuse a certificate chain, each with its TLS alert (RFC 9846 §6.2). */
const faults = {
  'no-certificate': 'decode_error',
  unreadable: 'bad_certificate',
  'other-name': 'certificate_unknown',
  expired: 'certificate_expired',
  'not-yet-valid': 'certificate_expired',
  'unknown-issuer': 'unknown_ca',
  'too-long': 'unknown_ca',
  'not-an-authority': 'bad_certificate',
  'bad-signature': 'bad_certificate',
  'unknown-algorithm': 'unsupported_certificate',
  'unknown-extension': 'unsupported_certificate',
  'other-purpose': 'unsupported_certificate',
} as const satisfies {readonly [fault: string]: AlertName};

export type PathFault = {
  readonly fault: keyof typeof faults;
  readonly alert: AlertName;
  /** The index of the faulty certificate in the path, 0 for the site's own; the number of certificates sent if none of them is at fault. */
  readonly at: number;
};

/**
 * The path from the site's certificate to a trusted root, as certificates and as octets, without other certificates that the server sent.
 */
export type CertificatePath = {
  readonly certificates: readonly Certificate[];
  readonly octets: readonly Uint8Array[];
};

export type PathRequest = {
  /** The chain as the server sent it, in DER: the site's own certificate first, the others in any order (RFC 9846 §4.5.1). */
  readonly chain: readonly Uint8Array[];
  /** The certificates of the authorities that the client trusts, in DER. */
  readonly roots: readonly Uint8Array[];
  readonly site: string;
  /** The client's time in microseconds since 1970. */
  readonly wallUs: number;
  readonly crypto: Pick<CryptoPort, 'certificateKey' | 'verify'>;
};

/** The largest number of issuing authorities between the site's certificate and the root. */
const authoritiesMost = 8;

const knownExtensions: ReadonlySet<string> = new Set(['2.5.29.15', '2.5.29.17', '2.5.29.19', '2.5.29.37']);

const serverAuth = '1.3.6.1.5.5.7.3.1';
const anyPurpose = '2.5.29.37.0';

/** Signature schemes of certificates by object identifier (RFC 4055, RFC 5758). */
const schemes: {readonly [id: string]: SigningScheme} = {
  '1.2.840.113549.1.1.11': 'rsa_pkcs1_sha256',
  '1.2.840.10045.4.3.2': 'ecdsa_secp256r1_sha256',
};

type Link = {readonly octets: Uint8Array; readonly certificate: Certificate};

const failed = (fault: keyof typeof faults, at: number): Result<never, PathFault> =>
  err({fault, alert: faults[fault], at});

const read = (octets: Uint8Array): Link | undefined => {
  const certificate = decodeCertificate(octets);
  return certificate.ok ? {octets, certificate: certificate.value} : undefined;
};

/**
 * Returns what is wrong with a certificate's dates, critical extensions or purposes, wherever it is in a path (RFC 5280 §6.1.3, §6.1.4
 * (o)); undefined if nothing is.
 */
const faultOf = ({certificate}: Link, wallUs: number): keyof typeof faults | undefined => {
  const {extensions, notBeforeUs, notAfterUs} = certificate;
  if (wallUs < notBeforeUs) return 'not-yet-valid';
  // A certificate is valid to the end of the second notAfter (RFC 5280 §4.1.2.5).
  if (wallUs >= notAfterUs + 1_000_000) return 'expired';
  if (extensions.present.some(({id, critical}) => critical && !knownExtensions.has(id)))
    return 'unknown-extension';
  const purposes = extensions.extendedKeyUsage;
  if (purposes && !purposes.includes(serverAuth) && !purposes.includes(anyPurpose)) return 'other-purpose';
  return undefined;
};

/** Tells whether a certificate may issue others; `below` counts the authorities between it and the site (RFC 5280 §6.1.4 (k) to (n)). */
const mayIssue = ({extensions}: Certificate, below: number): boolean => {
  const {basicConstraints, keyUsage} = extensions;
  if (!basicConstraints?.ca || (keyUsage && !keyUsage.includes('keyCertSign'))) return false;
  return basicConstraints.pathLength === undefined || below <= basicConstraints.pathLength;
};

const signatureFault = (
  {certificate}: Link,
  issuer: Link,
  crypto: PathRequest['crypto'],
): keyof typeof faults | undefined => {
  const scheme = schemes[certificate.signatureAlgorithm];
  const key = crypto.certificateKey(issuer.octets);
  if (!scheme || !key) return 'unknown-algorithm';
  const {signedOctets, signature} = certificate;
  return crypto.verify(scheme, key.publicKey, signedOctets, signature) ? undefined : 'bad-signature';
};

const issuerAmong = (links: readonly Link[], {certificate}: Link): Link | undefined =>
  links.find((each) => sameBytes(each.certificate.subjectOctets, certificate.issuerOctets));

type Offered = {readonly sent: readonly Link[]; readonly roots: readonly Link[]} & Pick<
  PathRequest,
  'crypto'
>;

/**
 * Returns the issuer of the last certificate in a path: a trusted root, which ends the path, or an authority that the server sent; or what
 * is wrong.
 */
const nextLink = (
  path: readonly Link[],
  last: Link,
  {sent, roots, crypto}: Offered,
): Result<{readonly issuer: Link; readonly trusted: boolean}, PathFault> => {
  const root = issuerAmong(roots, last);
  const issuer =
    root ??
    issuerAmong(
      sent.filter((each) => !path.includes(each)),
      last,
    );
  if (!issuer) return failed('unknown-issuer', path.length - 1);
  if (!mayIssue(issuer.certificate, path.length - 1)) return failed('not-an-authority', path.length);
  const fault = signatureFault(last, issuer, crypto);
  return fault ? failed(fault, path.length - 1) : ok({issuer, trusted: root !== undefined});
};

/**
 * Returns the path from the site's certificate to a trusted root, or what is wrong. The name is checked last, because the content of an
 * untrusted certificate means nothing.
 */
export const certificatePath = (request: PathRequest): Result<CertificatePath, PathFault> => {
  const {chain, site, wallUs, crypto} = request;
  const links = chain.map(read);
  const unreadable = links.indexOf(undefined);
  if (unreadable >= 0) return failed('unreadable', unreadable);
  const sent = links.filter((link) => link !== undefined);
  const roots = request.roots.map(read).filter((link) => link !== undefined);
  const [own] = sent;
  if (!own) return failed('no-certificate', 0);
  const path = [own];
  let last = own;
  for (let trusted = false; !trusted; ) {
    if (path.length > authoritiesMost + 1) return failed('too-long', path.length - 1);
    const next = nextLink(path, last, {sent, roots, crypto});
    if (!next.ok) return next;
    last = next.value.issuer;
    path.push(last);
    trusted = next.value.trusted;
  }
  for (const [at, link] of path.entries()) {
    const fault = faultOf(link, wallUs);
    if (fault) return failed(fault, at);
  }
  if (!isAbout(own.certificate, site)) return failed('other-name', 0);
  return ok({
    certificates: path.map(({certificate}) => certificate),
    octets: path.map(({octets}) => octets),
  });
};
