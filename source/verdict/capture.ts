// Findings about the capture itself: what it lacks, has twice, or could not read.
import type {Evidence} from './evidence.ts';
import type {Finding} from './finding.ts';
import type {CaptureId} from './ids.ts';

export const captureFindings = (_evidence: Evidence): readonly Finding<CaptureId>[] => [];
