import { type Construct, type Piece } from '../vocabulary.ts';
export declare const firewall: Construct<Piece>;
export declare const nat: Construct<Piece>;
