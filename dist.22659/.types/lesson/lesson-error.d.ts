import type { Position } from './position.ts';
import type { Problem } from './problem.ts';
export type LessonError = Problem & {
    readonly file: string;
    readonly position: Position;
};
