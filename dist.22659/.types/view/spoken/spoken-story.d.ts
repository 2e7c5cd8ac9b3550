import type { Language } from '../../lesson/text.ts';
import { spokenTexts } from '../../words/catalogue/spoken.ts';
import type { Scene } from '../scene.ts';
import type { Story } from '../story/scene-story.ts';
import type { Why } from '../why/scene-why.ts';
type Heading = keyof typeof spokenTexts;
/** `Explanation: One segment, two jobs.` */
export declare const headed: (heading: Heading, text: string, language: Language) => string;
export declare const storyLines: (scene: Scene) => readonly string[];
export declare const hintLines: ({ story, language }: Scene) => readonly string[];
/** Where `enter` leads. */
export declare const markedLines: (story: Story, language: Language) => readonly string[];
export declare const formulaLines: ([symbols, numbers]: readonly string[], language: Language) => string[];
export declare const whyLines: (why: Why, language: Language) => readonly string[];
export {};
