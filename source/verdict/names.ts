// Findings about names that were asked for.
import type {Evidence} from './evidence.ts';
import type {Finding} from './finding.ts';
import type {NamesId} from './ids.ts';

export const namesFindings = (_evidence: Evidence): readonly Finding<NamesId>[] => [];
