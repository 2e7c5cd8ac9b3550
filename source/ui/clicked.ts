// The last click, which a second one confirms.
import type {Stretch} from '../view/drawn.ts';

/**
 * The part of the screen that was clicked; a second click there presses `key`. `isLit`: the part is highlighted, because nothing else shows
 * the click.
 */
export type Clicked = Stretch & {readonly key: string; readonly isLit?: true};
