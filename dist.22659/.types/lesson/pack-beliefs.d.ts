import { type Result } from '../wire/result.ts';
import type { Misconception } from './data.ts';
import type { LessonError } from './lesson-error.ts';
import { type DataFile } from './load-data.ts';
import type { Position } from './position.ts';
import { type PathProblem } from './problem.ts';
import type { Path } from './problems.ts';
type Place = {
    readonly file: string;
    readonly position: Position;
};
/** Where a belief, or a part of it, stands in its file. */
export type BeliefPlace = (id: string, path: Path, inside?: PathProblem['inside']) => Place;
export type PackBeliefs = {
    readonly beliefs: readonly Misconception[];
    readonly placeOf: BeliefPlace;
};
/** `ours`: the ids of the beliefs that ship with the program. They keep their meaning. */
export declare const readPackBeliefs: (source: DataFile, ours: readonly string[]) => Result<PackBeliefs, readonly LessonError[]>;
export {};
