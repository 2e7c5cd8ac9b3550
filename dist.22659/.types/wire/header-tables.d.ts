export declare const headerTables: ({
    readonly protocol: string;
    readonly clause: string;
    readonly size: number;
    read(bytes: Uint8Array, at: number): {
        readonly dst: string;
        readonly src: string;
        readonly type: number;
    };
    write(bytes: Uint8Array, at: number, values: {
        readonly dst: string;
        readonly src: string;
        readonly type: number;
    }): void;
    rows(bytes: Uint8Array, at: number, end: number): import("./layer.ts").Field[];
    place(display: string): import("./layout.ts").FieldPlace | undefined;
} | {
    readonly protocol: string;
    readonly clause: string;
    readonly size: number;
    read(bytes: Uint8Array, at: number): {
        readonly checksum: number;
        readonly code: number;
        readonly type: number;
    };
    write(bytes: Uint8Array, at: number, values: {
        readonly checksum: number;
        readonly code: number;
        readonly type: number;
    }): void;
    rows(bytes: Uint8Array, at: number, end: number): import("./layer.ts").Field[];
    place(display: string): import("./layout.ts").FieldPlace | undefined;
} | {
    readonly protocol: string;
    readonly clause: string;
    readonly size: number;
    read(bytes: Uint8Array, at: number): {
        readonly dei: number;
        readonly id: number;
        readonly priority: number;
        readonly type: number;
    };
    write(bytes: Uint8Array, at: number, values: {
        readonly dei: number;
        readonly id: number;
        readonly priority: number;
        readonly type: number;
    }): void;
    rows(bytes: Uint8Array, at: number, end: number): import("./layer.ts").Field[];
    place(display: string): import("./layout.ts").FieldPlace | undefined;
} | {
    readonly protocol: string;
    readonly clause: string;
    readonly size: number;
    read(bytes: Uint8Array, at: number): {
        readonly checksum: number;
        readonly dstPort: number;
        readonly length: number;
        readonly srcPort: number;
    };
    write(bytes: Uint8Array, at: number, values: {
        readonly checksum: number;
        readonly dstPort: number;
        readonly length: number;
        readonly srcPort: number;
    }): void;
    rows(bytes: Uint8Array, at: number, end: number): import("./layer.ts").Field[];
    place(display: string): import("./layout.ts").FieldPlace | undefined;
} | {
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
    rows(bytes: Uint8Array, at: number, end: number): import("./layer.ts").Field[];
    place(display: string): import("./layout.ts").FieldPlace | undefined;
} | {
    readonly protocol: string;
    readonly clause: string;
    readonly size: number;
    read(bytes: Uint8Array, at: number): {
        readonly additionals: number;
        readonly answers: number;
        readonly authorities: number;
        readonly flags: number;
        readonly id: number;
        readonly questions: number;
    };
    write(bytes: Uint8Array, at: number, values: {
        readonly additionals: number;
        readonly answers: number;
        readonly authorities: number;
        readonly flags: number;
        readonly id: number;
        readonly questions: number;
    }): void;
    rows(bytes: Uint8Array, at: number, end: number): import("./layer.ts").Field[];
    place(display: string): import("./layout.ts").FieldPlace | undefined;
} | {
    readonly protocol: string;
    readonly clause: string;
    readonly size: number;
    read(bytes: Uint8Array, at: number): {
        readonly dst: string;
        readonly flowLabel: number;
        readonly hopLimit: number;
        readonly nextHeader: number;
        readonly payloadLength: number;
        readonly src: string;
        readonly trafficClass: number;
        readonly version: number;
    };
    write(bytes: Uint8Array, at: number, values: {
        readonly dst: string;
        readonly flowLabel: number;
        readonly hopLimit: number;
        readonly nextHeader: number;
        readonly payloadLength: number;
        readonly src: string;
        readonly trafficClass: number;
        readonly version: number;
    }): void;
    rows(bytes: Uint8Array, at: number, end: number): import("./layer.ts").Field[];
    place(display: string): import("./layout.ts").FieldPlace | undefined;
} | {
    readonly protocol: string;
    readonly clause: string;
    readonly size: number;
    read(bytes: Uint8Array, at: number): {
        readonly ack: number;
        readonly checksum: number;
        readonly dataOffset: number;
        readonly dstPort: number;
        readonly flags: number;
        readonly seq: number;
        readonly srcPort: number;
        readonly urgent: number;
        readonly window: number;
    };
    write(bytes: Uint8Array, at: number, values: {
        readonly ack: number;
        readonly checksum: number;
        readonly dataOffset: number;
        readonly dstPort: number;
        readonly flags: number;
        readonly seq: number;
        readonly srcPort: number;
        readonly urgent: number;
        readonly window: number;
    }): void;
    rows(bytes: Uint8Array, at: number, end: number): import("./layer.ts").Field[];
    place(display: string): import("./layout.ts").FieldPlace | undefined;
} | {
    readonly protocol: string;
    readonly clause: string;
    readonly size: number;
    read(bytes: Uint8Array, at: number): {
        readonly checksum: number;
        readonly dst: string;
        readonly flags: number;
        readonly fragmentOffset: number;
        readonly headerLength: number;
        readonly id: number;
        readonly protocol: number;
        readonly src: string;
        readonly totalLength: number;
        readonly trafficClass: number;
        readonly ttl: number;
        readonly version: number;
    };
    write(bytes: Uint8Array, at: number, values: {
        readonly checksum: number;
        readonly dst: string;
        readonly flags: number;
        readonly fragmentOffset: number;
        readonly headerLength: number;
        readonly id: number;
        readonly protocol: number;
        readonly src: string;
        readonly totalLength: number;
        readonly trafficClass: number;
        readonly ttl: number;
        readonly version: number;
    }): void;
    rows(bytes: Uint8Array, at: number, end: number): import("./layer.ts").Field[];
    place(display: string): import("./layout.ts").FieldPlace | undefined;
})[];
