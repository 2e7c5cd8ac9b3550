export declare const objectNames: Readonly<Record<string, string>>;
