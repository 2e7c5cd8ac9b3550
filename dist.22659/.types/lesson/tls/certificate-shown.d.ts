import { type Certificate } from '../../wire/tls/certificate.ts';
import { type When } from '../host-at.ts';
import { type Value } from '../value.ts';
type Shown = {
    readonly certificate: Certificate;
    readonly sent: number;
};
/** The site's own certificate, not those of the authorities behind it. */
export declare const certificateProperties: {
    'certificate.subject': ({ certificate }: Shown) => Value;
    'certificate.issuer': ({ certificate }: Shown) => Value;
    /** For which names it is good, in its order. */
    'certificate.names': ({ certificate }: Shown) => Value;
    /** Days, such as `2026-03-15`. */
    'certificate.notBefore': ({ certificate }: Shown) => Value;
    'certificate.notAfter': ({ certificate }: Shown) => Value;
    /** How many the server has sent. */
    'certificate.count': ({ sent }: Shown) => {
        kind: "number";
        value: number;
    };
};
export declare const certificatePropertyAt: (name: string, property: keyof typeof certificateProperties, when: When) => Value;
export {};
