import type { FastifyInstance } from 'fastify';
import { type ChannelName, channelNames } from './channel-part.ts';
import type { CoreDeps } from './deps.ts';
import {
  answerFaults,
  faultPlaces,
  faultsAt,
  notifyFaults,
  refundFaults,
  statementFaults,
} from './faults.ts';
import { html, page } from './html.ts';

const CHANNEL_NAMES: Record<ChannelName, string> = {
  'wechat-pay': '微信支付',
  alipay: '支付宝',
  'union-pay': '银联网关',
  'union-pay-qr': '银联条码',
  'e-cny': '数字人民币',
};

const PLACE_NAMES = {
  prepay: '下单',
  query: '查单',
  close: '关单',
  certificates: '下载证书',
  notify: '支付通知',
  refund: '退款',
  'refund-query': '查退款',
  statement: '账单',
  cancel: '撤销',
  login: '登录授权',
};

/** The page that shows every request and notification, and switches faults on. */
export function registerInspector(app: FastifyInstance, deps: Pick<CoreDeps, 'publicPath'>): void {
  app.get('/inspector', (_, reply) =>
    reply.header('content-type', 'text/html; charset=utf-8').send(inspectorPage(deps.publicPath)),
  );
}

function inspectorPage(base: string): string {
  const title = '网关检查台';
  const names: Record<string, string> = {
    ...answerFaults,
    ...notifyFaults,
    ...refundFaults,
    ...statementFaults,
  };
  const main = html`<h1>${title} <span class="mark">模拟</span></h1>
<p class="lead">商户与模拟网关之间的每一次请求和通知，新的在上。</p>
<section class="panel" aria-labelledby="faults-title">
<h2 id="faults-title">制造故障</h2>
<form id="fault-form" class="row">
<label>渠道<select name="channel"><option value="">任何渠道</option>${channelNames.map(
    (name) => html`<option value="${name}">${CHANNEL_NAMES[name]}</option>`,
  )}</select></label>
<label>环节<select name="at">${faultPlaces.map(
    (at) => html`<option value="${at}">${PLACE_NAMES[at]}</option>`,
  )}</select></label>
<label class="wide">故障${faultPlaces.map(
    (at) => html`<select name="fault-${at}" aria-label="故障（${PLACE_NAMES[at]}）"
 ${at !== 'prepay' && html`hidden`}>${faultsAt(at).map(
   (fault) => html`<option value="${fault}">${names[fault]}</option>`,
 )}</select>`,
  )}</label>
<label>次数<input type="number" name="times" min="1" max="1000" value="1" required></label>
<label class="wide">只对这个商户订单号（可空）<input type="text" name="outTradeNo"></label>
<button class="primary">打开故障</button>
<button type="button" id="clear-faults">全部清除</button>
</form>
<p id="armed" role="status">没有打开的故障。</p>
</section>
<section aria-labelledby="log-title">
<h2 id="log-title">请求与通知</h2>
<div class="row panel">
<label class="wide">商户订单号<input type="text" id="filter" placeholder="只看一笔订单"></label>
<label><input type="checkbox" id="live" checked> 每秒刷新</label>
</div>
<p id="empty" class="lead">还没有请求。</p>
<div id="log"></div>
</section>
<script src="${base}/assets/inspector.js" data-base="${base}"></script>`;
  return page(base, { title, kind: 'inspector', main });
}
