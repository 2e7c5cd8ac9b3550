export declare const unitWords: {
    readonly [unit: string]: {
        readonly one: string;
        readonly many: string;
        readonly zh: string;
    };
};
