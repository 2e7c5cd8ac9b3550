// What is worked out once for each object, and remembered as long as that object lives.

export const oncePer = <Key extends object, Value>(read: (key: Key) => Value): ((key: Key) => Value) => {
  const known = new WeakMap<Key, {readonly value: Value}>();
  return (key) => {
    const before = known.get(key);
    if (before) return before.value;
    const value = read(key);
    known.set(key, {value});
    return value;
  };
};
