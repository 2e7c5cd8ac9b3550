// The sentences of findings: what held a transfer up.
import type {CarryingId} from '../../verdict/ids.ts';
import type {Writers} from './writers.ts';

export const carryingWriters: Partial<Writers<CarryingId>> = {};
