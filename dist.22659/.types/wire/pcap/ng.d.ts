import { type Parser } from './record.ts';
export declare const BlockType: {
    readonly section: 168627466;
    readonly interface: 1;
    readonly packet: 2;
    readonly simplePacket: 3;
    readonly enhancedPacket: 6;
    readonly secrets: 10;
};
export declare const BYTE_ORDER_MAGIC = 439041101;
export declare const pcapngParser: () => Parser;
