// What was clicked last.
import type {Stretch} from '../view/drawn.ts';

/** `key`: what a second click there presses; `isLit`: nothing else shows that it was clicked. */
export type Clicked = Stretch & {readonly key: string; readonly isLit?: true};
