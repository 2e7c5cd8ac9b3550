import type { Cursor } from '../parser.ts';
import { type Jar } from './memory.ts';
export declare const jarOf: (cursor: Cursor) => Jar;
