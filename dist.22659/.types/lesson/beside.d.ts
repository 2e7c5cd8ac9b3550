type Texts = ReadonlyMap<string, string>;
export declare class Beside {
    #private;
    /** `lesson`: as errors name it; zone files, and PEM files that all lessons share, by their names. */
    constructor(lesson: string, { zones, certificates }: {
        readonly zones: Texts;
        readonly certificates: Texts;
    });
    get zoneNames(): readonly string[];
    /** As errors name it. */
    pathOf(zone: string): string;
    /** Undefined: there is none of that name. */
    zone(name: string): string | undefined;
    get certificateNames(): readonly string[];
    /** The text of `good.ecdsa.pem`. */
    certificate(file: string): string | undefined;
}
export {};
