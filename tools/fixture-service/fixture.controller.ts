import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { currentTraceparent, type Log, withConsumerSpans, withProducerSpan } from '@latido/observability';
import { ProblemError } from '@latido/service-host';
import { Audited, LOG, Roles, ValidBody, ValidQuery } from '@latido/service-host/nest';

const noteSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['subject'],
  properties: {
    subject: { type: 'string', minLength: 1, maxLength: 256 },
    count: { type: 'integer', minimum: 0 },
    data: { type: 'object' },
  },
} as const;

const pageSchema = {
  type: 'object',
  additionalProperties: false,
  properties: { limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 } },
} as const;

/** One route of each kind. */
@Controller('notes')
export class FixtureController {
  constructor(@Inject(LOG) private readonly log: Log) {}

  @Get()
  list(@ValidQuery(pageSchema) query: { readonly limit?: number }): object {
    return query;
  }

  /** Which packages of OpenTelemetry this process has loaded. */
  @Get('loaded')
  loaded(): readonly string[] {
    const names = Object.keys(require.cache).map(
      (path) => /node_modules\/@opentelemetry\/([\w-]+)/.exec(path)?.[1],
    );
    return [...new Set(names)].filter((name) => name !== undefined);
  }

  @Get(':id')
  find(@Param('id') id: string): object {
    if (id === 'broken') throw new Error('the database password is hunter2');
    throw new ProblemError('subject_unknown', { detail: `there is no note "${id}"` });
  }

  /** Passes the note through a producer's and a consumer's span, as a message would travel. */
  @Post()
  @HttpCode(202)
  accept(@ValidBody(noteSchema) note: { readonly subject: string }): Promise<object> {
    return withProducerSpan({ destination: 'notes' }, (carrier) =>
      withConsumerSpans(
        { destination: 'notes', messages: [{ messageId: '1', attributes: carrier }], relation: 'both' },
        () => this.keep(note),
      ),
    );
  }

  private keep({ subject }: { readonly subject: string }): Promise<object> {
    this.log.info({ event: 'note_kept', subject }, 'kept a note');
    return Promise.resolve({ subject, traceparent: currentTraceparent() ?? null });
  }

  @Post(':id/rollback')
  @Roles('operator')
  @Audited('rollback')
  @HttpCode(200)
  rollback(@Param('id') id: string): object {
    if (id === 'unknown') throw new ProblemError('version_unknown');
    return { id };
  }
}
