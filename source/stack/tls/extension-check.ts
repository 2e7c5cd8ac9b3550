// Checks that a TLS server sends only extensions that were asked for, and each in the right message (RFC 9846 §4.3).
import {extensionType} from '../../wire/tls/extension-list.ts';
import {ExtensionType} from '../../wire/tls/registry.ts';
import {type Fault, fault} from './fault.ts';

type Named = {readonly name: string; readonly type?: number};

const numbers = (...names: readonly (keyof typeof ExtensionType)[]): ReadonlySet<number> =>
  new Set(names.map((name) => ExtensionType[name]));

/** The extensions that each TLS 1.3 message which answers a ClientHello may carry (the table of RFC 9846 §4.3). */
const allowed = {
  SH: numbers('key_share', 'pre_shared_key', 'supported_versions'),
  HRR: numbers('key_share', 'cookie', 'supported_versions'),
  EE: numbers(
    'server_name',
    'max_fragment_length',
    'supported_groups',
    'use_srtp',
    'heartbeat',
    'application_layer_protocol_negotiation',
    'client_certificate_type',
    'server_certificate_type',
    'record_size_limit',
    'early_data',
  ),
  CT: numbers('status_request', 'signed_certificate_timestamp'),
} as const;

/**
 * Returns the fault if a TLS server sends an extension that the client did not offer, or sends it in the wrong message; only the cookie may
 * be sent unasked.
 */
export const answerFault = (
  asked: readonly Named[],
  answered: readonly Named[],
  message: keyof typeof allowed,
): Fault | undefined => {
  const offered = new Set(asked.map(extensionType));
  if (message === 'HRR') offered.add(ExtensionType.cookie);
  for (const type of answered.map(extensionType)) {
    if (!offered.has(type)) return fault('unsupported_extension', '9846:4.3/unsolicited');
    if (!allowed[message].has(type)) return fault('illegal_parameter', '9846:4.3/place');
  }
  return undefined;
};
