import { type Protocol } from '../vocabulary.ts';
export declare const http: Protocol;
