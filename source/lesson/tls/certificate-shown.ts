// The properties of the certificate that a client received on its newest connection (RFC 5280 §4.1), for expressions.

import {entryAt} from '../../account/entries.ts';
import {newestOn} from '../../sim/tls-state.ts';
import type {Trace} from '../../sim/trace.ts';
import {dateText} from '../../wire/http/calendar.ts';
import {type Certificate, decodeCertificate, shortName} from '../../wire/tls/certificate.ts';
import {altNameText} from '../../wire/tls/certificate-extensions.ts';
import {tls12, tls13} from '../../wire/tls/handshake.ts';
import {tlsCertificateShownSentences} from '../../words/catalogue/lesson-values.ts';
import {hostAt, type When} from '../host-at.ts';
import {problemWith} from '../problem.ts';
import {noValue, type Value} from '../value.ts';

type Shown = {readonly certificate: Certificate; readonly sent: number};

/** Properties of the certificate of the site itself, not of its issuers; an expression asks for them by these names. */
export const certificateProperties = {
  'certificate.subject': ({certificate}) => text(shortName(certificate.subject)),
  'certificate.issuer': ({certificate}) => text(shortName(certificate.issuer)),
  /** The names for which the certificate is valid, in the certificate's order. */
  'certificate.names': ({certificate}) =>
    text((certificate.extensions.subjectAltNames ?? []).map(altNameText).join(', ')),
  /** The days on which the certificate's validity begins and ends, such as `2026-03-15`. */
  'certificate.notBefore': ({certificate}) => text(dateText(certificate.notBeforeUs)),
  'certificate.notAfter': ({certificate}) => text(dateText(certificate.notAfterUs)),
  /** The number of certificates that the server has sent in its chain. */
  'certificate.count': ({sent}) => ({kind: 'number', value: sent}),
} satisfies {readonly [property: string]: (shown: Shown) => Value};

function text(value: string): Value {
  return {kind: 'text', value};
}

/**
 * Returns the encoded certificates in a Certificate message of TLS 1.2 or 1.3. The message of one version cannot be decoded as that of the
 * other.
 */
export const chainIn = (message: Uint8Array): readonly Uint8Array[] => {
  const old = tls12.decode(message);
  if (old.ok) return old.value.type === 'certificate' ? old.value.body.certificates : [];
  const current = tls13.decode(message);
  return current.ok && current.value.type === 'certificate'
    ? current.value.body.certificateList.map(({certData}) => certData)
    : [];
};

/** Returns the certificate chain that the connection received up to the event; empty if the session was resumed. */
const chainOf = (trace: Trace, event: number, connection: string): readonly Uint8Array[] => {
  for (let at = event; at > 0; at--) {
    const told = entryAt(trace, at);
    if (told.kind !== 'tls' || told.connection !== connection) continue;
    const {what} = told;
    if (what.kind === 'message' && what.op === 'received' && what.name === 'certificate')
      return chainIn(what.bytes);
  }
  return [];
};

export const certificatePropertyAt = (
  name: string,
  property: keyof typeof certificateProperties,
  when: When,
): Value => {
  const connection = newestOn(hostAt(name, when));
  const chain = connection === undefined ? [] : chainOf(when.trace, when.event, connection);
  const own = chain[0] && decodeCertificate(chain[0]);
  if (!own?.ok) return noValue(problemWith(tlsCertificateShownSentences.certificatePropertyAt, {name}));
  return certificateProperties[property]({certificate: own.value, sent: chain.length});
};
