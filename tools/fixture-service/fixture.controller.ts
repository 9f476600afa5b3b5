import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ProblemError } from '@latido/service-host';
import { Audited, Roles, ValidBody, ValidQuery } from '@latido/service-host/nest';

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
  @Get()
  list(@ValidQuery(pageSchema) query: { readonly limit?: number }): object {
    return query;
  }

  @Get(':id')
  find(@Param('id') id: string): object {
    if (id === 'broken') throw new Error('the database password is hunter2');
    throw new ProblemError('subject_unknown', { detail: `there is no note "${id}"` });
  }

  @Post()
  @HttpCode(202)
  accept(@ValidBody(noteSchema) note: { readonly subject: string }): object {
    return { subject: note.subject };
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
