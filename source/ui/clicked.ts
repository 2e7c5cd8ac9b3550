// The last click.
import type {Stretch} from '../view/drawn.ts';

/** The clicked part of the screen; a second click there presses `key`. `isLit` highlights it, because nothing else shows the click. */
export type Clicked = Stretch & {readonly key: string; readonly isLit?: true};
