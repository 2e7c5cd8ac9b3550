import type { IpAddress, MacAddress } from './ip-address.js';
export type ArpMessage = {
    readonly operation: 1 | 2;
    readonly senderMac: MacAddress;
    readonly senderIp: IpAddress;
    readonly targetMac: MacAddress;
    readonly targetIp: IpAddress;
};
/** The part that every kind of ARP shares. */
export declare const arpHeader: {
    readonly protocol: string;
    readonly clause: string;
    readonly size: number;
    read(bytes: Uint8Array, at: number): {
        readonly hardware: number;
        readonly hardwareSize: number;
        readonly operation: number;
        readonly protocol: number;
        readonly protocolSize: number;
    };
    write(bytes: Uint8Array, at: number, values: {
        readonly hardware: number;
        readonly hardwareSize: number;
        readonly operation: number;
        readonly protocol: number;
        readonly protocolSize: number;
    }): void;
    rows(bytes: Uint8Array, at: number, end: number): import('./layer.js').Field[];
    place(display: string): import('./layout.js').FieldPlace | undefined;
};
export declare const ARP_SIZE: number;
export declare const writeArp: (bytes: Uint8Array, at: number, message: ArpMessage) => void;
/** Undefined for anything but a whole request or reply for IPv4 over Ethernet. */
export declare const readArp: (bytes: Uint8Array, at: number) => ArpMessage | undefined;
