// Findings about how connections open, or do not: silence, refusals, floods and scans.
import type {Evidence} from './evidence.ts';
import type {Finding} from './finding.ts';
import type {OpeningId} from './ids.ts';

export const openingFindings = (_evidence: Evidence): readonly Finding<OpeningId>[] => [];
