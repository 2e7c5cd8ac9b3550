import { type When } from '../host-at.ts';
import type { DnsProperty } from '../host-property.ts';
import { type Value } from '../value.ts';
import { type DnsMemory } from './memory.ts';
export declare const remembered: ({ host, of }: {
    readonly host: string;
    readonly of: DnsMemory;
}, when: When) => Value;
export declare const dnsPropertyAt: (host: string, property: DnsProperty, when: When) => Value;
