import { createServer } from 'node:http';

const server = createServer((request, response) => {
  response.statusCode = request.url === '/healthz' ? 204 : 404;
  response.end();
});

server.listen(${{ values.port }});
