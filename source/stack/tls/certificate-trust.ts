// Checks a TLS server's certificates against the authorities that the client trusts, in TLS 1.2 and 1.3 (RFC 5280 §6.1, RFC 9525 §6).
import {decodeCertificate} from '../../wire/tls/certificate.ts';
import type {KeyUsage} from '../../wire/tls/certificate-extensions.ts';
import {certificatePath, type PathFault} from './certificate-path.ts';
import {certificateFault, type Fault, fault} from './fault.ts';
import type {TlsRuleId} from './rules.ts';
import {type ClientTurn, note} from './turn.ts';

const rules: Readonly<Record<PathFault['fault'], TlsRuleId>> = {
  'no-certificate': '9846:4.5.1.3/empty',
  unreadable: '9846:4.5.1.3/unreadable',
  'other-name': '9525:6/other-name',
  expired: '5280:6.1.3/expired',
  'not-yet-valid': '5280:6.1.3/not-yet-valid',
  'unknown-issuer': '5280:6.1/unknown-issuer',
  'too-long': '5280:6.1/too-long',
  'not-an-authority': '5280:6.1.4/not-an-authority',
  'bad-signature': '5280:6.1.3/bad-signature',
  'unknown-algorithm': '5280:6.1.3/unknown-algorithm',
  'unknown-extension': '5280:6.1.4/unknown-extension',
  'other-purpose': '5280:4.2.1.12/other-purpose',
};

/**
 * Returns the fault if the key usage extension of a certificate lacks the usage `needed` (RFC 5280 §4.2.1.3); without the extension the key
 * may be used for everything.
 */
export const usageFault = (own: Uint8Array, needed: KeyUsage, because: TlsRuleId): Fault | undefined => {
  const certificate = decodeCertificate(own);
  const usage = certificate.ok ? certificate.value.extensions.keyUsage : undefined;
  return usage && !usage.includes(needed)
    ? certificateFault('unsupported_certificate', because, 'usage')
    : undefined;
};

/** Returns the fault of the server's certificate chain; undefined if the client trusts it, or does not check it. */
export const trustFault = (turn: ClientTurn, chain: readonly Uint8Array[]): Fault | undefined => {
  const {trust} = turn.settings;
  if (!trust) return undefined;
  const {crypto, wallUs} = turn.env;
  const path = certificatePath({chain, ...trust, wallUs, crypto});
  if (path.ok) {
    note(turn, {kind: 'path', certificates: path.value.octets}, '5280:6.1/path');
    return undefined;
  }
  const {fault: what, alert, at: place} = path.error;
  note(turn, {kind: 'pathFault', fault: what, place}, rules[what]);
  return fault(alert, rules[what]);
};
