import type { Text } from '../../lesson/text.ts';
import type { View } from '../view.ts';
import type { Chosen } from './connections.ts';
import type { KeyRow, KeyScene, Message } from './key-schedule.ts';
type Words = Pick<View, 'language'>;
export declare const chosenText: ({ version, suite, group }: Chosen) => string;
export declare const keyName: ({ place, update }: KeyRow, { language }: Words) => string;
export declare const madeText: ({ name, sender }: Message, { language }: Words) => string;
/** `say` puts a host and the time at which it came to know together. */
export declare const knownTexts: ({ knownBy }: KeyRow, { language }: Words, say: (host: string, time: string) => string) => readonly string[];
/** Why there are no keys to be seen. */
export declare const emptyText: (scene: KeyScene | undefined) => Text;
export {};
