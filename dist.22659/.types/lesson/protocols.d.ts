import { type Vocabulary } from './vocabulary.ts';
export declare const vocabulary: Vocabulary;
