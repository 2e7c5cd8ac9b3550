import type { Cause } from '../sim/scenario.ts';
import type { Path, Problems } from './problems.ts';
import { type CauseFile } from './schema-script.ts';
import type { Names } from './vocabulary.ts';
export declare const connectionNames: (scripts: readonly (readonly CauseFile[] | undefined)[]) => readonly string[];
export declare const readScript: (script: readonly CauseFile[], path: Path, names: Names, problems: Problems) => readonly Cause[];
