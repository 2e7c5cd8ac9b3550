// The sentences of findings: names.
import type {NamesId} from '../../verdict/ids.ts';
import type {Writers} from './writers.ts';

export const namesWriters: Partial<Writers<NamesId>> = {};
