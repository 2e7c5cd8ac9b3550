export declare const protocolNames: {
    readonly [protocol: string]: string;
};
/** Where a layer's header is defined. */
export declare const protocolClauses: {
    readonly [protocol: string]: string;
};
/** Numbers with a name that every reader of captures knows. */
export declare const valueNames: {
    readonly [field: string]: {
        readonly [value: string]: string;
    };
};
/** The other half of a transaction, and how long it took. */
export declare const partnerWords: {
    readonly query: {
        readonly en: (packet: number, time: string) => string;
        readonly zh: (packet: number, time: string) => string;
    };
    readonly response: {
        readonly en: (packet: number, time: string) => string;
        readonly zh: (packet: number, time: string) => string;
    };
};
