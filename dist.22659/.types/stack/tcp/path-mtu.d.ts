import type { TcpEvent } from './effect.ts';
import { type Turn } from './turn.ts';
export type IcmpNews = Extract<TcpEvent, {
    kind: 'icmp';
}>;
/** Segments get smaller, and those that were too large go out again at once. */
export declare function shrinkPath(turn: Turn, { mtu, remote }: Pick<IcmpNews, 'mtu' | 'remote'>): void;
