// Fields of TLS by their Wireshark names (wireshark.org/docs/dfref/t/tls.html), as far as the packet itself shows them in clear.
import {packetLayers} from '../../observe/packet-layers.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import type {Layer} from '../../wire/layer.ts';
import {type FieldReader, type FieldValue, number, text} from '../field-value.ts';

type Reader = FieldReader<readonly Layer[]>;

const valuesOf = (layers: readonly Layer[], field: string): readonly string[] =>
  layers.flatMap(({fields}) => fields.flatMap(({name, value}) => (name === field ? value : [])));

const numbers =
  (field: string): Reader =>
  (layers) =>
    number(...valuesOf(layers, field).map(Number));

const texts =
  (field: string): Reader =>
  (layers): readonly FieldValue[] =>
    text(...valuesOf(layers, field));

const textFields = {
  'tls.handshake.extensions_server_name': texts('tls.handshake.extensions_server_name'),
  'tls.handshake.extensions_alpn_str': texts('tls.handshake.extensions_alpn_str'),
  'tls.handshake.extensions_key_share_key_exchange': texts('tls.handshake.extensions_key_share_key_exchange'),
  'tls.handshake.random': texts('tls.handshake.random'),
  'tls.handshake.session_id': texts('tls.handshake.session_id'),
  'tls.app_data': texts('tls.app_data'),
} satisfies {readonly [field: string]: Reader};

const numberFields = {
  'tls.record.content_type': numbers('tls.record.content_type'),
  'tls.record.version': numbers('tls.record.version'),
  'tls.record.length': numbers('tls.record.length'),
  'tls.handshake.type': numbers('tls.handshake.type'),
  'tls.handshake.length': numbers('tls.handshake.length'),
  'tls.handshake.version': numbers('tls.handshake.version'),
  'tls.handshake.ciphersuite': numbers('tls.handshake.ciphersuite'),
  'tls.handshake.extension.type': numbers('tls.handshake.extension.type'),
  'tls.handshake.extensions.supported_version': numbers('tls.handshake.extensions.supported_version'),
  'tls.handshake.extensions_supported_group': numbers('tls.handshake.extensions_supported_group'),
  'tls.handshake.extensions_key_share_group': numbers('tls.handshake.extensions_key_share_group'),
  'tls.handshake.extensions_key_share_selected_group': numbers(
    'tls.handshake.extensions_key_share_selected_group',
  ),
  'tls.handshake.extensions.psk.identity.selected': numbers('tls.handshake.extensions.psk.identity.selected'),
  'tls.handshake.sig_hash_alg': numbers('tls.handshake.sig_hash_alg'),
  'tls.handshake.certificate_length': numbers('tls.handshake.certificate_length'),
  'tls.alert_message.level': numbers('tls.alert_message.level'),
  'tls.alert_message.desc': numbers('tls.alert_message.desc'),
} satisfies {readonly [field: string]: Reader};

export const tlsTexts: readonly string[] = Object.keys(textFields);

export const tlsFields = {...numberFields, ...textFields};

export const tlsLayersOf = ({id}: PacketRecord, trace: Trace): readonly Layer[] =>
  packetLayers(trace, id).layers.filter(({protocol, opened}) => protocol === 'tls' && !opened);
