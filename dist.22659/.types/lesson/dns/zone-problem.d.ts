import type { ZoneProblem } from '../../stack/dns/zone-problem.ts';
import { type Problem } from '../problem.ts';
export declare const zoneProblem: (found: ZoneProblem) => Problem;
