/** The first index in `0 … length` at which `reached` holds; it must hold for all later ones. */
export declare const bisect: (length: number, reached: (index: number) => boolean) => number;
