type Held = {
    readonly outside: string;
};
/** An object. For the compiler it is a symbol, too: neither a template nor a sum nor what takes a string takes that. */
export type Foreign = Held & symbol;
export declare const foreign: (outside: string) => Foreign;
/** For whoever writes it for an output. */
export declare const charactersOf: ({ outside }: Foreign) => string;
export {};
