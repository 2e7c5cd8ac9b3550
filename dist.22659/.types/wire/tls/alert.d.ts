import { type Result } from '../result.ts';
import { type TlsError } from './tls-error.ts';
/** By number: those that have no name are legal on the wire (RFC 9846 §6: errors all the same). */
export type Alert = {
    readonly level: number;
    readonly description: number;
};
export declare const alertCodec: import("./presentation.ts").Codec<{
    readonly level: number;
    readonly description: number;
}>;
export declare const encodeAlert: (alert: Alert) => Uint8Array;
/** `fragment`: the content of one record, which holds exactly one alert (RFC 9846 §5.1). */
export declare const decodeAlert: (fragment: Uint8Array) => Result<Alert, TlsError>;
