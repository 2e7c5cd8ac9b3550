// The sentences of findings: the capture itself.
import type {CaptureId} from '../../verdict/ids.ts';
import type {Writers} from './writers.ts';

export const captureWriters: Partial<Writers<CaptureId>> = {};
