import { type Value } from './language.ts';
export declare const challengeTexts: {
    goal: {
        en: string;
        zh: string;
    };
    solved: {
        en: string;
        zh: string;
    };
    noMove: {
        en: string;
        zh: string;
    };
    yourMoves: {
        en: string;
        zh: string;
    };
    moves: {
        en: string;
        zh: string;
    };
    hint: {
        en: string;
        zh: string;
    };
};
export declare const movesText: {
    en: (p: {
        readonly moves: number;
        readonly par: Value;
    }) => string;
    zh: (p: {
        readonly moves: number;
        readonly par: Value;
    }) => string;
};
export declare const metText: {
    en: (p: {
        readonly met: Value;
        readonly goals: Value;
    }) => string;
    zh: (p: {
        readonly met: Value;
        readonly goals: Value;
    }) => string;
};
