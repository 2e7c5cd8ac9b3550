import { type IcmpNews } from './path-mtu.ts';
import { type Turn } from './turn.ts';
export declare function icmpArrives(turn: Turn, news: IcmpNews): void;
