import type { FastifyInstance } from 'fastify';

/** What the pages of the wallet look like, on top of the simulator's own sheet. */
const STYLE = `.union-pay h1 { color: #12326b; }
.union-pay main { border-top: 6px solid #12326b; }
.union-pay button.primary { border-color: #12326b; background: #12326b; }
.union-pay form + form { margin-top: 4px; }
.union-pay input[type="password"] { width: 100%; margin-top: 6px; padding: 10px 12px;
  border: 1px solid #8c8c8c; border-radius: 8px; background: #fff; color: inherit;
  font: inherit; letter-spacing: 6px; }
.union-pay .code { margin: 8px 0 20px; text-align: center; font-size: 26px; font-weight: 600;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
`;

/** Long enough to read the result, short enough not to wait for. */
const RETURN = `setTimeout(() => {
  const way = document.getElementById('return');
  if (way instanceof HTMLFormElement) way.submit();
  else location.replace(way.href);
}, 800);
`;

export function registerPageAssets(app: FastifyInstance): void {
  const headers = { 'cache-control': 'no-cache' };
  app.get('/union-pay/wallet.css', (_, reply) =>
    reply.headers({ ...headers, 'content-type': 'text/css; charset=utf-8' }).send(STYLE),
  );
  app.get('/union-pay/return.js', (_, reply) =>
    reply.headers({ ...headers, 'content-type': 'text/javascript; charset=utf-8' }).send(RETURN),
  );
}
