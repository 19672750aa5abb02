/** The flags of `perfkit leak --attach`. */
export const attaching = {
  attach: {
    type: 'string',
    requiresArg: true,
    implies: 'drive',
    describe: 'Hunt in this process of Node.js: its id, the ws:// URL of its inspector, or host:port of it',
  },
  drive: {
    type: 'string',
    requiresArg: true,
    implies: 'attach',
    describe: 'http URL to request; each request is one iteration',
  },
  method: { type: 'string', requiresArg: true, implies: 'attach', describe: 'Default GET, POST with --body' },
  header: {
    type: 'string',
    array: true,
    nargs: 1,
    implies: 'attach',
    describe: 'Header of the requests, such as "content-type: application/json"; can be repeated',
  },
  body: { type: 'string', requiresArg: true, implies: 'attach', describe: 'Body of the requests' },
  iterations: {
    type: 'number',
    requiresArg: true,
    implies: 'attach',
    describe: 'Requests in each block; default: as many as fill its time',
  },
  concurrency: {
    type: 'number',
    requiresArg: true,
    implies: 'attach',
    describe: 'Requests in flight at once; default 1',
  },
  warmup: {
    type: 'number',
    requiresArg: true,
    implies: 'attach',
    describe: 'Requests before the first reading; default: two blocks of them',
  },
  budget: {
    type: 'string',
    requiresArg: true,
    implies: 'attach',
    describe: 'Memory that the process may have, such as 512MB; default: its heap limit',
  },
  allow: {
    type: 'string',
    array: true,
    nargs: 1,
    implies: 'attach',
    describe: 'Growth that is meant: text in a step of its retaining path; can be repeated',
  },
  timeout: {
    type: 'string',
    requiresArg: true,
    implies: 'attach',
    describe: 'Time after which the hunt is given up; default 180s',
  },
} as const;
