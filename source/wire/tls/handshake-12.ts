// Bodies of handshake messages that only TLS 1.2 has, or has in another form (RFC 5246 §7.4, RFC 8422 §5).
import {readUint} from '../octets.ts';
import {distinguishedNames, signatureSchemes} from './extensions.ts';
import {
  type Codec,
  list,
  opaque,
  rest,
  shown,
  struct,
  uint8,
  uint16,
  uint32,
  type ValueOf,
} from './presentation.ts';

/** The Certificate message of TLS 1.2: the sender's own certificate first, each in DER. */
export const certificate12 = struct({
  certificates: list(
    {length: 3, row: 'tls.handshake.certificates_length'},
    opaque({length: 3, min: 1, row: 'tls.handshake.certificate_length', shows: 'tls.handshake.certificate'}),
  ),
});

/** The CertificateStatus message of TLS 1.2, with an OCSP response (RFC 6066 §8). */
export const certificateStatus = struct({
  statusType: shown('tls.handshake.extensions_status_request_type', uint8),
  response: opaque({length: 3, min: 1, row: 'tls.handshake.ocsp_response_len'}),
});

/** The CertificateRequest message of TLS 1.2; `certificateAuthorities` are distinguished names in DER. */
export const certificateRequest12 = struct({
  certificateTypes: list(
    {length: 1, min: 1, row: 'tls.handshake.cert_types_count'},
    shown('tls.handshake.cert_type', uint8),
  ),
  signatureAlgorithms: signatureSchemes,
  certificateAuthorities: distinguishedNames(0),
});

/** The NewSessionTicket message of TLS 1.2 (RFC 5077 §3.3); an empty ticket means that the server issues none after all. */
export const newSessionTicket12 = struct({
  ticketLifetimeHint: shown('tls.handshake.session_ticket_lifetime_hint', uint32),
  ticket: opaque({
    length: 2,
    row: 'tls.handshake.session_ticket_length',
    shows: 'tls.handshake.session_ticket',
  }),
});

/** The value of ECCurveType that means a named curve (RFC 8422 §5.4). */
const namedCurve = 3;

const ecdheParams = struct({
  curveType: shown('tls.handshake.server_curve_type', uint8, {hex: 2}),
  group: shown('tls.handshake.server_named_curve', uint16, {hex: 4}),
  publicKey: opaque({
    length: 1,
    min: 1,
    row: 'tls.handshake.server_point_len',
    shows: 'tls.handshake.server_point',
  }),
  algorithm: shown('tls.handshake.sig_hash_alg', uint16, {hex: 4}),
  signature: opaque({length: 2, row: 'tls.handshake.sig_len', shows: 'tls.handshake.sig'}),
});

/** The octets of a ServerKeyExchange whose key exchange is not supported: DHE, explicit curves, PSK. */
type Unread = {readonly kind: 'other'; readonly octets: Uint8Array};

export type ServerKeyExchange = ({readonly kind: 'ecdhe'} & ValueOf<typeof ecdheParams>) | Unread;

export const serverKeyExchange: Codec<ServerKeyExchange> = {
  read: (from) =>
    from.at < from.end && readUint(from.bytes, from.at, 1) === namedCurve
      ? {kind: 'ecdhe', ...ecdheParams.read(from)}
      : {kind: 'other', octets: rest.read(from)},
  write: (value) => (value.kind === 'ecdhe' ? ecdheParams.write(value) : value.octets),
};

/** Returns the octets of ServerKeyExchange that its signature covers after both randoms (RFC 8422 §5.4: ServerECDHParams). */
export const signedParams = (
  value: Pick<ValueOf<typeof ecdheParams>, 'curveType' | 'group' | 'publicKey'>,
): Uint8Array => {
  const signature = new Uint8Array(0);
  // The signature's algorithm and length, two octets each, follow the parameters in ServerKeyExchange.
  return ecdheParams.write({...value, algorithm: 0, signature}).slice(0, -4);
};

const encryptedPreMaster = opaque({length: 2, row: 'tls.handshake.epms_len', shows: 'tls.handshake.epms'});
const clientPoint = opaque({
  length: 1,
  min: 1,
  row: 'tls.handshake.client_point_len',
  shows: 'tls.handshake.client_point',
});

export type ClientKeyExchange =
  | {readonly kind: 'rsa'; readonly encryptedPreMasterSecret: Uint8Array}
  | {readonly kind: 'ecdhe'; readonly publicKey: Uint8Array}
  | Unread;

/**
 * The ClientKeyExchange message of TLS 1.2. Its form depends on the cipher suite, and is recognised by the size of its length field. DHE
 * has the form of RSA.
 */
export const clientKeyExchange: Codec<ClientKeyExchange> = {
  read: (from) => {
    const octets = from.end - from.at;
    if (octets >= 2 && readUint(from.bytes, from.at, 1) === octets - 1) {
      return {kind: 'ecdhe', publicKey: clientPoint.read(from)};
    }
    if (octets >= 2 && readUint(from.bytes, from.at, 2) === octets - 2) {
      return {kind: 'rsa', encryptedPreMasterSecret: encryptedPreMaster.read(from)};
    }
    return {kind: 'other', octets: rest.read(from)};
  },
  write: (value) => {
    if (value.kind === 'rsa') return encryptedPreMaster.write(value.encryptedPreMasterSecret);
    return value.kind === 'ecdhe' ? clientPoint.write(value.publicKey) : value.octets;
  },
};
