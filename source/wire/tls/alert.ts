// Alerts: their meanings by number, and their two octets (RFC 9846 §6, RFC 5246 §7.2).
import {err, ok, type Result} from '../result.ts';
import {decodeWhole, quietReaderOf, shown, struct, uint8} from './presentation.ts';
import {AlertDescription, AlertLevel, ProtocolVersion} from './registry.ts';
import {type TlsError, tlsError} from './tls-error.ts';

/** An alert by number; unknown ones are legal on the wire (RFC 9846 §6 treats them as errors). */
export type Alert = {readonly level: number; readonly description: number};

export const alertCodec = struct({
  level: shown('tls.alert_message.level', uint8),
  description: shown('tls.alert_message.desc', uint8),
});

export const encodeAlert = (alert: Alert): Uint8Array => alertCodec.write(alert);

/** Decodes the content of one record, which contains exactly one alert (RFC 9846 §5.1). */
export const decodeAlert = (fragment: Uint8Array): Result<Alert, TlsError> => {
  const alert = decodeWhole(alertCodec, quietReaderOf(fragment));
  return alert.ok ? ok(alert.value) : err(tlsError('alert-size', alert.error.at));
};

/**
 * Tells whether an alert is fatal: in TLS 1.3 all except two are, whatever their level (RFC 9846 §6); before it the level counts (RFC 5246
 * §7.2).
 */
export const isFatal = ({level, description}: Alert, version: number | undefined): boolean => {
  const closes =
    description === AlertDescription.close_notify || description === AlertDescription.user_canceled;
  return !closes && (level === AlertLevel.fatal || version === ProtocolVersion['TLS 1.3']);
};

/** Tells whether the sender gives up the handshake for a reason of its own (RFC 9846 §6.1). */
export const isCanceled = ({description}: Pick<Alert, 'description'>): boolean =>
  description === AlertDescription.user_canceled;
