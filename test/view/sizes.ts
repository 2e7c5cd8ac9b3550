// Sizes of a terminal, from a corner to a wall: 40 of them, a dozen in `npm test`.
import {some} from '../helpers/seeds.ts';

export const sizes: readonly {readonly columns: number; readonly rows: number}[] = some(
  [24, 40, 59, 60, 79, 80, 100, 119, 120, 200].flatMap((columns) =>
    [6, 15, 24, 40].map((rows) => ({columns, rows: columns === 200 && rows === 40 ? 60 : rows})),
  ),
  12,
);
