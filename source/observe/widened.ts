// Columns of numbers that grow.

type Numbers = Float64Array | Uint32Array | Uint8Array;

/** The same column with room for so many, at least. */
export const widened = <Column extends Numbers>(column: Column, length: number): Column => {
  if (length <= column.length) return column;
  const wider = new (column.constructor as new (size: number) => Column)(
    Math.max(64, 2 * column.length, length),
  );
  wider.set(column);
  return wider;
};
