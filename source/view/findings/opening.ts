// The sentences of findings: how connections open.
import type {OpeningId} from '../../verdict/ids.ts';
import type {Writers} from './writers.ts';

export const openingWriters: Partial<Writers<OpeningId>> = {};
