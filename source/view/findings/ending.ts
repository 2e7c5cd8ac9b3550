// The sentences of findings: how connections end.
import type {EndingId} from '../../verdict/ids.ts';
import type {Writers} from './writers.ts';

export const endingWriters: Partial<Writers<EndingId>> = {};
