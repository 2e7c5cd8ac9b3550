import { type $ZodIssue, type $ZodType } from 'zod/v4/core';
import { type PathProblem } from './problem.ts';
export declare const schemaProblems: (schema: $ZodType, data: unknown, issues: readonly $ZodIssue[]) => readonly PathProblem[];
