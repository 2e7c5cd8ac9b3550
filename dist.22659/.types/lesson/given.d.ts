type Given<T> = {
    [K in keyof T]?: Exclude<T[K], undefined>;
};
export declare const given: <T extends object>(values: T) => Given<T>;
export {};
