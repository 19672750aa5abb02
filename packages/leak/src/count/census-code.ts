/**
 * What a census runs inside of the program, as text, since the program may be another process.
 *
 * Calls no code of the program: sizes come from the methods that V8 gives, own properties from their descriptors. Keeps
 * what it knows of an object in WeakMaps, as whole numbers: an object of its own there would hang on the program's.
 */
export const census: string = `(() => {
  const sizeOfMap = Object.getOwnPropertyDescriptor(Map.prototype, 'size').get;
  const sizeOfSet = Object.getOwnPropertyDescriptor(Set.prototype, 'size').get;
  const { forEach } = Map.prototype;
  const { getOwnPropertyDescriptor, getOwnPropertySymbols, getPrototypeOf, keys } = Object;
  const own = (object, key) => getOwnPropertyDescriptor(object, key)?.value;
  const call = (method, object) => {
    try { return method.call(object); } catch { return undefined; }
  };
  const listenersOf = (object) => {
    const events = own(object, '_events');
    if (events !== null && typeof events === 'object' && typeof own(object, '_eventsCount') === 'number') {
      let listeners = 0;
      for (const key of Reflect.ownKeys(events)) {
        const value = own(events, key);
        listeners += Array.isArray(value) ? value.length : 1;
      }
      return listeners;
    }
    if (typeof EventTarget === 'undefined' || !(object instanceof EventTarget)) return undefined;
    const symbol = getOwnPropertySymbols(object).find(({ description }) => description === 'kEvents');
    const roots = symbol === undefined ? undefined : own(object, symbol);
    if (roots === undefined) return undefined;
    let listeners = 0;
    forEach.call(roots, (root) => { listeners += own(root, 'size') ?? 0; });
    return listeners;
  };
  const measure = (object) => {
    if (Array.isArray(object)) return [object.length, 'elements'];
    if (object instanceof Map) return [call(sizeOfMap, object), 'entries'];
    if (object instanceof Set) return [call(sizeOfSet, object), 'values'];
    const listeners = listenersOf(object);
    if (listeners !== undefined) return [listeners, 'listeners'];
    return getPrototypeOf(object) === Object.prototype ? [keys(object).length, 'properties'] : [undefined, ''];
  };
  const nameOf = (object) => {
    for (let at = object; at !== null; at = getPrototypeOf(at)) {
      const constructor = own(at, 'constructor');
      if (typeof constructor === 'function') return String(own(constructor, 'name')).slice(0, 100);
    }
    return 'Object';
  };
  const known = new WeakMap();
  const gains = [];
  let found = [];
  let windows = -1;
  return {
    count(objects, least) {
      windows += 1;
      if (windows > 0) gains[windows - 1] = new WeakMap();
      found = [];
      const answers = [];
      for (const object of objects) {
        if (typeof object !== 'object' || object === null || object === objects) continue;
        let size;
        let of;
        try { [size, of] = measure(object); } catch { continue; }
        if (size === undefined) continue;
        const before = known.get(object);
        known.set(object, size);
        if (before === undefined || windows === 0) continue;
        const gain = size - before;
        if (windows === 1 ? gain < least : !gains[0].has(object)) continue;
        gains[windows - 1].set(object, gain);
        found.push(new WeakRef(object));
        answers.push({ name: nameOf(object), of, size, gains: gains.map((window) => window.get(object) ?? 0) });
      }
      return answers;
    },
    found: (index) => found[index]?.deref(),
    sizes: () => found.map((reference) => {
      const object = reference.deref();
      return object === undefined ? null : measure(object)[0] ?? null;
    }),
  };
})()`;
