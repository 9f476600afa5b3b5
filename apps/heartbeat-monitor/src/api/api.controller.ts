import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ProblemError } from '@latido/service-host';
import { ApiOperation, ApiTags, ValidQuery } from '@latido/service-host/nest';
import { serviceSubject } from '@latido/topology';
import { InvalidCursorError } from '@latido/versioned-value';
import { MONITOR_APP, type MonitorApp } from '../monitor-app';
import { historyView } from './history-view';
import type { EdgesQuery, InstancesQuery, ServicesQuery } from './monitor-views';
import type { PageRequest } from './page';
import {
  edgesQuerySchema,
  historyQuerySchema,
  instancesQuerySchema,
  noQuerySchema,
  servicesQuerySchema,
} from './schemas';

/** What the monitor knows. Every answer says how old its facts are: `asOf`, `factsAgeMs`, `blind`. */
@ApiTags('liveness')
@Controller('api')
export class ApiController {
  constructor(@Inject(MONITOR_APP) private readonly app: MonitorApp) {}

  @Get('services')
  @ApiOperation({ summary: 'Services with their verdicts' })
  services(@ValidQuery(servicesQuerySchema) query: ServicesQuery): object {
    return listed(this.app.views.services(query));
  }

  @Get('services/:service')
  @ApiOperation({ summary: 'One service with its instances and edges' })
  service(@Param('service') name: string, @ValidQuery(noQuerySchema) _none: object): object {
    return this.app.views.service(name) ?? unknownService(name);
  }

  @Get('instances')
  @ApiOperation({ summary: 'Instances, by service and state' })
  instances(@ValidQuery(instancesQuerySchema) query: InstancesQuery): object {
    return listed(this.app.views.instances(query));
  }

  @Get('edges')
  @ApiOperation({ summary: 'Edges with their books: published = delivered + dead-lettered + in flight' })
  edges(@ValidQuery(edgesQuerySchema) query: EdgesQuery): object {
    return listed(this.app.views.edges(query));
  }

  @Get('status')
  @ApiOperation({ summary: 'Whether the monitor can trust what it sees, and if not, why and since when' })
  status(@ValidQuery(noQuerySchema) _none: object): object {
    return this.app.views.status();
  }

  @Get('history/:service')
  @ApiOperation({ summary: 'State changes of a service, newest first, one version each' })
  async history(
    @Param('service') name: string,
    @ValidQuery(historyQuerySchema) query: PageRequest,
  ): Promise<object> {
    const page = await this.historyPage(name, query);
    const isKnown = page.versions.length > 0 || this.app.views.serviceSummary(name) !== undefined;
    if (!isKnown) return unknownService(name);
    const { versions, cursor } = page;
    return {
      ...this.app.views.freshness(),
      service: name,
      items: versions.map(historyView),
      ...(cursor !== undefined && { cursor }),
    };
  }

  private async historyPage(service: string, query: PageRequest) {
    try {
      return await this.app.versions.list({ subject: serviceSubject(service), ...query });
    } catch (error) {
      if (error instanceof InvalidCursorError) return badCursor();
      throw error;
    }
  }
}

function listed<T extends object>(page: T | undefined): T {
  return page ?? badCursor();
}

function badCursor(): never {
  throw new ProblemError('malformed_request', { detail: 'the cursor was not given out by this list' });
}

function unknownService(name: string): never {
  throw new ProblemError('service_unknown', { detail: `no heartbeat of a service "${name}" was ever heard` });
}
