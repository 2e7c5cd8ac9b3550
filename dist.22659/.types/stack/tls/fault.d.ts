import type { AlertName } from '../../wire/tls/registry.ts';
import type { TlsError } from '../../wire/tls/tls-error.ts';
import type { TlsRuleId } from './rules.ts';
export type Fault = {
    readonly alert: AlertName;
    readonly because: TlsRuleId;
};
export declare const fault: (alert: AlertName, because: TlsRuleId) => Fault;
/** What the codec found wrong names its alert itself. */
export declare const wireFault: ({ code, alert }: TlsError) => Fault;
