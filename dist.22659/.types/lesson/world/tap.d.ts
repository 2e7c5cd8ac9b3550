import { type Construct, type Piece } from '../vocabulary.ts';
export declare const tap: Construct<Piece>;
