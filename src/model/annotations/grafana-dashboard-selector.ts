import { defineAnnotation, line } from './define.ts';

export const grafanaDashboardSelector = defineAnnotation({
  key: 'grafana/dashboard-selector',
  title: 'Grafana dashboards',
  schema: line,
  expects: 'a tag or a selector of dashboards',
});
