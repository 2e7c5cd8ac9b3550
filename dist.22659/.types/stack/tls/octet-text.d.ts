export declare const octetText: (octets: Uint8Array) => string;
export declare const textOctets: (text: string) => Uint8Array;
