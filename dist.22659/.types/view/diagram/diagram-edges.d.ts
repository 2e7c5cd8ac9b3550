import type { RuleId } from '../../stack/tcp/rules.ts';
import type { TcpState } from '../../stack/tcp/states.ts';
export type Edge = {
    readonly from: TcpState;
    readonly to: TcpState;
    /** What the figure writes above its line: a call, a segment, a time-out; calls in lower case. */
    readonly trigger: string;
};
/** In the figure's order, from above. */
export declare const figureEdges: readonly Edge[];
export type EdgeException = {
    /** Beginning of the rules that cause it; undefined: whatever the rule. */
    readonly rule: string | undefined;
    readonly from: readonly TcpState[] | 'any';
    readonly to: TcpState;
    readonly trigger: string;
    readonly clause: string;
};
/** Not in the figure: “error conditions and actions that are not connected with state changes are left out” (§3.3.2). */
export declare const edgeExceptions: readonly EdgeException[];
export declare const figureEdge: (from: TcpState, to: TcpState) => Edge | undefined;
/** The exception that a change of state takes; undefined where the figure or nothing has it. */
export declare const exceptionFor: (from: TcpState, to: TcpState, because: RuleId | undefined) => EdgeException | undefined;
