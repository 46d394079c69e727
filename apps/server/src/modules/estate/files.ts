import { type ImportProblem, UnitExportQuery, type UnitRow } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import qrCode from 'qrcode';
import Type, { type Static } from 'typebox';
import type { Deps } from '../../platform/deps.ts';
import { type CsvColumn, everyItem, sendCsv, staffOf } from '../../platform/http/index.ts';
import { readRoomCodeOf } from './use-cases/room-code.ts';
import { showProblems } from './use-cases/show-imports.ts';
import { showUnits } from './use-cases/show-units.ts';
import { writeTemplate } from './use-cases/write-template.ts';

const rowsAQuery = 1000;
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const Id = Type.String({ format: 'uuid' });

/** What leaves as a file: lists for a spreadsheet, the template, codes to print. */
export function addEstateFiles(app: FastifyInstance, deps: Deps): void {
  app.get<{ Querystring: Static<typeof UnitExportQuery> }>(
    '/api/units.csv',
    { config: { permission: 'estate.read' }, schema: { querystring: UnitExportQuery } },
    (request, reply) => {
      const { companyId } = staffOf(request);
      const rows = everyItem((after) =>
        showUnits(deps, companyId, {
          ...request.query,
          ...(after !== undefined && { after }),
          limit: rowsAQuery,
        }),
      );
      return sendCsv(reply, '房屋.csv', unitColumns, rows);
    },
  );
  app.get<{ Params: { importId: string } }>(
    '/api/imports/:importId/problems.csv',
    {
      config: { permission: 'estate.read' },
      schema: { params: Type.Object({ importId: Id }) },
    },
    (request, reply) => {
      const { companyId } = staffOf(request);
      const rows = everyItem((after) =>
        showProblems(deps, companyId, request.params.importId, {
          ...(after !== undefined && { after }),
          limit: rowsAQuery,
        }),
      );
      return sendCsv(reply, '导入问题.csv', problemColumns, rows);
    },
  );
  app.get(
    '/api/imports/template.xlsx',
    { config: { permission: 'estate.read' } },
    (_request, reply) =>
      reply
        .header('content-type', xlsxType)
        .header(
          'content-disposition',
          `attachment; filename*=UTF-8''${encodeURIComponent('房屋导入模板.xlsx')}`,
        )
        .send(Buffer.from(writeTemplate())),
  );
  app.get<{ Params: { unitId: string } }>(
    '/api/units/:unitId/room-code.svg',
    { config: { permission: 'estate.read' }, schema: { params: Type.Object({ unitId: Id }) } },
    async (request, reply) => {
      const code = await readRoomCodeOf(deps, staffOf(request), request.params.unitId);
      // Q: a quarter of the print may be worn away.
      const svg = await qrCode.toString(`${deps.publicUrl}/q/${code}`, {
        type: 'svg',
        errorCorrectionLevel: 'Q',
        margin: 4,
      });
      return reply.header('content-type', 'image/svg+xml').send(svg);
    },
  );
}

const kindZh = { home: '住宅', shop: '商铺', parking: '车位', storage: '储藏室' } as const;

const unitColumns: readonly CsvColumn<UnitRow>[] = [
  { title: '小区', cell: (row) => row.communityName },
  { title: '楼栋', cell: (row) => row.buildingName },
  { title: '单元', cell: (row) => row.entrance },
  { title: '楼层', cell: (row) => row.floor },
  { title: '房号', cell: (row) => row.doorNo },
  { title: '房屋', cell: (row) => row.label },
  { title: '房屋类型', cell: (row) => kindZh[row.kind] },
  { title: '建筑面积', cell: (row) => row.builtM2 },
  { title: '计费面积', cell: (row) => row.chargeableM2 },
  { title: '业主', cell: (row) => row.owners.map((owner) => owner.nameMasked).join('、') },
  { title: '电话', cell: (row) => row.owners.map((owner) => owner.phoneMasked ?? '').join('、') },
  { title: '入住日期', cell: (row) => row.movedInOn },
  { title: '状态', cell: (row) => (row.state === 'active' ? '使用中' : '已停用') },
];

const problemColumns: readonly CsvColumn<ImportProblem>[] = [
  { title: '级别', cell: (row) => (row.severity === 'error' ? '错误' : '提醒') },
  { title: '工作表', cell: (row) => row.sheet },
  { title: '行', cell: (row) => row.row },
  { title: '列', cell: (row) => row.column },
  { title: '表头', cell: (row) => row.header },
  { title: '内容', cell: (row) => row.value },
  { title: '原因', cell: (row) => row.reason },
  { title: '怎么改', cell: (row) => row.advice },
];
