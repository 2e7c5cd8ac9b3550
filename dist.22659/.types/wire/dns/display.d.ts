import { type DnsName } from './name.ts';
/** Without the final dot and without escapes; the root is `<Root>`. */
export declare const displayName: (name: DnsName) => string;
