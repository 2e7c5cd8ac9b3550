// The places of states and edges in the drawings of TCP's state diagram (RFC 9293 figure 5). Rows and columns count from 1 within a
// drawing.
import type {TcpState} from '../../stack/tcp/states.ts';
import {figureEdge} from './diagram-edges.ts';

export type Direction = 'up' | 'down' | 'left' | 'right';

export type Cell = readonly [row: number, column: number];

/** The ways in which an end of a connection is CLOSED: no connection has been opened yet, or it closed first, or second. */
export type ClosedBy = 'beginning' | 'closing first' | 'closing second';

export type ChartNode = {
  readonly state: TcpState;
  /** The ways of becoming CLOSED that lead to this node, for drawings with several CLOSED nodes. */
  readonly closedBy: readonly ClosedBy[];
  /** The cell of the state diagram in which the name of the state begins. */
  readonly at: Cell;
};

export type ChartEdge = {
  readonly from: TcpState;
  readonly to: TcpState;
  readonly label: string;
  readonly labelAt: Cell;
  /** The cell of the mark ◆ in the state diagram, which is drawn when this edge has just been taken. */
  readonly markAt: Cell;
  /** The corners of an edge's line in the state diagram, from its first cell to the arrowhead. */
  readonly way: readonly Cell[];
  /** The directions in which an edge's line leaves its state and reaches the other one; undefined if they follow from the line. */
  readonly leaves: Direction | undefined;
  readonly meets: Direction | undefined;
};

export type Chart = {
  readonly columns: number;
  readonly rows: number;
  readonly nodes: readonly ChartNode[];
  readonly edges: readonly ChartEdge[];
  /** The first of two rows of the state diagram that say which host takes which path, or which host has just left the drawn part. */
  readonly legendRow: number;
};

const node = (state: TcpState, row: number, column: number, ...closedBy: readonly ClosedBy[]): ChartNode => ({
  state,
  closedBy,
  at: [row, column],
});

type Route = {
  readonly labelAt: Cell;
  /** The cell of the mark ◆ for an edge of the state diagram; absent if the mark is drawn after the edge's label. */
  readonly markAt?: Cell;
  /** The corners of an edge's line in the state diagram, each written `row,column`. */
  readonly way: string;
  readonly leaves?: Direction;
  readonly meets?: Direction;
};

const cellsOf = (way: string): readonly Cell[] =>
  way.split(' ').map((corner): Cell => {
    const [row = 0, column = 0] = corner.split(',').map(Number);
    return [row, column];
  });

const edge = (from: TcpState, to: TcpState, {labelAt, markAt, way, leaves, meets}: Route): ChartEdge => {
  const label = figureEdge(from, to)?.trigger ?? '';
  const behind: Cell = [labelAt[0], labelAt[1] + label.length + 1];
  return {from, to, label, labelAt, markAt: markAt ?? behind, way: cellsOf(way), leaves, meets};
};

/** The drawing of the lower part of the state diagram, from ESTABLISHED to CLOSED. */
export const closeChart: Chart = {
  columns: 34,
  rows: 18,
  nodes: [
    node('ESTABLISHED', 3, 13),
    node('FIN-WAIT-1', 6, 6),
    node('CLOSE-WAIT', 6, 20),
    node('FIN-WAIT-2', 9, 1),
    node('CLOSING', 9, 13),
    node('LAST-ACK', 9, 22),
    node('TIME-WAIT', 12, 4),
    node('CLOSED', 12, 20, 'closing second'),
    node('CLOSED', 15, 5, 'closing first'),
  ],
  edges: [
    edge('ESTABLISHED', 'FIN-WAIT-1', {labelAt: [4, 7], markAt: [4, 5], way: '4,13 5,13'}),
    edge('ESTABLISHED', 'CLOSE-WAIT', {labelAt: [4, 25], way: '4,23 5,23'}),
    edge('FIN-WAIT-1', 'FIN-WAIT-2', {labelAt: [7, 4], markAt: [7, 2], way: '7,8 8,8'}),
    edge('FIN-WAIT-1', 'CLOSING', {labelAt: [7, 15], way: '7,13 8,13'}),
    edge('CLOSE-WAIT', 'LAST-ACK', {labelAt: [7, 25], way: '7,23 8,23'}),
    edge('FIN-WAIT-2', 'TIME-WAIT', {labelAt: [10, 4], markAt: [10, 2], way: '10,8 11,8'}),
    edge('CLOSING', 'TIME-WAIT', {labelAt: [10, 15], way: '10,13 11,13'}),
    edge('LAST-ACK', 'CLOSED', {labelAt: [10, 25], way: '10,23 11,23'}),
    edge('TIME-WAIT', 'CLOSED', {labelAt: [13, 10], way: '13,8 14,8'}),
  ],
  legendRow: 17,
};

