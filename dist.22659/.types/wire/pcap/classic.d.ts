import { type Parser } from './record.ts';
export declare const isPcapMagic: (magic: number) => boolean;
export declare const pcapParser: () => Parser;
