import { type Protocol } from '../vocabulary.ts';
export declare const programs: Protocol;
