// 40 sizes, from a corner of a terminal to a wall.

export const sizes: readonly {readonly columns: number; readonly rows: number}[] = [
  24, 40, 59, 60, 79, 80, 100, 119, 120, 200,
].flatMap((columns) =>
  [6, 15, 24, 40].map((rows) => ({columns, rows: columns === 200 && rows === 40 ? 60 : rows})),
);
