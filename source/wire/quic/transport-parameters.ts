// The transport parameters of QUIC (RFC 9000 §18), which a client sends in its ClientHello and a server in EncryptedExtensions.
import {hexOf} from '../octets.ts';
import {type Codec, joinBytes, quietReaderOf, rest, type TlsReader} from '../tls/presentation.ts';
import {shownVarint, takeOctets, varint} from './varint.ts';

const names = [
  'original_destination_connection_id',
  'max_idle_timeout',
  'stateless_reset_token',
  'max_udp_payload_size',
  'initial_max_data',
  'initial_max_stream_data_bidi_local',
  'initial_max_stream_data_bidi_remote',
  'initial_max_stream_data_uni',
  'initial_max_streams_bidi',
  'initial_max_streams_uni',
  'ack_delay_exponent',
  'max_ack_delay',
  'disable_active_migration',
  'preferred_address',
  'active_connection_id_limit',
  'initial_source_connection_id',
  'retry_source_connection_id',
] as const;

/** The id of the transport parameter max_datagram_frame_size (RFC 9221 §3). */
const datagramSize = 0x20;

const nameOf = (id: number): string | undefined =>
  names[id] ?? (id === datagramSize ? 'max_datagram_frame_size' : undefined);

const octetNames: ReadonlySet<string> = new Set([
  ...['original_destination_connection_id', 'stateless_reset_token'],
  ...['initial_source_connection_id', 'retry_source_connection_id'],
]);

/** The QUIC transport parameters that have no inspector row of their own for their value. */
const unshown: ReadonlySet<string> = new Set(['disable_active_migration', 'preferred_address']);

type TransportParameter = {readonly id: number; readonly value: Uint8Array};

const lengthRow = shownVarint('tls.quic.parameter.length');
const typeRow = shownVarint('tls.quic.parameter.type');

const show = (from: TlsReader, {id, value}: TransportParameter): void => {
  const name = nameOf(id);
  if (from.quiet || value.length === 0) return;
  const span = {start: from.at - value.length, end: from.at};
  from.rows.push({name: 'tls.quic.parameter.value', value: hexOf(value), ...span});
  if (name === undefined || unshown.has(name)) return;
  const shown = octetNames.has(name) ? hexOf(value) : String(varint.read(quietReaderOf(value)));
  from.rows.push({name: `tls.quic.parameter.${name}`, value: shown, ...span});
};

/** The codec of QUIC transport parameters. It reads those that are whole; an error in one does not make the hello unreadable. */
export const transportParameters: Codec<readonly TransportParameter[]> = {
  read: (from) => {
    const found: TransportParameter[] = [];
    const inner: TlsReader = {...from, error: undefined};
    while (!from.error && inner.at < inner.end) {
      const id = typeRow.read(inner);
      const value = takeOctets(inner, lengthRow.read(inner));
      if (inner.error) break;
      show(inner, {id, value});
      found.push({id, value});
    }
    rest.read(from);
    return found;
  },
  write: (all) =>
    joinBytes(all.flatMap(({id, value}) => [varint.write(id), varint.write(value.length), value])),
};

/** Returns max_idle_timeout of these QUIC transport parameters in milliseconds; 0 if it is absent, which means no timeout (§10.1). */
export const idleTimeoutMs = (all: readonly TransportParameter[]): number => {
  const told = all.find(({id}) => names[id] === 'max_idle_timeout');
  return told ? varint.read(quietReaderOf(told.value)) : 0;
};
