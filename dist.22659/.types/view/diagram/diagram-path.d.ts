import type { Trace } from '../../sim/trace.ts';
import type { ConnectionId } from '../../stack/tcp/effect.ts';
import type { TcpState } from '../../stack/tcp/states.ts';
import type { SceneHost } from '../ladder/scene-hosts.ts';
import type { Role } from '../span.ts';
export type DiagramStep = {
    /** undefined: unknown; what came before was not captured. */
    readonly from: TcpState | undefined;
    readonly to: TcpState;
    /** What the figure calls it, else the exception’s name. */
    readonly trigger: string;
    /** Set where the figure has no such edge. */
    readonly clause: string | undefined;
    readonly event: number;
};
export type DiagramEnd = {
    readonly name: string;
    readonly role: Role;
    /** undefined: nothing tells it yet. */
    readonly state: TcpState | undefined;
    readonly steps: readonly DiagramStep[];
    /** Taken in the instant on the screen. */
    readonly fresh: readonly DiagramStep[];
    /** As the trace calls the host. */
    readonly host: string;
    /** Of a capture: somebody who looks on says so. */
    readonly deduced?: true;
};
export type Diagram = {
    readonly ends: readonly DiagramEnd[];
    /** Does anything of this run close? Then the lower part of the figure matters. */
    readonly closes: boolean;
};
/** After event `cursor`, of the connection at hand; undefined for a capture, which has no states of its own. */
export declare const diagramOf: (trace: Trace, cursor: number, hosts: readonly SceneHost[], atHand?: ReadonlyMap<string, ConnectionId>) => Diagram | undefined;
