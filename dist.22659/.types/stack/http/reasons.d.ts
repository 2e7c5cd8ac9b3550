export declare const reasonOf: (status: number) => string;
