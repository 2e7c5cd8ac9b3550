import type { Selector } from './selector.ts';
import type { Text } from './text.ts';
export declare const describeSelector: ({ match, nth, after }: Selector) => Text;
