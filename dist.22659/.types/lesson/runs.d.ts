import type { Run, WhatIf } from './lesson.ts';
import type { Problems } from './problems.ts';
import type { LessonFile, WhatIfFile } from './schema.ts';
import { type Topology } from './topology.ts';
import type { Names } from './vocabulary.ts';
/** What every run of a lesson starts from. */
export type Ground = {
    readonly file: LessonFile;
    readonly topology: Topology;
    readonly names: Names;
};
export declare const readRuns: (ground: Ground, problems: Problems) => readonly Run[];
/** A what-if changes a run: its `script` adds causes, its faults come on top. */
export declare const readWhatIfRun: (data: WhatIfFile, index: number, ground: Ground, problems: Problems) => WhatIf['run'];
