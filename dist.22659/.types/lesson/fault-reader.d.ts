import type { Fault } from '../sim/fault.ts';
import type { Path, Problems } from './problems.ts';
import type { FaultFile } from './schema-script.ts';
type FaultNames = {
    readonly hosts: readonly string[];
    readonly links: readonly string[];
};
export declare const readFaults: (faults: readonly FaultFile[], path: Path, names: FaultNames, problems: Problems) => readonly Fault[];
export {};
