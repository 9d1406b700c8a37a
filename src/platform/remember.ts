/** Keeps the newest entries only, so that a map that is only written to stays small. */
export function remember<Value>(map: Map<string, Value>, key: string, value: Value, size = 2000): Value {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > size && oldest !== undefined) map.delete(oldest);
  return value;
}
