import type { Language } from '../lesson/text.ts';
import type { Action } from '../sim/action.ts';
/** `the link near goes down`, `the link path changes: loss 100%`. */
export declare const linkChangeText: ({ link, change }: Extract<Action, {
    call: 'setLink';
}>, language: Language) => string;
