// Findings about how connections end, or are forgotten.
import type {Evidence} from './evidence.ts';
import type {Finding} from './finding.ts';
import type {EndingId} from './ids.ts';

export const endingFindings = (_evidence: Evidence): readonly Finding<EndingId>[] => [];
