import { type Text } from '../lesson/text.ts';
/** A clause that follows “NAME = VALUE: ”, and where the field is defined. */
export type FieldText = {
    readonly clause: string;
    readonly text: Text;
};
/** undefined: a field of a protocol that is only shown, not explained. */
export declare const fieldText: (name: string) => FieldText | undefined;
export declare const explainedFields: readonly string[];
