// TLS alerts: their names by number, and the codec of their two octets (RFC 9846 §6, RFC 5246 §7.2).
import {err, ok, type Result} from '../result.ts';
import {decodeWhole, quietReaderOf, shown, struct, uint8} from './presentation.ts';
import {AlertDescription, AlertLevel, ProtocolVersion} from './registry.ts';
import {type TlsError, tlsError} from './tls-error.ts';

/** A TLS alert as numbers; unknown descriptions can be read, too (RFC 9846 §6 treats them as errors). */
export type Alert = {readonly level: number; readonly description: number};

export const alertCodec = struct({
  level: shown('tls.alert_message.level', uint8),
  description: shown('tls.alert_message.desc', uint8),
});

export const encodeAlert = (alert: Alert): Uint8Array => alertCodec.write(alert);

/** Decodes a TLS record of type alert, which contains exactly one alert (RFC 9846 §5.1). */
export const decodeAlert = (fragment: Uint8Array): Result<Alert, TlsError> => {
  const alert = decodeWhole(alertCodec, quietReaderOf(fragment));
  return alert.ok ? ok(alert.value) : err(tlsError('alert-size', alert.error.at));
};

/**
 * Tells whether a TLS alert is fatal. close_notify and user_canceled never are; all others are in TLS 1.3 (RFC 9846 §6), and in older
 * versions if their level says so (RFC 5246 §7.2).
 */
export const isFatal = ({level, description}: Alert, version: number | undefined): boolean => {
  const closes =
    description === AlertDescription.close_notify || description === AlertDescription.user_canceled;
  return !closes && (level === AlertLevel.fatal || version === ProtocolVersion['TLS 1.3']);
};

/** Tells whether a TLS alert is user_canceled: its sender gives up the handshake for a reason other than an error (RFC 9846 §6.1). */
export const isCanceled = ({description}: Pick<Alert, 'description'>): boolean =>
  description === AlertDescription.user_canceled;
