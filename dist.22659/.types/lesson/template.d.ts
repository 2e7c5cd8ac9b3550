import type { Template } from './lesson.ts';
import type { Path, Problems } from './problems.ts';
import type { TextFile } from './schema.ts';
import type { Names } from './vocabulary.ts';
export declare const readTemplate: (data: TextFile, path: Path, names: Names, problems: Problems) => Template;
/** Do both languages compute the same things? Order may differ. */
export declare const sameExpressions: (template: Template) => boolean;
