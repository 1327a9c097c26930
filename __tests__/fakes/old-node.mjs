// Makes Node.js look like version 20: its number, and without some of what came later.
Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });
Reflect.deleteProperty(Promise, 'withResolvers');
Reflect.deleteProperty(Promise, 'try');
Reflect.deleteProperty(Map, 'groupBy');
Reflect.deleteProperty(Object, 'groupBy');
Reflect.deleteProperty(Intl, 'DurationFormat');
