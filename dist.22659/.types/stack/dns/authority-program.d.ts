import type { DnsRecord } from '../../wire/dns/message.ts';
import { type DnsName } from '../../wire/dns/name.ts';
import type { ProgramEffect, ProgramEnv, ProgramEvent, ProgramStep, StreamId } from '../program.ts';
import type { AuthorityRuleId } from './rules.ts';
import { type Zone } from './zone.ts';
import type { ZoneData } from './zone-check.ts';
export type AuthoritySpec = {
    readonly zones: readonly ZoneData[];
    /** Octets of UDP payload, to take and to give. @default 1232 */
    readonly udpSize?: number;
};
export type AuthorityState = {
    readonly zones: readonly Zone[];
    readonly udpSize: number;
    /** Of each connection, the beginning of a message whose end is still to come. */
    readonly streams: ReadonlyMap<StreamId, Uint8Array>;
};
/** `origin`: the zone; `records`: each set takes the place of the one that the zone has. */
export type AuthorityCall = {
    readonly call: 'editZone';
    readonly origin: DnsName;
    readonly records: readonly DnsRecord[];
};
/** EINVAL: no such zone, or it would be none any more. */
export type AuthorityAnswer = {
    readonly result: 'ok';
    readonly serial: number;
} | {
    readonly result: 'EINVAL';
};
/** The zone has these records now. */
export type AuthorityNote = {
    readonly kind: 'edit';
    readonly origin: DnsName;
    readonly serial: number;
    readonly records: readonly DnsRecord[];
};
type AuthorityEvent = ProgramEvent<AuthorityCall, never>;
type AuthorityEffect = ProgramEffect<AuthorityNote, AuthorityAnswer, AuthorityRuleId>;
type Step = ProgramStep<AuthorityState, AuthorityEffect>;
export declare const authorityStart: ({ zones, udpSize }: AuthoritySpec) => AuthorityState;
/** Zones outlive a reboot as they were edited last: they are files. */
export declare const authorityStep: (state: AuthorityState, event: AuthorityEvent, env: ProgramEnv) => Step;
export {};
