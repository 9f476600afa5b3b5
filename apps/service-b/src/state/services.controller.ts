import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ProblemError } from '@latido/service-host';
import { ApiOperation, ApiParam, ApiResponse, ApiTags, ValidQuery } from '@latido/service-host/nest';
import type { Response } from 'express';
import { type InstantQuery, instantOf } from './instant-of';
import { DIFFERENCE_SCHEMA, INSTANT_SCHEMA, PAGE_SCHEMA } from './query-schemas';
import { type Page, type PageRequest, StateReader } from './state-reader';
import { etagOf, type VersionView } from './version-view';

const NO_SUBJECT = { status: 404, description: 'subject_unknown, version_unknown' } as const;
const PRUNED = { status: 410, description: 'version_pruned: retention has removed its value' } as const;

/** States and their history. Subjects are URL-encoded. */
@ApiTags('services')
@Controller('services')
export class ServicesController {
  constructor(@Inject(StateReader) private readonly states: StateReader) {}

  @Get()
  @ApiOperation({ summary: 'Subjects that have a state' })
  list(@ValidQuery(PAGE_SCHEMA) page: PageRequest): Promise<Page<{ readonly subject: string }>> {
    return this.states.subjects(page);
  }

  @Get(':subject')
  @ApiOperation({ summary: 'Current state; the entity tag is its version' })
  @ApiParam({ name: 'subject', description: 'URL-encoded' })
  @ApiResponse(NO_SUBJECT)
  async current(
    @Param('subject') subject: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<VersionView> {
    const state = await this.states.current(subject);
    response.setHeader('ETag', etagOf(state));
    return state;
  }

  @Get(':subject/versions')
  @ApiOperation({ summary: 'History, newest first' })
  @ApiResponse(NO_SUBJECT)
  history(
    @Param('subject') subject: string,
    @ValidQuery(PAGE_SCHEMA) page: PageRequest,
  ): Promise<Page<VersionView>> {
    return this.states.history(subject, page);
  }

  @Get(':subject/versions/:number')
  @ApiOperation({ summary: 'One version' })
  @ApiResponse(NO_SUBJECT)
  @ApiResponse(PRUNED)
  version(@Param('subject') subject: string, @Param('number') number: string): Promise<VersionView> {
    if (!/^[1-9]\d{0,14}$/.test(number))
      throw new ProblemError('version_unknown', {
        detail: `versions are numbered 1, 2, 3, ...; "${number.slice(0, 32)}" is none`,
      });
    return this.states.version(subject, Number(number));
  }

  @Get(':subject/at')
  @ApiOperation({ summary: 'The version that was current at a Lamport time or at a wall time' })
  @ApiResponse(NO_SUBJECT)
  @ApiResponse(PRUNED)
  asOf(
    @Param('subject') subject: string,
    @ValidQuery(INSTANT_SCHEMA) query: InstantQuery,
  ): Promise<VersionView> {
    return this.states.asOf(subject, instantOf(query));
  }

  @Get(':subject/diff')
  @ApiOperation({ summary: 'JSON Patch (RFC 6902) from one version to another' })
  @ApiResponse(NO_SUBJECT)
  @ApiResponse(PRUNED)
  difference(
    @Param('subject') subject: string,
    @ValidQuery(DIFFERENCE_SCHEMA) versions: { readonly from: number; readonly to: number },
  ): ReturnType<StateReader['difference']> {
    return this.states.difference(subject, versions);
  }
}
