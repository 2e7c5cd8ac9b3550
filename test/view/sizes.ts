// Sizes of a terminal, from a corner to a wall: 40 of them, twenty in `npm run test:all`, eight in `npm test`.
import {few, some} from '../helpers/seeds.ts';

export const sizesTried = (): readonly {readonly columns: number; readonly rows: number}[] =>
  some(
    few(
      [24, 40, 59, 60, 79, 80, 100, 119, 120, 200].flatMap((columns) =>
        [6, 15, 24, 40].map((rows) => ({columns, rows: columns === 200 && rows === 40 ? 60 : rows})),
      ),
      20,
    ),
    8,
  );
