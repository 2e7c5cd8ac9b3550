import { type TlsState } from '../../sim/tls-state.ts';
import { type When } from '../host-at.ts';
import { type Value } from '../value.ts';
import { certificateProperties } from './certificate-shown.ts';
export declare const hostPropertiesOfTls: {
    /** Directions of the newest connection that have keys. */
    'keys.directions': ({ directions }: TlsState) => number;
    /** Recorded connections that a leaked key has opened. */
    'keys.recovered': ({ recovered }: TlsState) => number;
    /** Octets of the programs in them, of both directions. */
    'keys.recoveredBytes': ({ recoveredBytes }: TlsState) => number;
    /** Tickets that a client keeps. */
    tickets: ({ tickets }: TlsState) => number;
};
export declare const tlsPropertyAt: (name: string, property: keyof typeof hostPropertiesOfTls | keyof typeof certificateProperties, when: When) => Value;
