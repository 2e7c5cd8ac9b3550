// Bodies of handshake messages that only TLS 1.3 has, or has in another form (RFC 9846 §4.4 … §4.7).
import {extensionBlock} from './extension-list.ts';
import {
  certificateExtensions,
  certificateRequestExtensions,
  encryptedExtensionsExtensions,
  newSessionTicketExtensions,
} from './extensions.ts';
import {checked, list, opaque, shown, struct, uint8, uint32} from './presentation.ts';
import {KeyUpdateRequest} from './registry.ts';

export const encryptedExtensions = struct({
  extensions: extensionBlock(encryptedExtensionsExtensions),
});

const requestContext = opaque({
  length: 1,
  row: 'tls.handshake.certificate_request_context_length',
  shows: 'tls.handshake.certificate_request_context',
});

export const certificateRequest13 = struct({
  certificateRequestContext: requestContext,
  extensions: extensionBlock(certificateRequestExtensions),
});

/** The Certificate message of TLS 1.3: the sender's own certificate first; `certData` is DER. */
export const certificate13 = struct({
  certificateRequestContext: requestContext,
  certificateList: list(
    {length: 3, row: 'tls.handshake.certificates_length'},
    struct({
      certData: opaque({
        length: 3,
        min: 1,
        row: 'tls.handshake.certificate_length',
        shows: 'tls.handshake.certificate',
      }),
      extensions: extensionBlock(certificateExtensions),
    }),
  ),
});

/**
 * The NewSessionTicket message of TLS 1.3. `ticketLifetime` is in seconds, at most seven days; the client adds `ticketAgeAdd` to the
 * ticket's age in milliseconds.
 */
export const newSessionTicket13 = struct({
  ticketLifetime: shown('tls.handshake.session_ticket_lifetime_hint', uint32),
  ticketAgeAdd: shown('tls.handshake.session_ticket_age_add', uint32),
  ticketNonce: opaque({
    length: 1,
    row: 'tls.handshake.session_ticket_nonce_length',
    shows: 'tls.handshake.session_ticket_nonce',
  }),
  ticket: opaque({
    length: 2,
    min: 1,
    row: 'tls.handshake.session_ticket_length',
    shows: 'tls.handshake.session_ticket',
  }),
  extensions: extensionBlock(newSessionTicketExtensions),
});

export const keyUpdate = struct({
  requestUpdate: checked(shown('tls.handshake.key_update.request_update', uint8), (value) =>
    value > KeyUpdateRequest.update_requested ? 'key-update' : undefined,
  ),
});
