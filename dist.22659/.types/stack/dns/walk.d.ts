import { type Cut, type Walk } from './resolver-state.ts';
import { type ResolverTurn } from './resolver-turn.ts';
/** Step 2: the best servers to ask. */
export declare function enterZone(turn: ResolverTurn, walk: Walk, { cut, ...more }: Partial<Walk> & {
    cut: Cut;
}): void;
export declare function advance(turn: ResolverTurn, key: string): void;
