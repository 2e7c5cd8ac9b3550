import { type Construct, type Piece } from '../vocabulary.ts';
export declare const dnsApp: Construct<(host: string) => Piece>;
