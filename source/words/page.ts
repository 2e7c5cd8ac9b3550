// The words of the page that `export --format html` writes, in both languages.
import type {pageWords} from './catalogue/page.ts';

export type PageWord = keyof typeof pageWords;
