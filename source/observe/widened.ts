// Columns of numbers that grow.

type Numbers = {readonly length: number; set(from: ArrayLike<number>): void};

export const floats = (length: number): Float64Array<ArrayBuffer> => new Float64Array(length);
export const words = (length: number): Uint32Array<ArrayBuffer> => new Uint32Array(length);
export const octets = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(length);

/** The same column with room for so many, at least; `make` makes one of its kind. */
export const widened = <Column extends Numbers & ArrayLike<number>>(
  column: Column,
  length: number,
  make: (length: number) => Column,
): Column => {
  if (length <= column.length) return column;
  const wider = make(Math.max(64, 2 * column.length, length));
  wider.set(column);
  return wider;
};
