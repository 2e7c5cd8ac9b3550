// What only screen-reader mode says of menu, settings and keys, in both languages; keys by their signs in the key table.
export {};
