// The words of the side files beside captures, as far as they need a name.

export type Value = null | boolean | number | string | readonly Value[] | {readonly [name: string]: Value};
export type Facts = {readonly [name: string]: Value};
