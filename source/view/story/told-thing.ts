// A packet, or what is in it, as a sentence calls it.
import type {Thing} from '../../account/told/thing.ts';
import {type Text, wordedWithNames} from '../../lesson/text.ts';
import {things} from '../../words/catalogue/told.ts';

export const named = (thing: Thing): Text => wordedWithNames(things.named, thing);

/** Bytes, of which one speaks as of several. */
export const isMany = ({what, bytes}: Thing): boolean => what === 'data' && bytes !== 1;
