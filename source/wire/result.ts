// The type of a function's result: a value or an expected failure. Bugs throw; bad input is returned as an error value.

export type Result<T, E> = {readonly ok: true; readonly value: T} | {readonly ok: false; readonly error: E};

export const ok = <T>(value: T): {readonly ok: true; readonly value: T} => ({ok: true, value});

export const err = <E>(error: E): {readonly ok: false; readonly error: E} => ({ok: false, error});
