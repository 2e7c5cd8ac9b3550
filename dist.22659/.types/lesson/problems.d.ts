import { type LaterKind } from './later-words.ts';
import { type PathProblem, type Problem } from './problem.ts';
import type { Text } from './text.ts';
export type Path = readonly (string | number)[];
export declare class Problems {
    readonly found: PathProblem[];
    add(path: Path, problem: Problem, where?: Pick<PathProblem, 'onKey' | 'inside' | 'elsewhere'>): void;
    /** Is `given` one of the known words? If not, that is a problem. */
    knows(path: Path, kind: Text, given: string, known: readonly string[]): boolean;
    /** A word of the language that this version does not have. `allowed`: what may stand there instead. */
    later(path: Path, kind: LaterKind, given: string, allowed: readonly string[]): void;
    host(path: Path, given: string, hosts: readonly string[]): boolean;
}
