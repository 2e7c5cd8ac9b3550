import { type Result } from '../wire/result.ts';
import type { LessonData } from './data.ts';
import type { LessonError } from './lesson-error.ts';
export type DataFile = {
    readonly text: string;
    readonly file: string;
};
/** A file that does not exist yet is an empty list. */
export type DataFiles = {
    readonly [name in keyof LessonData]?: DataFile;
};
export declare const loadData: (files: DataFiles) => Result<LessonData, readonly LessonError[]>;
