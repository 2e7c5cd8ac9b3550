import type { Challenge } from './lesson.ts';
import type { Position } from './position.ts';
import type { Path, Problems } from './problems.ts';
import type { Ground } from './runs.ts';
import type { ChallengeFile } from './schema.ts';
import type { SelectorFile } from './schema-script.ts';
import type { Selector } from './selector.ts';
export type Compiling = {
    readonly ground: Ground;
    readonly problems: Problems;
    positionOf(path: Path): Position;
};
type Goal = {
    readonly selector: Selector;
    readonly position: Position;
};
export declare const readSelectors: (data: readonly SelectorFile[], path: Path, { ground, problems, positionOf }: Compiling) => readonly Goal[];
/** The word `challenge.offer` uses for a call or a fault. */
export declare const readChallenge: (data: ChallengeFile | undefined, context: Compiling) => Challenge | undefined;
export {};
