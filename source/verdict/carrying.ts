// Findings about what held a transfer up: windows, losses, programs that wait, and the way.
import type {Evidence} from './evidence.ts';
import type {Finding} from './finding.ts';
import type {CarryingId} from './ids.ts';

export const carryingFindings = (_evidence: Evidence): readonly Finding<CarryingId>[] => [];
