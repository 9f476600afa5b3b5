import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ProblemError } from '@latido/service-host';
import { ApiOperation, ApiResponse, ApiTags } from '@latido/service-host/nest';
import { type SubjectAnswer, SubjectReader } from './subject-reader';

/** Tells current state, as service-b knows it. */
@ApiTags('subjects')
@Controller('subjects')
export class SubjectsController {
  constructor(@Inject(SubjectReader) private readonly reader: SubjectReader) {}

  @Get(':subject')
  @ApiOperation({
    summary: 'Current state of a subject, asked from service-b; says so when service-b does not answer',
  })
  @ApiResponse({
    status: 200,
    description:
      '`{ subject, state, degraded: false }`, or `{ subject, state: null, degraded: true, reason, lastKnown? }` with the newest version number that receipts told of',
  })
  @ApiResponse({ status: 404, description: '`subject_unknown`: service-b has applied no event of it' })
  async read(@Param('subject') subject: string): Promise<SubjectAnswer> {
    const answer = await this.reader.read(subject);
    if (answer === undefined)
      throw new ProblemError('subject_unknown', { detail: `there is no subject "${subject}"` });
    return answer;
  }
}
