import type { Text } from '../lesson/text.ts';
type Names = {
    readonly [type: number]: Text | {
        readonly [code: number]: Text;
    };
};
/** undefined: nothing that we know. */
export declare const icmpName: (names: Names, { type, code }: {
    readonly type: number;
    readonly code: number;
}) => Text | undefined;
export {};
