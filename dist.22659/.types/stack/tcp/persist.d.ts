import { type Turn } from './turn.ts';
/** The persist timer has run out. */
export declare function persistTimeout(turn: Turn): void;