/** The states in the upper part of the state diagram, from LISTEN to ESTABLISHED. */
const openNodes: readonly ChartNode[] = [
  node('LISTEN', 5, 19),
  node('SYN-RECEIVED', 7, 3),
  node('SYN-SENT', 7, 33),
  node('ESTABLISHED', 9, 18),
];

const openEdges: readonly ChartEdge[] = [
  edge('CLOSED', 'LISTEN', {labelAt: [3, 6], markAt: [3, 4], way: '3,19 4,19'}),
  edge('LISTEN', 'CLOSED', {labelAt: [4, 23], way: '4,21 3,21'}),
  edge('CLOSED', 'SYN-SENT', {labelAt: [2, 28], markAt: [2, 42], way: '2,26 2,40 6,40'}),
  edge('SYN-SENT', 'CLOSED', {labelAt: [3, 27], markAt: [4, 33], way: '6,35 3,35 3,24', meets: 'up'}),
  edge('LISTEN', 'SYN-RECEIVED', {labelAt: [5, 10], markAt: [5, 4], way: '5,17 5,6 6,6'}),
  edge('LISTEN', 'SYN-SENT', {labelAt: [5, 28], markAt: [6, 31], way: '5,26 5,33 6,33'}),
  edge('SYN-RECEIVED', 'LISTEN', {
    labelAt: [6, 15],
    markAt: [6, 23],
    way: '6,12 6,21',
    leaves: 'up',
    meets: 'up',
  }),
  edge('SYN-SENT', 'SYN-RECEIVED', {labelAt: [7, 23], markAt: [8, 24], way: '7,31 7,16'}),
  edge('SYN-RECEIVED', 'ESTABLISHED', {labelAt: [8, 12], way: '8,10 9,10 9,16'}),
  edge('SYN-SENT', 'ESTABLISHED', {labelAt: [8, 28], markAt: [8, 38], way: '8,36 9,36 9,30'}),
];

const wholeEdges: readonly ChartEdge[] = [
  edge('SYN-RECEIVED', 'FIN-WAIT-1', {labelAt: [11, 7], markAt: [11, 3], way: '8,5 12,5 12,8'}),
  edge('ESTABLISHED', 'FIN-WAIT-1', {labelAt: [10, 12], markAt: [10, 10], way: '10,18 11,18'}),
  edge('ESTABLISHED', 'CLOSE-WAIT', {labelAt: [10, 30], way: '10,28 11,28'}),
  edge('FIN-WAIT-1', 'FIN-WAIT-2', {labelAt: [13, 7], markAt: [13, 5], way: '13,11 14,11'}),
  edge('FIN-WAIT-1', 'CLOSING', {labelAt: [13, 20], way: '13,18 14,18'}),
  edge('CLOSE-WAIT', 'LAST-ACK', {labelAt: [13, 34], way: '13,32 14,32'}),
  edge('FIN-WAIT-2', 'TIME-WAIT', {labelAt: [16, 6], markAt: [16, 4], way: '16,10 17,10'}),
  edge('CLOSING', 'TIME-WAIT', {labelAt: [16, 19], way: '16,17 17,17'}),
  edge('LAST-ACK', 'CLOSED', {labelAt: [16, 34], way: '16,32 17,32'}),
  edge('TIME-WAIT', 'CLOSED', {labelAt: [18, 21], markAt: [17, 23], way: '18,19 18,28'}),
];

export const wholeChart: Chart = {
  columns: 44,
  rows: 20,
  nodes: [
    ...openNodes,
    node('CLOSED', 2, 19, 'beginning'),
    node('FIN-WAIT-1', 12, 10),
    node('CLOSE-WAIT', 12, 27),
    node('FIN-WAIT-2', 15, 3),
    node('CLOSING', 15, 17),
    node('LAST-ACK', 15, 29),
    node('TIME-WAIT', 18, 9),
    node('CLOSED', 18, 30, 'closing first', 'closing second'),
  ],
  edges: [...openEdges, ...wholeEdges],
  legendRow: 19,
};

/** The drawing of only the upper part of the state diagram, for lessons in which no connection is closed. */
export const openChart: Chart = {
  columns: 44,
  rows: 12,
  nodes: [...openNodes, node('CLOSED', 2, 19, 'beginning', 'closing first', 'closing second')],
  edges: openEdges,
  legendRow: 11,
};
