import type { DnsMessage } from '../../wire/dns/message.ts';
import { type Query } from './resolver-state.ts';
import { type ResolverTurn } from './resolver-turn.ts';
/** `message` answers the query by number, port, sender and question. */
export declare function hear(turn: ResolverTurn, query: Query, heard: DnsMessage): void;
/** No answer in time, or word that nobody is there. */
export declare function hearNothing(turn: ResolverTurn, query: Query, fault: 'silent' | 'unreachable'): void;
