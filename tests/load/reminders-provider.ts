import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A provider of pushes that takes everything at once, in a process of its own. */
const answer = Buffer.from(JSON.stringify({ sendno: '0', msg_id: '1' }));
let taken = 0;
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    taken += 1;
    response.setHeader('content-type', 'application/json');
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('message', () => process.send?.(taken));
process.on('disconnect', () => process.exit(0));
