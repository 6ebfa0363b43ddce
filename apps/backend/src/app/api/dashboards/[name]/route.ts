import { dashboardCsv } from '../../../../endpoints/dashboards/csv';
import { routeHandlers } from '../../../../endpoints/http';

export const dynamic = 'force-dynamic';
export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers<{ name: string }>({ GET: dashboardCsv });
