import type { TlsError } from '../../../wire/tls/tls-error.ts';
import { type Fault } from '../fault.ts';
export declare const messageFault: (error: TlsError) => Fault;
export declare const unexpected12: Fault;
