export { beginCollection, type Collection, type Wanted } from './collection.js';
