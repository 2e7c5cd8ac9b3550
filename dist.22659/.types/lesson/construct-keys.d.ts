import type { Text } from './text.ts';
import type { Construct, Place } from './vocabulary.ts';
type Asked = {
    readonly word: string;
    /** As it stands in the file: `call: connect`. */
    readonly shown: string;
    /** What the mapping is: a cause, an actor. */
    readonly place: Text;
    readonly construct: Construct<unknown>;
    /** Keys that go with every word there. */
    readonly common: readonly string[];
};
export declare const checkKeys: (data: {
    readonly [key: string]: unknown;
}, { word, shown, place, construct, common }: Asked, { path, problems }: Place) => void;
export {};
