// The codecs of TLS extensions for each message, because the same extension has different values in different messages (RFC 9846 §4.3).
import {transportParameters} from '../quic/transport-parameters.ts';
import {decodeUtf8} from '../utf8.ts';
import {empty, list, opaque, rest, shown, struct, uint8, uint16, uint32} from './presentation.ts';

/** The TLS extension server_name (RFC 6066 §3); a `name` of type host_name (0) is ASCII. */
const serverNames = list(
  {length: 2, min: 1, row: 'tls.handshake.extensions_server_name_list_len'},
  struct({
    nameType: shown('tls.handshake.extensions_server_name_type', uint8),
    name: opaque({
      length: 2,
      min: 1,
      row: 'tls.handshake.extensions_server_name_len',
      shows: 'tls.handshake.extensions_server_name',
      print: decodeUtf8,
    }),
  }),
);

/** The TLS extension application_layer_protocol_negotiation (RFC 7301 §3.1). */
const protocolNames = list(
  {length: 2, min: 2, row: 'tls.handshake.extensions_alpn_len'},
  opaque({
    length: 1,
    min: 1,
    row: 'tls.handshake.extensions_alpn_str_len',
    shows: 'tls.handshake.extensions_alpn_str',
    print: decodeUtf8,
  }),
);

/** The TLS extension supported_groups (RFC 9846 §4.3.7). */
const groups = list(
  {length: 2, min: 2, row: 'tls.handshake.extensions_supported_groups_length'},
  shown('tls.handshake.extensions_supported_group', uint16, {hex: 4}),
);

/** The TLS extension signature_algorithms (RFC 9846 §4.3.3). */
export const signatureSchemes = list(
  {length: 2, min: 2, max: 0xfffe, row: 'tls.handshake.sig_hash_alg_len'},
  shown('tls.handshake.sig_hash_alg', uint16, {hex: 4}),
);

/** The TLS extension ec_point_formats (RFC 8422 §5.1.2). */
const pointFormats = list(
  {length: 1, min: 1, row: 'tls.handshake.extensions_ec_point_formats_length'},
  shown('tls.handshake.extensions_ec_point_format', uint8),
);

/** The TLS extension renegotiation_info (RFC 5746 §3.2). */
const renegotiationInfo = opaque({
  length: 1,
  row: 'tls.handshake.extensions_reneg_info_len',
  shows: 'tls.handshake.extensions_reneg_info',
});

const version = shown('tls.handshake.extensions.supported_version', uint16, {hex: 4});

/** An entry of the TLS extension key_share (RFC 9846 §4.3.8). */
const keyShareEntry = struct({
  group: shown('tls.handshake.extensions_key_share_group', uint16),
  keyExchange: opaque({
    length: 2,
    min: 1,
    row: 'tls.handshake.extensions_key_share_key_exchange_length',
    shows: 'tls.handshake.extensions_key_share_key_exchange',
  }),
});

/**
 * The TLS extension pre_shared_key of a ClientHello (RFC 9846 §4.3.11). A binder covers the message up to `binders`, see `withoutBinders`.
 */
const offeredPsks = struct({
  identities: list(
    {length: 2, min: 7, row: 'tls.handshake.extensions.psk.identities.length'},
    struct({
      identity: opaque({
        length: 2,
        min: 1,
        row: 'tls.handshake.extensions.psk.identity.identity_length',
        shows: 'tls.handshake.extensions.psk.identity.identity',
      }),
      obfuscatedTicketAge: shown('tls.handshake.extensions.psk.identity.obfuscated_ticket_age', uint32),
    }),
  ),
  binders: list(
    {length: 2, min: 33, row: 'tls.handshake.extensions.psk.binders_len'},
    opaque({length: 1, min: 32}),
  ),
});

/** A certificate status request of type ocsp (1) (RFC 6066 §8). */
const certificateStatusRequest = struct({
  statusType: shown('tls.handshake.extensions_status_request_type', uint8),
  request: rest,
});

/**
 * A list of distinguished names in DER, as in the TLS extension certificate_authorities (RFC 9846 §4.3.4); `min` is its least length in
 * octets.
 */
export const distinguishedNames = (min: number) =>
  list(
    {length: 2, min, row: 'tls.handshake.dnames_len'},
    opaque({length: 2, min: 1, row: 'tls.handshake.dname_len', shows: 'tls.handshake.dname'}),
  );

/** The TLS extension cookie (RFC 9846 §4.3.2). */
const cookie = opaque({
  length: 2,
  min: 1,
  row: 'tls.handshake.extensions.cookie_len',
  shows: 'tls.handshake.extensions.cookie',
});

const sessionTicket = shown('tls.handshake.session_ticket', rest);
/**
 * The TLS extensions that limit a record's size: max_fragment_length as a class (RFC 6066 §4), record_size_limit in octets (RFC 8449 §4).
 */
const limits = {
  max_fragment_length: shown('tls.handshake.max_fragment_length', uint8),
  record_size_limit: shown('tls.record_size_limit', uint16),
};

const hellos = {
  ...limits,
  ec_point_formats: pointFormats,
  extended_master_secret: empty,
  encrypt_then_mac: empty,
  renegotiation_info: renegotiationInfo,
};

export const clientHelloExtensions = {
  ...hellos,
  server_name: serverNames,
  application_layer_protocol_negotiation: protocolNames,
  supported_groups: groups,
  signature_algorithms: signatureSchemes,
  signature_algorithms_cert: signatureSchemes,
  status_request: certificateStatusRequest,
  session_ticket: sessionTicket,
  supported_versions: list(
    {length: 1, min: 2, max: 254, row: 'tls.handshake.extensions.supported_versions_len'},
    version,
  ),
  key_share: list({length: 2, row: 'tls.handshake.extensions_key_share_client_length'}, keyShareEntry),
  psk_key_exchange_modes: list(
    {length: 1, min: 1, row: 'tls.extension.psk_ke_modes_length'},
    shown('tls.extension.psk_ke_mode', uint8),
  ),
  pre_shared_key: offeredPsks,
  early_data: empty,
  cookie,
  post_handshake_auth: empty,
  /** The TLS extension padding, which consists of zeros (RFC 7685). */
  padding: shown('tls.handshake.extensions_padding_data', rest),
  certificate_authorities: distinguishedNames(3),
  quic_transport_parameters: transportParameters,
};

/** The extensions of a ServerHello in TLS 1.2 and 1.3. */
export const serverHelloExtensions = {
  ...hellos,
  server_name: empty,
  application_layer_protocol_negotiation: protocolNames,
  status_request: empty,
  session_ticket: empty,
  supported_versions: version,
  key_share: keyShareEntry,
  pre_shared_key: shown('tls.handshake.extensions.psk.identity.selected', uint16),
};

export const helloRetryRequestExtensions = {
  supported_versions: version,
  key_share: shown('tls.handshake.extensions_key_share_selected_group', uint16),
  cookie,
};

export const encryptedExtensionsExtensions = {
  ...limits,
  server_name: empty,
  application_layer_protocol_negotiation: protocolNames,
  supported_groups: groups,
  early_data: empty,
  quic_transport_parameters: transportParameters,
};

export const certificateRequestExtensions = {
  certificate_authorities: distinguishedNames(3),
  signature_algorithms: signatureSchemes,
  signature_algorithms_cert: signatureSchemes,
};

/** The extensions of one certificate in a Certificate message of TLS 1.3; none has a typed value, so that of OCSP stays octets. */
export const certificateExtensions = {};

export const newSessionTicketExtensions = {
  early_data: shown('tls.early_data.max_early_data_size', uint32),
};
