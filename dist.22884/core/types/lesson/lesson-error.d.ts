import type { Position } from './position.js';
import type { Problem } from './problem.js';
export type LessonError = Problem & {
    readonly file: string;
    readonly position: Position;
};
