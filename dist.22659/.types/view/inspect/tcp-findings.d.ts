import type { Text } from '../../lesson/text.ts';
import type { ObservedConnection } from '../../observe/observed-connection.ts';
export type Finding = {
    /** The higher, the earlier it is told. */
    readonly weight: number;
    /** Number of the connection that it is about; absent: of none, or of many. */
    readonly connection?: number;
    readonly text: Text;
    /** The same in a word or two, for a table. */
    readonly brief: Text;
    /** Id of the lesson that explains it. */
    readonly lesson?: string;
};
/** Servers with many connections that were begun and never opened, and those connections. */
export declare const floodsIn: (connections: readonly ObservedConnection[]) => ReadonlyMap<string, readonly ObservedConnection[]>;
export declare const floodFinding: (server: string, count: number) => Finding;
export declare const tcpFindings: (connections: readonly ObservedConnection[]) => readonly Finding[];
