import { type Message, type Text } from '../lesson/text.ts';
export type Problem = {
    readonly what: Text;
    readonly remedy: Text;
};
type Sentence<Parameters> = Text | Message<Parameters>;
export declare const problemOf: <What, Remedy>({ what, remedy }: {
    readonly what: Sentence<What>;
    readonly remedy: Sentence<Remedy>;
}, parameters: NoInfer<What & Remedy>) => Problem;
export {};
